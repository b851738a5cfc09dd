// SPDX-License-Identifier: Apache-2.0
// Goal: formatting lines things up and changes nothing else: not the meaning, not prose, not the
// number of lines; formatting again changes nothing.
// Method: small texts with the shape they must get; then the real packs, the real packs with their
// spaces thrown about, texts put together from pieces of the language, and arbitrary bytes.
#include "law/format.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

std::string shaped(const std::string& text) {
    const auto done = formatted({"a.md", text});
    EXPECT_TRUE(done.is_clean());
    return done.value;
}
std::string block(const std::string& law) { return "```law\n" + law + "```\n"; }

TEST(Format, ATableIsLinedUpByWhatTheEyeSees) {
    EXPECT_EQ(shaped("|a|expect|\n|-|:-:|\n|été|forbidden\n| 日本 | – |\n"),
              "| a    | expect    |\n"
              "|------|:---------:|\n"
              "| été  | forbidden |\n"
              "| 日本 | –         |\n");
}

TEST(Format, AWideColumnAndThoseAfterItAreNotLinedUp) {
    const std::string wide(61, 'w');
    EXPECT_EQ(shaped("|fact|type|fr|en|\n|---|---|---|---|\n|`at`| |" + wide + "|x|\n|b|||yy|\n"),
              "| fact | type | fr | en |\n"
              "|------|------|---|---|\n"
              "| `at` |      | " +
                  wide +
                  " | x |\n"
                  "| b    |      | | yy |\n");
}

TEST(Format, CellsAreNeitherAddedNorTakenAwayAndABarInOneStays) {
    EXPECT_EQ(shaped("| a | b |\n|---|---|\n| x \\| y |\n| 1 | 2 | 3 |\n"),
              "| a      | b |\n|--------|---|\n| x \\| y |\n| 1      | 2 | 3 |\n");
}

TEST(Format, ValuesOfARuleStandUnderEachOther) {
    EXPECT_EQ(shaped(block("rule a.b \n"
                           " answers contact=forbidden\n"
                           "\t# why\n"
                           " when   channel in {email ,sms} ,\n"
                           "     count>=3\n"
                           "     # deep\n"
                           "\n"
                           "  except to a , b\n"
                           " tell fr \"Un  texte.\"\n"
                           "      en \"A, text.\"\n")),
              block("rule a.b\n"
                    "  answers   contact = forbidden\n"
                    "  # why\n"
                    "  when      channel in {email, sms},\n"
                    "            count >= 3\n"
                    "            # deep\n"
                    "\n"
                    "  except to a, b\n"
                    "  tell      fr \"Un  texte.\"\n"
                    "            en \"A, text.\"\n"));
}

TEST(Format, ValuesOfOtherStatementsFollowTheirKeyword) {
    EXPECT_EQ(shaped(block("# remark\n"
                           "define d\n    when  a,\n          b\n"
                           "parameter p\n  value   3   years from 2000-01-01\n"
                           "impossible i\n  when\n        a\n")),
              block("# remark\n"
                    "define d\n  when a,\n       b\n"
                    "parameter p\n  value 3 years from 2000-01-01\n"
                    "impossible i\n  when\n       a\n"));
}

TEST(Format, ProseOtherFencesAndLineEndsStay) {
    const std::string prose =
        "#  Heading  \n\ntwo spaces  \nat the end | of a line\n| no table |\n```sh\n|a|b|\n|-|-|\n"
        "```\n   given:  a = b\n";
    EXPECT_EQ(shaped(prose), prose);
    EXPECT_EQ(shaped("|a|b|\r\n|-|-|\r\n|1|22|\r\n"), "| a | b  |\r\n|---|----|\r\n| 1 | 22 |\r\n");
    EXPECT_EQ(shaped("a"), "a\n");
    EXPECT_EQ(shaped(""), "");
}

TEST(Format, AFileWithAFaultIsLeftAsItIsAndTheFaultIsTold) {
    const auto problems = [](const std::string& text) {
        const auto done = formatted({"a.md", text});
        EXPECT_EQ(done.value, text);
        return test::worded(done.problems);
    };
    EXPECT_EQ(problems(block("rule a\n  when \"x\n")),
              (std::vector<std::string>{"law.string_open a.md:3:8"}));
    EXPECT_EQ(problems("```law\nrule  a\n"),
              (std::vector<std::string>{"law.fence_open a.md:1:1", "law.statement_name a.md:2:1"}));
    EXPECT_EQ(problems("|a|\n|-|\n|\xC3|\n"), (std::vector<std::string>{"law.not_utf8 a.md:3:2"}));
    const std::string large(kLargestFileBytes + 1, 'x');
    EXPECT_EQ(problems(large), (std::vector<std::string>{"law.file_too_large a.md"}));
}

// "kept  by" with two spaces is no keyword but goes on from the line before; with one it would be.
TEST(Format, WhatWouldChangeItsMeaningIsLeftAsItIs) {
    const std::string text = block("rule a\n  when a,\n    kept  by\n");
    EXPECT_EQ(shaped(text), text);
}

// ---- whole packs --------------------------------------------------------------------------------

