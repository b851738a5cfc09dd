// SPDX-License-Identifier: Apache-2.0
#include "probe/findings.h"

#include <gtest/gtest.h>

namespace licet::probe {
namespace {

constexpr std::string_view kTable =
    "id;name;tool;kind;hosts;names;grade;read_on\n"
    "counter;Counter;counter-tool;analytics;counter.example;_count*;M;2026-11-28\n"
    "own;Own Measure;;audience;;_own;M;2026-11-28\n"
    "fonts;Fonts;;contact;fonts.example;;M;2026-11-28\n"
    "choice;Choice;;consent;choice.example;choice;M;2026-11-28\n";
constexpr std::string_view kWords =
    "accept = [\"accepter\"]\nrefuse = [\"refuser\"]\nchoose = [\"cookies\"]\n"
    "policy = [\"vie privee\"]\nlegal = [\"mentions legales\"]\n";

SiteTable table() { return read_site_table(kTable, kWords).value; }

SiteVisit quiet_visit() {
    SiteVisit out;
    out.url = "https://www.shop.example/";
    out.host = "www.shop.example";
    out.before.has_policy = out.before.has_legal = true;
    return out;
}

Sight sight(const SiteVisit& visit, std::string_view check) {
    const Findings all = findings_of(visit, table());
    const Finding* found = all.find(check);
    EXPECT_NE(found, nullptr) << check;
    return found == nullptr ? Sight::kUnseen : found->sight;
}

TEST(Findings, AQuietSiteHasNoFaultAndWhatIsNotThereIsUnseen) {
    const SiteVisit visit = quiet_visit();
    EXPECT_EQ(sight(visit, "before_choice"), Sight::kWell);
    EXPECT_EQ(sight(visit, "policy_link"), Sight::kWell);
    for (const char* check : {"banner_balance", "after_refusal", "withdraw_link", "form_notice",
                              "preticked", "form_target"})
        EXPECT_EQ(sight(visit, check), Sight::kUnseen) << check;
}

TEST(Findings, ATrackerBeforeAnyChoiceIsAFaultHoweverItIsMet) {
    SiteVisit by_host = quiet_visit();
    by_host.before.requests = {{"cdn.counter.example", "/c.js", "Script"}};
    EXPECT_EQ(sight(by_host, "before_choice"), Sight::kFault);
    SiteVisit by_cookie = quiet_visit();
    by_cookie.before.cookies = {{"_count_1", "shop.example", 400}};
    EXPECT_EQ(sight(by_cookie, "before_choice"), Sight::kFault);
    SiteVisit by_item = quiet_visit();
    by_item.before.stored = {"_count"};
    EXPECT_EQ(sight(by_item, "before_choice"), Sight::kFault);
    const Findings told = findings_of(by_host, table());
    EXPECT_EQ(told.find("before_choice")->seen,
              std::vector<std::string>{"Counter (cdn.counter.example)"});
    EXPECT_EQ(told.tools, std::vector<std::string>{"counter-tool"});
    ASSERT_EQ(told.third_parties.size(), 1U);
    EXPECT_EQ(told.third_parties[0].host, "cdn.counter.example");
    EXPECT_EQ(told.third_parties[0].tracker, "Counter");
    EXPECT_EQ(told.third_parties[0].kind, TrackerKind::kAsked);
    EXPECT_TRUE(told.third_parties[0].is_before);
    EXPECT_FALSE(told.third_parties[0].is_after);
}

TEST(Findings, WhatMayBeExemptOrIsUnknownIsForSomebodyToLookAt) {
    SiteVisit audience = quiet_visit();
    audience.before.stored = {"_own"};
    EXPECT_EQ(sight(audience, "before_choice"), Sight::kUnclear);
    SiteVisit unknown = quiet_visit();
    unknown.before.cookies = {{"sid", "shop.example", 0}};
    EXPECT_EQ(sight(unknown, "before_choice"), Sight::kUnclear);
    EXPECT_EQ(findings_of(unknown, table()).unknown,
              std::vector<std::string>{"sid (shop.example)"});
    SiteVisit later = quiet_visit();
    later.after.emplace().cookies = {{"no", "shop.example", 180}};
    EXPECT_EQ(sight(later, "before_choice"), Sight::kWell);
    EXPECT_EQ(findings_of(later, table()).unknown, std::vector<std::string>{"no (shop.example)"});
}

TEST(Findings, FontsAndTheMemoryOfTheChoiceAreNoTrackers) {
    SiteVisit visit = quiet_visit();
    visit.before.requests = {{"fonts.example", "/", "Font"}, {"www.shop.example", "/", "Document"}};
    visit.before.cookies = {{"choice", "shop.example", 180}};
    EXPECT_EQ(sight(visit, "before_choice"), Sight::kWell);
    visit.after.emplace().requests = {{"new.example", "/", "Image"}};
    const auto others = findings_of(visit, table()).third_parties;
    ASSERT_EQ(others.size(), 2U);
    EXPECT_EQ(others[0].host, "fonts.example");
    EXPECT_FALSE(others[0].is_after);
    EXPECT_EQ(others[1].host, "new.example");
    EXPECT_FALSE(others[1].is_before);
    EXPECT_TRUE(others[1].is_after);
    EXPECT_FALSE(others[1].kind.has_value());
}

TEST(Findings, ToRefuseMustBeAsEasyAsToAccept) {
    SiteVisit visit = quiet_visit();
    visit.before.accept = SeenButton{10'000, 20};
    EXPECT_EQ(sight(visit, "banner_balance"), Sight::kFault);
    visit.before.refuse = SeenButton{1'000, 9};
    EXPECT_EQ(sight(visit, "banner_balance"), Sight::kUnclear);
    visit.before.refuse = SeenButton{9'000, 20};
    EXPECT_EQ(sight(visit, "banner_balance"), Sight::kWell);
}

TEST(Findings, ARefusalIsHeldToWhatCameAfterIt) {
    SiteVisit visit = quiet_visit();
    visit.before.accept = visit.before.refuse = SeenButton{1'000, 16};
    visit.after.emplace();
    EXPECT_EQ(sight(visit, "after_refusal"), Sight::kWell);
    EXPECT_EQ(sight(visit, "withdraw_link"), Sight::kFault);
    visit.after->has_choice = true;
    visit.after->cookies = {{"_count", "shop.example", 30}};
    EXPECT_EQ(sight(visit, "after_refusal"), Sight::kFault);
    EXPECT_EQ(sight(visit, "withdraw_link"), Sight::kWell);
}

TEST(Findings, FormsAreCounted) {
    SiteVisit visit = quiet_visit();
    visit.before.forms = {{true, 0, "post", "https://www.shop.example", false},
                          {false, 1, "get", "https://www.shop.example", false}};
    const Findings all = findings_of(visit, table());
    EXPECT_EQ(all.find("form_notice")->sight, Sight::kFault);
    EXPECT_EQ(all.find("form_notice")->seen, std::vector<std::string>{"1 / 2"});
    EXPECT_EQ(all.find("preticked")->sight, Sight::kUnclear);
    EXPECT_EQ(all.find("form_target")->sight, Sight::kFault);
    visit.before.forms = {{true, 0, "get", "https://www.shop.example", true}};
    EXPECT_EQ(sight(visit, "form_target"), Sight::kUnclear);
    visit.before.forms = {{true, 0, "post", "http://www.shop.example", false}};
    EXPECT_EQ(sight(visit, "form_target"), Sight::kFault);
}

TEST(Findings, TheLogHasNamesAndNoValues) {
    SiteVisit visit = quiet_visit();
    visit.before.cookies = {{"sid", "shop.example", 3}};
    const std::string log = log_of(visit);
    EXPECT_NE(log.find(R"({"cookie":"sid","domain":"shop.example","days":3,"phase":"no_choice"})"),
              log.npos);
    EXPECT_EQ(log.find("refused"), log.npos);
}

}  // namespace
}  // namespace licet::probe
