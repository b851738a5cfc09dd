// SPDX-License-Identifier: Apache-2.0
//
// Goal: show when a session ends, and when somebody is told to wait.
// Method: a clock that is moved by hand.
#include "web/sessions.h"

#include <gtest/gtest.h>

namespace licet::web {
namespace {

TEST(Sessions, EndAfterHalfAnHourWithoutARequest) {
    Sessions sessions;
    sessions.open("s", {"claire", "csrf", 1000, 1000});
    EXPECT_TRUE(sessions.find("s", 1000 + Sessions::kIdleSeconds).has_value());
    EXPECT_TRUE(sessions.find("s", 1000 + 2 * Sessions::kIdleSeconds).has_value());
    EXPECT_FALSE(sessions.find("s", 1001 + 3 * Sessions::kIdleSeconds).has_value());
}

TEST(Sessions, EndAfterTwelveHoursWhateverHappens) {
    Sessions sessions;
    sessions.open("s", {"claire", "csrf", 0, 0});
    for (std::int64_t now = 0; now <= Sessions::kMostSeconds; now += Sessions::kIdleSeconds)
        EXPECT_TRUE(sessions.find("s", now).has_value());
    EXPECT_FALSE(sessions.find("s", Sessions::kMostSeconds + 1).has_value());
}

TEST(Sessions, EndWhenTheyAreClosedAndAllOfAUserAtOnce) {
    Sessions sessions;
    sessions.open("a", {"claire", "csrf", 0, 0});
    sessions.open("b", {"claire", "csrf", 0, 0});
    sessions.open("c", {"denis", "csrf", 0, 0});
    sessions.close("a");
    EXPECT_FALSE(sessions.find("a", 1).has_value());
    sessions.close_all_of("claire");
    EXPECT_FALSE(sessions.find("b", 1).has_value());
    EXPECT_TRUE(sessions.find("c", 1).has_value());
}

TEST(Limiter, AllowsSoManyAtOnceAndThenSoManyASecond) {
    Limiter limiter;
    const Limiter::Rate rate{2, 5};
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(limiter.allow("a", rate, 0));
    EXPECT_FALSE(limiter.allow("a", rate, 0));
    EXPECT_TRUE(limiter.allow("b", rate, 0));
    EXPECT_TRUE(limiter.allow("a", rate, 500'000));
    EXPECT_FALSE(limiter.allow("a", rate, 500'000));
}

}  // namespace
}  // namespace licet::web
