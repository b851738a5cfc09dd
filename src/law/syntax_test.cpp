// SPDX-License-Identifier: Apache-2.0
// Goal: law blocks are cut into statements, fields and tokens; each fault has its place and stops
// nothing.
#include "law/syntax.h"

#include <gtest/gtest.h>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

using Lines = std::vector<std::string>;

Read<std::vector<Statement>> read(std::string_view blocks) {
    return read_statements(read_markdown({"a.md", "```law\n" + std::string(blocks) + "```\n"}));
}
Lines faults_of(std::string_view blocks) { return test::worded(read(blocks).problems); }

TEST(Syntax, AStatementHasFieldsAndAFieldGoesOn) {
    const auto done = read(
        "# a remark\n"
        "rule fr.a\n"
        "  answers   contact = forbidden\n"
        "  except to b, c\n"
        "\n"
        "  when      channel in {email, sms},\n"
        "            count>=3\n"
        "define d\n"
        "  when e\n");
    ASSERT_TRUE(done.is_clean());
    ASSERT_EQ(done.value.size(), 2U);
    EXPECT_EQ(done.value[0].kind, "rule");
    EXPECT_EQ(done.value[0].name, "fr.a");
    EXPECT_EQ(done.value[0].place.text(), "a.md:3:1");
    ASSERT_EQ(done.value[0].fields.size(), 3U);
    EXPECT_EQ(done.value[0].fields[1].keyword, "except to");
    const std::vector<SyntaxToken>& when = done.value[0].fields[2].tokens;
    ASSERT_EQ(when.size(), 11U);
    EXPECT_EQ(when[0].place.text(), "a.md:7:13");
    EXPECT_EQ(when[9].text, ">=");
    EXPECT_EQ(when[9].place.text(), "a.md:8:18");
    EXPECT_EQ(done.value[1].name, "d");
}

TEST(Syntax, TokensAreWordsStringsAndSigns) {
    const auto done = tokens_of("a=\"é, b\" {c}<5>=x", {"a.md", 1, 1});
    ASSERT_TRUE(done.is_clean());
    ASSERT_EQ(done.value.size(), 10U);
    EXPECT_EQ(done.value[2].text, "é, b");
    EXPECT_TRUE(done.value[2].is_string);
    EXPECT_EQ(done.value[3].place.column, 10);
    EXPECT_EQ(done.value[6].text, "<");
    EXPECT_EQ(done.value[8].text, ">=");
}

TEST(Syntax, AFieldKeywordIsAWholeWordAndMayBeTheWholeLine) {
    const auto done = read("rule a\n  when\n            b\n  tell\tfr \"x\"\n");
    ASSERT_TRUE(done.is_clean());
    ASSERT_EQ(done.value[0].fields.size(), 2U);
    EXPECT_EQ(done.value[0].fields[0].tokens.size(), 1U);
    EXPECT_EQ(done.value[0].fields[1].tokens.size(), 2U);
}

TEST(Syntax, EveryFaultHasItsPlace) {
    EXPECT_EQ(faults_of("rule a\n  wen b\n"), Lines{"law.unknown_keyword a.md:3:3"});
    EXPECT_EQ(faults_of("rool a\n  wen b\n  x\n"), Lines{"law.unknown_statement a.md:2:1"});
    EXPECT_EQ(faults_of("rule\n  when b\n"), Lines{"law.statement_name a.md:2:1"});
    EXPECT_EQ(faults_of("rule a b\n"), Lines{"law.statement_name a.md:2:1"});
    EXPECT_EQ(faults_of("  when b\n"), Lines{"law.field_outside a.md:2:3"});
    EXPECT_EQ(faults_of("rule a\n  tell fr \"é\" en \"x\n"), Lines{"law.string_open a.md:3:18"});
    EXPECT_EQ(test::worded(read_statements(read_markdown({"a.md", "\n```law\nrule a\n"})).problems),
              Lines{"law.fence_open a.md:2:1"});
}

TEST(Syntax, AMisspeltKeywordIsNotTakenForAContinuation) {
    EXPECT_EQ(faults_of("rule a\n  cites gdpr 7\n  certanty debatable\n"),
              Lines{"law.unknown_keyword a.md:4:3"});
    EXPECT_EQ(faults_of("rule a\n  cites gdpr 7\n    al. 2\n"), Lines{});
}

TEST(Syntax, AShortLineAfterALongIndentIsRead) {
    EXPECT_EQ(faults_of("rule a\n  when b,\n                              c\n"), Lines{});
}

TEST(Syntax, AllFaultsOfAFileAreReportedInOrder) {
    EXPECT_EQ(faults_of("rule\n  whn b\nrool c\n  d\nrule e\n  tell \"\n"),
              (Lines{"law.statement_name a.md:2:1", "law.unknown_keyword a.md:3:3",
                     "law.unknown_statement a.md:4:1", "law.string_open a.md:7:8"}));
}

TEST(Syntax, OtherFencesAreNotRead) {
    EXPECT_EQ(read_statements(read_markdown({"a.md", "```sh\nrool x\n```\n"})).value.size(), 0U);
}

}  // namespace
}  // namespace licet::law
