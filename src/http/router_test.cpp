// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that a path finds its route and no other, and that what is no clean path finds none.
// Method: one router, and a sentence for each way to ask it.
#include "http/router.h"

#include <gtest/gtest.h>

namespace licet::http {
namespace {

Route route(Method method, std::string pattern) {
    return {method, std::move(pattern), [](const Request&) { return Answer{}; }};
}

Router router() {
    std::vector<Route> routes;
    routes.push_back(route(Method::kGet, "/lists"));
    routes.push_back(route(Method::kPost, "/lists"));
    routes.push_back(route(Method::kGet, "/lists/{id}"));
    routes.push_back(route(Method::kGet, "/lists/all"));
    routes.push_back(route(Method::kGet, "/lists/{id}/files/{file}"));
    routes.push_back(route(Method::kGet, "/console/{rest...}"));
    routes.push_back(route(Method::kGet, "/console"));
    return Router(std::move(routes));
}

std::string pattern_of(Method method, std::string_view path) {
    static const Router kRouter = router();
    const auto match = kRouter.find(method, path);
    return match.route == nullptr ? "" : match.route->pattern;
}

TEST(Router, WhatIsNamedGoesBeforeWhatIsAPlace) {
    EXPECT_EQ(pattern_of(Method::kGet, "/lists/all"), "/lists/all");
    EXPECT_EQ(pattern_of(Method::kGet, "/lists/17"), "/lists/{id}");
}

TEST(Router, PlacesAreDecodedAndGivenByName) {
    const Router all = router();
    const auto match = all.find(Method::kGet, "/lists/a%20b/files/x.csv");
    ASSERT_NE(match.route, nullptr);
    EXPECT_EQ(match.values, (PathValues{{"id", "a b"}, {"file", "x.csv"}}));
}

TEST(Router, ThePlaceWithDotsTakesAllThatIsLeft) {
    const Router all = router();
    const auto match = all.find(Method::kGet, "/console/a/b.js");
    ASSERT_NE(match.route, nullptr);
    EXPECT_EQ(match.values, (PathValues{{"rest", "a/b.js"}}));
    EXPECT_EQ(pattern_of(Method::kGet, "/console"), "/console");
}

TEST(Router, HeadFindsTheRouteOfGet) {
    EXPECT_EQ(pattern_of(Method::kHead, "/lists/17"), "/lists/{id}");
}

TEST(Router, AnotherMethodIsToldWhichThereAre) {
    const Router all = router();
    const auto match = all.find(Method::kDelete, "/lists");
    EXPECT_EQ(match.route, nullptr);
    EXPECT_EQ(match.other_methods, (std::vector{Method::kGet, Method::kPost}));
}

TEST(Router, WhatClimbsOrIsBadlyEncodedIsFoundNowhere) {
    for (const char* path :
         {"/console/../lists", "/console/%2e%2e/lists", "/lists/%2Fetc", "/lists/%00", "/lists/%zz",
          "/lists/%f", "lists", "", "/lists/", "//lists", "/lists/%ff"})
        EXPECT_EQ(pattern_of(Method::kGet, path), "") << path;
}

}  // namespace
}  // namespace licet::http
