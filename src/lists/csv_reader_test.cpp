// SPDX-License-Identifier: Apache-2.0
// Goal: every row of a file is given, whole, with its line; a bad row is told and harms no other.
// Method: small files with one fault each, read with blocks of a few bytes so that each fault also
// meets a border of blocks; then random tables in every dialect, written and read back.
#include "lists/csv_reader.h"

#include <gtest/gtest.h>

#include <random>

#include "base/text.h"
#include "lists/csv_writer.h"
#include "lists/internal/test_texts.h"

namespace licet::lists {
namespace {

using Fields = std::vector<std::string>;

CsvReader open(std::string text, std::size_t block_bytes = 7, std::optional<Dialect> dialect = {}) {
    auto reader =
        CsvReader::open(test::source_of(std::move(text), 3), {"liste.csv", dialect, block_bytes});
    EXPECT_TRUE(reader.has_value());
    return std::move(reader).value();
}

std::vector<test::Row> read(std::string text) {
    CsvReader reader = open(std::move(text));
    return test::rows_of(reader);
}

TEST(CsvReader, GivesFieldsRawTextAndLines) {
    CsvReader reader =
        open("nom;ville\r\nLéa;Lyon\r\n\"Petit;Lou\";\"le \"\"bourg\"\"\"\r\nZoé;Nice");
    EXPECT_EQ(reader.header(), (Fields{"nom", "ville"}));
    EXPECT_EQ(reader.raw_header(), "nom;ville");
    const auto rows = test::rows_of(reader);
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].fields, (Fields{"Léa", "Lyon"}));
    EXPECT_EQ(rows[1].fields, (Fields{"Petit;Lou", "le \"bourg\""}));
    EXPECT_EQ(rows[1].raw, "\"Petit;Lou\";\"le \"\"bourg\"\"\"");
    EXPECT_EQ(rows[2].fields, (Fields{"Zoé", "Nice"}));
    EXPECT_EQ(rows[2].line, 4U);
}

TEST(CsvReader, AQuotedFieldMaySpanLinesAndTheNextRowKnowsItsLine) {
    const auto rows = read("a;b\n1;\"rue des Lilas\nbâtiment B\r\nétage 2\"\n2;x\n");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].fields[1], "rue des Lilas\nbâtiment B\r\nétage 2");
    EXPECT_EQ(rows[0].line, 2U);
    EXPECT_EQ(rows[1].line, 5U);
}

TEST(CsvReader, ALoneCrEndsALineOnlyInAFileOfCrLines) {
    const auto mac = read("a;b\r1;2\r\"3\r4\";5\r6;7");
    ASSERT_EQ(mac.size(), 3U);
    EXPECT_EQ(mac[1].fields, (Fields{"3\r4", "5"}));
    EXPECT_EQ(mac[2].line, 5U);
    const auto others = read("a;b\n1;2\r3\n");
    ASSERT_EQ(others.size(), 1U);
    EXPECT_EQ(others[0].fields, (Fields{"1", "2\r3"}));
}

TEST(CsvReader, MixedLineEndingsAreRead) {
    const auto rows = read("a;b\n1;2\r\n\"3\";\"4\"\r\n5;6\n");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].fields[1], "2");
    EXPECT_EQ(rows[1].fields[1], "4");
    EXPECT_EQ(rows[1].raw, "\"3\";\"4\"");
}

TEST(CsvReader, RowsTooShortOrTooLongAreGivenWithTheirProblem) {
    const auto rows = read("a;b;c\n1;2\n1;2;3;4\n1;2;3\n1;2;3;;\n");
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0].problem, "csv.too_few_fields");
    EXPECT_EQ(rows[0].where, "liste.csv:2");
    EXPECT_EQ(rows[1].problem, "csv.too_many_fields");
    EXPECT_EQ(rows[1].fields.size(), 4U);
    EXPECT_EQ(rows[2].problem, "");
    EXPECT_EQ(rows[3].problem, "") << "one more separator at the end is a habit, not a fault";
    EXPECT_EQ(rows[3].fields.size(), 3U);
}

