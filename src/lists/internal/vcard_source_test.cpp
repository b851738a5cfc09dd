// SPDX-License-Identifier: Apache-2.0
// Goal: each card is a row at the line where it begins, and a bad card is told and harms no other.
// Method: small files read through the one reader, in pieces of a few bytes.
#include "lists/internal/vcard_source.h"

#include <gtest/gtest.h>

#include "lists/columns.h"
#include "lists/internal/test_texts.h"

namespace licet::lists::internal {
namespace {

Result<CsvReader> open(std::string text) {
    ListSource list = LICET_TRY(open_list(test::source_of(std::move(text), 11), "liste.vcf"));
    return CsvReader::open(std::move(list.bytes), std::move(list.options));
}

struct Book {
    std::vector<std::string> names;
    std::vector<test::Row> rows;

    std::string cell(std::size_t row, std::string_view name) const {
        const auto found = std::find(names.begin(), names.end(), name);
        EXPECT_NE(found, names.end()) << name;
        return rows.at(row).fields.at(static_cast<std::size_t>(found - names.begin()));
    }
};

Book read(std::string text) {
    auto reader = open(std::move(text));
    EXPECT_TRUE(reader.has_value());
    Book book{reader->header(), {}};
    book.rows = test::rows_of(*reader);
    return book;
}

std::string card(const std::string& lines, const std::string& version = "3.0") {
    return "BEGIN:VCARD\r\nVERSION:" + version + "\r\n" + lines + "\r\nEND:VCARD\r\n";
}

TEST(VcardSource, EachVersionGivesTheSamePerson) {
    const std::string tail =
        "N:Moreau;Alix;;;\r\nORG:Verveine;Achats\r\nTITLE:DRH\r\nCATEGORIES:Client,Presse";
    for (const std::string& text :
         {card("FN:Alix Moreau\r\nEMAIL;INTERNET:alix@x.example\r\nTEL;CELL:0639980001\r\n"
               "ADR;WORK:;;1 rue des Lilas;Lyon;Rhône;69001;France\r\n" +
                   tail,
               "2.1"),
          card("FN:Alix Moreau\r\nEMAIL;TYPE=INTERNET:alix@x.example\r\n"
               "TEL;TYPE=CELL,VOICE:0639980001\r\n"
               "item1.ADR;TYPE=WORK:;;1 rue des Lilas;Lyon;Rhône;69001;France\r\n" +
               tail),
          card("FN:Alix Moreau\r\nEMAIL:mailto:alix@x.example\r\n"
               "TEL;VALUE=uri;TYPE=cell:tel:0639980001;ext=1\r\n"
               "ADR:;;1 rue des Lilas;Lyon;Rhône;69001;France\r\n" +
                   tail,
               "4.0")}) {
        const Book book = read(text);
        ASSERT_EQ(book.rows.size(), 1U);
        EXPECT_EQ(book.rows[0].problem, "");
        EXPECT_EQ(book.cell(0, "Full Name"), "Alix Moreau");
        EXPECT_EQ(book.cell(0, "Last Name"), "Moreau");
        EXPECT_EQ(book.cell(0, "First Name"), "Alix");
        EXPECT_EQ(book.cell(0, "Email"), "alix@x.example");
        EXPECT_EQ(book.cell(0, "Mobile"), "0639980001");
        EXPECT_EQ(book.cell(0, "Company"), "Verveine");
        EXPECT_EQ(book.cell(0, "Job Title"), "DRH");
        EXPECT_EQ(book.cell(0, "Street"), "1 rue des Lilas");
        EXPECT_EQ(book.cell(0, "City"), "Lyon");
        EXPECT_EQ(book.cell(0, "Postcode"), "69001");
        EXPECT_EQ(book.cell(0, "Country"), "France");
        EXPECT_EQ(book.cell(0, "Categories"), "Client,Presse");
        EXPECT_EQ(book.cell(0, "Other"), "ORG: Achats");
    }
}

TEST(VcardSource, TheColumnsHaveTheirRoles) {
    const Book book = read(card("FN:A\r\nX-OPT-OUT:oui"));
    const auto mapping = mapping_of(book.names, {}, {});
    EXPECT_TRUE(mapping.is_clean());
    EXPECT_EQ(mapping.value.all(Role::kEmail).size(), 3U);
    EXPECT_EQ(mapping.value.all(Role::kPhone).size(), 5U);
    for (const Role role :
         {Role::kFullName, Role::kFirstName, Role::kLastName, Role::kCompany, Role::kJobTitle,
          Role::kPostcode, Role::kCountry, Role::kOptOut, Role::kContactStatus})
        EXPECT_FALSE(mapping.value.all(role).empty()) << name_of(role);
}

TEST(VcardSource, ThePreferredAddressComesFirstAndNoneIsLost) {
    const Book book =
        read(card("EMAIL:a@x.example\r\nEMAIL;PREF=2:b@x.example\r\nEMAIL;PREF=1:c@x.example\r\n"
                  "EMAIL:d@x.example\r\nTEL;TYPE=fax:0139980001\r\nTEL;TYPE=work:0139980002",
                  "4.0"));
    EXPECT_EQ(book.cell(0, "Email"), "c@x.example");
    EXPECT_EQ(book.cell(0, "Email 2"), "b@x.example");
    EXPECT_EQ(book.cell(0, "Email 3"), "a@x.example");
    EXPECT_EQ(book.cell(0, "Phone"), "0139980002");
    EXPECT_EQ(book.cell(0, "Other"), "EMAIL: d@x.example; TEL: 0139980001");
}

TEST(VcardSource, FoldedLinesAreOneAndTheLineIsThatOfBegin) {
    const Book book = read(
        "\xEF\xBB\xBF\r\n" + card("EMAIL:al\r\n ix@x.exam\r\n\tple\r\nNOTE:a\\nb", "4.0") + "\r\n" +
        card("EMAIL:zoe@x.example\nNOTE;ENCODING=QUOTED-PRINTABLE:Zo=\n=C3=A9", "2.1"));
    ASSERT_EQ(book.rows.size(), 2U);
    EXPECT_EQ(book.cell(0, "Email"), "alix@x.example");
    EXPECT_EQ(book.cell(0, "Note"), "a\nb");
    EXPECT_EQ(book.cell(1, "Note"), "Zoé");
    EXPECT_EQ(book.rows[0].line, 2U);
    EXPECT_EQ(book.rows[1].line, 10U);
}

TEST(VcardSource, LinesMayEndWithCarriageReturnAlone) {
    const Book book = read("BEGIN:VCARD\rVERSION:2.1\rEMAIL:a@x.example\rEND:VCARD\r");
    ASSERT_EQ(book.rows.size(), 1U);
    EXPECT_EQ(book.cell(0, "Email"), "a@x.example");
}

TEST(VcardSource, PicturesAreLeftOutHoweverTheyAreFolded) {
    const Book book = read(
        card("PHOTO;ENCODING=b:QUJD\r\n REVG\r\nEMAIL:a@x.example\r\nLOGO;BASE64:QUJD\r\nREVG\r\n"
             "FN:A") +
        card("EMAIL:b@x.example"));
    ASSERT_EQ(book.rows.size(), 2U);
    EXPECT_EQ(book.rows[0].problem, "");
    EXPECT_EQ(book.cell(0, "Full Name"), "A");
    EXPECT_EQ(book.cell(0, "Other"), "");
}

TEST(VcardSource, AnAgentIsSomebodyElse) {
    const Book book = read(
        "BEGIN:VCARD\nVERSION:2.1\nEMAIL:a@x.example\nAGENT:\nBEGIN:VCARD\nEMAIL:agent@x.example\n"
        "END:VCARD\nFN:A\nEND:VCARD\n");
    ASSERT_EQ(book.rows.size(), 1U);
    EXPECT_EQ(book.rows[0].problem, "");
    EXPECT_EQ(book.cell(0, "Email 2"), "");
    EXPECT_EQ(book.cell(0, "Full Name"), "A");
}

TEST(VcardSource, ABadCardIsARowWithItsProblem) {
    const Book book =
        read("stray\n" + card("EMAIL:a@x.example") + "BEGIN:VCARD\nEMAIL:b@x.example\n" +
             card("no property\nFN:C") + card("FN;CHARSET=KOI8-R:x") + card("FN:\xE9", "4.0") +
             "BEGIN:VCARD\nFN:last");
    // The first line of all decides what the file is: it must be a card's.
    EXPECT_EQ(book.names.size(), 1U);
    const Book cards = read(card("EMAIL:a@x.example") + "stray\nBEGIN:VCARD\nEMAIL:b@x.example\n" +
                            card("no property\nFN:C") + card("FN;CHARSET=KOI8-R:x") +
                            card("FN:\xE9", "4.0") + "BEGIN:VCARD\nFN:last");
    ASSERT_EQ(cards.rows.size(), 7U);
    EXPECT_EQ(cards.rows[0].problem, "");
    EXPECT_EQ(cards.rows[1].problem, "vcard.outside");
    EXPECT_EQ(cards.rows[1].line, 5U);
    EXPECT_EQ(cards.rows[2].problem, "vcard.no_end");
    EXPECT_EQ(cards.cell(2, "Email"), "b@x.example");
    EXPECT_EQ(cards.rows[3].problem, "vcard.no_property");
    EXPECT_EQ(cards.cell(3, "Other"), "?: no property");
    EXPECT_EQ(cards.rows[4].problem, "vcard.charset");
    EXPECT_EQ(cards.rows[5].problem, "csv.invalid_utf8");
    EXPECT_EQ(cards.rows[6].problem, "vcard.no_end");
}

TEST(VcardSource, APropertyThatMayBeARefusalAndComesLateIsTold) {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += card("FN:A");
    const Book book = read(text + card("X-SKYPE:a") + card("X-DO-NOT-CONTACT:1"));
    EXPECT_EQ(book.rows[1000].problem, "");
    EXPECT_EQ(book.cell(1000, "Other"), "SKYPE: a");
    EXPECT_EQ(book.rows[1001].problem, "vcard.late_refusal");
    EXPECT_EQ(book.cell(1001, "Other"), "DO-NOT-CONTACT: 1");
}

TEST(VcardSource, AFieldOrACardThatIsTooLongIsTold) {
    const Book book = read(card("NOTE:" + std::string(kMaxFieldBytes + 1, 'x')) + card("FN:B"));
    EXPECT_EQ(book.rows[0].problem, "csv.field_too_long");
    EXPECT_EQ(book.rows[1].problem, "");
    std::string lines;
    for (int i = 0; i < 6; ++i) lines += "X-A:" + std::string(kMaxFieldBytes - 9, 'x') + "\r\n";
    EXPECT_EQ(read(card(lines + "FN:A")).rows[0].problem, "csv.record_too_long");
}

TEST(VcardSource, Utf16IsReadToo) {
    for (const bool is_big : {false, true}) {
        std::string wide = is_big ? "\xFE\xFF" : "\xFF\xFE";
        for (const char c : card("EMAIL:a@x.example")) {
            wide += is_big ? '\0' : c;
            wide += is_big ? c : '\0';
        }
        const Book book = read(wide);
        ASSERT_EQ(book.rows.size(), 1U);
        EXPECT_EQ(book.cell(0, "Email"), "a@x.example");
    }
}

TEST(VcardSource, OnlyAFileThatBeginsWithACardHoldsCards) {
    EXPECT_TRUE(is_vcard("begin:vcard\r\n"));
    EXPECT_TRUE(is_vcard("\xEF\xBB\xBF\n BEGIN:VCARD"));
    EXPECT_FALSE(is_vcard("BEGIN:VCARDS;Nom\n"));
    EXPECT_FALSE(is_vcard("Nom;Email\nBEGIN:VCARD\n"));
}

}  // namespace
}  // namespace licet::lists::internal
