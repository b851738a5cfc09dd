// SPDX-License-Identifier: Apache-2.0
// Goal: remedies are single changes that somebody can lawfully make; an answer holds until the day
// it changes. Method: forbidden acts of the real packs, and a small world for what must never be
// proposed. Cites: [cpce:L34-5] [conso:D223-9] [gdpr]
#include "law/remedy.h"

#include <gtest/gtest.h>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

using test::real_law;
using test::SmallLaw;
using Lines = std::vector<std::string>;

// "us: message.honest_subject = yes" for the first change of each remedy.
Lines remedies_of(const Law& law, std::string_view facts) {
    static const std::map<Changer, std::string> kNames = {{Changer::kUs, "us"},
                                                          {Changer::kPerson, "person"},
                                                          {Changer::kTime, "time"},
                                                          {Changer::kNobody, "nobody"}};
    Lines out;
    for (const Remedy& remedy : remedies(law, "contact", test::facts_of(law, facts))) {
        const FactChange& first = remedy.changes.front();
        const std::string& name = law.vocabulary().fact(first.fact).name;
        out.push_back(kNames.at(remedy.by) + ": " + (first.is_word ? name + " = " : "") +
                      first.value);
    }
    return out;
}
std::string changes(const Law& law, std::string_view facts) {
    const auto day = changes_on(law, "contact", test::facts_of(law, facts));
    return day ? text_of(*day) : "";
}

constexpr std::string_view kEmail =
    "background = ordinary_offer, background = clean, background = collected_by_us, "
    "background = conformant_message, country = fr, at = 2026-11-23, channel = email, audience = "
    "consumer, "
    "consent.on = never, origin.collected_on = 2026-01-05, relation.last_sale_on = never, "
    "objection.on = never";

TEST(Remedy, ForAConsumerWithoutConsentTheConsentIsThePersons) {
    const Lines found = remedies_of(real_law(), kEmail);
    EXPECT_TRUE(std::count(found.begin(), found.end(), "person: consent = given"))
        << join(found, "; ");
}

TEST(Remedy, AFlawOfTheMessageIsOursToMend) {
    const auto facts =
        "country = fr, at = 2026-11-23, channel = email, audience = organisation, "
        "purpose = commercial, objection = none, background = conformant_message, "
        "message.honest_subject = no";
    EXPECT_EQ(remedies_of(real_law(), facts),
              (Lines{"us: channel = live_call", "us: message.honest_subject = yes"}));
}

TEST(Remedy, TwoFlawsOfTheMessageAreNotMendedByOneChangeToIt) {
    const auto facts =
        "country = fr, at = 2026-11-23, channel = email, audience = organisation, "
        "purpose = commercial, objection = none, background = conformant_message, "
        "message.stop_contact = no, message.honest_subject = no";
    EXPECT_EQ(remedies_of(real_law(), facts), Lines{"us: channel = live_call"});
}

TEST(Remedy, TheHourIsChangedByWaiting) {
    const auto facts =
        "background = ordinary_offer, background = clean, background = first_call, "
        "background = collected_by_us, background = conformant_script, background = valid_consent, "
        "country = fr, at = 2026-09-16, channel = live_call, audience = consumer, "
        "consent.on = 2026-08-20, consent.phone_mentions = yes, weekday = wed, public_holiday = "
        "no, "
        "local_time = 13:30";
    const Lines found = remedies_of(real_law(), facts);
    EXPECT_TRUE(
        std::count(found.begin(), found.end(), "time: local_time >= 10:00, local_time < 13:00"))
        << join(found, "; ");
}

TEST(Remedy, NobodyIsToldToUndoAnObjectionOrAListing) {
    SmallLaw small;
    small.blocks =
        "rule a\n  answers contact = allowed\n  when objection = none, register.aa_list = "
        "not_listed\n" +
        std::string(test::kTexts) +
        "rule b\n  answers contact = forbidden\n  when not objection = none\n" +
        std::string(test::kTexts) +
        "rule c\n  answers contact = forbidden\n  when register.aa_list = listed\n" +
        std::string(test::kTexts);
    const auto law = small.law();
    EXPECT_EQ(remedies_of(*law, "country = aa, objection = all, register.aa_list = not_listed"),
              Lines{});
    EXPECT_EQ(remedies_of(*law, "country = aa, objection = none, register.aa_list = listed"),
              Lines{});
}

TEST(Remedy, NoRemedyOfTheRealPacksTouchesAnObjection) {
    const std::string facts = std::string(kEmail) + ", objection = all, objection.on = 2026-05-01";
    for (const Remedy& remedy : remedies(real_law(), "contact", test::facts_of(real_law(), facts)))
        for (const FactChange& change : remedy.changes)
            EXPECT_FALSE(real_law().vocabulary().fact(change.fact).name.starts_with("objection"));
}

