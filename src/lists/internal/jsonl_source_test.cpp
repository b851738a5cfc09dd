// SPDX-License-Identifier: Apache-2.0
// Goal: each line is a row with its own line number, and a bad line is told and harms no other.
// Method: small files read through the one reader, in pieces of a few bytes.
#include "lists/internal/jsonl_source.h"

#include <gtest/gtest.h>

#include "lists/internal/test_texts.h"

namespace licet::lists::internal {
namespace {

using Fields = std::vector<std::string>;

Result<CsvReader> open(std::string text) {
    ListSource list = LICET_TRY(open_list(test::source_of(std::move(text), 11), "liste.jsonl"));
    return CsvReader::open(std::move(list.bytes), std::move(list.options));
}

std::vector<test::Row> read(std::string text) {
    auto reader = open(std::move(text));
    EXPECT_TRUE(reader.has_value());
    return test::rows_of(*reader);
}

TEST(JsonlSource, ColumnsAreTheKeysInOrderOfAppearance) {
    auto reader = open(
        "{\"nom\":\"Léa\",\"email\":\"lea@x.example\"}\n"
        "{\"ville\":\"Lyon\",\"nom\":\"Zoé\"}");
    ASSERT_TRUE(reader.has_value());
    EXPECT_EQ(reader->header(), (Fields{"nom", "email", "ville"}));
    const auto rows = test::rows_of(*reader);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].fields, (Fields{"Léa", "lea@x.example", ""}));
    EXPECT_EQ(rows[1].fields, (Fields{"Zoé", "", "Lyon"}));
    EXPECT_EQ(rows[0].line, 1U);
    EXPECT_EQ(rows[1].line, 2U);
}

TEST(JsonlSource, ValuesAreTheTextsOfTheirKind) {
    auto reader = open(
        "\xEF\xBB\xBF{\"a\":33612345678,\"b\":true,\"c\":null,\"d\":1.5,"
        "\"e\":{\"f\":\"x\",\"g\":{\"h\":612345678.0}},\"i\":[1,\"2\"],\"j\":{}}\n");
    ASSERT_TRUE(reader.has_value());
    EXPECT_EQ(reader->header(), (Fields{"a", "b", "c", "d", "e.f", "e.g.h", "i", "j"}));
    EXPECT_EQ(test::rows_of(*reader).at(0).fields,
              (Fields{"33612345678", "true", "", "1.5", "x", "612345678", "[1,\"2\"]", ""}));
}

TEST(JsonlSource, ALineEndInAValueMovesNoLine) {
    const auto rows = read("{\"a\":\"x\\ny, \\\"z\\\"\"}\n\n{\"a\":\"w\"}\r\n");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].fields, (Fields{"x\ny, \"z\""}));
    EXPECT_EQ(rows[1].line, 3U);
}

TEST(JsonlSource, ABrokenLineIsARowWithItsProblem) {
    const auto rows = read("{\"a\":1,\"b\":2}\n{\"a\":1,\n[1]\n{\"a\":\"\xC3\x28\"}\n{\"a\":4}\n");
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_EQ(rows[1].problem, "json.syntax");
    EXPECT_EQ(rows[1].where, "liste.jsonl:2");
    EXPECT_EQ(rows[1].fields, (Fields{"{\"a\":1,"}));
    EXPECT_EQ(rows[2].problem, "jsonl.not_object");
    EXPECT_EQ(rows[3].problem, "json.syntax");
    EXPECT_EQ(rows[4].problem, "");
    EXPECT_EQ(rows[4].line, 5U);
}

TEST(JsonlSource, AKeyThatComesLateIsToldAndItsValueKept) {
    std::string text;
    for (int i = 0; i < 1200; ++i) text += "{\"email\":\"a@x.example\"}\n";
    text += "{\"email\":\"b@x.example\",\"unsubscribed\":true}\n";
    const auto rows = read(text + "{\"email\":\"c@x.example\"}\n");
    ASSERT_EQ(rows.size(), 1202U);
    EXPECT_EQ(rows[1200].problem, "jsonl.unknown_key");
    EXPECT_EQ(rows[1200].line, 1201U);
    EXPECT_EQ(rows[1200].fields, (Fields{"b@x.example", "unsubscribed: true"}));
    EXPECT_EQ(rows[1201].problem, "");
}

TEST(JsonlSource, AKeyThatIsThereTwiceIsTold) {
    const auto rows = read("{\"a\":{\"b\":1},\"a.b\":2}\n");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].problem, "jsonl.key_twice");
}

TEST(JsonlSource, ALineThatIsTooLongIsCutAndTheNextIsRead) {
    const auto rows =
        read("{\"a\":1}\n{\"a\":\"" + std::string(std::size_t{9} << 20, 'x') + "\"}\n{\"a\":2}\n");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[1].problem, "csv.record_too_long");
    EXPECT_EQ(rows[2].fields, (Fields{"2"}));
}

TEST(JsonlSource, WhatIsNoListOfObjectsIsRefused) {
    for (const auto& [text, id] : std::map<std::string, std::string>{
             {"{\n \"email\": \"a@x.example\"\n}\n", "jsonl.no_object"},
             {"{}\n{}\n", "jsonl.no_object"},
             {"[{\"email\":\"a@x.example\"}]\n", "jsonl.array"}}) {
        const auto reader = open(text);
        ASSERT_FALSE(reader.has_value()) << text;
        EXPECT_EQ(reader.error().message.id, id);
        EXPECT_EQ(reader.error().where, "liste.jsonl");
        test::expect_worded(reader.error().message);
    }
    std::string wide = "{";
    for (int i = 0; i < 16385; ++i) wide += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":1";
    EXPECT_EQ(open(wide + "}").error().message.id, "jsonl.too_many_keys");
}

}  // namespace
}  // namespace licet::lists::internal
