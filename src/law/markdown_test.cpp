// SPDX-License-Identifier: Apache-2.0
// Goal: of a Markdown file the engine reads fences, tables and given lines, each with its place.
#include "law/markdown.h"

#include <gtest/gtest.h>

namespace licet::law {
namespace {

TEST(Markdown, FencesKeepTheirLinesAndLanguages) {
    const Markdown file =
        read_markdown({"a/b.md", "Prose\n```law\nrule a\n  when b\n```\n```sh\nls\n```\n"});
    ASSERT_EQ(file.fences.size(), 2U);
    EXPECT_EQ(file.fences[0].line, 2);
    EXPECT_EQ(file.fences[0].language, "law");
    ASSERT_EQ(file.fences[0].lines.size(), 2U);
    EXPECT_EQ(file.fences[0].lines[1].number, 4);
    EXPECT_EQ(file.fences[0].lines[1].text, "  when b");
    EXPECT_TRUE(file.fences[0].is_closed);
    EXPECT_EQ(file.fences[1].language, "sh");
}

TEST(Markdown, AFenceThatNobodyClosesGoesToTheEnd) {
    const Markdown file = read_markdown({"a.md", "```law\nrule a\n"});
    ASSERT_EQ(file.fences.size(), 1U);
    EXPECT_FALSE(file.fences[0].is_closed);
}

TEST(Markdown, ATableKnowsItsHeadingAndWhatIsGiven) {
    const Markdown file = read_markdown(
        {"a.md",
         "# First\n## Second\ngiven: a = 1,\n  b = 2\n\n| x | y |\n|---|:-:|\n| 1 | 2 |\n"});
    ASSERT_EQ(file.tables.size(), 1U);
    EXPECT_EQ(file.tables[0].heading, "Second");
    EXPECT_EQ(file.tables[0].given, "a = 1, b = 2");
    EXPECT_EQ(file.tables[0].given_lines[0].line, 3);
    EXPECT_EQ(file.tables[0].line, 6);
    EXPECT_EQ(file.tables[0].column_of("y"), 1);
    EXPECT_EQ(file.tables[0].column_of("z"), -1);
    ASSERT_EQ(file.tables[0].rows.size(), 1U);
    EXPECT_EQ(file.tables[0].rows[0].line, 8);
}

TEST(Markdown, ProseAfterABlankLineIsNotGiven) {
    const Markdown file =
        read_markdown({"a.md", "given: a = 1\n\nSome prose, here.\n\n| x |\n|---|\n| 1 |\n"});
    ASSERT_EQ(file.tables.size(), 1U);
    EXPECT_EQ(file.tables[0].given, "a = 1");
}

TEST(Markdown, WhatIsGivenHoldsForOneTable) {
    const Markdown file = read_markdown({"a.md",
                                         "given: a = 1\n\n| x |\n|---|\n| 1 |\n\n| x |\n|---|\n| 1 "
                                         "|\n\ngiven: b = 1\n# New\n\n| x |\n|---|\n"});
    ASSERT_EQ(file.tables.size(), 3U);
    EXPECT_EQ(file.tables[1].given, "");
    EXPECT_EQ(file.tables[2].given, "");
    EXPECT_EQ(file.tables[2].rows.size(), 0U);
}

TEST(Markdown, CellsAreTrimmedAndBackTicksAndEscapedBarsAreRead) {
    const Markdown file =
        read_markdown({"a.md", "| `x` |  é | b\n|---|---|---|\n| 1 \\| 2 | | 3 |\r\n"});
    ASSERT_EQ(file.tables.size(), 1U);
    ASSERT_EQ(file.tables[0].header.size(), 3U);
    EXPECT_EQ(file.tables[0].header[0].text, "x");
    EXPECT_EQ(file.tables[0].header[1].text, "é");
    EXPECT_EQ(file.tables[0].header[1].column, 10);
    EXPECT_EQ(file.tables[0].header[2].column, 14);
    ASSERT_EQ(file.tables[0].rows[0].cells.size(), 3U);
    EXPECT_EQ(file.tables[0].rows[0].cells[0].text, "1 | 2");
    EXPECT_EQ(file.tables[0].rows[0].cells[1].text, "");
}

TEST(Markdown, ALineWithBarsAndNoRuleBelowIsProse) {
    EXPECT_EQ(read_markdown({"a.md", "| just | prose |\nmore\n"}).tables.size(), 0U);
    EXPECT_EQ(read_markdown({"a.md", ""}).tables.size(), 0U);
    EXPECT_EQ(read_markdown({"a.md", "|\n|-|\n|"}).tables.size(), 1U);
}

}  // namespace
}  // namespace licet::law