TEST(Remedy, OursComeBeforeThePersonsBeforeTimes) {
    SmallLaw small;
    small.blocks =
        "define fine\n  when flag\ndefine fine\n  when shape = round\ndefine fine\n  when count < "
        "3\n"
        "rule a\n  answers contact = forbidden\n  when not fine\n" +
        std::string(test::kTexts) + "rule b\n  answers contact = allowed\n  when fine\n" +
        std::string(test::kTexts);
    const auto law = small.law();
    EXPECT_EQ(remedies_of(*law, "country = aa, flag = no, shape = square, count = 5"),
              (Lines{"us: flag = yes", "person: shape = round", "time: count < 3"}));
}

TEST(Remedy, OnlyAnActThatIsSurelyForbiddenHasRemedies) {
    SmallLaw small;
    small.blocks = "rule a\n  answers contact = forbidden\n  when colour = red\n" +
                   std::string(test::kTexts) +
                   "rule b\n  answers contact = allowed\n  when flag\n" + std::string(test::kTexts);
    const auto law = small.law();
    EXPECT_EQ(remedies_of(*law, "country = aa, colour = blue, flag = no"), Lines{});
    EXPECT_EQ(remedies_of(*law, "country = aa, colour = blue, flag = yes"), Lines{});
    EXPECT_EQ(remedies_of(*law, "country = aa, flag = no"), Lines{});
    EXPECT_EQ(remedies_of(*law, "country = aa, colour = red, flag = yes"),
              Lines{"us: colour = green"});
    EXPECT_TRUE(remedies(*law, "keep", {}).empty());
}

TEST(Remedy, WhatIsUnknownBesideTheChangeIsNamedAfterIt) {
    SmallLaw small;
    small.blocks =
        "rule a\n  answers contact = forbidden\n  when not flag\n" + std::string(test::kTexts) +
        "rule b\n  answers contact = allowed\n  when flag, open\n" + std::string(test::kTexts);
    const auto law = small.law();
    const auto found = remedies(*law, "contact", test::facts_of(*law, "country = aa, flag = no"));
    ASSERT_EQ(found.size(), 1U);
    ASSERT_EQ(found[0].changes.size(), 2U);
    EXPECT_EQ(law->vocabulary().fact(found[0].changes[0].fact).name, "flag");
    EXPECT_EQ(law->vocabulary().fact(found[0].changes[1].fact).name, "open");
}

TEST(Remedy, AnAnswerHoldsUntilTheDayAfterItsPeriod) {
    const auto post =
        "background = ordinary_offer, background = clean, background = collected_by_us, "
        "country = fr, channel = post, audience = consumer, code_adherent = no, consent.on = "
        "never, "
        "last_contact_from_person_on = 2024-02-29, origin.collected_on = 2019-01-01, "
        "relation.last_sale_on = never, relation.ended_on = never, relation.last_inquiry_on = "
        "never, at = ";
    EXPECT_EQ(changes(real_law(), post + std::string("2026-11-23")), "2027-03-01");
    EXPECT_EQ(changes(real_law(), post + std::string("2027-02-28")), "2027-03-01");
    EXPECT_EQ(changes(real_law(), post + std::string("2027-03-01")), "");
}

TEST(Remedy, AnAnswerChangesWhenTheLawDoes) {
    const auto call =
        "background = ordinary_offer, background = clean, background = first_call, "
        "background = own_customer, background = conformant_script, country = fr, channel = "
        "live_call, "
        "audience = consumer, weekday = wed, local_time = 11:00, public_holiday = no, "
        "register.bloctel = not_listed, register.bloctel.checked_on = 2026-07-20, consent.on = "
        "never, "
        "relation.last_sale_on = 2026-01-01, at = ";
    EXPECT_EQ(changes(real_law(), call + std::string("2026-08-09")), "2026-08-11");
    EXPECT_EQ(changes(real_law(), call + std::string("2026-08-10")), "2026-08-11");
    EXPECT_EQ(changes(real_law(), call + std::string("2026-08-11")), "");
}

TEST(Remedy, ADateStillToComeChangesTheAnswerOnItsDay) {
    SmallLaw small;
    small.blocks = "rule a\n  answers contact = allowed\n  when seen_on within 1 month of at\n" +
                   std::string(test::kTexts);
    const auto law = small.law();
    EXPECT_EQ(changes(*law, "country = aa, seen_on = 2026-12-01, at = 2026-11-23"), "2026-12-01");
    EXPECT_EQ(changes(*law, "country = aa, seen_on = 2026-12-01, at = 2026-12-01"), "2027-01-02");
    EXPECT_EQ(changes(*law, "country = aa, seen_on = 2026-12-01"), "");
    EXPECT_EQ(changes_on(*law, "keep", {}), std::nullopt);
}

}  // namespace
}  // namespace licet::law
