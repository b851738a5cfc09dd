// SPDX-License-Identifier: Apache-2.0
// Goal: of all that a person said on consent, the word that counts for one contact is found.
// Method: one standing for each sentence.
#include "ledger/consent.h"

#include <gtest/gtest.h>

namespace licet::ledger {
namespace {

using namespace std::chrono_literals;

constexpr Date kMarch{2026y / 3 / 1};
constexpr Date kApril{2026y / 4 / 1};
constexpr Date kMay{2026y / 5 / 1};

ConsentStanding given(Date day, std::string act = "clear") {
    ConsentStanding consent;
    consent.given_on = day;
    consent.particulars = {{"consent.act", std::move(act)}};
    return consent;
}

TEST(ConsentFor, TwoPurposesOfOneChannelAreTwoConsents) {
    Standing standing;
    standing.consents[{"", "email", "commercial"}] = given(kMarch);
    standing.consents[{"", "email", "survey"}] = given(kApril);
    EXPECT_EQ(consent_for(standing, {"", "email", "commercial"}).given_on, kMarch);
    EXPECT_TRUE(consent_for(standing, {"", "email", "commercial"}).covers_purpose);
    EXPECT_EQ(consent_for(standing, {"", "email", "survey"}).given_on, kApril);
    EXPECT_FALSE(consent_for(standing, {"", "email", "charity"}).covers_purpose);
}

TEST(ConsentFor, TheNewerOfTwoThatFitCounts) {
    Standing standing;
    standing.consents[{"", "email", "commercial"}] = given(kMarch);
    standing.consents[{"", "email", ""}] = given(kApril, "preticked");
    EXPECT_EQ(consent_for(standing, {"", "email", "commercial"}).particulars.at("consent.act"),
              "preticked");
    standing.consents[{"", "email", "commercial"}] = given(kApril);
    EXPECT_EQ(consent_for(standing, {"", "email", "commercial"}).particulars.at("consent.act"),
              "clear");
}

TEST(ConsentFor, ARefusalOfOnePurposeOrOfAllChannelsCounts) {
    Standing standing;
    standing.consents[{"", "email", "commercial"}] = given(kMarch);
    standing.consents[{"", "email", "survey"}].withdrawn_on = kApril;
    EXPECT_FALSE(consent_for(standing, {"", "email", "commercial"}).is_given());
    standing.consents[{"", "email", "commercial"}] = given(kMay);
    EXPECT_TRUE(consent_for(standing, {"", "email", "commercial"}).is_given());
    standing.consents[{"", "", ""}].refused_on = kMay;
    EXPECT_FALSE(consent_for(standing, {"", "email", "commercial"}).is_given());
    EXPECT_EQ(consent_for(standing, {"", "sms", "commercial"}).refused_on, kMay);
}

TEST(ConsentFor, AConsentForAnotherBrandIsToldAndIsNone) {
    Standing standing;
    standing.consents[{"north", "email", "commercial"}] = given(kMarch);
    EXPECT_FALSE(consent_for(standing, {"north", "email", "commercial"}).is_of_other_brand);
    EXPECT_TRUE(consent_for(standing, {"south", "email", "commercial"}).is_of_other_brand);
    standing.consents[{"south", "email", "commercial"}] = given(kMarch, "preticked");
    const ConsentWord south = consent_for(standing, {"south", "email", "commercial"});
    EXPECT_FALSE(south.is_of_other_brand);
    EXPECT_EQ(south.particulars.at("consent.act"), "preticked");
}

TEST(ConsentFor, AConsentWithoutAChannelCountsForNone) {
    Standing standing;
    standing.consents[{"", "", ""}] = given(kMarch);
    EXPECT_FALSE(consent_for(standing, {"", "email", "commercial"}).is_known());
    EXPECT_FALSE(consent_for(standing, {"", "", "commercial"}).is_known());
}

// A claim is what an import says: it has a batch, and no proof.
Event claim(Date day) {
    Event event;
    event.kind = EventKind::kConsentGiven;
    event.happened_on = day;
    event.channel = "email";
    event.purpose = "commercial";
    event.key = "claim";
    event.attributes = {{"batch", "b"}, {"consent.proof", "none"}};
    return event;
}

TEST(ConsentFor, AClaimOfAnImportCountsOnlyWhereThePersonSaidNothing) {
    using namespace std::chrono_literals;
    constexpr Date kEnd{9999y / 12 / 31};
    const Scope asked{"", "email", "commercial"};
    std::vector<Event> history{claim(Date{2026y / 5 / 1})};
    const ConsentWord alone = consent_for(standing_of(history, kEnd), asked);
    EXPECT_TRUE(alone.is_given());
    EXPECT_EQ(alone.particulars.at("consent.proof"), "none");

    for (const EventKind kind : {EventKind::kConsentRefused, EventKind::kConsentWithdrawn}) {
        std::vector<Event> refused = history;
        refused.push_back(claim(Date{2020y / 1 / 1}));
        refused.back().kind = kind;
        refused.back().attributes.clear();
        EXPECT_FALSE(consent_for(standing_of(refused, kEnd), asked).is_given());
    }
    std::vector<Event> proved = history;
    proved.push_back(claim(Date{2020y / 1 / 1}));
    proved.back().attributes = {{"consent.proof", "individual"}};
    EXPECT_EQ(consent_for(standing_of(proved, kEnd), asked).particulars.at("consent.proof"),
              "individual");

    history.push_back(claim(Date{2026y / 6 / 1}));
    history.back().kind = EventKind::kImportUndone;
    EXPECT_FALSE(consent_for(standing_of(history, kEnd), asked).is_known());
}

}  // namespace
}  // namespace licet::ledger
