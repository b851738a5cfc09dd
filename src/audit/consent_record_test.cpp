// SPDX-License-Identifier: Apache-2.0
// Goal: a choice becomes one record with all that ISO/IEC TS 27560 asks for, a no like a yes.
// Method: the same form answered with yes and no; a request by mail; a withdrawal.
#include "audit/consent_record.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace licet::audit {
namespace {

using namespace std::chrono_literals;
using ledger::EventKind;
using ledger::StoredEvent;

constexpr Date kDay{2026y / 3 / 2};
constexpr Date kToday{2026y / 11 / 26};
const std::string kDigest(64, 'a');

StoredEvent stored(std::int64_t seq, EventKind kind, std::string channel,
                   std::map<std::string, std::string> attributes, Date day = kDay) {
    StoredEvent one;
    one.place = {0, seq};
    one.event.kind = kind;
    one.event.person.bytes[0] = 7;
    one.event.happened_on = day;
    one.event.channel = std::move(channel);
    one.event.purpose = one.event.channel.empty() ? "" : "commercial";
    one.event.surface = "form";
    one.event.attributes = std::move(attributes);
    return one;
}

std::vector<StoredEvent> form(EventKind kind) {
    const std::map<std::string, std::string> particulars{
        {"choice", "0123456789abcdef"}, {"notice", kDigest},      {"language", "fr"},
        {"controller", "Exemple SARL"}, {"consent.act", "clear"}, {"at", "2026-03-02T10:00:05Z"}};
    return {stored(1, kind, "email", particulars), stored(2, kind, "sms", particulars)};
}

json::object record(const std::vector<StoredEvent>& events, Date day = kToday) {
    const auto acts = consent_acts(events);
    const std::map<std::string, ShownNotice> notices{
        {kDigest, {kDigest, "fr", "text/html", Date{2026y / 1 / 5}, {0, 9}, "<p>"}}};
    return consent_record(
        acts.front(), {"", "stop@example.com", "fr"}, notices,
        {{"valid", "eu.consent.valid", {}, {}}, {"keep", "fr.keep", {}, Date{2029y / 1 / 1}}}, day);
}

std::string text(const json::value& value) { return canonical(value); }

TEST(ConsentRecord, AFormForTwoChannelsIsOneRecord) {
    const auto acts = consent_acts(form(EventKind::kConsentGiven));
    ASSERT_EQ(acts.size(), 1U);
    EXPECT_EQ(channels_of(acts[0]), (std::vector<std::string>{"email", "sms"}));
    EXPECT_EQ(purposes_of(acts[0]), std::vector<std::string>{"commercial"});
    const json::object found = record(form(EventKind::kConsentGiven));
    EXPECT_EQ(found.at("@type"), "dpv:ConsentRecord");
    EXPECT_EQ(found.at("dct:conformsTo"), "https://w3id.org/dpv/schema/dpv-27560#record");
    EXPECT_EQ(found.at("licet:status"), "dpv:ConsentGiven");
    EXPECT_EQ(text(found.at("licet:lacks")), "[]");
    const json::object& notice = found.at("dpv:hasNotice").as_object();
    EXPECT_EQ(notice.at("@type"), "dpv:ConsentNotice");
    EXPECT_EQ(notice.at("licet:sha256").as_string(), kDigest);
    EXPECT_EQ(notice.at("dct:language"), "fr");
    EXPECT_EQ(notice.at("dct:date"), "2026-01-05");
    const json::object& process = found.at("dpv:hasProcess").as_object();
    EXPECT_EQ(text(process.at("dpv:hasPersonalData")),
              R"(["pd:EmailAddress","pd:TelephoneNumber"])");
    EXPECT_EQ(process.at("dpv:hasLegalBasis"), "dpv:ExpressedConsent");
    EXPECT_EQ(found.at("dpv:hasEntity").at("dpv:hasName"), "Exemple SARL");
    const json::value& event = found.at("dpv:hasConsentStatus").at(0);
    EXPECT_EQ(event.at("dpv:isIndicatedAtTime"), "2026-03-02T10:00:05Z");
    EXPECT_EQ(event.at("dpv:isIndicatedBy"), "dpv:DataSubject");
    EXPECT_EQ(event.at("dpv:hasIndicationMethod"), "form");
}

TEST(ConsentRecord, ARefusalHasTheSameFieldsAsAConsent) {
    const json::object yes = record(form(EventKind::kConsentGiven));
    const json::object no = record(form(EventKind::kConsentRefused));
    std::vector<std::string> names;
    for (const auto& one : yes) names.emplace_back(one.key());
    ASSERT_EQ(yes.size(), no.size());
    for (const std::string& name : names) EXPECT_TRUE(no.contains(name)) << name;
    EXPECT_EQ(no.at("licet:status"), "dpv:ConsentRefused");
    EXPECT_EQ(no.at("dpv:hasConsentStatus").at(0).at("@type"), "dpv:ConsentRefused");
    EXPECT_EQ(no.at("dpv:hasConsentStatus").at(0).as_object().size(),
              yes.at("dpv:hasConsentStatus").at(0).as_object().size());
    EXPECT_NE(text(no.at("dct:identifier")), text(yes.at("dct:identifier")));
}

TEST(ConsentRecord, TheSameEventsInAnyOrderGiveTheSameBytes) {
    auto events = form(EventKind::kConsentGiven);
    const std::string expected = text(record(events));
    std::swap(events[0], events[1]);
    EXPECT_EQ(text(record(events)), expected);
}

TEST(ConsentRecord, ARequestIsNoConsentUntilItIsConfirmed) {
    std::vector<StoredEvent> events{
        stored(1, EventKind::kDoubleOptIn, "email",
               {{"request", "r"}, {"step", "requested"}, {"days", "7"}, {"notice", kDigest}}),
        stored(2, EventKind::kDoubleOptIn, "", {{"request", "r"}, {"step", "mail_accepted"}})};
    EXPECT_EQ(record(events).at("licet:status"), "dpv:ConsentRequested");
    EXPECT_EQ(record(events).at("dpv:hasConsentStatus").at(0).at("dpv:isIndicatedBy"),
              "#controller");
    events.push_back(stored(3, EventKind::kDoubleOptIn, "",
                            {{"request", "r"}, {"step", "confirmed"}},
                            kDay + std::chrono::days{1}));
    EXPECT_EQ(record(events).at("licet:status"), "dpv:ConsentGiven");
    EXPECT_EQ(record(events, kDay).at("licet:status"), "dpv:ConsentRequested");
    EXPECT_EQ(record(events).at("dpv:hasConsentStatus").at(2).at("@type"), "dpv:ConsentGiven");
    events.back().event.happened_on = kDay + std::chrono::days{8};
    EXPECT_EQ(record(events).at("licet:status"), "dpv:ConsentRequested");
}

TEST(ConsentRecord, AWithdrawalStandsInEveryActOfItsChannelBeforeIt) {
    auto events = form(EventKind::kConsentGiven);
    events.push_back(stored(3, EventKind::kConsentWithdrawn, "", {}, kToday));
    EXPECT_EQ(consent_acts(events).size(), 1U);
    EXPECT_EQ(record(events).at("licet:status"), "dpv:ConsentWithdrawn");
    events.push_back(stored(4, EventKind::kConsentGiven, "post", {}, kToday));
    const auto acts = consent_acts(events);
    ASSERT_EQ(acts.size(), 2U);
    EXPECT_EQ(status_of(acts[1], kToday), "ConsentGiven");
    const std::vector<StoredEvent> alone{stored(1, EventKind::kConsentWithdrawn, "email", {})};
    EXPECT_EQ(status_of(consent_acts(alone).at(0), kToday), "ConsentWithdrawn");
}

TEST(ConsentRecord, WhatNobodyRecordedIsNamedAndNotMadeUp) {
    const auto acts =
        consent_acts(std::vector<StoredEvent>{stored(1, EventKind::kConsentGiven, "email", {})});
    const json::object found = consent_record(acts.at(0), {}, {}, {}, kToday);
    EXPECT_EQ(text(found.at("licet:lacks")),
              R"(["privacy_notice","language","party_name","party_contact","withdrawal_method"])");
    EXPECT_FALSE(found.contains("dpv:hasNotice"));
    EXPECT_EQ(found.at("dpv:hasProcess").at("dpv:hasLegalBasis"), "dpv:Consent");
}

TEST(ConsentRecord, OtherEventsAreNoChoices) {
    EXPECT_TRUE(consent_acts(
                    std::vector<StoredEvent>{stored(1, EventKind::kInteraction, "email", {}),
                                             stored(2, EventKind::kObjectionRecorded, "email", {})})
                    .empty());
}

}  // namespace
}  // namespace licet::audit
