// SPDX-License-Identifier: Apache-2.0
// Goal: the gate joins request, ledger and clock, says who supplied each fact, and fails closed.
// Cites: [conso:L223-1] [conso:D223-9] [cpce:L34-5] [gdpr]
#include "gate/gate.h"

#include <gtest/gtest.h>

#include "gate/gate_test_support.h"

namespace licet::gate {
namespace {

using ledger::Standing;
using Lines = std::vector<std::string>;
using test::day;
using test::text_of;

Verdict verdict_of(std::string_view facts, const Standing* standing = nullptr,
                   Depth depth = Depth::kFull) {
    Request request;
    request.facts = test::facts_of(facts);
    request.standing = standing;
    return check(test::real_law(), test::offset_of, request, depth).value();
}

constexpr std::string_view kLetter =
    "background = ordinary_offer, background = collected_by_us, country = fr, channel = post, "
    "audience = consumer, "
    "code_adherent = no, at = 2026-11-23, origin.collected_on = 2026-01-05, contract = none, "
    "relation = none, "
    "relation.last_sale_on = never, relation.ended_on = never, relation.last_inquiry_on = never";
constexpr std::string_view kCall =
    "background = ordinary_offer, background = collected_by_us, background = valid_consent, "
    "background = conformant_script, country = fr, channel = live_call, audience = consumer, "
    "contract = none, "
    "consent.phone_mentions = yes, consent.on = 2026-06-20, objection = none, calls.last_30_days = "
    "0, "
    "calls.refused_on = never, relation = none, sector = general, callback.requested_at = never, "
    "origin.collected_on = 2026-06-20";

TEST(Gate, WithoutALedgerItsSilenceSaysNothing) {
    const Verdict alone = verdict_of(kLetter);
    EXPECT_EQ(alone.answer, "undetermined");
    EXPECT_FALSE(alone.missing.empty());
    EXPECT_FALSE(alone.is_allowed());
    const Standing nothing;
    const Verdict asked = verdict_of(kLetter, &nothing);
    EXPECT_EQ(asked.answer, "allowed");
    EXPECT_TRUE(asked.is_allowed());
    EXPECT_EQ(text_of(asked.facts, "objection"), "none");
    EXPECT_EQ(test::supplier_of(asked.facts, "objection"), "ledger");
    EXPECT_EQ(test::supplier_of(asked.facts, "weekday"), "derived");
    EXPECT_EQ(test::supplier_of(asked.facts, "channel"), "request");
}

TEST(Gate, AnObjectionOfTheLedgerForbidsAndNamesItsLaw) {
    Standing standing;
    standing.objections[{}] = {day("2026-02-01"), {}};
    const Verdict verdict = verdict_of(kLetter, &standing);
    EXPECT_EQ(verdict.answer, "forbidden");
    ASSERT_FALSE(verdict.reasons.empty());
    EXPECT_EQ(verdict.reasons[0].rule, "eu.objection");
    EXPECT_EQ(verdict.duties, Lines{});
    EXPECT_EQ(verdict.certainty, law::Certainty::kSettled);
}

TEST(Gate, TheHourIsThatOfThePersonCalled) {
    EXPECT_EQ(verdict_of(std::string(kCall) + ", at = 2026-09-16T11:30+02:00").answer, "allowed");
    EXPECT_EQ(verdict_of(std::string(kCall) + ", at = 2026-09-16T13:30+02:00").answer, "forbidden");
    EXPECT_EQ(verdict_of(std::string(kCall) + ", at = 2026-09-16T11:30+02:00, region = 974").answer,
              "forbidden");
    EXPECT_EQ(verdict_of(std::string(kCall) + ", at = 2026-09-16T12:30+02:00, region = 974").answer,
              "allowed");
    EXPECT_EQ(verdict_of(std::string(kCall) + ", at = 2026-09-20T11:30+02:00").answer, "forbidden");
    EXPECT_EQ(verdict_of(std::string(kCall) + ", at = 2026-11-11T11:30+01:00").answer, "forbidden");
    EXPECT_EQ(verdict_of(std::string(kCall) + ", at = 2026-09-16").answer, "allowed");
    EXPECT_EQ(verdict_of(std::string(kCall) + ", at = 2026-09-20").answer, "forbidden");
}

TEST(Gate, AVerdictHoldsUntilItsDay) {
    const Standing nothing;
    EXPECT_EQ(verdict_of(kLetter, &nothing).changes_on, day("2029-01-06"));
    EXPECT_EQ(verdict_of(kLetter, &nothing, Depth::kAnswer).changes_on, std::nullopt);
    EXPECT_EQ(verdict_of(kLetter).changes_on, std::nullopt);
}

TEST(Gate, ACountryWithoutLawIsUndeterminedAndNamed) {
    const Verdict verdict =
        verdict_of("country = jp, channel = email, purpose = commercial, objection = all");
    EXPECT_EQ(verdict.answer, "undetermined");
    EXPECT_EQ(verdict.missing,
              std::vector<law::FactId>{test::real_law().vocabulary().find("country")});
    EXPECT_TRUE(verdict.reasons.empty());
    EXPECT_TRUE(verdict.duties.empty());
}

TEST(Gate, SilenceOfACountryThatAnswersOtherQuestionsIsNoAnswer) {
    Request request;
    request.facts = test::facts_of("country = us");
    request.question = "keep";
    const Verdict verdict = check(test::real_law(), test::offset_of, request).value();
    EXPECT_EQ(verdict.answer, "undetermined");
    EXPECT_EQ(verdict.note->id, "gate.no_law");
    request.facts = test::facts_of("country = pl");
    EXPECT_FALSE(check(test::real_law(), test::offset_of, request)->note.has_value());
}

TEST(Gate, ThePackOfAVerdictIsThatOfTheCountryOrAllOfThem) {
    EXPECT_TRUE(verdict_of(kLetter).pack.starts_with("fr@"));
    EXPECT_TRUE(verdict_of("country = mt, channel = post").pack.starts_with("eu@"));
    EXPECT_NE(verdict_of("channel = post").pack.find(" fr@"), std::string::npos);
}

TEST(Gate, AQuestionWithoutRulesIsAnError) {
    Request request;
    request.question = "no_such_question";
    const auto result = check(test::real_law(), test::offset_of, request);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code, ErrorCode::kMissing);
    EXPECT_EQ(result.error().message.id, "law.no_rules_for");
}

TEST(Gate, RemediesAreForForbiddenActsAndOnlyWhenWanted) {
    const std::string late = std::string(kCall) + ", at = 2026-09-16T13:30+02:00";
    EXPECT_FALSE(verdict_of(late).remedies.empty());
    EXPECT_TRUE(verdict_of(late, nullptr, Depth::kAnswer).remedies.empty());
    EXPECT_TRUE(verdict_of(std::string(kCall) + ", at = 2026-09-16T11:30+02:00").remedies.empty());
}

TEST(Gate, TheEventOfAVerdictNamesNoPerson) {
    const Verdict verdict = verdict_of(std::string(kCall) + ", at = 2026-09-16T13:30+02:00");
    const ledger::Event event = verdict_event(verdict, {}, day("2026-09-16"));
    EXPECT_EQ(event.kind, ledger::EventKind::kVerdictGiven);
    EXPECT_EQ(event.channel, "live_call");
    EXPECT_EQ(event.attributes.at("verdict"), "forbidden");
    EXPECT_EQ(event.attributes.at("question"), "contact");
    EXPECT_EQ(event.attributes.at("rule"), "fr.call.hours");
    EXPECT_EQ(event.attributes.at("pack"), verdict.pack);
}

}  // namespace
}  // namespace licet::gate
