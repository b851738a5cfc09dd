// SPDX-License-Identifier: Apache-2.0
// Goal: the compiler finds conflicts with an example, stops at its cap, leaves out the impossible,
// and the
//       table names exactly the facts that would decide.
#include "law/table.h"

#include <gtest/gtest.h>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

using test::answer_of;
using test::missing_of;
using test::SmallLaw;
using Lines = std::vector<std::string>;

std::string rule(std::string_view name, std::string_view fields) {
    return "rule " + std::string(name) + "\n" + std::string(fields) + std::string(test::kTexts);
}
Read<std::unique_ptr<Law>> read(std::string_view blocks) {
    SmallLaw small;
    small.blocks = blocks;
    return small.read();
}
std::unique_ptr<Law> law_of(std::string_view blocks) {
    SmallLaw small;
    small.blocks = blocks;
    return small.law();
}

TEST(Table, SiblingsThatDisagreeAreAConflictWithAnExample) {
    const auto done = read(
        rule("p", "  answers contact = forbidden\n  when flag\n") +
        rule("a", "  except to p\n  answers contact = allowed\n  when colour in {red, green}\n") +
        rule("b",
             "  except to p\n  answers contact = forbidden\n  when colour in {green, blue}\n"));
    ASSERT_EQ(test::worded(done.problems), Lines{"law.conflict aa/rules.md:13:1"});
    EXPECT_EQ(done.problems[0].message,
              Message("law.conflict", {{"first", "a"},
                                       {"second", "b"},
                                       {"example", "country = aa, flag = yes, colour = green"}}));
    EXPECT_EQ(done.value, nullptr);
}

TEST(Table, SiblingsThatCannotMeetOrThatAgreeAreNoConflict) {
    const std::string parent = rule("p", "  answers contact = forbidden\n  when flag\n");
    EXPECT_TRUE(
        read(parent +
             rule("a", "  except to p\n  answers contact = allowed\n  when colour = red\n") +
             rule("b", "  except to p\n  answers contact = forbidden\n  when colour = blue\n"))
            .is_clean());
    EXPECT_TRUE(
        read(parent + rule("a", "  except to p\n  answers contact = allowed\n  when open\n") +
             rule("b", "  except to p\n  answers contact = allowed\n  when colour = blue\n"))
            .is_clean());
    EXPECT_TRUE(read(parent +
                     rule("a", "  except to p\n  answers contact = allowed\n  when open\n") +
                     rule("b", "  except to p\n  when colour = blue\n"))
                    .is_clean());
}

TEST(Table, WhatAnExceptionOfASiblingTakesAwayIsNoConflict) {
    // a says allowed only where its own exception does not speak; there p and b do not speak
    // either.
    EXPECT_TRUE(
        read(rule("p", "  answers contact = forbidden\n  when flag\n") +
             rule("a", "  except to p\n  answers contact = allowed\n  when open\n") +
             rule("a1", "  except to a\n  answers contact = forbidden\n  when flag\n") +
             rule("b", "  except to p\n  answers contact = forbidden\n  when colour = red\n"))
            .is_clean());
}

TEST(Table, AnImpossibleMeetingIsNoConflict) {
    const std::string rules =
        rule("p", "  answers contact = forbidden\n  when flag\n") +
        rule("a", "  except to p\n  answers contact = allowed\n  when open\n") +
        rule("b", "  except to p\n  answers contact = forbidden\n  when colour = red\n");
    EXPECT_FALSE(read(rules).is_clean());
    EXPECT_TRUE(read("impossible i\n  when open, colour = red\n" + rules).is_clean());
}

TEST(Table, EveryConflictIsToldOnce) {
    const auto done =
        read(rule("p", "  answers contact = forbidden\n  when flag\n") +
             rule("q", "  answers contact = forbidden\n  when open\n") +
             rule("a",
                  "  except to p, q\n  answers contact = allowed\n  when colour = red\n  kept by "
                  "kept\n") +
             rule("b", "  except to p, q\n  answers contact = forbidden\n  when colour = red\n") +
             rule("c", "  except to q\n  answers contact = allowed\n  when colour = red\n"));
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const Error& problem : done.problems)
        pairs.emplace_back(problem.message.arguments[0].second,
                           problem.message.arguments[1].second);
    std::sort(pairs.begin(), pairs.end());
    EXPECT_EQ(std::adjacent_find(pairs.begin(), pairs.end()), pairs.end());
    EXPECT_TRUE(
        std::count(pairs.begin(), pairs.end(), std::pair<std::string, std::string>("a", "b")));
}

