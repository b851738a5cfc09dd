// SPDX-License-Identifier: Apache-2.0
//
// Goal: a company is one, however its number is written, and a mistyped number is nobody's.
#include <gtest/gtest.h>

#include "ledger/identity.h"

namespace licet::ledger {
namespace {

TEST(Company, SirenAndSiretOfOneCompanyAreOne) {
    for (const char* text : {"732829320", " 732 829 320 ", "732 829 320 00074", "732.829.320",
                             "732\u00A0829\u202F320"})
        EXPECT_EQ(contact_point_of_company(text)->strict.bytes, "732829320") << text;
}

TEST(Company, AMistypedNumberIsRefused) {
    for (const char* text : {"", "732829321", "73282932", "7328293200", "73282932A", "FR732829320"})
        EXPECT_EQ(contact_point_of_company(text).error().message.id, "company.form") << text;
}

TEST(ContactPoint, ATextWithoutADigitIsNoWrongNumber) {
    for (const char* text : {"bad", "camille example.com", "+", "Société Exemple"})
        EXPECT_EQ(contact_point_of(text, "fr").error().message.id, "contact.form") << text;
    EXPECT_EQ(contact_point_of(" ", "fr").error().message.id, "phone.empty");
    EXPECT_EQ(contact_point_of("06 12 bad", "fr").error().message.id, "phone.letters");
}

TEST(Domain, AnAddressIsLookedUpWithItsDomainAndThoseAbove) {
    const auto point = contact_point_of_email("a@x.Mail.Example.com").value();
    ASSERT_EQ(point.wide.size(), 3U);
    EXPECT_EQ(point.wide[0].bytes, "x.mail.example.com");
    EXPECT_EQ(point.wide[2].bytes, "example.com");
    for (const NormalForm& form : point.wide) EXPECT_EQ(form.normaliser, Normaliser::kDomain1);
}

TEST(Domain, IsWrittenWithAnAt) {
    const auto point = contact_point_of_domain(" @Mail.Bücher.example ").value();
    EXPECT_EQ(point.strict.bytes, "mail.xn--bcher-kva.example");
    ASSERT_EQ(point.wide.size(), 1U);
    EXPECT_EQ(point.wide[0].bytes, "xn--bcher-kva.example");
    EXPECT_EQ(contact_point_of_domain("example.com").error().message.id, "email.no_at");
    for (const char* bad : {"@", "@com", "@a@b.example", "@exa mple.com"})
        EXPECT_EQ(contact_point_of_domain(bad).error().message.id, "email.bad_domain") << bad;
}

TEST(ContactPoint, NineDigitsThatMayBeANumberOrACompanyAreAskedAbout) {
    const auto problem = [](const char* text) {
        const auto point = contact_point_of(text, "fr");
        return point ? "none" : point.error().message.id;
    };
    EXPECT_EQ(problem("732829320"), "contact.number_or_company");
    EXPECT_EQ(problem("732 829 320"), "contact.number_or_company");
    EXPECT_EQ(problem("732829321"), "none");  // no SIREN: its sum is wrong
    EXPECT_EQ(problem("0732829320"), "none");
    EXPECT_EQ(problem("+33732829320"), "none");
    EXPECT_EQ(problem("siren:732829320"), "none");
}

}  // namespace
}  // namespace licet::ledger
