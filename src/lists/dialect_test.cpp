// SPDX-License-Identifier: Apache-2.0
// Goal: the first block tells how a file is written, as people's programs write them.
// Method: one small file for each habit, the misleading ones first.
#include "lists/dialect.h"

#include <gtest/gtest.h>

#include "lists/internal/test_texts.h"

namespace licet::lists {
namespace {

using namespace std::string_literals;

Dialect of(const std::string& text) { return dialect_of(text, true).value(); }

void expect_binary(const std::string& bytes, const std::string& looks_like) {
    const auto dialect = dialect_of(bytes, true);
    ASSERT_FALSE(dialect.has_value());
    EXPECT_EQ(dialect.error().message, Message("csv.binary", {{"looks_like", looks_like}}));
    test::expect_worded(dialect.error().message);
}

TEST(Dialect, FindsTheSeparatorThatCutsMostConstantly) {
    EXPECT_EQ(of("nom;ville\nLéa;Lyon\n").separator, ';');
    EXPECT_EQ(of("name,city\nLea,Lyon\n").separator, ',');
    EXPECT_EQ(of("nom\tville\nLéa\tLyon\n").separator, '\t');
    EXPECT_EQ(of("nom|ville\nLéa|Lyon\n").separator, '|');
}

TEST(Dialect, DecimalCommasAndCommasInQuotesAreNoSeparators) {
    EXPECT_EQ(of("nom;prix\nLéa;12,50\nLou;3,20\n").separator, ';');
    EXPECT_EQ(of("a;b\n\"x,y\";1\n\"z,t\";2\n").separator, ';');
    EXPECT_EQ(of("a,b\n\"x;y;z\nt;u;v\",1\n\"z;t;u\",2\n").separator, ',');
}

TEST(Dialect, OneBrokenRowDoesNotHideTheSeparator) {
    std::string text = "a;b;c;d\n";
    for (int i = 0; i < 20; ++i) text += "1;2,5;3;4\n";
    EXPECT_EQ(of(text + "1;2\n").separator, ';');
}

TEST(Dialect, AFileOfOneColumnGetsASeparatorThatItDoesNotHold) {
    EXPECT_EQ(of("email\nlea@example.com\n").separator, ';');
    EXPECT_EQ(of("nom\nMartin;Léa\nPetit\n").separator, ',');
}

TEST(Dialect, ALineSepAnnouncesTheSeparatorAndIsNoHeader) {
    const Dialect dialect = of("sep=|\r\na;b|c\r\n");
    EXPECT_EQ(dialect.separator, '|');
    EXPECT_EQ(dialect.preamble_bytes, 7U);
    EXPECT_EQ(dialect.preamble_lines, 1U);
    EXPECT_EQ(of("\"sep=,\"\na;b,c\n").separator, ',');
}

TEST(Dialect, TakesTheEncodingFromTheMarkThenFromTheBytes) {
    EXPECT_TRUE(of("\xEF\xBB\xBF"
                   "a;b\n")
                    .has_byte_order_mark);
    EXPECT_EQ(of("\xEF\xBB\xBF"
                 "a;b\n")
                  .preamble_bytes,
              3U);
    EXPECT_EQ(of("\xFF\xFE"
                 "a\0;\0b\0\n\0"s)
                  .encoding,
              Encoding::kUtf16Le);
    EXPECT_EQ(of("\xFF\xFE"
                 "a\0;\0b\0\n\0"s)
                  .separator,
              ';');
    EXPECT_EQ(of("\xFE\xFF\0a\0;\0b\0\n"s).encoding, Encoding::kUtf16Be);
    EXPECT_EQ(of("prénom;b\n").encoding, Encoding::kUtf8);
    EXPECT_EQ(of("pr\xE9nom;b\n").encoding, Encoding::kWindows1252);
    EXPECT_TRUE(of("prenom;b\n").is_ascii_so_far);
    EXPECT_EQ(name_of(Encoding::kUtf16Be), "UTF-16");
}

TEST(Dialect, TellsEncodingsOfOneByteApartByTheLettersThatTheyGive) {
    // Prénom;Désinscrit;Chloé, as each writes it.
    EXPECT_EQ(of("Pr\x8Enom;D\x8Esinscrit\nChlo\x8E;\n").encoding, Encoding::kMacRoman);
    EXPECT_EQ(of("Pr\x82nom;D\x82sinscrit\nChlo\x82;\n").encoding, Encoding::kCp850);
    EXPECT_EQ(of("Pr\xE9nom;D\xE9sinscrit\nChlo\xE9;\n").encoding, Encoding::kWindows1252);
    EXPECT_EQ(of("Nom;Ville\nM\x9Cneux;Ile d\x92Yeu\n").encoding, Encoding::kWindows1252);
    EXPECT_EQ(of("Nom\xA0;Prix\nYal\xE7in;12\x80\n").encoding, Encoding::kWindows1252);
    EXPECT_EQ(name_of(Encoding::kMacRoman), "MacRoman");
    EXPECT_EQ(name_of(Encoding::kCp850), "CP850");
}

TEST(Dialect, NeedsNoEToTellWindows1252) {
    for (const char* text :
         {"Nom;Ville\nLo\xEF"
          "c;Lyon\nJo\xEBl;\nRapha\xEBl;\n",
          "Nom;Mois\nAnne;ao\xFBt\nLuc;o\xF9\nPaul;b\xE2timent\n", "Nombre\nS\xE1nchez\n",
          "Nombre\nGarc\xED"
          "a\nMu\xF1oz\n",
          "Nombre\nL\xF3pez\nMart\xEDnez\nRa\xFAl\n", "Naam;Land\nDani\xEBl;Belgi\xEB\nZo\xEB;\n",
          "Navn\nS\xF8ren\nP\xE5l\nKj\xE6r\n\xC5se\n",
          "Name\nGro\xDF\nStra\xDF"
          "e\n",
          "Nom;Note\nAnne;Paris \x96Lyon\nLuc;\x93oui\x94\n",
          "Nom;Note\nd\x92Yeu;l\x92\xEEle\nLuc\xA0;vu\xA0: oui\n"})
        EXPECT_EQ(of(text).encoding, Encoding::kWindows1252) << text;
    // Loïc, Joël and Sánchez, as MacRoman and CP850 write them.
    EXPECT_EQ(of("Pr\x8Enom\nLo\x95"
                 "c\nJo\x91l\nRapha\x91l\n")
                  .encoding,
              Encoding::kMacRoman);
    EXPECT_EQ(of("Nombre\nS\xA0nchez\nGarc\xA1"
                 "a\nMu\xA4oz\n")
                  .encoding,
              Encoding::kCp850);
    EXPECT_EQ(of("Name\nM\x81ller\nSch\x94n\nStra\xE1"
                 "e\n")
                  .encoding,
              Encoding::kCp850);
    EXPECT_EQ(of("Name\nM\x9Fller\nSch\x9An\nStra\xA7"
                 "e\n")
                  .encoding,
              Encoding::kMacRoman);
}

TEST(Dialect, OneBrokenCharacterDoesNotTurnUtf8IntoWindows1252) {
    EXPECT_EQ(of("Léa;Zoé;Chloé;Inès;Andr\xE9\n").encoding, Encoding::kUtf8);
}

TEST(Dialect, ACharacterCutByTheBlockProvesNothing) {
    const auto cut = dialect_of("prenom;ville\nL\xC3", false);
    EXPECT_TRUE(cut.value().is_ascii_so_far);
    EXPECT_EQ(dialect_of("prenom;ville\nL\xC3", true).value().encoding, Encoding::kWindows1252);
}

TEST(Dialect, FindsTheLineEndingOutsideQuotes) {
    EXPECT_EQ(of("a;b\r\nc;d\r\n").newline, Newline::kCrLf);
    EXPECT_EQ(of("a;b\rc;d\r").newline, Newline::kCr);
    EXPECT_EQ(of("\"a\r\nx\";b\nc;d\n").newline, Newline::kLf);
}

TEST(Dialect, AFileOfAnotherKindIsNamed) {
    expect_binary("PK\x03\x04....xl/workbook.xml", "Excel (XLSX)");
    expect_binary("PK\x03\x04....word/document.xml", "Word (DOCX)");
    expect_binary("PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                  "LibreOffice Calc (ODS)");
    expect_binary("PK\x03\x04....photo.jpg", "ZIP");
    expect_binary("\xD0\xCF\x11\xE0....", "Excel 97-2003 (XLS)");
    expect_binary("%PDF-1.7", "PDF");
    expect_binary("\x1F\x8B\x08", "gzip");
    expect_binary("<html><table>", "HTML");
    expect_binary("a\0;\0b\0\n\0"s, "UTF-16");
    expect_binary("nom;ville\nL\0a;Lyon et le reste\n"s, "0x00");
}

TEST(Dialect, AFileWithoutTextIsEmpty) {
    for (const std::string text : {"", "\xEF\xBB\xBF", "\xFF\xFE", " \r\n\r\n", "sep=;\r\n"}) {
        const auto dialect = dialect_of(text, true);
        ASSERT_FALSE(dialect.has_value());
        EXPECT_EQ(dialect.error().message.id, "csv.empty");
        test::expect_worded(dialect.error().message);
    }
}

}  // namespace
}  // namespace licet::lists
