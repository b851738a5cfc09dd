// SPDX-License-Identifier: Apache-2.0
// Goal: rules mean what docs/pack-language.md says, and every fault of a pack is told at once with
// its place. Method: one small pack for each sentence; line 2 of aa/rules.md is the first line of
// the text.
#include "law/rules.h"

#include <gtest/gtest.h>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

using test::answer_of;
using test::SmallLaw;
using Lines = std::vector<std::string>;

std::string with_texts(std::string_view fields) {
    return std::string(fields) + std::string(test::kTexts);
}
// A rule whose `when` stands on line 4, its text from column 8.
std::string rule_when(std::string_view condition) {
    return with_texts("rule a\n  answers contact = allowed\n  when " + std::string(condition) +
                      "\n");
}
Lines faults_of(std::string_view blocks) { return test::problems_of(blocks); }
Lines faults_when(std::string_view condition) { return faults_of(rule_when(condition)); }
Lines fault(std::string_view id, int line, int column) {
    return {std::string(id) + " aa/rules.md:" + std::to_string(line) + ":" +
            std::to_string(column)};
}
std::unique_ptr<Law> law_of(std::string_view blocks, Reading reading = Reading::kStrict) {
    SmallLaw small;
    small.blocks = blocks;
    return small.law(reading);
}
std::string answer_when(std::string_view condition, std::string_view facts) {
    return answer_of(*law_of(rule_when(condition)), "country = aa, " + std::string(facts));
}

TEST(Rules, FaultsOfConditionsAreTold) {
    EXPECT_EQ(faults_when("colur = red"), fault("law.unknown_fact_near", 4, 8));
    EXPECT_EQ(faults_when("zzzzzzzz"), fault("law.unknown_fact", 4, 8));
    EXPECT_EQ(faults_when("not"), fault("law.condition_form", 4, 8));
    EXPECT_EQ(faults_when(""), fault("law.condition_empty", 4, 3));
    EXPECT_EQ(faults_when(", ,"), fault("law.condition_empty", 4, 3));
    EXPECT_EQ(faults_when("colour"), fault("law.condition_needs_value", 4, 8));
    EXPECT_EQ(faults_when("colour is red"), fault("law.condition_operator", 4, 15));
    EXPECT_EQ(faults_when("colour not = red"), fault("law.condition_operator", 4, 15));
    EXPECT_EQ(faults_when("colour in red"), fault("law.condition_values", 4, 15));
    EXPECT_EQ(faults_when("colour in {}"), fault("law.condition_values", 4, 15));
    EXPECT_EQ(faults_when("colour not in"), fault("law.condition_values", 4, 19));
    EXPECT_EQ(faults_when("colour = red green"), fault("law.condition_values", 4, 15));
    EXPECT_EQ(faults_when("flag, colour in {red, pink}"), fault("law.unknown_value_near", 4, 30));
    EXPECT_EQ(faults_when("register.aa_list = not_checked"),
              fault("law.unknown_value_near", 4, 27));
}

TEST(Rules, FaultsOfComparisonsAreTold) {
    EXPECT_EQ(faults_when("count = 3"), fault("law.condition_operator", 4, 14));
    EXPECT_EQ(faults_when("count"), fault("law.condition_operator", 4, 8));
    EXPECT_EQ(faults_when("count >= many"), fault("law.number_expected", 4, 17));
    EXPECT_EQ(faults_when("hour < 25:00"), fault("law.number_expected", 4, 15));
    EXPECT_EQ(faults_when("seen_on = 2026-01-01"), fault("law.condition_operator", 4, 16));
    EXPECT_EQ(faults_when("seen_on within some time of at"), fault("law.period_expected", 4, 23));
    EXPECT_EQ(faults_when("seen_on within 3 weeks of at"), fault("law.period_expected", 4, 23));
    EXPECT_EQ(faults_when("seen_on less than a year before at"),
              fault("law.period_expected", 4, 26));
    EXPECT_EQ(faults_when("seen_on before yesterday"), fault("law.date_expected", 4, 23));
    EXPECT_EQ(faults_when("seen_on from 2026-02-30"), fault("law.date_expected", 4, 21));
    EXPECT_EQ(faults_when("seen_on after colour"), fault("law.date_fact_expected", 4, 22));
}

