// SPDX-License-Identifier: Apache-2.0
// Goal: how long a consent counts and how long its proof is kept are two answers of the law.
// Method: one consent to calls and one to e-mail, asked on the days around their ends.
// Cites: [conso:R223-1] [cnil:gestion]
#include "gate/consent_clocks.h"

#include "gate/gate_test_support.h"

namespace licet::gate {
namespace {

ledger::Standing consent_to(const std::string& channel, std::string_view day) {
    ledger::Standing standing;
    ledger::ConsentStanding& consent = standing.consents[{"", channel, "commercial"}];
    consent.given_on = test::day(day);
    consent.particulars = {
        {"consent.act", "clear"},          {"consent.informed", "yes"},
        {"consent.granular", "yes"},       {"consent.proof", "individual"},
        {"consent.covers_sender", "yes"},  {"consent.sender_named", "this_sender"},
        {"consent.covers_purpose", "yes"}, {"consent.phone_mentions", "yes"}};
    return standing;
}

ConsentClocks clocks(const ledger::Standing& standing, const std::string& channel,
                     std::string_view day) {
    ConsentAsked asked{{"fr", &standing, test::day(day)},
                       {"", channel, "commercial"},
                       test::facts_of("audience = consumer")};
    return consent_clocks(test::real_law(), test::offset_of, asked).value();
}

TEST(ConsentClocks, AConsentToCallsRunsOutAndItsProofIsKeptLonger) {
    const ledger::Standing standing = consent_to("live_call", "2026-09-01");
    const ConsentClocks before = clocks(standing, "live_call", "2027-08-31");
    EXPECT_EQ(before.validity.answer, "valid");
    EXPECT_EQ(before.validity.changes_on, test::day("2027-09-01"));
    EXPECT_EQ(before.retention.answer, "keep");
    EXPECT_EQ(before.retention.changes_on, test::day("2029-09-02"));
    const ConsentClocks after = clocks(standing, "live_call", "2027-09-01");
    EXPECT_EQ(after.validity.answer, "invalid");
    EXPECT_EQ(after.retention.answer, "keep");
    EXPECT_EQ(clocks(standing, "live_call", "2029-09-02").retention.answer, "erase");
}

TEST(ConsentClocks, AWithdrawnConsentCountsNoMoreAndItsProofIsArchived) {
    ledger::Standing standing = consent_to("email", "2026-03-02");
    EXPECT_EQ(clocks(standing, "email", "2026-11-26").validity.answer, "valid");
    EXPECT_FALSE(clocks(standing, "email", "2026-11-26").validity.changes_on.has_value());
    EXPECT_EQ(clocks(standing, "email", "2026-11-26").retention.answer, "keep");
    standing.consents[{"", "email", ""}].withdrawn_on = test::day("2026-10-01");
    EXPECT_EQ(clocks(standing, "email", "2026-11-26").validity.answer, "invalid");
    EXPECT_EQ(clocks(standing, "email", "2026-11-26").retention.answer, "archive");
}

TEST(ConsentClocks, AChannelThatThePacksDoNotKnowIsAnError) {
    const ledger::Standing standing;
    const ConsentAsked asked{{"fr", &standing, test::day("2026-11-26")}, {"", "pigeon", ""}, {}};
    EXPECT_EQ(consent_clocks(test::real_law(), test::offset_of, asked).error().code,
              ErrorCode::kInput);
}

}  // namespace
}  // namespace licet::gate
