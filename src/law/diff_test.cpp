// SPDX-License-Identifier: Apache-2.0
// Goal: a diff shows every change and nothing else. Method: small laws whose changes are known, and
// the real packs at a switch: each example is decided again on both sides and must differ as told.
#include "law/diff.h"

#include <gtest/gtest.h>

#include "law/facts_from_codes.h"
#include "law/law_test_support.h"

namespace licet::law {
namespace {

using test::rule;
using test::SmallLaw;

Side on(std::string_view day, std::string country = "aa") {
    return {std::move(country), *parse_date(day)};
}

TEST(Diff, TheSameDayOfTheSameLawIsNoChange) {
    const Law& law = test::real_law();
    const auto found = diff(law, on("2026-08-10", "fr"), law, on("2026-08-10", "fr"), "contact");
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->is_empty());
}

TEST(Diff, ARuleThatBeginsIsNewFromItsDay) {
    SmallLaw small;
    small.blocks = rule("a", "  answers contact = allowed\n  when flag\n") +
                   rule("b",
                        "  answers contact = forbidden\n  when flag, colour = red\n"
                        "  in force from 2025-03-01\n");
    const auto law = small.law();
    const auto found = diff(*law, on("2025-02-28"), *law, on("2025-03-01"), "contact").value();
    ASSERT_EQ(found.answers.size(), 1U);
    const Change& change = found.answers[0];
    EXPECT_EQ(law->rules().rules[change.before->rule].id, "a");
    EXPECT_EQ(law->rules().rules[change.after->rule].id, "b");
    EXPECT_EQ(change.answer_before, 1);
    EXPECT_EQ(change.answer_after, 0);
    // one of two flags, one of three colours
    EXPECT_NEAR(change.share, 1.0 / 6, 1e-9);
    EXPECT_TRUE(found.gone.empty());
    ASSERT_EQ(found.new_rules.size(), 1U);
    EXPECT_EQ(law->rules().rules[found.new_rules[0]].id, "b");
}

TEST(Diff, TwoVersionsAreComparedThoughTheirThresholdsDiffer) {
    SmallLaw before;
    SmallLaw after;
    before.blocks = rule("a", "  answers contact = forbidden\n  when count >= 4\n");
    after.blocks = rule("a", "  answers contact = forbidden\n  when count >= 3\n");
    auto pair = read_two_laws(before.files(), Reading::kStrict, after.files(), Reading::kStrict);
    ASSERT_TRUE(pair.is_clean());
    const Law& law = *pair.value.after;
    const auto found =
        diff(*pair.value.before, on("2026-01-01"), law, on("2026-01-01"), "contact").value();
    ASSERT_EQ(found.answers.size(), 1U);
    ASSERT_EQ(found.answers[0].example.size(), 1U);
    const auto [variable, code] = found.answers[0].example[0];
    EXPECT_EQ(law.variables().condition(variable, code), "count >= 3, count < 4");
}

TEST(Diff, ADutyThatIsDroppedIsTold) {
    SmallLaw before;
    SmallLaw after;
    before.blocks =
        rule("a", "  answers contact = allowed\n  when flag\n  duties do_this, do_that\n");
    after.blocks = rule("a", "  answers contact = allowed\n  when flag\n  duties do_this\n");
    const auto pair =
        read_two_laws(before.files(), Reading::kStrict, after.files(), Reading::kStrict);
    const auto found =
        diff(*pair.value.before, on("2026-01-01"), *pair.value.after, on("2026-01-01"), "contact")
            .value();
    EXPECT_TRUE(found.answers.empty());
    ASSERT_EQ(found.duties.size(), 1U);
    EXPECT_EQ(found.duties[0].duty, "do_that");
    EXPECT_FALSE(found.duties[0].is_new);
}

// Decides an example on one side, on a day that counts like `day` in the law.
int answer_at(const Law& law, Steps example, std::string_view day) {
    Facts side;
    side.set(law.variables().at(), Moment{*parse_date(day), {}});
    std::ignore = set_fact(side, law.vocabulary(), "country", "fr");
    const Codes codes = law.variables().code(side);
    for (const char* name : {"at", "country"})
        for (const VarId id : law.variables().of_fact(law.vocabulary().find(name)))
            if (law.variables()[id].kind != VariableKind::kAge &&
                law.variables()[id].kind != VariableKind::kAfter)
                example.emplace_back(id, codes[id]);
    const auto facts = facts_from_codes(law.variables(), example);
    return facts ? law.decide("contact", *facts)->answer : -2;
}

TEST(Diff, EachExampleOfARealSwitchIsDecidedAsTold) {
    const Law& law = test::real_law();
    for (const auto& [before, after] :
         {std::pair{"2026-08-10", "2026-08-11"}, std::pair{"2025-07-01", "2025-07-02"},
          std::pair{"2022-12-20", "2022-12-21"}}) {
        const auto found = diff(law, on(before, "fr"), law, on(after, "fr"), "contact").value();
        EXPECT_FALSE(found.is_empty()) << after;
        int checked = 0;
        for (const Change& change : found.answers) {
            const int then = answer_at(law, change.example, before);
            const int now = answer_at(law, change.example, after);
            // Not every combination of dates can be built at the edges of their buckets.
            if (then < 0 || now < 0) continue;
            ++checked;
            EXPECT_EQ(then, change.answer_before) << after;
            EXPECT_EQ(now, change.answer_after) << after;
        }
        EXPECT_GT(checked, 0) << after;
    }
}

TEST(Diff, AQuestionWithoutRulesIsAnError) {
    SmallLaw small;
    small.blocks = rule("a", "  answers contact = allowed\n  when flag\n");
    const auto law = small.law();
    EXPECT_FALSE(diff(*law, on("2026-01-01"), *law, on("2026-01-01"), "keep"));
}

}  // namespace
}  // namespace licet::law