TEST(CsvReader, ABadCharacterIsToldWithItsColumn) {
    const auto rows = read(
        "\xEF\xBB\xBF"
        "nom;ville\nLéa;Lyon\nLou;Orl\xE9"
        "ans\n\"L\xFF\";x\n");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].problem, "");
    EXPECT_EQ(rows[1].problem, "csv.invalid_utf8");
    EXPECT_EQ(rows[1].where, "liste.csv:3:2");
    EXPECT_EQ(rows[2].where, "liste.csv:4:1");
}

TEST(CsvReader, AnUnclosedQuoteCostsItsLineAndNotTheRestOfTheFile) {
    const auto rows = read("a;b\n1;\"deux\n3;4\n5;6\n");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].problem, "csv.unclosed_quote");
    EXPECT_EQ(rows[0].where, "liste.csv:2");
    EXPECT_EQ(rows[0].fields, (Fields{"1", "deux"}));
    EXPECT_EQ(rows[1].fields, (Fields{"3", "4"}));
    EXPECT_EQ(rows[1].line, 3U);
    EXPECT_EQ(rows[2].problem, "");
}

TEST(CsvReader, AQuoteThatPairsWithOneOfALaterRowSwallowsNothing) {
    const auto rows = read("a;b\n\"1;2\n3;4\n5;\"six\"\n7;8\n");
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0].problem, "csv.unclosed_quote");
    EXPECT_EQ(rows[1].fields, (Fields{"3", "4"}));
    EXPECT_EQ(rows[2].fields, (Fields{"5", "six"}));
    EXPECT_EQ(rows[3].line, 5U);
}

TEST(CsvReader, OneSwallowedRowIsSeenTooIfItEndsTheField) {
    const auto rows = read("Email;Stop;Note\na@x.example;non;\"appeler\nb@x.example;oui;lundi\"\n");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_FALSE(rows[0].problem.empty());
    EXPECT_EQ(rows[1].fields[0], "b@x.example");
}

TEST(CsvReader, TextAfterAClosingQuoteIsStrayAndAQuoteInsidePlainTextIsNot) {
    const auto rows = read("a;b\n\"Le \"Fournil\" bio\";2\nLe \"Fournil\";2\n");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].problem, "csv.stray_quote");
    EXPECT_EQ(rows[0].where, "liste.csv:2:1");
    EXPECT_EQ(rows[0].fields[1], "2");
    EXPECT_EQ(rows[1].problem, "");
    EXPECT_EQ(rows[1].fields[0], "Le \"Fournil\"");
}

TEST(CsvReader, BlankLinesAreCountedAndRowsOfSeparatorsAreMarked) {
    CsvReader reader = open("a;b\n\n1;2\r\n\r\n");
    EXPECT_EQ(test::rows_of(reader).size(), 1U);
    EXPECT_EQ(reader.blank_lines(), 2U);

    CsvReader excel = open("a;b;c\n ;;\n;\n1;;\n");
    EXPECT_TRUE((*excel.next())->is_blank);
    const Record& shorter = **excel.next();
    EXPECT_TRUE(shorter.is_blank);
    EXPECT_FALSE(shorter.problem.has_value());
    EXPECT_FALSE((*excel.next())->is_blank);
}

TEST(CsvReader, AFieldOverOneMebibyteIsTold) {
    CsvReader reader = open("a;b\n1;" + std::string(kMaxFieldBytes + 1, 'x') + "\n2;3\n", 4096);
    const auto rows = test::rows_of(reader);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].problem, "csv.field_too_long");
    EXPECT_EQ(rows[1].fields, (Fields{"2", "3"}));
}

TEST(CsvReader, ALineWithoutEndIsCutInConstantMemory) {
    std::string text = "a;b\n1;2\n" + std::string(kMaxRecordBytes * 2, 'x') + "\n3;4\n";
    auto reader = CsvReader::open(test::source_of(std::move(text)), {"liste.csv", {}});
    const auto rows = test::rows_of(*reader);
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[1].problem, "csv.record_too_long");
    EXPECT_LT(rows[1].raw.size(), kMaxRecordBytes + (std::size_t{2} << 20));
    EXPECT_EQ(rows[2].fields, (Fields{"3", "4"}));
    EXPECT_EQ(rows[2].line, 4U);
}

