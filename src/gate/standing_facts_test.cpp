// SPDX-License-Identifier: Apache-2.0
// Goal: list and ledger about one person are joined so that the stricter and the later word wins.
// Method: one standing for each sentence, joined into facts that a list gave.
// Cites: [gdpr] [cpce:L34-5]
#include "gate/standing_facts.h"

#include <gtest/gtest.h>

#include "gate/gate_test_support.h"

namespace licet::gate {
namespace {

using ledger::Standing;
using test::day;
using test::text_of;

law::Facts joined(const Standing& standing, std::string_view given = "",
                  std::string_view channel = "email", std::string_view family = "") {
    law::Facts facts = given.empty() ? law::Facts{} : test::facts_of(given);
    join_standing(test::real_law(), standing,
                  {channel, "commercial", "", family, day("2026-11-23")}, facts);
    return facts;
}

TEST(StandingFacts, AnObjectionFromEitherSideStands) {
    Standing standing;
    EXPECT_EQ(text_of(joined(standing, "objection = this_channel"), "objection"), "this_channel");
    standing.objections[{"", "email", ""}] = {day("2026-02-01"), {}};
    EXPECT_EQ(text_of(joined(standing), "objection"), "this_channel");
    EXPECT_EQ(text_of(joined(standing), "objection.on"), "2026-02-01");
    EXPECT_EQ(text_of(joined(standing, "objection = none"), "objection"), "this_channel");
    EXPECT_EQ(text_of(joined(standing, "", "sms"), "objection"), "?");
    standing.objections[{}] = {day("2026-01-01"), {}};
    EXPECT_EQ(text_of(joined(standing), "objection"), "all");
    EXPECT_EQ(text_of(joined(standing), "objection.on"), "2026-02-01");
    EXPECT_EQ(text_of(joined(standing, "", "sms"), "objection.on"), "2026-01-01");
    EXPECT_EQ(test::supplier_of(joined(standing), "objection"), "ledger");
}

TEST(StandingFacts, TheLaterObjectionCounts) {
    Standing standing;
    standing.objections[{"", "email", ""}] = {day("2026-02-01"), {}};
    EXPECT_EQ(text_of(joined(standing, "objection = this_channel, objection.on = 2026-03-01"),
                      "objection.on"),
              "2026-03-01");
    EXPECT_EQ(text_of(joined(standing, "objection = this_channel, objection.on = 2026-01-01"),
                      "objection.on"),
              "2026-02-01");
}

// Whoever refused in the list may have done so after the consent: without a date nothing lifts it.
TEST(StandingFacts, AnObjectionOfTheListWithoutADateIsNotDatedByTheLedgers) {
    Standing standing;
    standing.objections[{"", "email", ""}] = {day("2026-02-01"), {}};
    standing.consents[{"", "email", ""}].given_on = day("2026-03-01");
    EXPECT_EQ(text_of(joined(standing, "objection = this_channel"), "objection.on"), "?");
}

std::string objection_to(const ledger::Scope& scope, std::string_view purpose,
                         std::string_view brand = "", std::string_view given = "",
                         std::optional<Date> until = {}) {
    Standing standing;
    standing.objections[scope] = {day("2026-02-01"), until};
    law::Facts facts = given.empty() ? law::Facts{} : test::facts_of(given);
    join_standing(test::real_law(), standing, {"email", purpose, brand, "", day("2026-11-23")},
                  facts);
    return text_of(facts, "objection");
}

TEST(StandingFacts, AnObjectionReachesAsFarAsItsScope) {
    EXPECT_EQ(objection_to({"", "", "commercial"}, "commercial.wine"), "all");
    EXPECT_EQ(objection_to({"", "email", "commercial.wine"}, "commercial"), "this_channel");
    EXPECT_EQ(objection_to({"", "email", "commercial.wine"}, "commercial.events"), "?");
    EXPECT_EQ(objection_to({"", "email", "transactional"}, "commercial.events"), "other_purpose");
    EXPECT_EQ(objection_to({"", "sms", "transactional"}, "commercial"), "?");
    EXPECT_EQ(objection_to({"north", "", ""}, "commercial", "north"), "all");
    EXPECT_EQ(objection_to({"north", "", ""}, "commercial", "south"), "?");
    EXPECT_EQ(objection_to({"north", "", ""}, "commercial"), "all");
}

TEST(StandingFacts, TheWiderOfTwoObjectionsStands) {
    EXPECT_EQ(objection_to({"", "email", "transactional"}, "commercial", "", "objection = all"),
              "all");
    EXPECT_EQ(objection_to({"", "email", ""}, "commercial", "", "objection = other_purpose"),
              "this_channel");
}

TEST(StandingFacts, AListOfAPartnerEndsOnItsLastDay) {
    EXPECT_EQ(objection_to({}, "commercial", "", "", day("2026-11-23")), "all");
    EXPECT_EQ(objection_to({}, "commercial", "", "", day("2026-11-22")), "?");
}

TEST(StandingFacts, APauseForbidsUpToItsLastDay) {
    ledger::Event pause;
    pause.kind = ledger::EventKind::kPaused;
    pause.happened_on = day("2026-11-01");
    for (const auto& [until, expected] : {std::pair{"2026-11-22", "?"}, {"2026-11-23", "all"}}) {
        pause.attributes = {{"until", until}};
        const ledger::Standing standing =
            ledger::standing_of(std::span(&pause, 1), day("2026-12-31"));
        EXPECT_EQ(text_of(joined(standing), "objection"), expected) << until;
    }
}

TEST(StandingFacts, AConsentToAPurposeIsNoneToItsTopics) {
    Standing standing;
    ledger::ConsentStanding& north = standing.consents[{"north", "email", "commercial"}];
    north.given_on = day("2026-03-01");
    north.particulars = {{"consent.covers_sender", "yes"}};
    const auto asked = [&](std::string_view purpose, std::string_view brand, const char* fact) {
        law::Facts facts;
        join_standing(test::real_law(), standing, {"email", purpose, brand, "", day("2026-11-23")},
                      facts);
        return text_of(facts, fact);
    };
    EXPECT_EQ(asked("commercial", "north", "consent.covers_purpose"), "?");
    EXPECT_EQ(asked("commercial.wine", "north", "consent.covers_purpose"), "no");
    EXPECT_EQ(asked("commercial", "north", "consent.covers_sender"), "yes");
    EXPECT_EQ(asked("commercial", "south", "consent.covers_sender"), "no");
    EXPECT_EQ(asked("commercial", "", "consent.covers_sender"), "?");
}

TEST(StandingFacts, AConsentCountsForItsChannelAndAWithdrawalForAll) {
    Standing standing;
    standing.consents[{"", "email", ""}].given_on = day("2026-03-01");
    standing.consents[{"", "email", ""}].particulars = {{"consent.act", "clear"}};
    EXPECT_EQ(text_of(joined(standing), "consent"), "given");
    EXPECT_EQ(text_of(joined(standing), "consent.on"), "2026-03-01");
    EXPECT_EQ(text_of(joined(standing), "consent.act"), "clear");
    EXPECT_EQ(text_of(joined(standing), "consent.covers_channel"), "yes");
    EXPECT_EQ(text_of(joined(standing, "", "sms"), "consent"), "?");
    standing.consents[{"", "", ""}].withdrawn_on = day("2026-04-01");
    EXPECT_EQ(text_of(joined(standing), "consent"), "withdrawn");
    EXPECT_EQ(text_of(joined(standing, "", "sms"), "consent"), "withdrawn");
}

TEST(StandingFacts, AConsentWithoutAChannelCountsForNone) {
    Standing standing;
    standing.consents[{"", "", ""}].given_on = day("2026-03-01");
    EXPECT_EQ(text_of(joined(standing), "consent"), "?");
    EXPECT_EQ(text_of(joined(standing, "consent = none"), "consent"), "none");
}

TEST(StandingFacts, OnTheSameDayTheWithdrawalWins) {
    Standing standing;
    standing.consents[{"", "email", ""}].given_on = day("2026-03-01");
    standing.consents[{"", "email", ""}].withdrawn_on = day("2026-03-01");
    EXPECT_EQ(text_of(joined(standing), "consent"), "withdrawn");
    standing.consents[{"", "email", ""}].given_on = day("2026-03-02");
    EXPECT_EQ(text_of(joined(standing), "consent"), "given");
    standing.consents[{"", "email", ""}].refused_on = day("2026-03-03");
    EXPECT_EQ(text_of(joined(standing), "consent"), "refused");
}

TEST(StandingFacts, WhatTheLedgerKnowsReplacesAMereClaim) {
    Standing standing;
    standing.consents[{"", "email", ""}].withdrawn_on = day("2026-03-01");
    EXPECT_EQ(text_of(joined(standing, "consent = given, consent.on = 2026-05-01"), "consent"),
              "withdrawn");
}

TEST(StandingFacts, AConsentForAnotherPurposeDoesNotCoverThisOne) {
    Standing standing;
    ledger::ConsentStanding& survey = standing.consents[{"", "email", "survey"}];
    survey.given_on = day("2026-03-01");
    survey.particulars = {{"consent.covers_purpose", "yes"}, {"consent.covers_channel", "no"}};
    EXPECT_EQ(text_of(joined(standing), "consent.covers_purpose"), "no");
    EXPECT_EQ(text_of(joined(standing), "consent.covers_channel"), "yes");
    standing.consents[{"", "email", "commercial"}] = survey;
    EXPECT_EQ(text_of(joined(standing), "consent.covers_purpose"), "yes");
}

TEST(StandingFacts, OnlyAConfirmedRequestIsAConsent) {
    Standing standing;
    ledger::OptInRequest& request = standing.opt_in_requests["r"];
    request.questions = {{{day("2026-03-01"), ""},
                          {"", "email", "commercial"},
                          7,
                          {{"consent.act", "clear"}, {"consent.proof", "none"}}}};
    request.steps[ledger::OptInStep::kPageSeen] = {{day("2026-03-02"), ""}};
    EXPECT_EQ(text_of(joined(standing), "consent"), "?");
    request.steps[ledger::OptInStep::kConfirmed] = {{day("2026-03-02"), ""}};
    EXPECT_EQ(text_of(joined(standing), "consent"), "given");
    EXPECT_EQ(text_of(joined(standing), "consent.on"), "2026-03-02");
    EXPECT_EQ(text_of(joined(standing), "consent.proof"), "double_opt_in");
    EXPECT_EQ(text_of(joined(standing), "consent.act"), "clear");
    EXPECT_EQ(text_of(joined(standing, "", "sms"), "consent"), "?");
}

TEST(StandingFacts, TheOriginOfTheLedgerReplacesThatOfTheList) {
    Standing standing;
    standing.origin.on = day("2026-02-01");
    standing.origin.particulars = {{"origin", "broker"}, {"origin.informed", "no"}};
    standing.first_collected_on = day("2024-01-01");
    const law::Facts facts = joined(standing, "origin = person_other, origin.informed = yes");
    EXPECT_EQ(text_of(facts, "origin"), "broker");
    EXPECT_EQ(text_of(facts, "origin.informed"), "no");
    EXPECT_EQ(text_of(facts, "origin.on"), "2026-02-01");
    EXPECT_EQ(text_of(facts, "origin.collected_on"), "2024-01-01");
}

TEST(StandingFacts, TheLaterActOfThePersonCounts) {
    Standing standing;
    standing.last_act_on = day("2026-02-01");
    standing.last_order_on = day("2025-01-01");
    standing.last_open_on = day("2026-10-01");
    const law::Facts facts = joined(
        standing, "last_contact_from_person_on = 2026-01-01, relation.last_sale_on = 2025-06-01");
    EXPECT_EQ(text_of(facts, "last_contact_from_person_on"), "2026-02-01");
    EXPECT_EQ(text_of(facts, "relation.last_sale_on"), "2025-06-01");
    EXPECT_EQ(text_of(facts, "last_open_on"), "2026-10-01");
    EXPECT_EQ(text_of(joined(standing, "last_contact_from_person_on = 2026-09-01"),
                      "last_contact_from_person_on"),
              "2026-09-01");
    EXPECT_EQ(text_of(joined(standing, "last_contact_from_person_on = never"),
                      "last_contact_from_person_on"),
              "2026-02-01");
}

TEST(StandingFacts, WhoeverOrderedIsACustomerUnlessTheListSaysOtherwise) {
    Standing standing;
    standing.last_order_on = day("2025-01-01");
    EXPECT_EQ(text_of(joined(standing), "relation"), "customer");
    EXPECT_EQ(text_of(joined(standing, "relation = former_customer"), "relation"),
              "former_customer");
}

TEST(StandingFacts, ANoticeGivenLaterDoesNotCountYet) {
    Standing standing;
    standing.informed_on = day("2026-11-24");
    EXPECT_EQ(text_of(joined(standing), "notice14"), "?");
    standing.informed_on = day("2026-11-23");
    EXPECT_EQ(text_of(joined(standing), "notice14"), "given_before");
}

TEST(StandingFacts, ACallBackIsAboutItsObject) {
    Standing standing;
    EXPECT_EQ(text_of(joined(standing, "", "live_call", "piscine"), "prior_request"), "?");
    standing.callback_requested_on = day("2026-11-20");
    standing.callback_object = "Piscine";
    EXPECT_EQ(text_of(joined(standing, "", "live_call", "piscine"), "callback.same_object"), "yes");
    EXPECT_EQ(text_of(joined(standing, "", "live_call", "véranda"), "callback.same_object"), "no");
    EXPECT_EQ(text_of(joined(standing, "", "live_call", ""), "callback.same_object"), "?");
    EXPECT_EQ(text_of(joined(standing, "", "live_call", ""), "callback.requested_at"),
              "2026-11-20");
    EXPECT_EQ(text_of(joined(standing, "", "live_call", ""), "prior_request"), "yes");
}

// Two objects in a script without Latin letters fold to nothing; they are not the same for that.
TEST(StandingFacts, AnUnknownObjectIsNotTheSameObject) {
    Standing standing;
    standing.callback_requested_on = day("2026-11-20");
    EXPECT_EQ(text_of(joined(standing, "", "live_call", "piscine"), "callback.same_object"), "no");
}

TEST(StandingFacts, AttemptsAreThoseOfThirtyDays) {
    Standing standing;
    standing.call_attempts = {
        {"a", day("2026-10-25")}, {"b", day("2026-10-24")}, {"c", day("2026-11-23")}};
    standing.call_refused_on = day("2026-11-01");
    EXPECT_EQ(text_of(joined(standing, "", "live_call"), "calls.last_30_days"), "2");
    EXPECT_EQ(text_of(joined(standing, "", "live_call"), "calls.refused_on"), "2026-11-01");
}

// The dialler may have counted calls that never reached the ledger.
TEST(StandingFacts, TheHigherCountOfCallsWins) {
    EXPECT_EQ(text_of(joined({}, "calls.last_30_days = 5", "live_call"), "calls.last_30_days"),
              "5");
}

}  // namespace
}  // namespace licet::gate
