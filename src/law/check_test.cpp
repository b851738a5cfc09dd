// SPDX-License-Identifier: Apache-2.0
// Goal: each kind of finding is made where it stands, with an example, and nothing else is found.
// Method: small packs with one flaw each; the real packs have no fault.
#include "law/check.h"

#include <gtest/gtest.h>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

using test::rule;
using test::SmallLaw;
using Lines = std::vector<std::string>;

const Date kToday = *parse_date("2026-11-23");

std::string argument(const Message& message, std::string_view name) {
    for (const auto& [key, value] : message.arguments)
        if (key == name) return value;
    return {};
}

// "check.shadowed b" for each finding that is no note.
Lines found_in(const Law& law, Severity worst = Severity::kWarning) {
    Lines out;
    for (const Finding& finding : check(law, kToday))
        if (finding.severity <= worst)
            out.push_back(finding.kind + " " + argument(finding.message, "rule"));
    return out;
}

std::unique_ptr<Law> law_of(std::string_view blocks) {
    SmallLaw small;
    small.blocks = blocks;
    return small.law();
}

TEST(Check, TheRealPacksHaveNoFault) {
    for (const Finding& finding : check(test::real_law(), kToday))
        EXPECT_NE(finding.severity, Severity::kFault) << finding.kind << " " << finding.where;
}

TEST(Check, ConditionsThatExcludeEachOtherAreAContradiction) {
    const auto law = law_of(rule("a",
                                 "  answers contact = forbidden\n"
                                 "  when colour = red, colour = green\n"));
    EXPECT_EQ(found_in(*law), Lines{"check.contradiction a"});
}

TEST(Check, DatesThatLeaveNothingAreVacuous) {
    const auto law = law_of(rule("a",
                                 "  answers contact = forbidden\n"
                                 "  when flag, at before 2020-01-01\n"
                                 "  in force from 2021-01-01\n"));
    EXPECT_EQ(found_in(*law), Lines{"check.vacuous_dates a"});
}

TEST(Check, AnExceptionOutsideItsRuleIsDead) {
    const auto law = law_of(rule("a", "  answers contact = forbidden\n  when colour = red\n") +
                            rule("b",
                                 "  except to a\n  answers contact = allowed\n"
                                 "  when colour = blue\n"));
    EXPECT_EQ(found_in(*law), Lines{"check.dead_exception b"});
}

TEST(Check, AnExceptionToARuleThatEndedIsToldAsSuch) {
    const auto law = law_of(rule("a",
                                 "  answers contact = forbidden\n  when flag\n"
                                 "  in force until 2020-01-01\n") +
                            rule("a2",
                                 "  answers contact = forbidden\n  when flag\n"
                                 "  in force from 2020-01-01\n") +
                            rule("b",
                                 "  except to a\n  answers contact = allowed\n"
                                 "  when colour = blue\n  in force from 2021-01-01\n"));
    EXPECT_EQ(found_in(*law), Lines{"check.ended_rule b"});
}

TEST(Check, ARuleBehindAnotherThatAlwaysSpeaksIsShadowed) {
    const auto law = law_of(rule("a", "  answers contact = allowed\n  when flag\n") +
                            rule("b",
                                 "  except to a\n  answers contact = allowed\n"
                                 "  when colour in {red, green}\n") +
                            rule("c",
                                 "  except to a\n  answers contact = allowed\n"
                                 "  when colour = red\n"));
    const auto findings = check(*law, kToday);
    ASSERT_FALSE(findings.empty());
    EXPECT_EQ(findings[0].kind, "check.shadowed");
    EXPECT_EQ(argument(findings[0].message, "rule"), "c");
    EXPECT_EQ(argument(findings[0].message, "by"), "b");
    EXPECT_NE(argument(findings[0].message, "example").find("colour = red"), std::string::npos);
}

TEST(Check, AConditionThatChangesNothingIsNoted) {
    const auto law = law_of(rule("a",
                                 "  answers contact = forbidden\n"
                                 "  when colour = red, colour in {red, blue}\n"));
    bool is_found = false;
    for (const Finding& finding : check(*law, kToday))
        is_found =
            is_found || (finding.kind == "check.needless_condition" &&
                         argument(finding.message, "condition") == "colour in { red, blue }");
    EXPECT_TRUE(is_found);
}

TEST(Check, ARuleWithoutWhichAllAnswersStayIsNoted) {
    const auto law = law_of(rule("a", "  answers contact = forbidden\n  when flag\n") +
                            rule("b", "  answers contact = forbidden\n  when flag, open\n"));
    EXPECT_EQ(found_in(*law), Lines{});
    const Lines all = found_in(*law, Severity::kNote);
    EXPECT_TRUE(std::count(all.begin(), all.end(), "check.needless_rule b"));
    EXPECT_FALSE(std::count(all.begin(), all.end(), "check.needless_rule a"));
}

TEST(Check, TheDayOnWhichTheLawFallsSilentIsToldWithTheRuleThatEnded) {
    const auto law = law_of(rule("a",
                                 "  answers contact = forbidden\n  when flag\n"
                                 "  in force until 2025-03-01\n"));
    const auto findings = check(*law, kToday);
    ASSERT_FALSE(findings.empty());
    EXPECT_EQ(findings[0].kind, "check.falls_silent");
    EXPECT_EQ(argument(findings[0].message, "day"), "2025-03-01");
    EXPECT_EQ(argument(findings[0].message, "rules"), "a");
}

TEST(Check, ASourceIsDueOnItsDay) {
    const auto law = law_of(rule("a", "  answers contact = forbidden\n  when flag\n"));
    const auto is_due = [&](std::string_view day) {
        const auto findings = check(*law, *parse_date(day));
        return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
            return finding.kind == "check.review_due";
        });
    };
    EXPECT_FALSE(is_due("2026-12-31"));
    EXPECT_TRUE(is_due("2027-01-01"));
}

}  // namespace
}  // namespace licet::law
