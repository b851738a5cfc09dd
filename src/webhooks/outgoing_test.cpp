// SPDX-License-Identifier: Apache-2.0
// Goal: what we report is signed as others check it, names nobody, and is tried for three days.
// Method: the published vector of Standard Webhooks; an event as its bytes; the whole schedule.
#include "webhooks/outgoing.h"

#include <gtest/gtest.h>

#include "base/base64.h"
#include "base/json.h"

namespace licet::webhooks {
namespace {

const std::string kSecretText = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr std::int64_t kAt = 1'614'265'330;

std::vector<Personal<std::string>> secrets(const std::vector<std::string>& texts) {
    std::vector<Personal<std::string>> out;
    for (const std::string& text : texts) out.emplace_back(bytes_of_webhook_secret(text).value());
    return out;
}

ledger::Event event() {
    ledger::Event one;
    one.kind = ledger::EventKind::kObjectionRecorded;
    one.person = ledger::Token{{1, 2, 3}};
    one.happened_on = Date{std::chrono::year{2026} / 3 / 2};
    one.received_at = 1'772'445'605;
    one.channel = "email";
    one.purpose = "commercial";
    one.key = "secret-key";
    one.attributes = {{"reason", "stop"}, {"notice", "abc"}, {"consent.proof", "written"}};
    return one;
}

TEST(Signing, ThePublishedVectorIsMade) {
    const SignedParts parts{"msg_p5jXN8AQM9LWM0D4loKWxJek", kAt, "{\"test\": 2432232314}"};
    const auto headers = signed_headers(parts, secrets({kSecretText}));
    EXPECT_EQ(headers.at(0).second, parts.id);
    EXPECT_EQ(headers.at(1).second, "1614265330");
    EXPECT_EQ(headers.at(2).second, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(Signing, WhatWasSignedIsHeldToSecretMomentAndEachPart) {
    const SignedParts parts{"msg_1", kAt, "{}"};
    const std::string second = webhook_secret_of(std::string(32, 's'));
    const std::string given = signed_headers(parts, secrets({kSecretText, second})).at(2).second;
    for (const std::string& text : {kSecretText, second}) {
        const std::string key = *bytes_of_webhook_secret(text);
        EXPECT_TRUE(is_signed_webhook(parts, given, key, kAt));
        EXPECT_FALSE(is_signed_webhook({"msg_2", kAt, "{}"}, given, key, kAt));
        EXPECT_FALSE(is_signed_webhook({"msg_1", kAt + 1, "{}"}, given, key, kAt));
        EXPECT_FALSE(is_signed_webhook({"msg_1", kAt, "{ }"}, given, key, kAt));
        EXPECT_TRUE(is_signed_webhook(parts, given, key, kAt + kToleranceSeconds));
        EXPECT_FALSE(is_signed_webhook(parts, given, key, kAt + kToleranceSeconds + 1));
        EXPECT_FALSE(is_signed_webhook(parts, given, key, kAt - kToleranceSeconds - 1));
    }
    EXPECT_FALSE(is_signed_webhook(parts, given, "another", kAt));
    EXPECT_FALSE(is_signed_webhook(parts, "", *bytes_of_webhook_secret(kSecretText), kAt));
    EXPECT_FALSE(bytes_of_webhook_secret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    EXPECT_FALSE(bytes_of_webhook_secret("whsec_!"));
}

TEST(Bodies, AreEnvelopesThatNameNobody) {
    const std::string body = body_of(event(), {"licet/0011", 17, "crm"}, "secret");
    const auto parsed = parse_json(body);
    ASSERT_TRUE(parsed);
    const json::object& envelope = parsed->get_object();
    EXPECT_EQ(envelope.at("specversion").get_string(), "1.0");
    EXPECT_EQ(envelope.at("type").get_string(), "eu.licet.objection.recorded.v1");
    EXPECT_EQ(envelope.at("time").get_string(), "2026-03-02T10:00:05Z");
    EXPECT_EQ(envelope.at("sequence").get_string(), "17");
    EXPECT_EQ(envelope.at("id").get_string(), message_id_of({"licet/0011", 17, "crm"}));
    EXPECT_EQ(json::serialize(envelope.at("data")),
              R"({"channel":"email","on":"2026-03-02","purpose":"commercial","reason":"stop"})");
    // Neither the token, by which the ledger knows the person, nor what identifies the act.
    EXPECT_EQ(body.find("010203"), body.npos);
    EXPECT_EQ(body.find("secret-key"), body.npos);
}

TEST(Bodies, ASubjectIsTheSameForOneReceiverAndAnotherForTheNext) {
    const ledger::Token person{{1, 2, 3}};
    EXPECT_EQ(subject_of(person, "a"), subject_of(person, "a"));
    EXPECT_NE(subject_of(person, "a"), subject_of(person, "b"));
    EXPECT_NE(subject_of(person, "a"), subject_of(ledger::Token{{1, 2, 4}}, "a"));
    EXPECT_EQ(subject_of(person, "a").size(), 32U);
    EXPECT_EQ(subject_of(ledger::Token{}, "a"), "");
}

TEST(Bodies, EveryKindOfEventHasAType) {
    for (const ledger::EventKind kind : ledger::all_event_kinds()) {
        ledger::Event one = event();
        one.kind = kind;
        one.attributes.clear();
        EXPECT_TRUE(is_event_type(type_of(one))) << type_of(one);
        EXPECT_NE(type_of(one), "eu.licet.event.recorded.v1");
    }
    ledger::Event bounced = event();
    bounced.attributes["reason"] = "hard_bounce";
    EXPECT_EQ(type_of(bounced), "eu.licet.message.bounced.v1");
    bounced.kind = ledger::EventKind::kDoubleOptIn;
    bounced.attributes = {{"step", "confirmed"}};
    EXPECT_EQ(type_of(bounced), "eu.licet.consent.confirmed.v1");
    bounced.attributes = {{"step", "strange"}};
    EXPECT_EQ(type_of(bounced), "eu.licet.consent.requested.v1");
    EXPECT_FALSE(is_event_type("eu.licet.objection.recorded.v2"));
    EXPECT_FALSE(is_event_type(""));
}

TEST(Schedule, IsTriedForMoreThanThreeDaysWithGrowingPauses) {
    std::int64_t sum = 0;
    std::int64_t last = 0;
    int tries = 0;
    while (const auto wait = seconds_to_next_try(tries + 1, 0)) {
        EXPECT_GT(*wait, last);
        last = *wait;
        sum += *wait;
        ++tries;
        EXPECT_GE(*seconds_to_next_try(tries, 999), *wait);
        EXPECT_LE(*seconds_to_next_try(tries, 999), *wait + *wait / 10);
    }
    EXPECT_EQ(tries, 10);
    EXPECT_GE(sum, 3 * 86'400);
    EXPECT_FALSE(seconds_to_next_try(0, 0));
}

TEST(Schedule, OnlyTwoHundredsAreTaken) {
    EXPECT_EQ(answer_of(200), Answer::kTaken);
    EXPECT_EQ(answer_of(204), Answer::kTaken);
    EXPECT_EQ(answer_of(410), Answer::kGone);
    for (const int status : {0, 301, 302, 400, 404, 408, 429, 500, 503})
        EXPECT_EQ(answer_of(status), Answer::kLater);
}

TEST(Addresses, AreOfTheWebAndWithoutSecretsInThem) {
    for (const char* url : {"https://crm.example/hooks", "https://crm.example:8443/h?a=1",
                            "http://127.0.0.1:8080/h", "http://localhost/h"})
        EXPECT_TRUE(is_web_address(url)) << url;
    for (const char* url : {"", "crm.example", "ftp://crm.example/", "https://",
                            "https:/"
                            "//h",
                            "http:/"
                            "/crm.example/h",
                            "https:/"
                            "/user:pass@crm.example/h",
                            "https://crm.example/a b", "https://crm.example/#x"})
        EXPECT_FALSE(is_web_address(url)) << url;
}

}  // namespace
}  // namespace licet::webhooks