std::vector<SourceFile> all_formatted(std::vector<SourceFile> files) {
    for (SourceFile& file : files) {
        if (!file.path.ends_with(".md")) continue;
        auto done = formatted(file);
        EXPECT_TRUE(done.is_clean()) << file.path;
        file.text = std::move(done.value);
    }
    return files;
}

// That the cases are the same too is shown by tests/end_to_end/law_files_test.py.
TEST(Format, TheRealPacksMeanTheSame) {
    const std::vector<SourceFile> files = all_formatted(test::real_files());
    EXPECT_EQ(all_formatted(files), files);
    const auto law = read_law(files);
    ASSERT_TRUE(law.problems.empty());
    const RuleSet& before = test::real_law().rules();
    const RuleSet& after = law.value->rules();
    ASSERT_EQ(after.rules.size(), before.rules.size());
    for (std::size_t i = 0; i < before.rules.size(); ++i) {
        EXPECT_EQ(after.rules[i].id, before.rules[i].id);
        EXPECT_EQ(after.rules[i].cites, before.rules[i].cites);
        EXPECT_EQ(after.rules[i].duties, before.rules[i].duties);
        EXPECT_EQ(after.rules[i].tell.french, before.rules[i].tell.french);
        EXPECT_EQ(after.rules[i].place.line, before.rules[i].place.line);
    }
    for (const QuestionTable& table : test::real_law().tables())
        EXPECT_EQ(law.value->table(table.question)->cells, table.cells);
}

// Makes every run of spaces longer or shorter, where the language does not mind.
std::string thrown_about(const SourceFile& file) {
    const Markdown markdown = read_markdown(file);
    std::vector<std::string> lines;
    for (const std::string_view line : lines_of(file.text)) lines.emplace_back(line);
    const auto some = [](std::size_t least) {
        return std::string(*rc::gen::inRange<std::size_t>(least, 5), ' ');
    };
    const auto row = [&](std::string& line) {
        std::string out;
        for (const std::string_view cell : raw_cells(line))
            out += "|" + some(0) + std::string(trimmed(cell)) + some(0);
        line = out + "|";
    };
    for (const Table& table : markdown.tables) {
        row(lines[static_cast<std::size_t>(table.line) - 1]);
        for (const Row& one : table.rows) row(lines[static_cast<std::size_t>(one.line) - 1]);
    }
    for (const Fence& fence : markdown.fences) {
        for (const FencedLine& line : fence.lines) {
            std::string& text = lines[static_cast<std::size_t>(line.number) - 1];
            if (fence.language != "law" || !text.starts_with("  ") || trimmed(text)[0] == '#')
                continue;
            const bool is_field = text[2] != ' ';
            const std::size_t keyword = is_field ? text.find("  ", 2) : text.npos;
            if (keyword != text.npos && text.find('"') == text.npos) text.insert(keyword, some(0));
            text = (is_field ? some(1) : some(4) + "   ") + std::string(trimmed(text)) + some(0);
        }
    }
    std::string out;
    for (const std::string& line : lines) out += line + "\n";
    return out;
}

TEST(Format, HoweverTheSpacesOfAPackLieItsShapeIsOne) {
    const auto& files = test::real_files();
    const bool is_held = rc::check("one shape", [&] {
        const SourceFile& file = files[*rc::gen::inRange<std::size_t>(0, files.size())];
        RC_PRE(file.path.ends_with(".md"));
        const auto done = formatted({file.path, thrown_about(file)});
        RC_ASSERT(done.is_clean());
        RC_ASSERT(done.value == formatted(file).value);
    });
    EXPECT_TRUE(is_held);
}

void holds_for(const std::string& text) {
    const auto once = formatted({"a.md", text});
    if (!once.is_clean()) {
        RC_ASSERT(once.value == text);
        return;
    }
    const auto twice = formatted({"a.md", once.value});
    RC_ASSERT(twice.is_clean());
    RC_ASSERT(twice.value == once.value);
    RC_ASSERT(lines_of(once.value).size() == lines_of(text).size());
}

TEST(Format, TextsOfThePiecesOfTheLanguageAreFormattedOnceAndForAll) {
    const bool is_held = rc::check("idempotent", [] {
        const auto piece = rc::gen::elementOf(std::vector<std::string>{
            "|",      "| a ",  "---",      ":-",  "\n",     "\n",    "\n  ",   "```law\n", "```\n",
            "rule a", "when ", "kept  by", "# x", "define", " b",    "value ", "\"x\"",    "\"",
            ",",      "{",     "}",        ">",   "=",      "\t",    "\r\n",   "été",      "日本",
            "given:", "tell ", "  ",       "\\|", "\\",     "cites", "\n\n",   "-"});
        std::string text;
        for (const std::string& one : *rc::gen::container<std::vector<std::string>>(piece))
            text += one;
        holds_for(text);
        holds_for("```law\nrule a\n  " + text + "\n```\n");
        holds_for("| a | b |\n|---|---|\n| " + text);
    });
    EXPECT_TRUE(is_held);
}

TEST(Format, ArbitraryBytesAreRefusedOrFormattedOnceAndForAll) {
    const bool is_held = rc::check("any bytes", [](const std::string& bytes) { holds_for(bytes); });
    EXPECT_TRUE(is_held);
}

}  // namespace
}  // namespace licet::law
