// SPDX-License-Identifier: Apache-2.0
// Goal: a case table says what it means; what is wrong in one is reported at its place with what
// was found. Method: the real packs as a whole, then one small table for each sentence.
#include "law/cases.h"

#include <gtest/gtest.h>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

using test::SmallLaw;
using Lines = std::vector<std::string>;

// The tables begin on line 14 of aa/rules.md.
constexpr std::string_view kBlocks =
    "rule a\n"
    "  answers contact = forbidden\n"
    "  when colour = red\n"
    "  cites s\n"
    "  tell fr \"F.\" en \"E.\"\n"
    "rule b\n"
    "  answers contact = allowed\n"
    "  when flag\n"
    "  duties do_this\n"
    "  cites s\n"
    "  tell fr \"F.\" en \"E.\"\n";
constexpr int kFirstLine = 14;

CaseReport report_of(std::string_view tables) {
    SmallLaw small;
    small.blocks = kBlocks;
    small.tables = tables;
    const std::unique_ptr<Law> law = small.law();
    return run_cases(*law, small.files());
}

Lines failures_of(std::string_view tables) {
    Lines out;
    for (const TableReport& table : report_of(tables).tables) {
        const Lines more = test::worded(table.failures);
        out.insert(out.end(), more.begin(), more.end());
    }
    return out;
}

std::string line(int number, int column = 1) {
    return " aa/rules.md:" + std::to_string(kFirstLine - 1 + number) + ":" + std::to_string(column);
}

TEST(Cases, TheRealPacksHoldAndEveryRuleIsCovered) {
    const CaseReport report = run_cases(test::real_law(), test::real_files());
    Lines failures;
    for (const TableReport& table : report.tables)
        for (const std::string& text : test::worded(table.failures)) failures.push_back(text);
    EXPECT_EQ(failures, Lines{});
    EXPECT_EQ(report.uncovered_rules, Lines{});
    EXPECT_EQ(report.failed_rows, 0U);
    EXPECT_GT(report.rows, 200U);
    EXPECT_GE(report.compared, report.rows);
}

TEST(Cases, ADashIsEveryValueAndAQuestionMarkIsNone) {
    EXPECT_EQ(failures_of("given: country = aa\n\n"
                          "| colour | flag | expect | by |\n|---|---|---|---|\n"
                          "| red | – | forbidden | a |\n"
                          "| red | ? | forbidden | a |\n"
                          "| green | – | undetermined | needs flag |\n"
                          "| – | yes | undetermined | needs colour |\n"
                          "| green | no | out_of_scope | |\n"),
              Lines{});
}

TEST(Cases, AnEmptyCellLeavesWhatIsGiven) {
    EXPECT_EQ(failures_of("given: country = aa, colour = red\n\n"
                          "| colour | expect |\n|---|---|\n| | forbidden |\n| – | undetermined |\n"
                          "| ? | undetermined |\n"),
              Lines{});
}

TEST(Cases, BackgroundsComeFirstAndTheRowLast) {
    EXPECT_EQ(failures_of("given: country = aa, background plain, flag = yes\n\n"
                          "| colour | expect | duties |\n|---|---|---|\n"
                          "| | forbidden | |\n| green | allowed | do_this |\n"),
              Lines{});
}

TEST(Cases, AWrongAnswerIsReportedWithWhatWasFound) {
    const CaseReport report = report_of(
        "| country | colour | expect | by |\n|---|---|---|---|\n"
        "| aa | red | allowed | a |\n| aa | red | forbidden | b |\n");
    ASSERT_EQ(report.tables.size(), 1U);
    const std::vector<Error>& failures = report.tables[0].failures;
    EXPECT_EQ(test::worded(failures),
              (Lines{"law.case_answer" + line(3, 14), "law.case_by" + line(4, 26)}));
    EXPECT_EQ(failures[0].message.arguments[1].second, "forbidden");
    EXPECT_EQ(failures[0].message.arguments[2].second, "a");
    EXPECT_EQ(failures[1].message.arguments[1].second, "a");
    EXPECT_EQ(report.failed_rows, 2U);
}

TEST(Cases, WrongDutiesAndMissingFactsAreReported) {
    EXPECT_EQ(failures_of("| country | colour | flag | expect | by | duties | no duties |\n"
                          "|---|---|---|---|---|---|---|\n"
                          "| aa | green | yes | allowed | b | do_that | |\n"
                          "| aa | green | yes | allowed | b | | do_this |\n"
                          "| aa | green | ? | undetermined | needs colour | | |\n"),
              (Lines{"law.case_duty" + line(3, 36), "law.case_no_duty" + line(4, 38),
                     "law.case_missing" + line(5, 35)}));
}

TEST(Cases, NamesThatNobodyDeclaredAreReported) {
    EXPECT_EQ(
        failures_of("given: country = aa, colur = red, something\n\n"
                    "| flig | expect | question |\n|---|---|---|\n| yes | out_of_scope | |\n"),
        (Lines{"law.case_column_near" + line(3, 3), "fact.unknown_near" + line(1, 22),
               "law.given_form" + line(1, 35)}));
    EXPECT_EQ(
        failures_of("| country | colour | background | expect | question |\n|---|---|---|---|---|\n"
                    "| aa | pink | | undetermined | |\n"
                    "| aa | green | dark | undetermined | |\n"
                    "| aa | | | keep | keep |\n"),
        (Lines{"fact.bad_value" + line(3, 8), "fact.unknown_background" + line(4, 16),
               "law.no_rules_for" + line(5, 19)}));
}

TEST(Cases, AFaultOfTheHeaderFailsAllRows) {
    const CaseReport report = report_of(
        "| flig | country | expect |\n|---|---|---|\n"
        "| yes | bb | undetermined |\n| no | zz | out_of_scope |\n");
    EXPECT_EQ(report.rows, 2U);
    EXPECT_EQ(report.failed_rows, 2U);
}

TEST(Cases, ARuleThatNoRowReachesIsNamed) {
    EXPECT_EQ(report_of("| country | colour | expect |\n|---|---|---|\n| aa | red | forbidden |\n")
                  .uncovered_rules,
              Lines{"b"});
}

TEST(Cases, ATableWithoutExpectationIsProse) {
    EXPECT_EQ(report_of("| word | meaning |\n|---|---|\n| red | a colour |\n").tables.size(), 0U);
}

}  // namespace
}  // namespace licet::law
