// SPDX-License-Identifier: Apache-2.0
// Goal: what people type gives one strict form, and loose forms that only ever widen a refusal.
// Method: small tables; for domains, the traps of the library that converts them.
#include <gtest/gtest.h>

#include "base/text.h"
#include "ledger/identity.h"

namespace licet::ledger {
namespace {

std::string strict(std::string_view text) {
    const auto point = contact_point_of_email(text);
    return point ? point->strict.bytes : point.error().message.id;
}

std::string loose(std::string_view text) {
    const auto point = contact_point_of_email(text);
    return point ? point->loose.at(0).bytes : point.error().message.id;
}

TEST(Email, CaseSpaceNamesAndSchemesDoNotMatter) {
    const std::string expected = "camille@example.com";
    for (const std::string_view text :
         {"camille@example.com", " Camille@Example.COM\t", "Camille D. <camille@example.com>",
          "\"D., Camille\" <CAMILLE@example.com>", "<camille@example.com>",
          "mailto:camille@example.com", "MAILTO:camille@example.com?subject=Stop",
          "\xC2\xA0"
          "camille@example.com\xE2\x80\x8B",
          "\xEF\xBB\xBF"
          "camille@example.com",
          "camille@example.com."})
        EXPECT_EQ(strict(text), expected) << text;
}

TEST(Email, WhatCannotBeAnAddressIsRefusedWithItsReason) {
    EXPECT_EQ(strict(""), "email.empty");
    EXPECT_EQ(strict("  <> "), "email.empty");
    EXPECT_EQ(strict("camille"), "email.no_at");
    EXPECT_EQ(strict("a@b@example.com"), "email.two_at");
    EXPECT_EQ(strict("camille@example.com;luc@example.com"), "email.two_at");
    for (const std::string_view text :
         {"@example.com", "a b@example.com", ".a@example.com", "a..b@example.com", "a.@example.com",
          "a,b@example.com", "\"a\"@example.com", "a\xFF@example.com",
          "cami\xE2\x80\x8Blle@example.com", "andre\xCC\x81@example.com"})
        EXPECT_EQ(strict(text), "email.bad_local_part") << text;
    for (const std::string_view text :
         {"a@", "a@localhost", "a@.com", "a@example..com", "a@-example.com", "a@example-.com",
          "a@exa mple.fr", "a@ma_societe.fr", "a@[192.0.2.1]", "a@192.0.2.1", "a@example.com,",
          "a@ex\xFF.com"})
        EXPECT_EQ(strict(text), "email.bad_domain") << text;
    EXPECT_EQ(strict(std::string(65, 'a') + "@example.com"), "email.bad_local_part");
    EXPECT_EQ(strict("a@" + std::string(64, 'a') + ".com"), "email.bad_domain");
    std::string long_domain;
    for (int i = 0; i < 70; ++i) long_domain += "abc.";
    EXPECT_EQ(strict("a@" + long_domain + "com"), "email.bad_domain");
}

TEST(Email, MessagesNeverHoldTheValue) {
    for (const std::string_view text :
         {"camille@secret@example.com", "camille", "camille@secret"}) {
        const Error error = contact_point_of_email(text).error();
        EXPECT_TRUE(error.message.arguments.empty());
        EXPECT_TRUE(error.where.empty());
    }
}

TEST(Email, ADomainWithAccentsBecomesALabels) {
    EXPECT_EQ(strict("a@soci\xC3\xA9t\xC3\xA9.example"), "a@xn--socit-esab.example");
    EXPECT_EQ(strict("a@SOCI\xC3\x89T\xC3\x89.example"), "a@xn--socit-esab.example");
    EXPECT_EQ(strict("a@socie\xCC\x81te\xCC\x81.example"), "a@xn--socit-esab.example");
    // Non-transitional: the sharp s is a letter of its own.
    EXPECT_EQ(strict("a@stra\xC3\x9F"
                     "e.example"),
              "a@xn--strae-oqa.example");
    // A full-width dot is a dot.
    EXPECT_EQ(strict("a@soci\xC3\xA9t\xC3\xA9\xEF\xBC\x8E"
                     "example"),
              "a@xn--socit-esab.example");
    EXPECT_EQ(strict("a@XN--SOCIT-ESAB.example"), "a@xn--socit-esab.example");
}

TEST(Email, ADomainThatTheLibraryWouldShortenIsRefused) {
    for (const std::string_view text :
         {"a@soci\xC3\xA9 t\xC3\xA9.example", "a@ma_soci\xC3\xA9t\xC3\xA9.example",
          "a@soci\xC2\xADt\xC3\xA9.example", "a@soci\xC3\xA9\xE2\x80\x8Bt.example",
          "a@\xEF\xAC\x81"
          "rme\xC2\xAD.example",
          "a@soci\xC3\xA9\xEF\xB8\x8Ft.example", "a@\xF0\x9F\x92\xA9\xE2\x80\x8D.example",
          "a@\xE2\x80\xAE"
          "abc.example"})
        EXPECT_EQ(strict(text), "email.bad_domain") << text;
}

TEST(Email, ALooseFormIsAlwaysThere) {
    const ContactPoint point = contact_point_of_email("camille@example.com").value();
    ASSERT_EQ(point.loose.size(), 1U);
    EXPECT_EQ(point.loose[0].normaliser, Normaliser::kEmailLoose1);
    EXPECT_EQ(point.loose[0].bytes, point.strict.bytes);
}

TEST(Email, TheLooseFormHasNoTagAndForSomeProvidersNoDots) {
    EXPECT_EQ(loose("camille+news@example.com"), "camille@example.com");
    EXPECT_EQ(loose("camille+news+2@example.com"), "camille@example.com");
    EXPECT_EQ(loose("+news@example.com"), "+news@example.com");
    EXPECT_EQ(loose("c.amille@example.com"), "c.amille@example.com");
    EXPECT_EQ(loose("c.amil.le+x.y@gmail.com"), "camille@gmail.com");
    EXPECT_EQ(loose("c.amille@googlemail.com"), "camille@gmail.com");
    EXPECT_EQ(strict("c.amille+x@googlemail.com"), "c.amille+x@googlemail.com");
}

TEST(Email, NormalisingTwiceChangesNothing) {
    for (const std::string_view text : {"Camille+a@example.com", "a@soci\xC3\xA9t\xC3\xA9.example"})
        EXPECT_EQ(strict(strict(text)), strict(text));
}

TEST(Email, ItsPartsCanBeAskedFor) {
    EXPECT_EQ(domain_of("camille@example.com"), "example.com");
    EXPECT_EQ(local_part_of("camille@example.com"), "camille");
    EXPECT_EQ(domain_of("nothing"), "");
    EXPECT_EQ(local_part_of("nothing"), "");
}

}  // namespace
}  // namespace licet::ledger
