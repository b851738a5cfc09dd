// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that values come out as letters with their fact, that each hole without a value is
// told, and that any text at all is either filled or refused.
// Method: small templates over small values; random templates; the figures of the smaller parts.
#include "papers/template.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/text.h"
#include "papers/document.h"
#include "papers/gsm7.h"
#include "papers/reading_ease.h"
#include "papers/text_diff.h"

namespace licet::papers {
namespace {

Value words(const std::string& text, const std::string& fact) {
    Value out;
    out.kind = Value::Kind::kText;
    out.text = text;
    out.fact = fact;
    return out;
}

Value entry(const std::string& name, std::map<std::string, Value> fields) {
    Value out;
    out.kind = Value::Kind::kEntry;
    out.name = name;
    out.fields = std::move(fields);
    return out;
}

Document document_of(const std::string& text, const Value& values) {
    Document out;
    const auto filled = fill(text, Prepared(values), Value{}, "t");
    EXPECT_TRUE(filled.has_value());
    if (filled) read_blocks(filled->text, out);
    return out;
}

TEST(Template, AValueIsLettersAndKnowsItsFact) {
    const Value root =
        entry("", {{"a", entry("a", {{"name", words("| # {{b}} **x**", "a.name")}})}});
    const Document document = document_of("## s | T\nSay **{{a.name}}**.\n", root);
    ASSERT_EQ(document.blocks.size(), 2U);
    EXPECT_EQ(plain(document.blocks[1].line), "Say | # {{b}} **x**.");
    EXPECT_EQ(document.blocks[1].facts(), std::set<std::string>{"a.name"});
    EXPECT_TRUE(document.blocks[1].line[1].is_strong);
}

TEST(Template, ABarWithinAValueDoesNotCutACell) {
    const Value root = entry("", {{"x", words("1 | 2", "x")}});
    const Document document = document_of("## s | T\n| a | b |\n| {{x}} | 3 |\n", root);
    ASSERT_EQ(document.blocks[1].rows.size(), 2U);
    EXPECT_EQ(document.blocks[1].rows[1].size(), 2U);
    EXPECT_EQ(plain(document.blocks[1].rows[1][0]), "1 | 2");
}

TEST(Template, HolesWithoutAValueAreToldOnceWithTheirEntry) {
    Value list;
    list.kind = Value::Kind::kList;
    list.items.push_back(entry("purpose.a", {{"title", Value{}}}));
    const Value root = entry("", {{"purposes", list}});
    const auto filled = fill("{{#purposes}}{{title}} {{title}}{{/purposes}}{{organisation.name}}",
                             Prepared(root), Value{}, "t");
    EXPECT_EQ(filled->missing, (std::vector<std::string>{"purpose.a.title", "organisation.name"}));
}

TEST(Template, AnEntryDoesNotBorrowWhatItLacks) {
    Value list;
    list.kind = Value::Kind::kList;
    list.items.push_back(entry("purpose.a", {{"title", Value{}}}));
    const Value root = entry("", {{"purposes", list}, {"title", words("of the root", "t")}});
    const auto filled = fill("{{#purposes}}{{title}}{{/purposes}}", Prepared(root), Value{}, "t");
    EXPECT_EQ(filled->missing, std::vector<std::string>{"purpose.a.title"});
}

TEST(Template, AnyTextIsFilledOrRefused) {
    EXPECT_TRUE(rc::check("no template breaks the program", [] {
        const auto pieces = *rc::gen::container<std::vector<std::string>>(
            rc::gen::elementOf(std::vector<std::string>{
                "{{",     "}}",    "#",    "/",    "^",    "a",  " ",          "\n",
                "|",      "```",   "**",   "{{{",  "=",    "&",  ">",          "{{#a}}",
                "{{/a}}", "{{a}}", "\x01", "\x02", "\x1f", "- ", "## s | T\n", "@ x"}));
        std::string text;
        for (const std::string& piece : pieces) text += piece;
        const Value root = entry("", {{"a", words("v", "a")}});
        const auto filled = fill(text, Prepared(root), Value{}, "t");
        if (!filled) return;
        Document document;
        read_blocks(filled->text, document);
        RC_ASSERT(document.content_hash().size() == 64U);
    }));
}

TEST(Template, APieceOnALineOfItsOwnLeavesNoEmptyLine) {
    const std::string row = "| {{x}} |\n";
    EXPECT_EQ(with_pieces("| a |\n{{> row}}\n| b |\n", [&](std::string_view) { return &row; }),
              "| a |\n| {{x}} |\n| b |\n");
}

TEST(Template, PiecesOfPiecesEnd) {
    const std::string loop = "{{> a}}{{> a}}";
    const std::string out = with_pieces("{{> a}}", [&](std::string_view) { return &loop; });
    EXPECT_TRUE(out.empty());
}

TEST(Gsm7, SignsAreCountedAsTheNetworkDoes) {
    EXPECT_EQ(gsm7_signs("10 EUR [STOP 36000]").value(), 21U);
    EXPECT_EQ(gsm7_signs("été à 5€").value(), 9U);
    EXPECT_EQ(gsm7_signs("fête").error().message.id, "papers.sms_sign");
    EXPECT_EQ(gsm7_signs("\xff").error().message.id, "papers.sms_sign");
}

TEST(ReadingEase, ShortWordsReadMoreEasily) {
    EXPECT_EQ(syllables_of("confidentialité", Language::kFrench), 6);
    EXPECT_EQ(syllables_of("table", Language::kFrench), 1);
    EXPECT_EQ(syllables_of("table", Language::kEnglish), 1);
    EXPECT_GT(reading_ease("Dis non. Tu as le droit.", Language::kFrench),
              reading_ease("L'institutionnalisation de la responsabilité administrative "
                           "contractuelle nécessite une argumentation.",
                           Language::kFrench));
    EXPECT_EQ(reading_ease("", Language::kEnglish), 100);
}

TEST(TextDiff, LinesThatWentAndCameStandAtTheirPlace) {
    const auto diff = diff_of({"a", "b", "c"}, {"a", "x", "c"});
    const std::vector<DiffLine> expected{
        {Change::kKept, "a"}, {Change::kGone, "b"}, {Change::kNew, "x"}, {Change::kKept, "c"}};
    EXPECT_EQ(diff, expected);
}

TEST(TextDiff, BothTextsCanBeMadeOfTheDifference) {
    EXPECT_TRUE(rc::check("kept and gone is the one, kept and new the other", [] {
        const auto lines = rc::gen::container<std::vector<std::string>>(
            rc::gen::elementOf(std::vector<std::string>{"a", "b", "c"}));
        const auto before = *lines;
        const auto after = *lines;
        std::vector<std::string> one;
        std::vector<std::string> other;
        for (const DiffLine& line : diff_of(before, after)) {
            if (line.change != Change::kNew) one.push_back(line.text);
            if (line.change != Change::kGone) other.push_back(line.text);
        }
        RC_ASSERT(one == before);
        RC_ASSERT(other == after);
    }));
}

TEST(TextDiff, ALineThatChangedStandsBesideWhatItBecame) {
    const auto hunks = hunks_of(diff_of({"a", "b", "c", "d", "e"}, {"a", "b", "x", "y", "e"}), 1);
    ASSERT_EQ(hunks.size(), 1U);
    EXPECT_EQ(hunks[0].before_line, 2U);
    EXPECT_EQ(hunks[0].after_line, 2U);
    const std::vector<DiffRow> wanted = {{Change::kKept, "b", "b"},
                                         {Change::kGone, "c", "x"},
                                         {Change::kGone, "d", "y"},
                                         {Change::kKept, "e", "e"}};
    EXPECT_EQ(hunks[0].rows, wanted);
}

TEST(TextDiff, WhatIsFarApartIsApartAndALineAloneHasNoOtherSide) {
    const auto hunks =
        hunks_of(diff_of({"a", "b", "c", "d", "e", "f"}, {"b", "c", "d", "e", "f", "g"}), 1);
    ASSERT_EQ(hunks.size(), 2U);
    EXPECT_EQ(hunks[0].rows.front(), (DiffRow{Change::kGone, "a", std::nullopt}));
    EXPECT_EQ(hunks[1].rows.back(), (DiffRow{Change::kNew, std::nullopt, "g"}));
    EXPECT_EQ(hunks[1].before_line, 6U);
    EXPECT_EQ(hunks[1].after_line, 5U);
}

TEST(TextDiff, TwoTextsThatAreOneHaveNoHunks) {
    EXPECT_TRUE(hunks_of(diff_of({"a", "b"}, {"a", "b"}), 2).empty());
    EXPECT_TRUE(hunks_of({}, 2).empty());
}

}  // namespace
}  // namespace licet::papers