TEST(CsvReader, AQuoteThatOpensAHugeFileCostsItsLineOnly) {
    std::string text = "a;b\n\"1;2\n";
    while (text.size() < kMaxRecordBytes * 2) text += "une ligne;comme une autre, plutôt longue\n";
    auto reader = CsvReader::open(test::source_of(std::move(text)), {"liste.csv", {}});
    EXPECT_EQ((*reader->next())->problem->message.id, "csv.unclosed_quote");
    EXPECT_EQ((*reader->next())->line, 3U);
    EXPECT_FALSE((*reader->next())->problem.has_value());
}

TEST(CsvReader, AnUnclosedQuoteInTheHeaderIsAnError) {
    const auto reader = CsvReader::open(test::source_of("a;\"b\n1;2\n"), {"liste.csv", {}});
    ASSERT_FALSE(reader.has_value());
    EXPECT_EQ(reader.error().message.id, "csv.unclosed_quote");
    EXPECT_EQ(reader.error().where, "liste.csv:1");
}

TEST(CsvReader, AFirstRowWithAnAddressIsAPersonAndNotAHeader) {
    CsvReader reader = open("lea@example.com;Léa\nlou@example.com;Lou\n");
    EXPECT_FALSE(reader.has_header());
    EXPECT_EQ(reader.header(), (Fields{"A", "B"}));
    const auto rows = test::rows_of(reader);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].fields[0], "lea@example.com");
    EXPECT_EQ(rows[0].line, 1U);
    EXPECT_EQ(rows[1].line, 2U);
}

TEST(CsvReader, AFirstRowWithANumberIsAPersonToo) {
    EXPECT_FALSE(open("06 39 98 00 01;Léa\n").has_header());
    EXPECT_FALSE(open("Léa;+33639980001\n").has_header());
    EXPECT_TRUE(open("2026;T1\n1;2\n").has_header());
}

TEST(CsvReader, AnAsciiFileDecidesAtItsFirstAccent) {
    std::string plain = "nom;ville\n";
    while (plain.size() < kDialectBlockBytes + 1000) plain += "Martin;Lyon\n";
    for (const bool is_utf8 : {true, false}) {
        CsvReader reader = open(plain + (is_utf8 ? "Zo\xC3\xA9;Orl\xC3\xA9"
                                                   "ans\n"
                                                 : "Zo\xE9;Orl\xE9"
                                                   "ans\n"),
                                101);
        const auto rows = test::rows_of(reader);
        EXPECT_EQ(rows.back().fields, (Fields{"Zoé", "Orléans"}));
        EXPECT_EQ(rows.back().problem, "");
        EXPECT_EQ(reader.dialect().encoding, is_utf8 ? Encoding::kUtf8 : Encoding::kWindows1252);
    }
}

TEST(CsvReader, AnErrorOfTheSourceIsPassedOn) {
    int calls = 0;
    const ByteSource source = [&](std::span<char> out) -> Result<std::size_t> {
        if (++calls > 1) return error(ErrorCode::kBroken, "csv.empty");
        std::fill(out.begin(), out.end(), 'a');
        return out.size();
    };
    EXPECT_FALSE(CsvReader::open(source, {}).has_value());
}

// From here on: random tables.

using Table = std::vector<Fields>;

std::string random_field(std::mt19937& chance, char separator, Newline newline) {
    const Fields pieces{"a",
                        "Zoé",
                        "\"",
                        "\n",
                        "\r\n",
                        ";",
                        ",",
                        "\t",
                        "|",
                        "€",
                        " ",
                        "",
                        "=1",
                        "œ",
                        "'",
                        "42",
                        "lettre assez longue pour passer seize octets"};
    std::string field;
    const std::size_t count = chance() % 4;
    for (std::size_t i = 0; i < count; ++i) field += pieces[chance() % pieces.size()];
    if (newline == Newline::kCr && chance() % 5 == 0) field += "\r";
    if (chance() % 6 == 0) field += separator;
    return field;
}

