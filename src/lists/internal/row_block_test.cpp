// SPDX-License-Identifier: Apache-2.0
// Goal: a row of a block is the record that was added, when the reader has long gone on.
// Method: a file with doubled quotes, rows of another length, broken ones and blank cells, through
// a block and beside it.
#include "lists/internal/row_block.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

namespace licet::lists::internal {
namespace {

constexpr std::string_view kFile =
    "name;city;note\n"
    "Le Fournil;Lyon;\n"
    "\"Chez \"\"Paul\"\"\";\"Saint\nDenis\";x\n"
    ";;\n"
    "short;row\n"
    "one;two;three;four\n"
    "\"not closed;a;b\n"
    "\xFF;b;c\n";

CsvReader reader_of(std::string_view text) {
    return CsvReader::open([text, place = std::size_t{0}](std::span<char> out) mutable {
               const std::size_t size = std::min(out.size(), text.size() - place);
               std::memcpy(out.data(), text.data() + place, size);
               place += size;
               return Result<std::size_t>(size);
           })
        .value();
}

TEST(RowBlock, GivesTheRecordsThatWereAdded) {
    CsvReader reader = reader_of(kFile);
    RowBlock block;
    while (const Record* record = reader.next().value()) block.add(*record);
    block.seal();
    CsvReader again = reader_of(kFile);
    std::size_t count = 0;
    while (const Record* expected = again.next().value()) {
        ASSERT_LT(count, block.size());
        const Record& row = block.row(count++);
        EXPECT_EQ(row.raw, expected->raw);
        EXPECT_TRUE(std::equal(row.fields.begin(), row.fields.end(), expected->fields.begin(),
                               expected->fields.end()))
            << expected->raw;
        EXPECT_EQ(row.line, expected->line);
        EXPECT_EQ(row.is_blank, expected->is_blank);
        EXPECT_EQ(row.is_regular, expected->is_regular);
        EXPECT_EQ(row.problem, expected->problem);
    }
    EXPECT_EQ(count, block.size());
    EXPECT_EQ(count, 7U);
}

TEST(RowBlock, IsFullBeforeItIsLarge) {
    Record record;
    record.raw = "a";
    RowBlock block;
    while (!block.is_full()) block.add(record);
    EXPECT_LE(block.size(), 10'000U);
    const std::string large(3'000'000, 'x');
    record.raw = large;
    RowBlock other;
    other.add(record);
    EXPECT_TRUE(other.is_full());
}

}  // namespace
}  // namespace licet::lists::internal
