// SPDX-License-Identifier: Apache-2.0
// Goal: what a breach may cost stands behind the right rules, on the right day, and a fault in the
// tables is told.
// Method: a small law with ceilings of a source and of one of its articles, and two decisions.
#include "law/sanctions.h"

#include <gtest/gtest.h>

#include "law/cost_of_breach.h"
#include "law/law_test_support.h"

namespace licet::law {
namespace {

constexpr std::string_view kCeilings =
    "| breach of | body fr | body en | from | until | person | company | turnover | grade |\n"
    "|---|---|---|---|---|---|---|---|---|\n";
constexpr std::string_view kDecisions =
    "\n| decision | on | against | amount | annulled | rules | fr | en | grade |\n"
    "|---|---|---|---|---|---|---|---|---|\n";

std::vector<SourceFile> files(const std::string& ceilings, const std::string& decisions) {
    test::SmallLaw small;
    small.blocks =
        "rule aa.first\n  answers contact = forbidden\n  when colour = red\n  cites s 28(3)\n"
        "  tell fr \"F.\" en \"E.\"\n\n" +
        test::rule("aa.second", "  answers contact = forbidden\n  when colour = blue\n");
    std::vector<SourceFile> out = small.files();
    out.push_back({"aa/sanctions.md",
                   std::string(kCeilings) + ceilings + std::string(kDecisions) + decisions});
    return out;
}

std::vector<std::string> bodies_behind(const Law& law, std::string_view id, std::string_view day) {
    std::vector<std::string> out;
    for (const Rule& rule : law.rules().rules)
        if (rule.id == id)
            for (const Ceiling* one : ceilings_of(law, rule, parse_date(day).value()))
                out.push_back(one->body.english);
    return out;
}

using Lines = std::vector<std::string>;

TEST(Sanctions, ACeilingStandsBehindWhatRestsOnItsSource) {
    const auto read =
        read_law(files("| s | Tout | All | 2018-05-25 | | | 20 000 000 | 4 % | P |\n"
                       "| s 28 | Un article | One article | | 2026-01-01 | 500 | 1000 | | P |\n"
                       "| s 28 | Ensuite | Then | 2026-01-01 | | | 2000 | | P |\n",
                       ""));
    ASSERT_TRUE(read.is_clean()) << test::worded(read.problems).front();
    const Law& law = *read.value;
    EXPECT_EQ(bodies_behind(law, "aa.second", "2026-11-26"), Lines{"All"});
    EXPECT_EQ(bodies_behind(law, "aa.second", "2018-05-24"), Lines{});
    EXPECT_EQ(bodies_behind(law, "aa.first", "2025-12-31"), Lines{"One article"});
    EXPECT_EQ(bodies_behind(law, "aa.first", "2026-01-01"), Lines{"Then"});
}

TEST(Sanctions, ADirectiveIsSanctionedByTheLawOfTheCountry) {
    const auto read = read_law(test::real_files());
    ASSERT_TRUE(read.is_clean());
    const Law& law = *read.value;
    const Rule* tracker = nullptr;
    for (const Rule& one : law.rules().rules)
        if (one.id == "eu.tracker.before_consent") tracker = &one;
    ASSERT_NE(tracker, nullptr);
    const Date day = parse_date("2026-11-28").value();
    EXPECT_TRUE(ceilings_of(law, *tracker, day).empty());
    const auto of_france = ceilings_of(law, *tracker, day, "fr");
    ASSERT_EQ(of_france.size(), 1U);
    EXPECT_NE(of_france[0]->body.english.find("CNIL"), std::string::npos);
    EXPECT_EQ(of_france[0]->for_company(1'000'000'000), 20'000'000);
}

TEST(Sanctions, TheHigherOfAmountAndShareCounts) {
    const Ceiling ceiling{.sources = {},
                          .body = {},
                          .from = {},
                          .until = {},
                          .person = {},
                          .company = 20'000'000,
                          .turnover_percent = 4,
                          .grade = {},
                          .place = {}};
    EXPECT_EQ(ceiling.for_company(std::nullopt), 20'000'000);
    EXPECT_EQ(ceiling.for_company(500'000'000), 20'000'000);
    EXPECT_EQ(ceiling.for_company(600'000'000), 24'000'000);
    EXPECT_GT(ceiling.for_company(std::numeric_limits<std::int64_t>::max()), 20'000'000);
}

TEST(Sanctions, DecisionsComeNewestFirst) {
    const auto read = read_law(files("",
                                     "| A | 2020-01-01 | X | 7 300 | | aa.first | L. | L. | S |\n"
                                     "| B | 2024-01-01 | Y | | 2025-01-01 | aa.first aa.second | "
                                     "L. | L. | S |\n"));
    ASSERT_TRUE(read.is_clean()) << test::worded(read.problems).front();
    const auto found = decisions_about(*read.value, "aa.first");
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0]->reference, "B");
    EXPECT_FALSE(found[0]->amount.has_value());
    EXPECT_EQ(found[0]->annulled, "2025-01-01");
    EXPECT_EQ(found[1]->amount, 7300);
    EXPECT_EQ(decisions_about(*read.value, "aa.second").size(), 1u);
    EXPECT_TRUE(decisions_about(*read.value, "aa").empty());
}

TEST(Sanctions, FaultsAreToldWithTheirPlace) {
    const auto read = read_law(files("| t | Tout | All | | | | beaucoup | 400 % | X |\n",
                                     "| A | 2020-02-30 | X | -5 | | aa.third | L. | | S |\n"));
    EXPECT_EQ(
        test::worded(read.problems),
        (Lines{"law.amount_expected aa/sanctions.md:3:26",
               "law.percent_expected aa/sanctions.md:3:37", "law.source_grade aa/sanctions.md:3:45",
               "law.date_expected aa/sanctions.md:7:7", "law.amount_expected aa/sanctions.md:7:24",
               "law.cell_required aa/sanctions.md:7:47", "law.unknown_rule aa/sanctions.md:7:1",
               "law.unknown_source aa/sanctions.md:3:1"}));
}

TEST(Sanctions, WhatWouldBeLostInSilenceIsTold) {
    auto lost = files("", "");
    lost.back().text = "| breech of | company |\n|---|---|\n| s | 1 |\n";
    EXPECT_EQ(test::worded(read_law(lost).problems),
              Lines{"law.unknown_table aa/sanctions.md:1:3"});
    const auto read = read_law(files("| s 1 s 2 | T | A | 2020-01-01 | 2014-01-01 | | 5 | | P |\n",
                                     "| A | 2021 | X | 5 | | aa.first | L. | L. | S |\n"
                                     "| B | 2021-05-01 | X | 5 | 2014-01-01 | | L. | L. | S |\n"));
    EXPECT_EQ(test::worded(read.problems),
              (Lines{"law.sanction_source aa/sanctions.md:3:3",
                     "law.row_dates aa/sanctions.md:3:34", "law.row_dates aa/sanctions.md:8:28"}));
}

}  // namespace
}  // namespace licet::law