std::string encoded(const std::string& text, Encoding encoding) {
    if (encoding == Encoding::kUtf8) return text;
    std::string out;
    if (encoding == Encoding::kUtf16Le) out = "\xFF\xFE";
    if (encoding == Encoding::kUtf16Be) out = "\xFE\xFF";
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view one(text.data() + i, utf8_length_at(text, i));
        unsigned c = static_cast<unsigned char>(one[0]);
        if (one == "é") c = 0xE9;
        if (one == "€") c = 0x20AC;
        if (one == "œ") c = 0x153;
        const auto low = static_cast<char>(c & 0xFF);
        const auto high = static_cast<char>(c >> 8);
        if (encoding == Encoding::kUtf16Le)
            out += {low, high};
        else if (encoding == Encoding::kUtf16Be)
            out += {high, low};
        else
            out += c == 0x20AC ? '\x80' : c == 0x153 ? '\x9C' : low;
        i += one.size();
    }
    return out;
}

// Writes `table` with the writer; its first row is the header.
std::string written(const Table& table, char separator, Newline newline) {
    std::string out;
    const ByteSink sink = [&](std::string_view bytes) -> Result<Done> {
        out += bytes;
        return Done{};
    };
    CsvWriter writer(sink, {.separator = separator,
                            .newline = newline,
                            .has_byte_order_mark = false,
                            .width = table.front().size()});
    for (const Fields& row : table) {
        const std::vector<std::string_view> cells(row.begin(), row.end());
        Record record;
        record.fields = cells;
        record.is_regular = false;
        EXPECT_TRUE(writer.row(record, {}).has_value());
    }
    EXPECT_TRUE(writer.finish().has_value());
    return out;
}

TEST(CsvReader, ReadsBackWhatTheWriterWroteInEveryDialect) {
    std::mt19937 chance(20261125);
    const std::vector<Encoding> encodings{Encoding::kUtf8, Encoding::kWindows1252,
                                          Encoding::kUtf16Le, Encoding::kUtf16Be};
    for (int round = 0; round < 600; ++round) {
        const char separator = std::string_view(";,\t|")[chance() % 4];
        const auto newline = static_cast<Newline>(chance() % 3);
        const Encoding encoding = encodings[chance() % encodings.size()];
        const std::size_t width = 1 + chance() % 5;
        Table table(1);
        for (std::size_t c = 0; c < width; ++c) table[0].push_back("colonne" + std::to_string(c));
        for (std::size_t r = chance() % 40; r > 0; --r) {
            table.emplace_back();
            for (std::size_t c = 0; c < width; ++c)
                table.back().push_back(random_field(chance, separator, newline));
        }
        Dialect dialect;
        dialect.encoding = encoding;
        dialect.separator = separator;
        dialect.newline = newline;
        dialect.preamble_bytes = encoding >= Encoding::kUtf16Le ? 2 : 0;

        CsvReader reader = open(encoded(written(table, separator, newline), encoding),
                                1 + chance() % 200, dialect);
        Table again{reader.header()};
        for (const test::Row& row : test::rows_of(reader)) {
            EXPECT_EQ(row.problem, "");
            again.push_back(row.fields);
        }
        ASSERT_EQ(again, table) << "round " << round;
    }
}

TEST(CsvReader, AnyBytesAreReadTheSameWithAnyBlocks) {
    std::mt19937 chance(7);
    for (int round = 0; round < 2000; ++round) {
        std::string bytes = "a;b\n";
        for (std::size_t i = chance() % 60; i > 0; --i)
            bytes += std::string_view(";;\"\"\"\n\r\nab \xC3\xA9\xFF")[chance() % 14];
        Dialect dialect;
        dialect.separator = ';';
        dialect.newline = chance() % 2 == 0 ? Newline::kLf : Newline::kCr;
        CsvReader small = open(bytes, 1 + chance() % 9, dialect);
        CsvReader large = open(bytes, 4096, dialect);
        const auto some = test::rows_of(small);
        const auto same = test::rows_of(large);
        ASSERT_EQ(some.size(), same.size()) << "round " << round;
        for (std::size_t i = 0; i < some.size(); ++i) {
            EXPECT_EQ(some[i].fields, same[i].fields);
            EXPECT_EQ(some[i].raw, same[i].raw);
            EXPECT_EQ(some[i].line, same[i].line);
            EXPECT_EQ(some[i].where, same[i].where);
        }
    }
}

}  // namespace
}  // namespace licet::lists