TEST(Rules, FaultsOfFieldsAreTold) {
    const std::string start = "rule a\n  answers contact = allowed\n  when flag\n";
    EXPECT_EQ(faults_of(with_texts("rule a\n  answers contact\n  when flag\n")),
              Lines{"law.answer_form aa/rules.md:3:3"});
    EXPECT_EQ(faults_of(with_texts("rule a\n  answers contract = allowed\n  when flag\n")),
              Lines{"law.unknown_question aa/rules.md:3:11"});
    EXPECT_EQ(faults_of(with_texts("rule a\n  answers contact = yes\n  when flag\n")),
              fault("law.unknown_answer", 3, 21));
    EXPECT_EQ(faults_of(with_texts("rule a\n  about contract\n  when flag\n")),
              fault("law.unknown_question", 3, 9));
    EXPECT_EQ(faults_of(with_texts("rule a\n  when flag\n")), fault("law.rule_lacks", 2, 1));
    EXPECT_EQ(faults_of(with_texts("rule a\n  about contact\n")), fault("law.rule_lacks", 2, 1));
    EXPECT_EQ(faults_of(with_texts(start + "  duties do_thsi\n")),
              fault("law.unknown_duty_near", 5, 10));
    EXPECT_EQ(faults_of(with_texts(start + "  in force since 2026-01-01\n")),
              fault("law.in_force_form", 5, 12));
    EXPECT_EQ(faults_of(with_texts(start + "  in force from\n")),
              fault("law.in_force_form", 5, 12));
    EXPECT_EQ(faults_of(with_texts(start + "  in force from 2026-01-01 until 2026-01-01\n")),
              fault("law.in_force_empty", 5, 3));
    EXPECT_EQ(faults_of(with_texts(start + "  certainty perhaps\n")),
              fault("law.certainty_form", 5, 3));
    EXPECT_EQ(faults_of(with_texts(start + "  reading wide\n")), fault("law.reading_form", 5, 3));
    EXPECT_EQ(faults_of(with_texts(start + "  when open\n")), fault("law.declared_twice", 5, 3));
}

TEST(Rules, FaultsOfTextsAndSourcesAreTold) {
    const std::string start = "rule a\n  answers contact = allowed\n  when flag\n";
    EXPECT_EQ(faults_of(start),
              (Lines{"law.rule_lacks aa/rules.md:2:1", "law.rule_lacks aa/rules.md:2:1",
                     "law.rule_lacks aa/rules.md:2:1"}));
    EXPECT_EQ(faults_of(start + "  cites s\n  tell fr \"F.\" de \"D.\" en \"E.\"\n"),
              fault("law.tell_form", 6, 16));
    EXPECT_EQ(faults_of(start + "  cites s 1, t 2\n  tell fr \"F.\" en \"E.\"\n"),
              fault("law.unknown_source_near", 5, 14));
}

TEST(Rules, FaultsOfNamesAreTold) {
    const std::string exception =
        with_texts("rule b\n  except to a\n  answers contact = forbidden\n  when open\n");
    EXPECT_EQ(faults_of(with_texts("rule b\n  except to x\n  about contact\n  when flag\n")),
              fault("law.unknown_rule_near", 3, 13));
    EXPECT_EQ(faults_of(exception + rule_when("flag")), fault("law.exception_before_rule", 3, 13));
    EXPECT_EQ(faults_of(rule_when("flag") + rule_when("open")), fault("law.declared_twice", 7, 1));
    EXPECT_EQ(faults_of("define flag\n  when open\n"), fault("law.declared_twice", 2, 1));
    EXPECT_EQ(faults_of("define d\n"), fault("law.define_lacks", 2, 1));
    EXPECT_EQ(faults_of("impossible i\n"), fault("law.define_lacks", 2, 1));
    EXPECT_EQ(faults_of("define d\n  when flag\n" + rule_when("d = yes")),
              fault("law.condition_rest", 6, 10));
    EXPECT_EQ(faults_of(rule_when("flag") +
                        with_texts("rule b\n  except to a\n  answers keep = erase\n  when open\n")),
              fault("law.exception_question", 8, 13));
}

