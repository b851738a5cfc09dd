// SPDX-License-Identifier: Apache-2.0
// Goal: a number gives the same bytes however it was typed, and French overseas numbers meet each
// other
//       whichever country code was used.
// Method: tables; then a file of numbers with the reading of an independent program.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "base/text.h"
#include "ledger/identity.h"

namespace licet::ledger {
namespace {

std::string strict(std::string_view text, std::string_view country = "fr") {
    const auto point = contact_point_of_phone(text, country);
    return point ? point->strict.bytes : point.error().message.id;
}

std::set<std::string> readings(std::string_view text, std::string_view country = "fr") {
    const ContactPoint point = contact_point_of_phone(text, country).value();
    std::set<std::string> out{point.strict.bytes};
    for (const NormalForm& form : point.loose) out.insert(form.bytes);
    return out;
}

// What the asymmetric matching does: an objection under every reading of `recorded` is found by a
// look-up of every reading of `looked_up`.
bool meet(std::string_view recorded, std::string_view looked_up) {
    const auto a = readings(recorded);
    const auto b = readings(looked_up);
    return std::any_of(a.begin(), a.end(), [&](const auto& form) { return b.contains(form); });
}

TEST(Phone, TheWayOfTypingDoesNotMatter) {
    for (const std::string_view text :
         {"0639980123", "06 39 98 01 23", "06.39.98.01.23", "06-39-98-01-23", "06/39/98/01/23",
          "+33639980123", "+33 (0)6 39 98 01 23", "+33 06 39 98 01 23", "0033639980123",
          "00 33 (0) 6 39 98 01 23", "639980123", "33639980123", "tel:+33-6-39-98-01-23",
          "TEL:0639980123;phone-context=fr", "(+33) 639980123", "'0639980123", "  0639980123\t",
          "06\xC2\xA0"
          "39\xE2\x80\xAF"
          "98\xE2\x80\x91"
          "01\xE2\x80\x93"
          "23",
          "\xE2\x80\xAA+33639980123\xE2\x80\xAC"})
        EXPECT_EQ(strict(text), "+33639980123") << text;
}

TEST(Phone, NumbersKeptForFictionWork) {
    for (const std::string_view text :
         {"0199001234", "0261910123", "0353010123", "0465710123", "0536490123", "0639980123"}) {
        EXPECT_EQ(strict(text), "+33" + std::string(text.substr(1)));
        EXPECT_EQ(readings(text).size(), 1U) << text;
        EXPECT_EQ(facts_of_phone(strict(text)).country, "fr");
    }
}

TEST(Phone, WhatIsNoNumberIsRefusedWithItsReason) {
    EXPECT_EQ(strict(""), "phone.empty");
    EXPECT_EQ(strict(" - "), "phone.empty");
    EXPECT_EQ(strict("+"), "phone.empty");
    for (const std::string_view text :
         {"3631", "36105", "112", "012345678", "06 12 34 56 7", "+33 6"})
        EXPECT_EQ(strict(text), "phone.too_short") << text;
    for (const std::string_view text :
         {"06123456789", "+33 6 12 34 56 78 9", "0612345678 0612345678", "612345678.0"})
        EXPECT_EQ(strict(text), "phone.too_long") << text;
    for (const std::string_view text :
         {"O612345678", "6,12E+08", "0612345678 poste 12", "06+12345678", "++33612345678", "n/a",
          "\xEF\xBC\x90"
          "612345678",
          "06123456\xFF"
          "78"})
        EXPECT_EQ(strict(text), "phone.letters") << text;
    EXPECT_EQ(strict("+999 123456789"), "phone.unknown_country");
    EXPECT_EQ(strict("0612345678", "xx"), "phone.unknown_country");
    EXPECT_EQ(strict("0612345678", ""), "phone.unknown_country");
    EXPECT_EQ(strict("+33612345678", ""), "+33612345678");
    const Error error = contact_point_of_phone("O612345678", "fr").error();
    EXPECT_TRUE(error.message.arguments.empty());
}

TEST(Phone, AnOverseasNumberIsReadAsWhatItIsAndBothReadingsAreKept) {
    const std::vector<std::pair<std::string, std::string>> codes{
        {"690123456", "590"}, {"590123456", "590"}, {"691123456", "590"}, {"694123456", "594"},
        {"594123456", "594"}, {"696123456", "596"}, {"697123456", "596"}, {"596123456", "596"},
        {"692123456", "262"}, {"693123456", "262"}, {"262201234", "262"}, {"263101234", "262"},
        {"269612345", "262"}, {"639012345", "262"}, {"709012345", "590"}};
    for (const auto& [national, code] : codes) {
        const std::string own = "+" + code + national;
        const std::string mainland = "+33" + national;
        EXPECT_EQ(strict("0" + national), own);
        EXPECT_EQ(strict(mainland), own);
        EXPECT_EQ(strict(own), own);
        EXPECT_EQ(strict("+" + code + " 0" + national), own);
        EXPECT_EQ(strict("0" + national, "re"), own);
        for (const std::string& typed : {"0" + national, mainland, own, national})
            EXPECT_EQ(readings(typed), (std::set{own, mainland})) << typed;
    }
}

TEST(Phone, ANumberTypedWithACodeThatIsNotItsOwnStillMeetsItsOwner) {
    EXPECT_EQ(strict("+590612345678"), "+590612345678");
    EXPECT_TRUE(meet("+590612345678", "0612345678"));
    EXPECT_TRUE(meet("+590692123456", "0692123456"));
    EXPECT_FALSE(meet("0612345678", "0612345679"));
    EXPECT_FALSE(meet("0690123456", "0691123456"));
}

TEST(Phone, ARangeThatMainlandAndOverseasShareKeepsEveryReading) {
    EXPECT_EQ(strict("0976123456"), "+33976123456");
    EXPECT_EQ(readings("0976123456").size(), 5U);
    EXPECT_TRUE(meet("0976123456", "+594976123456"));
    EXPECT_TRUE(meet("+262976123456", "+33976123456"));
}

TEST(Phone, APersonOverseasDialsTheMainlandWithoutACode) {
    EXPECT_EQ(strict("0612345678", "gp"), "+33612345678");
    EXPECT_EQ(strict("0612345678", "RE"), "+33612345678");
    EXPECT_EQ(strict("262692123456", "fr"), "+262692123456");
}

TEST(Phone, ForeignNumbersLoseTheirTrunkPrefixOnlyWhereThereIsOne) {
    EXPECT_EQ(strict("020 7946 0958", "gb"), "+442079460958");
    EXPECT_EQ(strict("+44 (0)20 7946 0958"), "+442079460958");
    EXPECT_EQ(strict("06 698 12345", "it"), "+390669812345");
    EXPECT_EQ(strict("+39 06 698 12345"), "+390669812345");
    EXPECT_EQ(strict("8 912 345 67 89", "ru"), "+79123456789");
    EXPECT_EQ(strict("800 555 35 35", "ru"), "+78005553535");
    EXPECT_EQ(strict("1 (202) 555-0123", "us"), "+12025550123");
    EXPECT_EQ(strict("202-555-0123", "us"), "+12025550123");
    EXPECT_EQ(strict("555-0123", "us"), "phone.too_short");
}

TEST(Phone, ThePlanTellsCountryLineAndDepartment) {
    const auto check = [](std::string_view number, std::string_view country, Line line,
                          std::string_view region) {
        const PhoneFacts facts = facts_of_phone(number);
        EXPECT_EQ(facts.country, country) << number;
        EXPECT_EQ(facts.line, line) << number;
        EXPECT_EQ(facts.region, region) << number;
    };
    check("+33199001234", "fr", Line::kFixed, "");
    check("+33639980123", "fr", Line::kMobile, "");
    check("33756123456", "fr", Line::kMobile, "");
    check("+33700123456", "fr", Line::kOther, "");
    check("+33972123456", "fr", Line::kOther, "");
    check("+33801234567", "fr", Line::kOther, "");
    check("+590690123456", "gp", Line::kMobile, "971");
    check("+596596123456", "mq", Line::kFixed, "972");
    check("+594694123456", "gf", Line::kMobile, "973");
    check("+262692123456", "re", Line::kMobile, "974");
    check("+262269612345", "yt", Line::kFixed, "976");
    check("+262639012345", "yt", Line::kMobile, "976");
    check("+590612345678", "gp", Line::kOther, "971");
    check("+32470123456", "be", Line::kMobile, "");
    check("+4930123456", "de", Line::kFixed, "");
    check("+4915112345678", "de", Line::kMobile, "");
    check("+14165550123", "ca", Line::kOther, "");
    check("+12025550123", "us", Line::kOther, "");
    check("+12425550123", "bs", Line::kOther, "");
    check("+77012345678", "kz", Line::kOther, "");
    check("", "", Line::kOther, "");
    check("camille", "", Line::kOther, "");
    check("+999123", "", Line::kOther, "");
}

TEST(Phone, IsReadAsAnIndependentProgramReadsIt) {
    std::ifstream file(LICET_SOURCE_DIR "/src/ledger/testdata/phones.csv");
    ASSERT_TRUE(file.is_open());
    int count = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#')) continue;
        const auto fields = split(line, ';');
        ASSERT_EQ(fields.size(), 3U);
        EXPECT_EQ(strict(fields[0], fields[1]), fields[2]) << line;
        ++count;
    }
    EXPECT_GE(count, 300);
}

TEST(Phone, ANumberWithASecondZeroIsRefused) {
    for (const char* text : {"330091293293", "+330091293293"})
        EXPECT_FALSE(contact_point_of_phone(text, "fr").has_value()) << text;
}

}  // namespace
}  // namespace licet::ledger
