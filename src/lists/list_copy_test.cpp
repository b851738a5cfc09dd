// SPDX-License-Identifier: Apache-2.0
// Goal: a copy is read as the list was, each time, with what is wrong with its rows.
// Method: JSON Lines with a bad line, kept in a text.
#include "lists/list_copy.h"

#include <gtest/gtest.h>

#include "lists/internal/test_texts.h"

namespace licet::lists {
namespace {

constexpr const char* kLines = "{\"a\":\"x;y\"}\n\n{\"a\":\n{\"a\":\"\\\"z\"}\n";

Result<ListCopy> copy_of(const std::string& text, std::string& kept) {
    auto list = LICET_TRY(open_list(test::source_of(text, 11), "liste"));
    list.notes.emplace_back("jsonl.array", Message::Arguments{});
    return ListCopy::create(std::move(list), {[&kept](std::string_view bytes) -> Result<Done> {
                                                  kept += bytes;
                                                  return Done{};
                                              },
                                              [&kept] { return test::source_of(kept, 7); }});
}

TEST(ListCopy, EachReadingGivesTheSameRowsAndProblems) {
    std::string kept;
    const auto copy = copy_of(kLines, kept);
    ASSERT_TRUE(copy.has_value());
    for (int i = 0; i < 2; ++i) {
        ListSource again = copy->again();
        EXPECT_EQ(again.notes.size(), 1U);
        auto reader = CsvReader::open(std::move(again.bytes), std::move(again.options));
        ASSERT_TRUE(reader.has_value());
        const auto rows = test::rows_of(*reader);
        ASSERT_EQ(rows.size(), 3U);
        EXPECT_EQ(rows[0].fields.at(0), "x;y");
        EXPECT_EQ(rows[1].problem, "json.syntax");
        EXPECT_EQ(rows[1].line, 3U);
        EXPECT_EQ(rows[2].fields.at(0), "\"z");
    }
}

TEST(ListCopy, WhatTheStoreCannotKeepIsAnError) {
    auto list = open_list(test::source_of(kLines, 11), "liste");
    ASSERT_TRUE(list.has_value());
    const auto copy = ListCopy::create(
        *std::move(list),
        {[](std::string_view) -> Result<Done> { return error(ErrorCode::kBroken, "disk_full"); },
         {}});
    ASSERT_FALSE(copy.has_value());
    EXPECT_EQ(copy.error().message.id, "disk_full");
}

}  // namespace
}  // namespace licet::lists
