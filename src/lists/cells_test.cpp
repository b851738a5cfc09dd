// SPDX-License-Identifier: Apache-2.0
// Goal: cells are read as they were meant, and what is not understood is unknown.
// Method: the habits of spreadsheets and programs, one by one.
#include "lists/cells.h"

#include <gtest/gtest.h>

#include "lists/internal/test_texts.h"

namespace licet::lists {
namespace {

using namespace std::chrono_literals;

std::optional<Date> date(std::string_view cell, const DateColumn& column = {}) {
    const auto read = column.read(cell);
    EXPECT_TRUE(read.has_value()) << cell;
    return read ? *read : std::optional<Date>{};
}

std::string fault(std::string_view cell) {
    const auto read = DateColumn().read(cell);
    if (read) return "";
    test::expect_worded(read.error().message);
    return read.error().message.id;
}

TEST(Cells, YesAndNoAreReadInThreeLanguages) {
    for (const auto* yes : {"Oui", "VRAI", "1", "TRUE", "x", "yes", "Ja", " o ", "✓"})
        EXPECT_EQ(mark_of(yes), Mark::kYes) << yes;
    for (const auto* no : {"Non", "FAUX", "0", "false", "no", "Nein", "N"})
        EXPECT_EQ(mark_of(no), Mark::kNo) << no;
    for (const auto* empty : {"", "  ", "-", "N/A", "NULL"})
        EXPECT_EQ(mark_of(empty), Mark::kEmpty);
    for (const auto* unknown : {"peut-être", "2", "?", "oui non"})
        EXPECT_EQ(mark_of(unknown), Mark::kUnknown) << unknown;
}

TEST(Cells, ACustomerIsReadFromWordsAndFromDolibarrNumbers) {
    for (const auto* yes : {"1", "3", "Client", "Oui", "customer"})
        EXPECT_EQ(customer_of(yes), Mark::kYes) << yes;
    for (const auto* no : {"0", "2", "Prospect", "lead"})
        EXPECT_EQ(customer_of(no), Mark::kNo) << no;
    EXPECT_EQ(customer_of("partenaire"), Mark::kUnknown);
}

TEST(Cells, DatesAreReadAsPeopleWriteThem) {
    for (const auto* text : {"12/03/2025", "12.3.2025", "12-03-2025", "2025-03-12", "2025/03/12",
                             "20250312", "45728", "45728,52", "2025-03-12T10:22:00.000+0000",
                             "2025-03-12 10:22", "12/03/2025 10:22", "12/03/25", " 12/03/2025 "})
        EXPECT_EQ(date(text), Date{2025y / 3 / 12}) << text;
    EXPECT_EQ(date("12/03/65"), Date{1965y / 3 / 12});
    EXPECT_EQ(date("29/02/2024"), Date{2024y / 2 / 29});
}

TEST(Cells, AnEmptyDateIsNone) {
    EXPECT_FALSE(date("").has_value());
    EXPECT_FALSE(date("0000-00-00 00:00:00").has_value());
}

TEST(Cells, ADayThatNoCalendarHasIsTold) {
    EXPECT_EQ(fault("31/02/2026"), "cell.no_such_day");
    EXPECT_EQ(fault("2026-13-01"), "cell.no_such_day");
    EXPECT_EQ(fault("00/00/2026"), "cell.no_such_day");
    for (const auto* text :
         {"hier", "12/03", "12/03-2026", "75002 Paris", "123", "1/2/2026 à midi"})
        EXPECT_EQ(fault(text), "cell.date_form") << text;
}

TEST(Cells, AFaultyDateIsShownMasked) {
    EXPECT_EQ(DateColumn().read("31/02/1984").error().message.arguments.at(0).second, "31…84");
}

TEST(Cells, TheMonthComesFirstOnlyIfTheColumnProvesIt) {
    DateColumn american;
    for (const auto* text : {"3/4/2026", "3/14/2026", "texte"}) american.learn(text);
    EXPECT_TRUE(american.is_month_first());
    EXPECT_EQ(date("3/4/2026", american), Date{2026y / 3 / 4});
    EXPECT_EQ(date("14.3.2026", american), Date{2026y / 3 / 14});

    DateColumn french;
    for (const auto* text : {"3/4/2026", "14/3/2026"}) french.learn(text);
    EXPECT_FALSE(french.is_ambiguous());
    EXPECT_EQ(date("3/4/2026", french), Date{2026y / 4 / 3});

    DateColumn open;
    open.learn("3/4/2026");
    EXPECT_TRUE(open.is_ambiguous());
    EXPECT_EQ(date("3/4/2026", open), Date{2026y / 3 / 4});
    EXPECT_EQ(date("4/3/2026", open), Date{2026y / 3 / 4});
    EXPECT_FALSE(open.is_settled());
    EXPECT_TRUE(open.may_be_two_days("3/4/2026"));
    EXPECT_FALSE(open.may_be_two_days("14/3/2026"));
    EXPECT_FALSE(open.may_be_two_days("4/4/2026"));
    EXPECT_FALSE(french.may_be_two_days("3/4/2026"));
    DateColumn iso;
    iso.learn("n/a");
    EXPECT_FALSE(iso.is_settled());
    iso.learn("2026-03-12");
    EXPECT_TRUE(iso.is_settled());
    EXPECT_EQ(date("3/4/2026", iso), Date{2026y / 3 / 4});  // one that nobody expected
    EXPECT_TRUE(french.is_settled());

    DateColumn mixed;
    for (const auto* text : {"14/3/2026", "3/14/2026"}) mixed.learn(text);
    EXPECT_FALSE(mixed.is_month_first());
    EXPECT_TRUE(mixed.is_ambiguous());
    EXPECT_EQ(date("3/14/2026", mixed), Date{2026y / 3 / 14});
    EXPECT_EQ(date("14/3/2026", mixed), Date{2026y / 3 / 14});
    EXPECT_EQ(date("3/4/2026", mixed), Date{2026y / 3 / 4});
    EXPECT_EQ(date("4/3/2026", mixed), Date{2026y / 3 / 4});
    EXPECT_EQ(mixed.read("31/31/2026").error().message.id, "cell.no_such_day");
}

TEST(Cells, AFirstLineHoldsSomebodyIfACellIsAnAddressOrALongNumber) {
    for (const auto* text : {"a@courrier.example", "Zoé Roux <zoe@courrier.example>", "639981234",
                             "06 39 98 12 34", "552 100 554", "+33 6 39 98 12 34"})
        EXPECT_TRUE(may_be_contact(text)) << text;
    for (const auto* text : {"Email", "12/03/2026", "20260312", "75001", "E-mail <pro>", "2026",
                             "Tél. 1", "12/03/2026 10:22"})
        EXPECT_FALSE(may_be_contact(text)) << text;
}

TEST(Cells, ANumberThatLostItsZeroIsNoSiren) {
    EXPECT_TRUE(looks_like_phone("639981234"));
    EXPECT_FALSE(looks_like_phone("732829320"));  // its check digit is right
    EXPECT_FALSE(looks_like_phone("552100554"));
}

TEST(Cells, CountriesAreReadInThreeLanguagesAndByCode) {
    for (const auto* text : {"France", "FR", "fra", "Frankreich", " FRANCE "})
        EXPECT_EQ(country_of(text), "fr") << text;
    EXPECT_EQ(country_of("États-Unis"), "us");
    EXPECT_EQ(country_of("etats unis"), "us");
    EXPECT_EQ(country_of("UK"), "gb");
    EXPECT_EQ(country_of("Royaume-Uni"), "gb");
    EXPECT_EQ(country_of("Schweiz"), "ch");
    EXPECT_EQ(country_of("Österreich"), "at");
    EXPECT_EQ(country_of("La Réunion"), "re");
    EXPECT_EQ(country_of("Canada"), "ca");
    EXPECT_FALSE(country_of("Atlantide").has_value());
    EXPECT_FALSE(country_of("").has_value());
}

}  // namespace
}  // namespace licet::lists