TEST(Rules, FaultsOfParametersAreTold) {
    EXPECT_EQ(faults_of("parameter p\n"), fault("law.parameter_form", 2, 1));
    EXPECT_EQ(faults_of("parameter p\n  value 3 years\n"), fault("law.parameter_form", 3, 3));
    EXPECT_EQ(faults_of("parameter p\n  value 3 years from 2026\n"),
              fault("law.date_expected", 3, 22));
    EXPECT_EQ(faults_of("parameter p\n  value 3 from 2026-01-01\n  value 1 year from 2027-01-01\n"),
              fault("law.parameter_order", 4, 3));
    EXPECT_EQ(faults_of("parameter p\n  value 3 from 2026-01-01\n  value 4 from 2025-01-01\n"),
              fault("law.parameter_order", 4, 3));
    EXPECT_EQ(
        faults_of("parameter p\n  value 3 from 2026-01-01\n" + rule_when("seen_on within p of at")),
        fault("law.period_expected", 6, 23));
    EXPECT_EQ(faults_of("parameter p\n  value 1 year from 2026-01-01\n" + rule_when("count >= p")),
              fault("law.number_expected", 6, 17));
}

TEST(Rules, ACircleOfDefinesIsToldOnceWhereItCloses) {
    EXPECT_EQ(faults_of("define x\n  when y, y\ndefine y\n  when x, x\n" + rule_when("x, x")),
              Lines{"law.define_circle aa/rules.md:5:8"});
    EXPECT_EQ(faults_of("define x\n  when x\n"), fault("law.define_circle", 3, 8));
}

TEST(Rules, TooManyValuesOfAFactAreAFaultAndNoCrash) {
    std::string keys = "kk0";
    for (int i = 1; i < 300; ++i) keys += ", kk" + std::to_string(i);
    EXPECT_EQ(faults_when("country in {" + keys + "}"), fault("law.too_many_values", 4, 8));
}

TEST(Rules, AllFaultsOfAPackAreToldAtOnce) {
    EXPECT_EQ(
        faults_of("rule a\n  answers contact = perhaps\n  when flig, colour = pink\n"
                  "  cites t\n  tell fr \"F.\" en \"E.\"\nrool b\n"
                  "rule c\n  except to z\n  about contact\n  when\n" +
                  std::string(test::kTexts)),
        (Lines{"law.unknown_statement aa/rules.md:7:1", "law.unknown_answer aa/rules.md:3:21",
               "law.unknown_fact_near aa/rules.md:4:8", "law.unknown_value_near aa/rules.md:4:23",
               "law.unknown_source_near aa/rules.md:5:9", "law.condition_empty aa/rules.md:11:3",
               "law.unknown_rule_near aa/rules.md:9:13"}));
}

TEST(Rules, ConditionsHoldAsTheyRead) {
    EXPECT_EQ(answer_when("flag", "flag = yes"), "allowed");
    EXPECT_EQ(answer_when("not flag", "flag = yes"), "out_of_scope");
    EXPECT_EQ(answer_when("colour = red", "colour = red"), "allowed");
    EXPECT_EQ(answer_when("colour in {red, blue}", "colour = blue"), "allowed");
    EXPECT_EQ(answer_when("colour not in {red, blue}", "colour = blue"), "out_of_scope");
    EXPECT_EQ(answer_when("not colour not in {red}", "colour = red"), "allowed");
    EXPECT_EQ(answer_when("count >= 3", "count = 3"), "allowed");
    EXPECT_EQ(answer_when("count < 3", "count = 3"), "out_of_scope");
    EXPECT_EQ(answer_when("seen_on after met_on", "seen_on = 2026-01-02, met_on = 2026-01-01"),
              "allowed");
    EXPECT_EQ(answer_when("seen_on after met_on", "seen_on = 2026-01-01, met_on = 2026-01-01"),
              "out_of_scope");
    EXPECT_EQ(answer_when("seen_on is never", "seen_on = never"), "allowed");
    EXPECT_EQ(answer_when("seen_on before 2026-01-01", "seen_on = never"), "out_of_scope");
    EXPECT_EQ(answer_when("seen_on from 2026-01-01", "seen_on = 2026-01-01"), "allowed");
}

TEST(Rules, ADefineOfSeveralWaysHoldsIfOneDoes) {
    const auto law =
        law_of("define d\n  when flag\ndefine d\n  when open, colour = red\n" + rule_when("d"));
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes, open = no, colour = red"), "allowed");
    EXPECT_EQ(answer_of(*law, "country = aa, flag = no, open = yes, colour = red"), "allowed");
    EXPECT_EQ(answer_of(*law, "country = aa, flag = no, open = yes, colour = blue"),
              "out_of_scope");
}

