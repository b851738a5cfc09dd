// SPDX-License-Identifier: Apache-2.0
// Goal: a row of a block is the record that was added, when the reader has long gone on.
// Method: a file with doubled quotes, rows of another length, broken ones and blank cells, through
// a block and beside it. Lines that a block takes apart itself are compared with the reader's own
// rows: files of random lines, good and bad, in blocks of all sizes.
#include "lists/internal/row_block.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <random>

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

CsvReader reader_of(std::string_view text, std::size_t block_bytes = std::size_t{1} << 20) {
    ReaderOptions options;
    options.block_bytes = block_bytes;
    return CsvReader::open(
               [text, place = std::size_t{0}](std::span<char> out) mutable {
                   const std::size_t size = std::min(out.size(), text.size() - place);
                   std::memcpy(out.data(), text.data() + place, size);
                   place += size;
                   return Result<std::size_t>(size);
               },
               options)
        .value();
}

// A row as a text, with everything that is said of it.
std::string told(const Record& record) {
    std::string out = std::to_string(record.line) + (record.is_blank ? " blank " : " ") +
                      (record.is_regular ? "" : "irregular ") + "[" + std::string(record.raw) + "]";
    for (const std::string_view field : record.fields) out += "<" + std::string(field) + ">";
    if (record.problem) out += record.problem->where + " " + record.problem->message.id;
    return out;
}

struct AllRows {
    std::vector<std::string> rows;
    std::uint64_t blank_lines = 0;
    friend bool operator==(const AllRows&, const AllRows&) = default;
};

AllRows rows_of_reader(std::string_view text, std::size_t block_bytes) {
    CsvReader reader = reader_of(text, block_bytes);
    AllRows out;
    while (const Record* record = reader.next().value()) out.rows.push_back(told(*record));
    out.blank_lines = reader.blank_lines();
    return out;
}

// As a screening reads; `lines` counts the blocks of lines.
AllRows rows_of_blocks(std::string_view text, std::size_t block_bytes, std::size_t most_bytes,
                       int& lines) {
    CsvReader reader = reader_of(text, block_bytes);
    AllRows out;
    for (bool has_more = true; has_more;) {
        RowBlock block;
        if (auto some = reader.take_lines(most_bytes); !some.text.empty()) {
            block.add_lines(std::move(some));
            ++lines;
        } else {
            const Record* record = reader.next().value();
            has_more = record != nullptr;
            if (has_more) block.add(*record);
        }
        RowBlock moved = std::move(block);  // as to another thread
        moved.seal();
        for (std::size_t i = 0; i < moved.size(); ++i) out.rows.push_back(told(moved.row(i)));
        out.blank_lines += moved.blank_lines();
    }
    out.blank_lines += reader.blank_lines();
    return out;
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

TEST(RowBlock, TakesLinesApartAsTheReaderDoes) {
    constexpr std::array<std::string_view, 16> kLines = {
        "Lea;Lyon;1", "Zo\xC3\xA9;Nice;2", ";;",          "",
        "a;b",        "a;b;c;d",           "a;b;c;",      " ; ;\t",
        "\xFF;b;c",   "a;b\rc;d",          "\"x;y\";b;c", "Le \"Four\";b;c",
        "\"open;b;c", "a;\"b\nc\";d",      "a;b;c\r",     "\r"};
    std::mt19937 chance(20'261'128);
    int lines = 0;
    for (int round = 0; round < 400; ++round) {
        std::string text = "name;city;note\n";
        const std::size_t rare = chance() % 5;  // of lines with quotes
        for (std::size_t count = chance() % 60; count > 0; --count) {
            const std::size_t which = chance() % (chance() % 5 < rare ? kLines.size() : 10);
            text += std::string(kLines.at(which)) + (chance() % 9 == 0 ? "\r\n" : "\n");
        }
        if (chance() % 2 == 0) text += "last;without;end";
        const std::size_t block_bytes = 16 + chance() % 300;
        ASSERT_EQ(rows_of_blocks(text, block_bytes, 1 + chance() % 500, lines),
                  rows_of_reader(text, block_bytes))
            << text;
    }
    EXPECT_GT(lines, 400);
}

TEST(RowBlock, NoLinesAreTakenWhereThereAreNone) {
    for (const std::string_view text : {"name;city\n", "name;city", "name;city\n\"a\";b\n"}) {
        CsvReader reader = reader_of(text);
        EXPECT_TRUE(reader.take_lines(1000).text.empty()) << text;
        while (reader.next().value() != nullptr) EXPECT_FALSE(reader.has_lines(1)) << text;
        EXPECT_TRUE(reader.take_lines(1000).text.empty()) << text;
    }
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
