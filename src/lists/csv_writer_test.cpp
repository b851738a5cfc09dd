// SPDX-License-Identifier: Apache-2.0
// Goal: the input's columns come out as they came in, ours are safe, and the table is rectangular.
// Method: small files through reader and writer.
#include "lists/csv_writer.h"

#include <gtest/gtest.h>

#include "lists/internal/test_texts.h"

namespace licet::lists {
namespace {

// Reads `text` and writes it again with one more column that holds `added`.
std::string through(const std::string& text, std::string_view added, WriterOptions options) {
    std::string out;
    CsvReader reader = CsvReader::open(test::source_of(text), {}).value();
    options.separator = reader.dialect().separator;
    options.width = reader.header().size();
    CsvWriter writer(
        [&](std::string_view bytes) -> Result<Done> {
            out += bytes;
            return Done{};
        },
        options);
    const std::vector<std::string> names{"verdict"};
    EXPECT_TRUE(writer.header(reader, names).has_value());
    while (const Record* record = *reader.next()) {
        const std::vector<std::string_view> cells{added};
        EXPECT_TRUE(writer.row(*record, cells).has_value());
    }
    EXPECT_TRUE(writer.finish().has_value());
    return out;
}

WriterOptions plain() { return {.has_byte_order_mark = false}; }
WriterOptions safe() { return {.has_byte_order_mark = false, .is_safe = true}; }

TEST(CsvWriter, RepeatsTheInputByteForByte) {
    EXPECT_EQ(through("nom;tel;solde\n\"Léa\";+33 6 39 98 00 01; -12,50\n=1+1;@x;\"a;b\"\n", "oui",
                      plain()),
              "nom;tel;solde;verdict\r\n"
              "\"Léa\";+33 6 39 98 00 01; -12,50;oui\r\n"
              "=1+1;@x;\"a;b\";oui\r\n");
}

TEST(CsvWriter, BeginsWithAByteOrderMarkByChoice) {
    EXPECT_TRUE(through("a;b\n1;2\n", "x", {})
                    .starts_with("\xEF\xBB\xBF"
                                 "a;b;verdict"));
}

TEST(CsvWriter, WhatWeAddIsNeverAFormula) {
    for (const std::string_view cell : {"=1", "+1", "-1", "@a", "\tx", "＝1"}) {
        const std::string out = through("a;b\n1;2\n", cell, plain());
        EXPECT_NE(out.find(";'" + std::string(cell)), out.npos) << out;
    }
    EXPECT_NE(through("a;b\n1;2\n", "\rx", plain()).find(";\"'\rx\""), std::string::npos);
    EXPECT_NE(through("a;b\n1;2\n", "a-b", plain()).find(";a-b"), std::string::npos);
}

TEST(CsvWriter, TheSafeChoiceGuardsTheInputAndSparesNumbers) {
    EXPECT_EQ(
        through("nom;tel\n=HYPERLINK(1);+33 (0)6.39-98/00\n-12,50;-1+cmd|x\n+;@x\n", "oui", safe()),
        "nom;tel;verdict\r\n"
        "'=HYPERLINK(1);+33 (0)6.39-98/00;oui\r\n"
        "-12,50;'-1+cmd|x;oui\r\n"
        "'+;'@x;oui\r\n");
    EXPECT_TRUE(is_signed_number("+33\u202F6\u00A039 98"));
    EXPECT_FALSE(is_signed_number("33"));
}

TEST(CsvWriter, QuotesOnlyWhereNeeded) {
    const std::string out = through("a;b\n1;2\n", "dit \"non\";\nfin", plain());
    EXPECT_NE(out.find("1;2;\"dit \"\"non\"\";\nfin\"\r\n"), out.npos);
}

TEST(CsvWriter, IrregularRowsStayInTheirColumns) {
    EXPECT_EQ(through("a;b\n1\n1;2;3\n4;\"cinq\n6;7;\n", "x", plain()),
              "a;b;verdict\r\n"
              "1;;x\r\n"
              "1;\"2;3\";x\r\n"
              "4;cinq;x\r\n"
              "6;7;x\r\n");
}

TEST(CsvWriter, AFileWithoutHeaderGetsLetters) {
    EXPECT_EQ(through("lea@example.com;Léa\n", "x", plain()),
              "A;B;verdict\r\nlea@example.com;Léa;x\r\n");
}

TEST(CsvWriter, OwnRowsAreGuardedAndNeverBlank) {
    std::string out;
    CsvWriter writer(
        [&](std::string_view bytes) -> Result<Done> {
            out += bytes;
            return Done{};
        },
        plain());
    const std::vector<std::string_view> cells{"=1", "b"};
    const std::vector<std::string_view> empty{""};
    EXPECT_TRUE(writer.own_row(cells).has_value());
    EXPECT_TRUE(writer.own_row(empty).has_value());
    EXPECT_TRUE(writer.finish().has_value());
    EXPECT_EQ(out, "'=1;b\r\n\"\"\r\n");
}

TEST(CsvWriter, AFullDiskIsTold) {
    CsvWriter writer(
        [](std::string_view) -> Result<Done> { return error(ErrorCode::kBroken, "csv.empty"); },
        plain());
    EXPECT_FALSE(writer.finish().has_value());
}

}  // namespace
}  // namespace licet::lists
