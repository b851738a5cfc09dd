// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that a label says what its audit came to, that any change to it is found, and that it
// ends, is suspended and revoked as docs/audit.md says.
// Method: a key made here, the real questionnaire; the published vector of the cryptosuite; then a
// label with one thing changed at a time. An independent verifier reads a label in
// tests/label/verifier_test.mjs.

#include "audit/label.h"

#include <gtest/gtest.h>

#include "audit/credential.h"
#include "audit/internal/multibase.h"
#include "audit/label_words.h"
#include "audit/test_audit.h"
#include "base/signature.h"
#include "base/text.h"
#include "base/toml.h"

namespace licet::audit {
namespace {

constexpr std::int64_t kNow = 1'795'773'600;  // 2026-11-27T10:00:00Z
constexpr std::int64_t kDay = 86'400;

Catalogue catalogue(Language language) {
    std::map<std::string, std::string, std::less<>> texts;
    const std::string name = language == Language::kFrench ? "fr" : "en";
    const auto file = parse_toml(test::file_text("texts/" + name + "/audit.toml"), name).value();
    for (const auto& [id, value] : file.values) texts.emplace(id, value.text);
    return {language, std::move(texts)};
}

const std::string& key() {
    static const std::string kKey = new_private_key().value();
    return kKey;
}

struct Made {
    json::object label;
    std::string text;
};

Made make(const std::string& level = "N2", const std::string& pem = key()) {
    test::Desk desk;
    desk.profile();
    for (const Question& one : desk.questionnaire.questions)
        if (one.is_scored()) desk.say(one.id, test::ladder(one).back(), Proof::kDocument);
    const Score score = desk.score();
    const auto plan = plan_of(desk.input(), score);
    const LevelResult reached = level_of(desk.questionnaire, score, {0, -1, 0});
    const AuditReport report{desk.questionnaire, desk.sheet, score, plan, reached, {}, {}, {},
                             "Exemple SAS",      {},         {},    {},   {}};
    LabelInput input{report, *desk.questionnaire.level(level), {}, {}, {}, {}, 7, kNow, {}, {}};
    input.subject = {"Exemple SAS", "company.example", "", "https://company.example/label", ""};
    input.id = "00112233445546778899aabbccddeeff";
    input.did = did_of(pem).value();
    json::object signed_one = signed_credential(label_document(input, catalogue(Language::kFrench),
                                                               catalogue(Language::kEnglish)),
                                                pem, "2026-11-27T10:00:00Z")
                                  .value();
    return {signed_one, canonical(signed_one)};
}

std::string error_of(const json::object& label) {
    // Also of what has no canonical form.
    const auto checked = checked_label(json::serialize(label));
    return checked ? "" : checked.error().message.id;
}

TEST(Multibase, IsThatOfThePublishedKey) {
    // Source: W3C "Data Integrity EdDSA Cryptosuites v1.0", B.1: the key pair of the test vectors.
    const auto key = key_of_multikey("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2");
    ASSERT_TRUE(key.has_value());
    EXPECT_EQ(multikey_of(*key), "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2");
    EXPECT_FALSE(key_of_multikey("z6Mk0").has_value());
    EXPECT_FALSE(key_of_multikey("").has_value());
}

TEST(Multibase, LeadingZerosAreKept) {
    const std::vector<std::uint8_t> bytes{0, 0, 1, 255};
    EXPECT_EQ(bytes_of_base58(base58_of(bytes)), bytes);
    EXPECT_EQ(base58_of(std::vector<std::uint8_t>{}), "");
}

TEST(Label, IsReadBackAsItWasMade) {
    const LabelClaims claims = checked_label(make().text).value();
    EXPECT_EQ(claims.level, "N2");
    EXPECT_EQ(claims.score, 100);
    EXPECT_EQ(claims.assurance, 100);
    EXPECT_EQ(claims.controller, "Exemple SAS");
    EXPECT_EQ(claims.domain, "company.example");
    EXPECT_EQ(claims.index, 7U);
    EXPECT_EQ(claims.valid_from, kNow);
    EXPECT_EQ(claims.valid_until, kNow + 180 * kDay);
    EXPECT_EQ(claims.did, did_of(key()).value());
    EXPECT_EQ(claims.themes.size(), 16U);
}

TEST(Label, TheFirstLevelIsValidForHalfAsLong) {
    EXPECT_EQ(checked_label(make("N1").text).value().valid_until, kNow + 90 * kDay);
}

TEST(Label, WhateverIsChangedIsFound) {
    const auto changed = [](auto&& change) {
        json::object label = make().label;
        change(label);
        return error_of(label);
    };
    EXPECT_EQ(changed([](json::object&) {}), "");
    EXPECT_EQ(changed([](json::object& label) {
                  label["credentialSubject"].as_object()["name"] = "Autre SAS";
              }),
              "label.forged");
    EXPECT_EQ(changed([](json::object& label) { label["validUntil"] = "2027-11-27T10:00:00Z"; }),
              "label.forged");
    EXPECT_EQ(changed([](json::object& label) {
                  label["proof"].as_object()["created"] = "2026-11-28T10:00:00Z";
              }),
              "label.forged");
    EXPECT_EQ(changed([](json::object& label) { label["surprise"] = true; }), "label.forged");
    EXPECT_EQ(changed([](json::object& label) { label.erase("proof"); }), "label.form");
    EXPECT_EQ(changed([](json::object& label) {
                  label["proof"].as_object()["cryptosuite"] = "eddsa-rdfc-2022";
              }),
              "label.form");
    EXPECT_EQ(changed([](json::object& label) { label["score"] = 0.5; }), "label.form");
}

TEST(Label, ASignatureOfSomebodyElseIsNoneOfTheIssuer) {
    json::object label = make().label;
    label.erase("proof");
    const json::object other =
        signed_credential(label, new_private_key().value(), "2026-11-27T10:00:00Z").value();
    EXPECT_EQ(error_of(other), "label.forged");
}

TEST(Label, OneThatSaysALongerTimeIsNotTakenEvenIfSigned) {
    json::object label = make().label;
    label.erase("proof");
    label["validUntil"] = "2028-11-27T10:00:00Z";
    EXPECT_EQ(error_of(signed_credential(label, key(), "2026-11-27T10:00:00Z").value()),
              "label.too_long");
}

TEST(Label, TextThatIsNoneIsToldAsSuch) {
    for (const char* text : {"", "[]", "{}", "{\"proof\":{}}", "{\"proof\":1}", "nothing"})
        EXPECT_EQ(checked_label(text).error().message.id, "label.form") << text;
    EXPECT_EQ(checked_label(std::string(100'000, '[')).error().message.id, "label.form");
}

TEST(Label, AKeyThatWasChangedLeavesEarlierLabelsCheckable) {
    const std::string later = new_private_key().value();
    const LabelClaims before = checked_label(make().text).value();
    const LabelClaims after = checked_label(make("N2", later).text).value();
    EXPECT_NE(before.did, after.did);
}

TEST(Label, ItsStandingFollowsTheClockAndTheLedger) {
    const LabelClaims claims = checked_label(make().text).value();
    LabelState state;
    EXPECT_EQ(standing_of(claims, &state, kNow + kDay), LabelStanding::kValid);
    EXPECT_EQ(standing_of(claims, &state, kNow - 1), LabelStanding::kNotYet);
    EXPECT_EQ(standing_of(claims, &state, kNow + 180 * kDay), LabelStanding::kExpired);
    state.is_suspended = true;
    EXPECT_EQ(standing_of(claims, &state, kNow + kDay), LabelStanding::kSuspended);
    state.is_revoked = true;
    EXPECT_EQ(standing_of(claims, &state, kNow - kDay), LabelStanding::kRevoked);
    EXPECT_EQ(standing_of(claims, nullptr, kNow + kDay), LabelStanding::kValid);
}

TEST(Label, ItIsWarnedThenSuspendedThenRestored) {
    LabelState state;
    const Date today = test::kToday;
    EXPECT_FALSE(next_step(state, true, 15, today).has_value());
    EXPECT_EQ(next_step(state, false, 15, today), "warned");
    state.warned_on = today;
    EXPECT_FALSE(next_step(state, false, 15, today + std::chrono::days{14}).has_value());
    EXPECT_EQ(next_step(state, false, 15, today + std::chrono::days{15}), "suspended");
    EXPECT_EQ(next_step(state, true, 15, today), "restored");
    state.is_suspended = true;
    EXPECT_FALSE(next_step(state, false, 15, today + std::chrono::days{40}).has_value());
    EXPECT_EQ(next_step(state, true, 15, today + std::chrono::days{40}), "restored");
    state.is_revoked = true;
    EXPECT_FALSE(next_step(state, true, 15, today).has_value());
}

TEST(Label, TheLedgerKnowsAllStepsInWhateverOrderTheyCome) {
    LabelState state;
    state.id = "00112233445546778899aabbccddeeff";
    state.level = "N1";
    state.index = 3;
    state.valid_until = kNow;
    const auto issued = label_event(state, "issued", {test::kToday, 10});
    const auto warned = label_event(state, "warned", {test::kToday, 20});
    const auto suspended = label_event(state, "suspended", {test::kToday, 30});
    const auto restored = label_event(state, "restored", {test::kToday, 40});
    const std::vector<ledger::Event> events{restored, suspended, issued, warned};
    const auto labels = labels_of(events);
    ASSERT_EQ(labels.size(), 1U);
    EXPECT_EQ(labels.front().index, 3U);
    EXPECT_FALSE(labels.front().is_suspended);
    EXPECT_FALSE(labels.front().warned_on.has_value());
    EXPECT_EQ(labels.front().steps.size(), 4U);
}

TEST(StatusList, HasTheBitsThatWereSetAndNoOthers) {
    const std::string list = encoded_list({0, 7, 8, 131'071});
    for (const std::uint32_t bit : {0U, 7U, 8U, 131'071U}) EXPECT_TRUE(is_set(list, bit).value());
    for (const std::uint32_t bit : {1U, 6U, 9U, 131'070U}) EXPECT_FALSE(is_set(list, bit).value());
    EXPECT_EQ(is_set(list, 131'072).error().message.id, "label.status_form");
}

TEST(StatusList, AFlippedBitOrAnotherFormIsNotRead) {
    std::string list = encoded_list({5});
    list[200] = list[200] == 'A' ? 'B' : 'A';
    EXPECT_EQ(is_set(list, 5).error().message.id, "label.status_form");
    for (const char* text : {"", "u", "uAAAA", "zAAAA"})
        EXPECT_EQ(is_set(text, 5).error().message.id, "label.status_form");
}

TEST(LabelWords, WhatPromisesMoreIsFoundHoweverItIsWritten) {
    const LabelWords words = read_label_words(test::file_text("audit/label-words.txt"));
    EXPECT_FALSE(forbidden_in("Site certifié RGPD", words).empty());
    EXPECT_FALSE(forbidden_in("C E R T I F I C A T I O N", words).empty());
    EXPECT_FALSE(forbidden_in("Label CNIL", words).empty());
    EXPECT_FALSE(forbidden_in("100 % conforme", words).empty());
    EXPECT_FALSE(forbidden_in("Fully GDPR-compliant", words).empty());
    EXPECT_TRUE(forbidden_in("Auto-évaluation de la prospection, niveau 2", words).empty());
}

TEST(LabelWords, TheSentenceThatDeniesThemMayNameThem) {
    const LabelWords words = read_label_words(test::file_text("audit/label-words.txt"));
    for (const Language language : {Language::kFrench, Language::kEnglish}) {
        const Catalogue say = catalogue(language);
        EXPECT_TRUE(forbidden_in(say("label.fixed_sentence"), words).empty());
        EXPECT_FALSE(forbidden_in(say("label.fixed_sentence") + " certifié", words).empty());
    }
}

TEST(LabelWords, NoTextOfALabelUsesThem) {
    const LabelWords words = read_label_words(test::file_text("audit/label-words.txt"));
    for (const Language language : {Language::kFrench, Language::kEnglish}) {
        const Catalogue say = catalogue(language);
        const LabelClaims claims = checked_label(make().text).value();
        for (const LabelStanding standing :
             {LabelStanding::kValid, LabelStanding::kExpired, LabelStanding::kSuspended,
              LabelStanding::kRevoked, LabelStanding::kNotYet}) {
            const std::string page = label_page(claims, standing, {{"issued", test::kToday}},
                                                test::real_questionnaire(), say);
            EXPECT_EQ(forbidden_in(page, words), std::vector<std::string>{});
        }
    }
}

TEST(LabelPage, SaysWhatWasNotCheckedAndWhoseAssessmentItIs) {
    const LabelClaims claims = checked_label(make().text).value();
    const Catalogue say = catalogue(Language::kEnglish);
    const std::string page =
        label_page(claims, LabelStanding::kValid, {}, test::real_questionnaire(), say);
    for (const char* id :
         {"label.not_checked", "label.no_site_audit", "label.not_all", "label.fixed_sentence"})
        EXPECT_NE(page.find(html_escaped(say(id))), page.npos) << id;
    EXPECT_EQ(page.find("<script"), page.npos);
    EXPECT_EQ(page.find("src="), page.npos);
}

TEST(Badge, ShowsItsDaysAndIsGreyWhenItDoesNotHoldAnyMore) {
    const LabelClaims claims = checked_label(make().text).value();
    const Catalogue say = catalogue(Language::kFrench);
    const std::string valid = badge_svg(claims, LabelStanding::kValid, say);
    EXPECT_NE(valid.find("2026-11-27"), valid.npos);
    EXPECT_NE(valid.find("<title>"), valid.npos);
    const std::string expired = badge_svg(claims, LabelStanding::kExpired, say);
    EXPECT_EQ(expired.find(">N2<"), expired.npos);
    EXPECT_NE(expired.find("Expir"), expired.npos);
}

}  // namespace
}  // namespace licet::audit
