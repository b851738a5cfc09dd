// SPDX-License-Identifier: Apache-2.0
// Goal: a property reads alike in every version, whatever parameters, escapes and accents it has.
// Method: one line each, as address books of each age write it.
#include "lists/internal/vcard_property.h"

#include <gtest/gtest.h>

namespace licet::lists::internal {
namespace {

using Texts = std::vector<std::string>;

CardProperty read(std::string_view line, CardVersion version = CardVersion::k30) {
    auto property = property_of(line, version);
    EXPECT_TRUE(property.has_value()) << line;
    return property ? *std::move(property) : CardProperty{};
}

TEST(VcardProperty, TheNameIsInCapitalsAndWithoutItsGroup) {
    EXPECT_EQ(read("item1.email:a@x.example").name, "EMAIL");
    EXPECT_EQ(read("FN:Zoé").name, "FN");
}

TEST(VcardProperty, TypesAndPreferenceAreThoseOfEachVersion) {
    const CardProperty old = read("TEL;CELL;PREF:06", CardVersion::k21);
    EXPECT_TRUE(old.has_type("cell"));
    EXPECT_EQ(old.preference, 1);
    const CardProperty three = read("TEL;TYPE=CELL,VOICE;TYPE=pref:06");
    EXPECT_TRUE(three.has_type("cell") && three.has_type("voice"));
    EXPECT_EQ(three.preference, 1);
    const CardProperty four = read("TEL;PREF=7;TYPE=\"cell,work\":06", CardVersion::k40);
    EXPECT_TRUE(four.has_type("work"));
    EXPECT_EQ(four.preference, 7);
    EXPECT_EQ(read("TEL:06").preference, CardProperty::kNotPreferred);
    EXPECT_EQ(read("TEL;PREF=0:06").preference, CardProperty::kNotPreferred);
}

TEST(VcardProperty, AColonOrSemicolonInQuotesEndsNoParameter) {
    const CardProperty property = read("ADR;LABEL=\"1: a; b\";TYPE=home:;;1 rue;Lyon");
    EXPECT_EQ(property.value, ";;1 rue;Lyon");
    EXPECT_TRUE(property.has_type("home"));
}

TEST(VcardProperty, AccentsAreReadInEachCharacterSet) {
    for (const char* line :
         {"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=A9", "FN;QUOTED-PRINTABLE:Zo=E9",
          "FN;CHARSET=ISO-8859-1:Zo\xE9", "FN;charset=windows-1252:Zo\xE9",
          "FN;CHARSET=ISO-8859-15:Zo\xE9", "FN:Zo\xE9", "FN:Zoé"})
        EXPECT_EQ(read(line, CardVersion::k21).value, "Zoé") << line;
    EXPECT_EQ(read("FN;CHARSET=ISO-8859-15:\xBDuf \xA4").value, "œuf €");
    EXPECT_EQ(read("FN;ENCODING=QUOTED-PRINTABLE:a=3Db=G1=4").value, "a=b=G1=4");
}

TEST(VcardProperty, InVersionFourABrokenCharacterStaysBroken) {
    EXPECT_EQ(read("FN:Zo\xE9", CardVersion::k40).value, "Zo\xE9");
}

TEST(VcardProperty, PicturesAreNotKept) {
    const CardProperty photo = read("PHOTO;ENCODING=b;TYPE=JPEG:QUJD");
    EXPECT_TRUE(photo.is_binary);
    EXPECT_EQ(photo.value, "");
    EXPECT_TRUE(read("X-CARD;BASE64:QUJD").is_binary);
}

TEST(VcardProperty, WhatIsNoPropertyIsTold) {
    for (const char* line : {"no colon", ":x", ";TYPE=x:y", ""}) {
        const auto property = property_of(line, CardVersion::k30);
        ASSERT_FALSE(property.has_value()) << line;
        EXPECT_EQ(property.error().message.id, "vcard.no_property");
    }
    const auto property = property_of("FN;CHARSET=KOI8-R:x", CardVersion::k30);
    ASSERT_FALSE(property.has_value());
    EXPECT_EQ(property.error().message.id, "vcard.charset");
}

TEST(VcardProperty, EscapesComeOffAndStructuresAreDivided) {
    EXPECT_EQ(unescaped("a\\nb\\, c\\; d\\\\e\\x\\"), "a\nb, c; d\\e\\x\\");
    EXPECT_EQ(components_of("Roux\\; fils;Léo;;"), (Texts{"Roux; fils", "Léo", "", ""}));
    EXPECT_EQ(components_of(""), Texts{""});
    EXPECT_EQ(components_of("a\\"), Texts{"a\\"});
}

TEST(VcardProperty, OnlyQuotedPrintableGoesOnAfterAnEqualsSign) {
    EXPECT_TRUE(goes_on("NOTE;ENCODING=QUOTED-PRINTABLE:abc="));
    EXPECT_FALSE(goes_on("NOTE;ENCODING=QUOTED-PRINTABLE:abc"));
    EXPECT_FALSE(goes_on("NOTE:QUOTED-PRINTABLE="));
    EXPECT_FALSE(goes_on("PHOTO;ENCODING=b:QUI="));
}

}  // namespace
}  // namespace licet::lists::internal