TEST(Rules, ARuleIsInForceFromItsFirstDayUntilTheDayBefore) {
    const auto law =
        law_of(with_texts("rule a\n  answers contact = allowed\n  when flag\n  in force from "
                          "2024-02-29 until 2025-03-01\n"));
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes, at = 2024-02-28"), "out_of_scope");
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes, at = 2024-02-29"), "allowed");
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes, at = 2025-02-28"), "allowed");
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes, at = 2025-03-01"), "out_of_scope");
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes, at = never"), "out_of_scope");
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes"), "undetermined");
    EXPECT_EQ(law->rules().rules[0].from, "2024-02-29");
    EXPECT_EQ(law->rules().rules[0].until, "2025-03-01");
}

TEST(Rules, AParameterHasTheValueOfTheDay) {
    const auto law = law_of("parameter p\n  value 2 from 2020-01-01\n  value 5 from 2025-01-01\n" +
                            rule_when("count >= p"));
    EXPECT_EQ(answer_of(*law, "country = aa, count = 3, at = 2019-12-31"), "out_of_scope");
    EXPECT_EQ(answer_of(*law, "country = aa, count = 3, at = 2020-01-01"), "allowed");
    EXPECT_EQ(answer_of(*law, "country = aa, count = 3, at = 2024-12-31"), "allowed");
    EXPECT_EQ(answer_of(*law, "country = aa, count = 3, at = 2025-01-01"), "out_of_scope");
    EXPECT_EQ(answer_of(*law, "country = aa, count = 5, at = 2025-01-01"), "allowed");
}

TEST(Rules, AnExceptionSpeaksInsteadOfItsRuleAndItsOwnInsteadOfIt) {
    const auto law = law_of(
        with_texts("rule a\n  answers contact = forbidden\n  when flag\n") +
        with_texts("rule b\n  except to a\n  answers contact = allowed\n  when colour = red\n") +
        with_texts("rule c\n  except to b\n  answers contact = forbidden\n  when open\n"));
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes, colour = blue, open = yes"), "forbidden");
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes, colour = red, open = no"), "allowed");
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes, colour = red, open = yes"), "forbidden");
    EXPECT_EQ(test::deciding_of(*law, "country = aa, flag = yes, colour = red, open = yes"),
              Lines{"c"});
    EXPECT_EQ(answer_of(*law, "country = aa, flag = no, colour = red, open = no"), "out_of_scope");
}

TEST(Rules, AnExceptionWithoutAnswerLiftsItsRuleAndKeepsItsDuties) {
    const auto law =
        law_of(with_texts("rule a\n  answers contact = forbidden\n  when flag\n") +
               with_texts("rule b\n  except to a\n  when open\n  duties do_that\n") +
               with_texts("rule c\n  answers contact = allowed\n  when colour = red\n"));
    const Decision decision =
        law->decide("contact",
                    test::facts_of(*law, "country = aa, flag = yes, open = yes, colour = red"))
            .value();
    EXPECT_EQ(decision.answer, 1);
    EXPECT_EQ(decision.duties, Lines{"do_that"});
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes, open = yes, colour = blue"),
              "out_of_scope");
}

TEST(Rules, TheStricterRootWinsAndDutiesAreUnited) {
    const auto law = law_of(
        with_texts("rule a\n  answers contact = allowed\n  when colour = red\n  duties do_this\n") +
        with_texts(
            "rule b\n  about contact\n  when colour in {red, blue}\n  duties do_that, do_this\n") +
        with_texts("rule c\n  answers contact = forbidden\n  when open\n"));
    const Decision allowed =
        law->decide("contact", test::facts_of(*law, "country = aa, colour = red, open = no"))
            .value();
    EXPECT_EQ(allowed.duties, (Lines{"do_this", "do_that"}));
    const Decision forbidden =
        law->decide("contact", test::facts_of(*law, "country = aa, colour = red, open = yes"))
            .value();
    EXPECT_EQ(forbidden.answer, 0);
    EXPECT_EQ(forbidden.duties, Lines{});
    EXPECT_EQ(answer_of(*law, "country = aa, colour = blue, open = no"), "out_of_scope");
}

