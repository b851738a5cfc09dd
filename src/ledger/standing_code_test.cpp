// SPDX-License-Identifier: Apache-2.0
// Goal: a standing that was taken apart and put together again is the same, and bytes that are none
// are seen to be none.
// Method: random histories through code and back; shapes cut, lengthened and flipped.
#include "ledger/standing_code.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ledger/random_history.h"

namespace licet::ledger {
namespace {

constexpr Date kEnd{std::chrono::year{9999} / 12 / 31};

TEST(StandingCode, GivesTheSameStandingBack) {
    EXPECT_TRUE(rc::check("there and back", [] {
        Standing standing = standing_of(random_history(), kEnd);
        const StandingCode code = code_of(standing);
        standing.objections.clear();  // they are elsewhere
        RC_ASSERT(standing_of(code.shape, code.days) == standing);
    }));
}

TEST(StandingCode, TwoPersonsWithTheSameHistoryOnOtherDaysShareAShape) {
    EXPECT_TRUE(rc::check("moved by a year", [] {
        std::vector<Event> history = random_history();
        const StandingCode one = code_of(standing_of(history, kEnd));
        for (Event& event : history) event.happened_on += std::chrono::days{365};
        const StandingCode other = code_of(standing_of(history, kEnd));
        RC_ASSERT(one.shape == other.shape);
        RC_ASSERT(one.days.size() == other.days.size());
    }));
}

TEST(StandingCode, DaysThatDoNotFitTheShapeAreNoStanding) {
    EXPECT_TRUE(rc::check("one day more or less", [] {
        StandingCode code = code_of(standing_of(random_history(), kEnd));
        code.days.push_back(kEnd);
        RC_ASSERT(!standing_of(code.shape, code.days));
        code.days.pop_back();
        if (code.days.empty()) return;
        code.days.pop_back();
        RC_ASSERT(!standing_of(code.shape, code.days));
    }));
}

TEST(StandingCode, ADamagedShapeNeverCrashes) {
    EXPECT_TRUE(rc::check("one byte is another", [] {
        StandingCode code = code_of(standing_of(random_history(), kEnd));
        const auto place = *rc::gen::inRange<std::size_t>(0, code.shape.size());
        code.shape[place] = *rc::gen::arbitrary<char>();
        static_cast<void>(standing_of(code.shape, code.days));
        code.shape.resize(place);
        RC_ASSERT(!standing_of(code.shape, code.days));
    }));
}

}  // namespace
}  // namespace licet::ledger