TEST(Table, WhatIsImpossibleIsNoWayToAnAnswer) {
    const auto law =
        law_of("impossible i\n  when colour = red, not open\n" +
               rule("a", "  answers contact = forbidden\n  when open\n  duties do_this\n") +
               rule("b", "  answers contact = allowed\n  when colour in {red, green}\n"));
    EXPECT_EQ(answer_of(*law, "country = aa, colour = red"), "forbidden");
    EXPECT_EQ(answer_of(*law, "country = aa, colour = green"), "undetermined");
    EXPECT_EQ(answer_of(*law, "country = aa, colour = red, open = no"), "undetermined");
    EXPECT_EQ(missing_of(*law, "country = aa, colour = red, open = no"), Lines{});
}

TEST(Table, WhatIsImpossibleBringsNoDuties) {
    const auto law =
        law_of("impossible i\n  when colour = red, not open\n" +
               rule("a", "  answers contact = allowed\n  when colour = red\n") +
               rule("b", "  about contact\n  when colour = red, not open\n  duties do_this\n"));
    const Decision decision =
        law->decide("contact", test::facts_of(*law, "country = aa, colour = red")).value();
    EXPECT_EQ(decision.answer, 1);
    EXPECT_EQ(decision.duties, Lines{});
}

TEST(Table, APackThatGrowsOverTheCapIsAFaultOfTheRuleThatDoesIt) {
    SmallLaw small;
    small.blocks =
        rule("a", "  answers contact = forbidden\n  when colour = red, flag, open, count >= 2\n") +
        rule("b", "  answers contact = allowed\n  when shape = round, met_on is never, kept\n");
    const auto law = small.law();
    const Question& question = *law->vocabulary().question("contact");
    EXPECT_EQ(test::worded(table_from_rules(law->rules(), question, 6).problems),
              Lines{"law.too_many_nodes aa/rules.md:2:1"});
    EXPECT_EQ(test::worded(table_from_rules(law->rules(), question, 25).problems),
              Lines{"law.too_many_nodes aa/rules.md:7:1"});
    EXPECT_TRUE(table_from_rules(law->rules(), question).is_clean());
}

TEST(Table, MissingFactsAreExactlyThoseThatMatter) {
    const auto law = law_of(
        rule("a", "  answers contact = forbidden\n  when colour = red, open\n") +
        rule("b", "  answers contact = allowed\n  when colour in {red, green, blue}, flag\n"));
    EXPECT_EQ(missing_of(*law, "country = aa, flag = yes"), (Lines{"colour", "open"}));
    EXPECT_EQ(missing_of(*law, "country = aa, flag = yes, colour = green"), Lines{});
    EXPECT_EQ(missing_of(*law, "country = aa, flag = yes, colour = red"), Lines{"open"});
    EXPECT_EQ(missing_of(*law, "flag = yes, colour = red, open = no"), Lines{"country"});
    EXPECT_EQ(missing_of(*law, "country = zz"), Lines{});
    EXPECT_EQ(answer_of(*law, "country = zz"), "out_of_scope");
}

TEST(Table, ACompletionNamesOnlyWhatItDependsOn) {
    const auto law =
        law_of(rule("a", "  answers contact = allowed\n  when colour = green, open\n") +
               rule("b", "  answers contact = forbidden\n  when flag\n"));
    const QuestionTable& table = *law->table("contact");
    const Codes codes =
        law->variables().code(test::facts_of(*law, "country = aa, flag = no, colour = green"));
    const auto path = completion_to(law->rules(), table, codes, 1);
    ASSERT_TRUE(path.has_value());
    ASSERT_EQ(path->size(), 1U);
    EXPECT_EQ(law->variables().condition(path->front().first, path->front().second), "open = yes");
    EXPECT_FALSE(completion_to(law->rules(), table, codes, 0).has_value());
    EXPECT_TRUE(can_reach(law->rules(), table, codes, 2));
}

TEST(Table, KnownCodesAreWalkedAndUnknownOnesStopTheWalk) {
    const auto law = law_of(rule("a", "  answers contact = allowed\n  when colour = green\n"));
    const QuestionTable& table = *law->table("contact");
    const auto codes = [&](std::string_view facts) {
        return law->variables().code(test::facts_of(*law, facts));
    };
    EXPECT_EQ(walk(table, table.decision, codes("country = aa, colour = green").data()),
              outcome::of({0, false}));
    EXPECT_EQ(walk(table, table.decision, codes("country = aa, colour = red").data()),
              outcome::kSilent);
    EXPECT_EQ(walk_known(table, table.decision, codes("country = aa").data()), std::nullopt);
    EXPECT_EQ(walk_known(table, table.decision, codes("country = zz").data()),
              std::optional(outcome::kSilent));
}

}  // namespace
}  // namespace licet::law
