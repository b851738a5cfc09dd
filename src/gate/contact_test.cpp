// SPDX-License-Identifier: Apache-2.0
// Goal: what a row says of a person becomes facts, carefully; what it does not say stays unknown.
// Method: one row for each sentence, over a campaign of its own.
#include "gate/contact.h"

#include <gtest/gtest.h>

#include "gate/gate_test_support.h"

namespace licet::gate {
namespace {

using test::day;
using test::text_of;

constexpr std::string_view kCampaign =
    "channel = \"email\"\npurpose = \"commercial\"\ncountry = \"fr\"\n"
    "[offer]\nfamily = \"Piscines\"\noccupations = [\"RH\", \"ressources humaines\"]\n"
    "related_occupations = [\"gérant\"]\n";

Contact with_email(std::string_view address) {
    Contact contact;
    contact.email = ledger::contact_point_of_email(address).value();
    return contact;
}
law::Facts facts_of(const Contact& contact, std::string_view campaign = kCampaign) {
    const Campaign of = test::campaign_of(campaign);
    law::Facts facts(&of.facts);
    ContactFacts(test::real_law(), of, test::reference()).add(contact, facts);
    law::Facts out;
    for (const law::Facts::Entry& entry : facts.entries())
        out.set(entry.fact, entry.value, entry.supplier);
    return out;
}
std::string relevance(std::string_view title) {
    Contact contact = with_email("camille.durand@entreprise.example");
    contact.job_title = title;
    return text_of(facts_of(contact), "offer.relevance");
}

TEST(Contact, AFreeMailAddressIsTakenForAConsumers) {
    const law::Facts facts = facts_of(with_email("camille.durand@gmail.com"));
    EXPECT_EQ(text_of(facts, "address.form"), "personal");
    EXPECT_EQ(text_of(facts, "audience"), "consumer");
    EXPECT_EQ(text_of(facts, "subscriber"), "natural_person");
    EXPECT_EQ(text_of(facts, "offer.relevance"), "none");
    EXPECT_EQ(test::supplier_of(facts, "audience"), "derived");
}

TEST(Contact, ACompanyNumberAtFreeMailIsASoleTraders) {
    Contact contact = with_email("plomberie.durand@orange.fr");
    contact.company_number = "732829320";
    const law::Facts facts = facts_of(contact);
    EXPECT_EQ(text_of(facts, "audience"), "professional");
    EXPECT_EQ(text_of(facts, "address.form"), "personal");
    EXPECT_EQ(text_of(facts, "subscriber"), "sole_trader");
    contact.company_number.clear();
    contact.company = "Plomberie Durand";
    EXPECT_EQ(text_of(facts_of(contact), "audience"), "consumer");
}

TEST(Contact, AGenericAddressNamesNobody) {
    const law::Facts facts = facts_of(with_email("contact-paris@entreprise.example"));
    EXPECT_EQ(text_of(facts, "address.form"), "generic");
    EXPECT_EQ(text_of(facts, "audience"), "organisation");
    EXPECT_EQ(text_of(facts, "subscriber"), "legal_person");
    EXPECT_EQ(text_of(facts_of(with_email("contact@gmail.com")), "address.form"), "personal");
}

TEST(Contact, ANamedAddressOfADomainIsAProfessionals) {
    const law::Facts facts = facts_of(with_email("camille.durand@entreprise.example"));
    EXPECT_EQ(text_of(facts, "address.form"), "work_named");
    EXPECT_EQ(text_of(facts, "audience"), "professional");
    EXPECT_EQ(text_of(facts, "offer.relevance"), "?");
}

TEST(Contact, TheCampaignAndAColumnKnowBetterThanTheDomain) {
    const std::string consumers = std::string(kCampaign) + "[list]\naudience = \"consumer\"\n";
    EXPECT_EQ(text_of(facts_of(with_email("camille@entreprise.example"), consumers), "audience"),
              "consumer");
    EXPECT_EQ(text_of(facts_of(with_email("contact@entreprise.example"), consumers), "audience"),
              "consumer");
    Contact contact = with_email("camille@entreprise.example");
    contact.is_private_person = true;
    EXPECT_EQ(text_of(facts_of(contact), "audience"), "consumer");
    contact = with_email("camille@gmail.com");
    contact.is_private_person = false;
    EXPECT_EQ(text_of(facts_of(contact), "audience"), "professional");
}

TEST(Contact, ATelephoneAloneIsAConsumersUnlessACompanyIsNamed) {
    Contact contact;
    contact.phone = ledger::contact_point_of_phone("06 39 98 12 34", "fr").value();
    EXPECT_EQ(text_of(facts_of(contact), "audience"), "consumer");
    EXPECT_EQ(text_of(facts_of(contact), "line"), "mobile");
    EXPECT_EQ(text_of(facts_of(contact), "address.form"), "?");
    contact.company = "Durand SARL";
    EXPECT_EQ(text_of(facts_of(contact), "audience"), "professional");
    contact.phone = ledger::contact_point_of_phone("01 99 00 12 34", "fr").value();
    EXPECT_EQ(text_of(facts_of(contact), "line"), "fixed");
}

TEST(Contact, JobTitlesAreReadByWholeWords) {
    EXPECT_EQ(relevance("Responsable RH"), "concrete");
    EXPECT_EQ(relevance("Marhaba"), "none");
    EXPECT_EQ(relevance("DRH"), "none");
    EXPECT_EQ(relevance("Responsable rh/paie"), "concrete");
    EXPECT_EQ(relevance("Directrice des Ressources  Humaines"), "concrete");
    EXPECT_EQ(relevance("ressources peu humaines"), "none");
}

TEST(Contact, AccentsAndCapitalsOfAJobTitleDoNotMatter) {
    EXPECT_EQ(relevance("GERANT"), "general");
    EXPECT_EQ(relevance("Gérant associé"), "general");
    EXPECT_EQ(relevance("Gérante"), "none");
    EXPECT_EQ(relevance(""), "?");
}

// An empty entry in the file must not make every offer concrete.
TEST(Contact, AnEmptyOccupationNamesNobody) {
    Contact contact = with_email("camille@entreprise.example");
    contact.job_title = "Jardinier";
    EXPECT_EQ(
        text_of(
            facts_of(
                contact,
                "channel = \"email\"\npurpose = \"commercial\"\n[offer]\noccupations = [\"\"]\n"),
            "offer.relevance"),
        "none");
}

TEST(Contact, AnAgreementInAListIsAClaimWithoutProof) {
    Contact contact = with_email("camille@gmail.com");
    contact.has_opted_in = true;
    EXPECT_EQ(text_of(facts_of(contact), "consent"), "given");
    EXPECT_EQ(text_of(facts_of(contact), "consent.proof"), "none");
    EXPECT_EQ(text_of(facts_of(contact), "consent.on"), "?");
    contact.opt_in_date = day("2026-01-01");
    EXPECT_EQ(text_of(facts_of(contact), "consent.proof"), "log_only");
    EXPECT_EQ(text_of(facts_of(contact), "consent.on"), "2026-01-01");
    contact.has_opted_in = false;
    EXPECT_EQ(text_of(facts_of(contact), "consent"), "?");
}

TEST(Contact, ARefusalInAListIsAnObjection) {
    Contact contact = with_email("camille@gmail.com");
    EXPECT_EQ(text_of(facts_of(contact), "objection"), "?");
    contact.has_opted_out = true;
    EXPECT_EQ(text_of(facts_of(contact), "objection"), "this_channel");
    contact.is_opt_out_for_all = true;
    EXPECT_EQ(text_of(facts_of(contact), "objection"), "all");
}

TEST(Contact, TheRowKnowsItsOwnOriginAndDates) {
    const std::string bought =
        std::string(kCampaign) +
        "[list]\norigin = \"broker\"\nreceived_on = 2026-10-01\ninformed = true\n";
    const Campaign campaign = test::campaign_of(bought);
    const ContactFacts all(test::real_law(), campaign, test::reference());
    Contact contact = with_email("camille@gmail.com");
    contact.source_label = "Formulaire web";
    contact.created = day("2025-03-01");
    EXPECT_TRUE(all.has_other_origin(contact));
    EXPECT_EQ(text_of(facts_of(contact, bought), "origin"), "person_other");
    EXPECT_EQ(text_of(facts_of(contact, bought), "origin.collected_on"), "2025-03-01");
    contact.source_label = "Fichier acheté";
    EXPECT_FALSE(all.has_other_origin(contact));
    contact.source_label = "Divers";
    EXPECT_FALSE(all.has_other_origin(contact));
}

TEST(Contact, APurchaseMakesACustomerAndLastActivityOnlyIfItIsThePersons) {
    Contact contact = with_email("camille@gmail.com");
    contact.last_purchase = day("2025-05-01");
    contact.last_activity = day("2026-05-01");
    contact.product_family = "piscines";
    const law::Facts facts = facts_of(contact);
    EXPECT_EQ(text_of(facts, "relation"), "customer");
    EXPECT_EQ(text_of(facts, "relation.last_sale_on"), "2025-05-01");
    EXPECT_EQ(text_of(facts, "last_contact_from_person_on"), "2025-05-01");
    EXPECT_EQ(text_of(facts, "offer.kind"), "own_similar");
    const std::string by_person = std::string(kCampaign) + "[list]\nlast_activity = \"person\"\n";
    EXPECT_EQ(text_of(facts_of(contact, by_person), "last_contact_from_person_on"), "2026-05-01");
    contact.is_customer = false;
    contact.product_family = "Vérandas";
    EXPECT_EQ(text_of(facts_of(contact), "relation"), "none");
    EXPECT_EQ(text_of(facts_of(contact), "offer.kind"), "own_other");
}

TEST(Contact, TheRegionComesFromThePostcodeOrTheNumber) {
    const Campaign campaign = test::campaign_of(kCampaign);
    const ContactFacts all(test::real_law(), campaign, test::reference());
    Contact contact;
    contact.postcode = "97400";
    EXPECT_EQ(all.place_of(contact).region, "974");
    EXPECT_EQ(all.place_of(contact).country, "fr");
    contact.postcode = "97133";
    EXPECT_EQ(all.place_of(contact).region, "bl");
    contact.postcode = "75001";
    EXPECT_EQ(all.place_of(contact).region, "");
    contact.country = "be";
    contact.postcode = "6700";
    EXPECT_EQ(all.place_of(contact).region, "");
    Contact caller;
    caller.phone = ledger::contact_point_of_phone("+262 692 12 34 56", "fr").value();
    EXPECT_EQ(all.place_of(caller).region, "974");
}

}  // namespace
}  // namespace licet::gate
