// SPDX-License-Identifier: Apache-2.0
// Goal: show that the last day for an answer is the one that the packs give, calendar and all.
// Method: days of receipt whose month ends in February, on a week-end, across an extension.
// Cites: [gdpr] [reg:1182/71]
#include "rights/deadline.h"

#include <gtest/gtest.h>

#include "rights/internal/test_person.h"

namespace licet::rights {
namespace {

using test::day;
using test::real_law;

Deadline deadline(std::string_view received, std::string_view extended = "",
                  const std::string& country = "fr") {
    DataRequest request;
    request.steps.emplace(RequestStep::kOpened, day(received));
    if (!extended.empty()) request.steps.emplace(RequestStep::kExtended, day(extended));
    const auto found = deadline_of(real_law(), country, request);
    EXPECT_TRUE(found) << received;
    return found ? *found : Deadline{};
}
std::string due(std::string_view received, std::string_view extended = "") {
    return text_of(deadline(received, extended).due_on);
}

TEST(Deadline, IsTheSameDayOfTheNextMonth) {
    EXPECT_EQ(due("2026-09-01"), "2026-10-01");
    EXPECT_EQ(due("2028-01-31"), "2028-02-29");
    EXPECT_EQ(due("2025-01-31"), "2025-02-28");
}

TEST(Deadline, RunsOnOverAWeekEndAndSaysThatThisIsDebated) {
    const Deadline found = deadline("2026-01-31");
    EXPECT_EQ(text_of(found.due_on), "2026-03-02");  // 28 February was a Saturday
    EXPECT_EQ(text_of(found.surely_by), "2026-02-28");
    EXPECT_EQ(due("2026-01-30"), "2026-03-02");
    EXPECT_EQ(due("2026-02-01"), "2026-03-02");  // 1 March was a Sunday
    EXPECT_EQ(due("2026-01-27"), "2026-02-27");  // a Friday
}

TEST(Deadline, IsThreeMonthsAfterAnExtensionThatWasToldInTime) {
    EXPECT_EQ(due("2026-09-01", "2026-09-20"), "2026-12-01");
    EXPECT_EQ(due("2026-09-01", "2026-09-30"), "2026-12-01");
    EXPECT_EQ(due("2026-09-01", "2026-10-01"), "2026-12-01");
}

TEST(Deadline, DoesNotMoveByAnExtensionThatCameTooLate) {
    EXPECT_EQ(due("2026-09-01", "2026-10-02"), "2026-10-01");
    EXPECT_EQ(due("2026-09-01", "2026-10-14"), "2026-10-01");
}

TEST(Deadline, NamesTheTextThatItRestsOn) {
    const Deadline found = deadline("2026-09-01");
    ASSERT_FALSE(found.cites.empty());
    EXPECT_NE(found.cites.front().find("12(3)"), std::string::npos) << found.cites.front();
    EXPECT_FALSE(found.tell.in(Language::kFrench).empty());
}

TEST(Deadline, IsNotMadeUpWhereNoPackSaysIt) {
    DataRequest request;
    EXPECT_EQ(deadline_of(real_law(), "fr", request).error().message.id, "rights.no_clock");
    request.steps.emplace(RequestStep::kOpened, day("2026-09-01"));
    EXPECT_EQ(deadline_of(real_law(), "us", request).error().message.id, "rights.no_clock");
    request.steps[RequestStep::kOpened] = day("2017-01-01");  // before the GDPR applied
    EXPECT_FALSE(deadline_of(real_law(), "fr", request).has_value() &&
                 deadline_of(real_law(), "fr", request)->cites.empty());
}

TEST(DaysLeft, AreNegativeWhenItIsOver) {
    EXPECT_EQ(days_left(deadline("2026-09-01"), day("2026-09-21")), 10);
    EXPECT_EQ(days_left(deadline("2026-09-01"), day("2026-10-03")), -2);
}

// Whatever the day of receipt, each day up to the last is in time and the next is not: the walk has
// one end. Every day of four years, a leap year among them.
TEST(Deadline, IsAboutAMonthForEveryDay) {
    for (Date at = day("2024-01-01"); at < day("2028-01-01"); at += std::chrono::days{7}) {
        const Deadline found = deadline(text_of(at));
        const auto days = (found.due_on - at).count();
        EXPECT_GE(days, 28) << text_of(at);
        EXPECT_LE(days, 33) << text_of(at);
        EXPECT_GE(found.due_on, plus_months(at, 1)) << text_of(at);
    }
}

}  // namespace
}  // namespace licet::rights
