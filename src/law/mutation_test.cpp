// SPDX-License-Identifier: Apache-2.0
// Goal: mutants are counted exactly: killed, equivalent or surviving. Method: a law of two rules
// whose mutants can be counted by hand, with more and more cases.
#include "law/mutation.h"

#include <gtest/gtest.h>

#include "law/coverage.h"
#include "law/facts_from_codes.h"
#include "law/law_test_support.h"

namespace licet::law {
namespace {

using test::SmallLaw;

constexpr std::string_view kLaw =
    "rule a\n  answers contact = forbidden\n  when flag, flag = yes\n  cites s\n"
    "  tell fr \"F.\" en \"E.\"\n\n"
    "rule b\n  answers contact = allowed\n  when count >= 4\n  duties do_this\n  cites s\n"
    "  tell fr \"F.\" en \"E.\"\n";

MutationReport report_of(std::string_view tables, std::unique_ptr<Law>& law,
                         std::vector<SourceFile>& files) {
    SmallLaw small;
    small.blocks = kLaw;
    small.tables = tables;
    files = small.files();
    law = small.law();
    return mutate(*law, files, [](std::size_t, std::size_t) {});
}

bool survives(const MutationReport& report, std::string_view rule, MutantKind kind) {
    return std::any_of(report.survivors.begin(), report.survivors.end(),
                       [&](const Survivor& one) { return one.rule == rule && one.kind == kind; });
}

constexpr std::string_view kHead =
    "given: country = aa, at = 2026-01-01\n\n"
    "| flag | count | expect | by | duties |\n|---|---|---|---|---|\n";

TEST(Mutation, WithoutCasesAllThatCanBeToldApartSurvives) {
    std::unique_ptr<Law> law;
    std::vector<SourceFile> files;
    const MutationReport report = report_of("", law, files);
    const auto& score = report.by_pack.at("aa");
    EXPECT_EQ(score.killed, 0U);
    EXPECT_EQ(score.value(), 0.0);
    // Each of the two equal conditions of `a` can be left out without any difference.
    EXPECT_EQ(score.equivalent, 2U);
    EXPECT_TRUE(survives(report, "b", MutantKind::kDutyGone));
}

TEST(Mutation, CasesAtTheEdgesKillEveryMutant) {
    std::unique_ptr<Law> law;
    std::vector<SourceFile> files;
    const MutationReport report = report_of(std::string(kHead) +
                                                "| yes | 3 | forbidden | a | |\n"
                                                "| yes | 4 | forbidden | a | |\n"
                                                "| no | 4 | allowed | b | do_this |\n"
                                                "| no | 3 | out_of_scope | | |\n",
                                            law, files);
    EXPECT_TRUE(report.survivors.empty())
        << report.survivors[0].rule << " " << name_of(report.survivors[0].kind) << " "
        << report.survivors[0].detail;
    EXPECT_EQ(report.by_pack.at("aa").value(), 1.0);
    const Coverage coverage = coverage_of(*law, files);
    EXPECT_EQ(coverage.boundaries, 1U);
    EXPECT_TRUE(coverage.missed_boundaries.empty());
}

TEST(Mutation, ADutyThatNoCaseNamesSurvives) {
    std::unique_ptr<Law> law;
    std::vector<SourceFile> files;
    const MutationReport report =
        report_of(std::string(kHead) + "| no | 4 | allowed | b | |\n", law, files);
    EXPECT_TRUE(survives(report, "b", MutantKind::kDutyGone));
    EXPECT_FALSE(survives(report, "b", MutantKind::kRuleGone));
    const Coverage coverage = coverage_of(*law, files);
    ASSERT_EQ(coverage.missed_boundaries.size(), 1U);
    EXPECT_TRUE(coverage.missed_boundaries[0].lacks_before);
    EXPECT_FALSE(coverage.missed_boundaries[0].lacks_after);
}

TEST(Mutation, ASurvivorsExampleCanStandInATable) {
    std::unique_ptr<Law> law;
    std::vector<SourceFile> files;
    const MutationReport report = report_of("", law, files);
    for (const Survivor& survivor : report.survivors) {
        const auto facts = facts_from_codes(law->variables(), survivor.example);
        ASSERT_TRUE(facts) << survivor.rule << " " << survivor.detail;
        const Codes codes = law->variables().code(*facts);
        for (const auto& [variable, code] : survivor.example) EXPECT_EQ(codes[variable], code);
    }
}

}  // namespace
}  // namespace licet::law