TEST(Rules, ConductIsPresumedKeptAndForbidsWhenKnownToBeBroken) {
    const auto law = law_of(with_texts("rule a\n  answers contact = allowed\n  when flag\n") +
                            with_texts("rule b\n  about contact\n  when flag\n  duties do_this\n  "
                                       "kept by kept, hour >= 10:00\n"));
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes"), "allowed");
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes, kept = no"), "forbidden");
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes, hour = 09:59"), "forbidden");
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes, hour = 10:00"), "allowed");
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes, kept = –"), "undetermined");
    EXPECT_EQ(test::deciding_of(*law, "country = aa, flag = yes, kept = no"), Lines{"b"});
}

TEST(Rules, ConductToComeIsPresumedKeptBelowANegatedDefineToo) {
    const auto law = law_of("define hides\n  when number = hidden\n" +
                            with_texts("rule a\n  answers contact = allowed\n  when flag\n  kept "
                                       "by not hides, not number = hidden\n"));
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes"), "allowed");
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes, number = hidden"), "forbidden");
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes, number = own"), "allowed");
}

TEST(Rules, InAGuardConductToComeCountsAsTheVocabularyPresumes) {
    EXPECT_EQ(answer_when("hour >= 10:00, hour < 12:00", "flag = yes"), "allowed");
    EXPECT_EQ(answer_when("hour >= 12:00", "flag = yes"), "out_of_scope");
    EXPECT_EQ(answer_when("kept, number = own", "flag = yes"), "allowed");
    EXPECT_EQ(answer_when("not kept", "flag = yes"), "out_of_scope");
}

TEST(Rules, ADebatedRuleStandsInItsReadingAloneAndItsExceptionsWithIt) {
    const std::string blocks =
        with_texts("rule a\n  answers contact = forbidden\n  when flag\n  reading strict\n") +
        with_texts("rule b\n  except to a\n  when open\n") +
        with_texts("rule c\n  except to b\n  when colour = red\n") +
        with_texts("rule d\n  answers contact = allowed\n  when flag\n  reading text\n");
    const auto strict = law_of(blocks);
    const auto text = law_of(blocks, Reading::kText);
    EXPECT_EQ(answer_of(*strict, "country = aa, flag = yes, open = no, colour = red"), "forbidden");
    EXPECT_EQ(answer_of(*text, "country = aa, flag = yes, open = no, colour = red"), "allowed");
    ASSERT_EQ(text->rules().rules.size(), 1U);
    EXPECT_EQ(text->rules().rules[0].id, "d");
    EXPECT_EQ(strict->rules().rules.size(), 3U);
    EXPECT_EQ(strict->rules().rules[0].certainty, Certainty::kDebatable);
    EXPECT_NE(strict->packs()[0].digest, text->packs()[0].digest);
}

TEST(Rules, CitationsAreShownWithTheTitleOfTheirSource) {
    const auto law = law_of(
        "rule a\n  answers contact = allowed\n  when flag\n"
        "  cites s 1 al. 2, s\n  tell fr \"F.\" en \"E.\"\n");
    EXPECT_EQ(law->rules().rules[0].cites, (Lines{"Art. 1 al. 2", "Art."}));
    EXPECT_EQ(law->rules().rules[0].sources, (Lines{"s", "s"}));
}

TEST(Rules, AForbiddanceIsDebatableUnlessASettledGroundSurelySpeaks) {
    const std::string debatable =
        "rule a\n  answers contact = forbidden\n  when colour = red\n  certainty debatable\n";
    const auto law =
        law_of(with_texts(debatable) +
               with_texts("rule b\n  answers contact = forbidden\n  when not colour = red\n") +
               with_texts("rule c\n  answers contact = forbidden\n  when flag\n"));
    const auto certainty = [&](std::string_view facts) {
        return law->decide("contact", test::facts_of(*law, facts)).value().certainty;
    };
    EXPECT_EQ(certainty("country = aa, colour = red, flag = no"), Certainty::kDebatable);
    EXPECT_EQ(certainty("country = aa, colour = blue, flag = no"), Certainty::kSettled);
    EXPECT_EQ(certainty("country = aa, colour = red, flag = yes"), Certainty::kSettled);
    EXPECT_EQ(certainty("country = aa, flag = no"), Certainty::kDebatable);
    EXPECT_EQ(certainty("country = aa, flag = yes"), Certainty::kSettled);
}

}  // namespace
}  // namespace licet::law
