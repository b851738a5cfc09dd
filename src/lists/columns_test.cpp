// SPDX-License-Identifier: Apache-2.0
// Goal: columns are recognised as people and their programs name them, and the user has the last
// word. Method: header rows of each program and language; the shipped examples; each wrong choice.
#include "lists/columns.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/text.h"
#include "lists/internal/test_texts.h"

namespace licet::lists {
namespace {

using Names = std::vector<std::string>;

Mapping of(const Names& header, const std::vector<Cells>& rows = {}, const Names& choices = {}) {
    const auto read = mapping_of(header, rows, choices);
    EXPECT_TRUE(read.is_clean());
    return read.value;
}

// Gives the names of the columns of a role.
Names found(const Mapping& mapping, Role role) {
    Names names;
    for (const MappedColumn& column : mapping.all(role))
        names.push_back(mapping.names[column.index]);
    return names;
}

Message problem_of(const Names& choices) {
    const Names header{"Courriel", "Nom", "Tél."};
    const auto read = mapping_of(header, {}, choices);
    EXPECT_EQ(read.problems.size(), 1U);
    const Message message = read.problems.at(0).message;
    test::expect_worded(message);
    return message;
}

TEST(Columns, AreFoundByFrenchEnglishAndGermanNames) {
    const Mapping french =
        of({"Prénom", "NOM", "Courriel", "Raison sociale", "Poste occupé", "CP"});
    EXPECT_EQ(french.first(Role::kFirstName), 0U);
    EXPECT_EQ(french.first(Role::kLastName), 1U);
    EXPECT_EQ(french.first(Role::kEmail), 2U);
    EXPECT_EQ(french.first(Role::kCompany), 3U);
    EXPECT_EQ(french.first(Role::kJobTitle), 4U);
    EXPECT_EQ(french.first(Role::kPostcode), 5U);
    const Mapping german = of({"Vorname", "Nachname", "E-Mail-Adresse", "Handynummer", "PLZ"});
    EXPECT_EQ(german.first(Role::kEmail), 2U);
    EXPECT_EQ(german.first(Role::kPhone), 3U);
    EXPECT_EQ(german.first(Role::kPostcode), 4U);
    EXPECT_EQ(of({"e mail", "Date of Birth"}).first(Role::kBirthDate), 1U);
}

TEST(Columns, AMobileNumberIsPreferredToAFixedOne) {
    const Mapping mapping = of({"Téléphone", "Tél. portable", "Fax"});
    EXPECT_EQ(found(mapping, Role::kPhone), (Names{"Tél. portable", "Téléphone"}));
}

TEST(Columns, ARefusalMarkIsNoAddressAndAllOfThemCount) {
    const Mapping mapping = of({"Email", "Unsubscribed from all email", "DoNotCall", "Désinscrit",
                                "Opt-out SMS", "Date de désabonnement"});
    EXPECT_EQ(found(mapping, Role::kEmail), (Names{"Email"}));
    EXPECT_EQ(found(mapping, Role::kOptOutEmail), (Names{"Unsubscribed from all email"}));
    EXPECT_EQ(found(mapping, Role::kOptOutCalls), (Names{"DoNotCall"}));
    EXPECT_EQ(found(mapping, Role::kOptOutSms), (Names{"Opt-out SMS"}));
    EXPECT_EQ(found(mapping, Role::kOptOut), (Names{"Désinscrit", "Date de désabonnement"}));
}

TEST(Columns, ANameWithDamagedLettersIsTheSameName) {
    for (const char* name : {"DÃ©sinscrit", "D?sinscrit", "D\uFFFDsinscrit", "D??sinscrit",
                             "D\uFFFD\uFFFDsinscrit", "Date de d?sinscription"})
        EXPECT_EQ(of({"E-mail", name}).first(Role::kOptOut), 1U) << name;
    EXPECT_EQ(of({"Pr?nom", "T?l?phone"}).first(Role::kFirstName), 0U);
    EXPECT_EQ(of({"Pr?nom", "T?l?phone"}).first(Role::kPhone), 1U);
    EXPECT_EQ(of({"Email", "Client ?"}).first(Role::kCustomer), 1U);
    const std::string many = std::string(400, '?') + std::string(900, 'a');
    for (const std::string& name :
         {std::string("??"), std::string("JOÃO"), std::string("a?b"), many})
        EXPECT_FALSE(of({"Email", name}).first(Role::kOptOut).has_value()) << name;
}

TEST(Columns, AnAddressOfWhoSellsIsNotThePersons) {
    EXPECT_EQ(found(of({"Owner email", "Contact email address"}), Role::kEmail),
              Names{"Contact email address"});
    EXPECT_EQ(found(of({"Email du commercial", "Email du client"}), Role::kEmail),
              Names{"Email du client"});
    EXPECT_EQ(found(of({"Email", "Salesperson phone"}), Role::kPhone), Names{});
    const Names alone{"Owner email", "Nom"};
    const auto read = mapping_of(alone, std::vector<Cells>{{"a@courrier.example", "A"}}, {});
    ASSERT_EQ(read.problems.size(), 1U);
    EXPECT_EQ(read.problems[0].message.id, "columns.no_contact");
}

TEST(Columns, WholeRowsInQuotesAreToldAsSuch) {
    const auto read =
        mapping_of(Names{"Nom;Email"}, std::vector<Cells>{{"A;a@courrier.example"}}, {});
    ASSERT_EQ(read.problems.size(), 1U);
    EXPECT_EQ(read.problems[0].message.id, "columns.one_cell");
    test::expect_worded(read.problems[0].message);
}

TEST(Columns, WhatIsShownOfNamesLeadsToNobody) {
    const auto read = mapping_of(Names{"Contact 06 39 98 12 34", "zoe@courrier.example"}, {}, {});
    for (const auto& [name, value] : read.problems.at(0).message.arguments) {
        EXPECT_EQ(value.find("98 12"), value.npos) << value;
        EXPECT_EQ(value.find("zoe"), value.npos) << value;
    }
}

TEST(Columns, WordsOfRefusalAreLookedForWhateverElseTheUserMaps) {
    const std::vector<Cells> rows = {{"a@courrier.example", "Ne pas contacter", "vip"}};
    const Names header{"Email", "Divers", "Tags"};
    EXPECT_EQ(
        found(of(header, rows, {"contact_status=", "contact_status=Tags"}), Role::kContactStatus),
        (Names{"Tags", "Divers"}));
    EXPECT_EQ(found(of(header, rows, {"customer=Divers"}), Role::kContactStatus),
              (Names{"Tags", "Divers"}));
    EXPECT_EQ(found(of(header, rows, {"contact_status="}), Role::kContactStatus), Names{});
}

TEST(Columns, AWordThatMayBeAboutAPaymentMakesNoColumnOfStates) {
    for (const char* word : {"Refusé", "denied", "declined", "removed", "exclu", "retirée",
                             "revoked", "spam", "bounced"})
        EXPECT_EQ(
            found(of({"Email", "Paiement", "Statut devis"}, {{"a@courrier.example", word, word}}),
                  Role::kContactStatus),
            Names{})
            << word;
    for (const char* word : {"désinscrit", "unsubscribed", "opt-out", "Ne pas contacter",
                             "do not contact", "blacklist", "blocklist"})
        EXPECT_EQ(
            found(of({"Email", "Divers"}, {{"a@courrier.example", word}}), Role::kContactStatus),
            Names{"Divers"})
            << word;
}

TEST(Columns, AMarketingContactOfHubspotHasNotConsented) {
    const Mapping mapping =
        of({"Record ID", "Email", "Marketing contact status", "Lead Status", "Create Date"});
    EXPECT_EQ(mapping.vendor, Vendor::kHubspot);
    EXPECT_FALSE(mapping.first(Role::kOptIn).has_value());
    EXPECT_EQ(mapping.first(Role::kCreated), 4U);
}

TEST(Columns, SmsIsANumberForBrevoOnly) {
    EXPECT_EQ(of({"EMAIL", "SMS", "OPT_IN", "EXT_ID"}).first(Role::kPhone), 1U);
    EXPECT_FALSE(of({"Email", "SMS"}).first(Role::kPhone).has_value());
}

TEST(Columns, WithoutNamesTheFirstRowsTell) {
    const std::vector<Cells> rows{{"Léa", "lea@example.com", "06 39 98 00 01", "75002"},
                                  {"Lou", "", "+33639980002", "69001"}};
    const Mapping mapping = of({"A", "B", "C", "D"}, rows);
    EXPECT_EQ(mapping.all(Role::kEmail), (std::vector<MappedColumn>{{1, FoundBy::kContent}}));
    EXPECT_EQ(mapping.first(Role::kPhone), 2U);
}

TEST(Columns, ANameThatOnlyResemblesMustHoldAddresses) {
    const Names header{"Courriel", "Emails ouverts", "Email facturation"};
    const std::vector<Cells> rows{{"lea@example.com", "12", "compta@example.com"}};
    EXPECT_EQ(found(of(header, rows), Role::kEmail), (Names{"Courriel", "Email facturation"}));
}

TEST(Columns, EmptyAndDoubleNamesHaveNamesOfTheirOwn) {
    const Mapping mapping = of({"Email", "", "Email", " "});
    EXPECT_EQ(mapping.names, (Names{"Email", "#2", "Email #3", "#4"}));
    EXPECT_EQ(found(mapping, Role::kEmail), (Names{"Email", "Email #3"}));
}

TEST(Columns, TheUserHasTheLastWord) {
    const Names header{"Email", "Contact pro", "Nom", ""};
    EXPECT_EQ(of(header, {}, {"email=Contact pro"}).all(Role::kEmail),
              (std::vector<MappedColumn>{{1, FoundBy::kUser}}));
    EXPECT_EQ(of(header, {}, {"phone=contactpro"}).first(Role::kPhone), 1U);
    EXPECT_EQ(of(header, {}, {"company=#4"}).first(Role::kCompany), 3U);
    EXPECT_FALSE(of(header, {}, {"last_name="}).first(Role::kLastName).has_value());
    const Mapping two = of(header, {}, {"opt_out=Nom", "opt_out=#4"});
    EXPECT_EQ(found(two, Role::kOptOut), (Names{"Nom", "#4"}));
    EXPECT_FALSE(two.first(Role::kLastName).has_value());
}

TEST(Columns, AWrongChoiceIsToldWithTheNearestName) {
    EXPECT_EQ(problem_of({"courriel"}).id, "map.form");
    EXPECT_EQ(problem_of({"=Nom"}).id, "map.form");
    const Message role = problem_of({"emial=Courriel"});
    EXPECT_EQ(role.id, "map.unknown_role");
    EXPECT_EQ(role.arguments.at(1).second, "email");
    const Message column = problem_of({"email=Couriel"});
    EXPECT_EQ(column.id, "map.unknown_column");
    EXPECT_EQ(column.arguments.at(1).second, "Courriel");
    EXPECT_EQ(problem_of({"email=#9"}).id, "map.unknown_column_far");
    EXPECT_EQ(problem_of({"ignored=Nom"}).id, "map.unknown_role_far");
    EXPECT_EQ(problem_of({"wholly_unknown_word=Nom"}).id, "map.unknown_role_far");
    EXPECT_EQ(problem_of({"email=Wholly unknown"}).id, "map.unknown_column_far");
}

TEST(Columns, AWrongChoiceDoesNotHideTheOthers) {
    const Names header{"Courriel", "Nom"};
    const Names choices{"email=Inconnue", "x", "company=Nom"};
    const auto read = mapping_of(header, {}, choices);
    EXPECT_EQ(read.problems.size(), 2U);
    EXPECT_EQ(read.value.first(Role::kCompany), 1U);
}

TEST(Columns, AListWithoutAddressNorNumberCannotBeScreened) {
    const Names header{"Nom", "Ville"};
    const auto read = mapping_of(header, {}, {});
    ASSERT_EQ(read.problems.size(), 1U);
    EXPECT_EQ(read.problems[0].message,
              Message("columns.no_contact", {{"columns", "Nom, Ville"}, {"example", "Nom"}}));
    test::expect_worded(read.problems[0].message);
}

TEST(Columns, RolesAndVendorsHaveNames) {
    EXPECT_EQ(name_of(Role::kOptOutCalls), "opt_out_calls");
    EXPECT_EQ(name_of(Role::kCreated), "created");
    EXPECT_EQ(name_of(Role::kIgnored), "ignored");
    EXPECT_EQ(name_of(Vendor::kMailchimp), "Mailchimp");
    for (std::size_t i = 0; i < kRoleCount; ++i)
        test::expect_worded(Message("role." + std::string(name_of(static_cast<Role>(i)))));
}

Mapping of_example(const std::string& name) {
    std::ifstream file(std::string(LICET_SOURCE_DIR) + "/examples/" + name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    CsvReader reader = CsvReader::open(test::source_of(text.str()), {name, {}}).value();
    std::vector<Cells> rows;
    for (const test::Row& row : test::rows_of(reader)) rows.push_back(row.fields);
    return of(reader.header(), rows);
}

TEST(Columns, EachExampleTellsItsProgramAndItsRoles) {
    const Mapping dolibarr = of_example("dolibarr-clients.csv");
    EXPECT_EQ(dolibarr.vendor, Vendor::kDolibarr);
    EXPECT_EQ(found(dolibarr, Role::kPhone), (Names{"Tél portable", "Téléphone"}));
    EXPECT_EQ(found(dolibarr, Role::kPartyType), (Names{"Type du tiers"}));
    EXPECT_EQ(found(dolibarr, Role::kCustomer), (Names{"Client"}));
    EXPECT_EQ(found(dolibarr, Role::kCompany), (Names{"Tiers"}));
    EXPECT_EQ(found(dolibarr, Role::kLastPurchase), (Names{"Date dernière commande"}));

    const Mapping hubspot = of_example("hubspot-webinaire.csv");
    EXPECT_EQ(hubspot.vendor, Vendor::kHubspot);
    EXPECT_EQ(found(hubspot, Role::kPhone), (Names{"Mobile Phone Number", "Phone Number"}));
    EXPECT_EQ(found(hubspot, Role::kOptOutEmail), (Names{"Unsubscribed from all email"}));

    const Mapping odoo = of_example("odoo-salon.csv");
    EXPECT_EQ(odoo.vendor, Vendor::kOdoo);
    EXPECT_EQ(found(odoo, Role::kFullName), (Names{"name"}));
    EXPECT_EQ(found(odoo, Role::kOptOut), (Names{"opt_out", "is_blacklisted", "opt_out_datetime"}));

    const Mapping mailchimp = of_example("mailchimp-boutique.csv");
    EXPECT_EQ(mailchimp.vendor, Vendor::kMailchimp);
    EXPECT_EQ(found(mailchimp, Role::kOptInDate), (Names{"CONFIRM_TIME", "OPTIN_TIME"}));
    EXPECT_EQ(found(mailchimp, Role::kOptOut), (Names{"UNSUB_TIME"}));
    EXPECT_EQ(found(mailchimp, Role::kCountry), (Names{"CC"}));

    const Mapping salesforce = of_example("salesforce-leads.csv");
    EXPECT_EQ(salesforce.vendor, Vendor::kSalesforce);
    EXPECT_EQ(found(salesforce, Role::kJobTitle), (Names{"Title"}));
    EXPECT_EQ(found(salesforce, Role::kOptOutCalls), (Names{"DoNotCall"}));

    const Mapping brevo = of_example("brevo-newsletter.csv");
    EXPECT_EQ(brevo.vendor, Vendor::kBrevo);
    EXPECT_EQ(found(brevo, Role::kOptIn), (Names{"DOUBLE_OPT-IN", "OPT_IN"}));
}

}  // namespace
}  // namespace licet::lists
