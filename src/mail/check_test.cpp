// SPDX-License-Identifier: Apache-2.0
//
// Goal: each fault of a message is told with the rule that it breaks, and what is added mends it.
// Method: one message that keeps everything, then the same with one thing taken away; the real law
// of France, and a country whose law asks for something else.
#include "mail/check.h"

#include <gtest/gtest.h>

#include "gate/gate_test_support.h"
#include "mail/complete.h"

namespace licet::mail {
namespace {

using gate::test::campaign_of;
using gate::test::offset_of;
using law::test::real_law;

const Phrases& phrases() {
    const auto text = [](const char* name) {
        return law::test::text_of_file(std::string(LICET_SOURCE_DIR) + "/src/mail/reference/" +
                                       name);
    };
    static const Phrases kPhrases(text("phrases.txt"), text("trackers.txt"));
    return kPhrases;
}

const std::string kCampaign = R"(
channel = "email"
purpose = "commercial"
country = "fr"
[sender]
name = "Maison Verveine"
stop_contact = "stop@example.com"
unsubscribe = "https://example.com/stop"
address = "1 rue des Tilleuls, 75000 Paris"
[list]
audience = "professional"
source = "Salon des plantes"
origin = "partner"
)";

const std::string kGoodHead =
    "From: Maison Verveine <contact@example.com>\r\nSubject: Nos offres de printemps\r\n"
    "List-Unsubscribe: <https://example.com/stop>\r\n"
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    "Content-Type: text/html; charset=utf-8\r\n\r\n";
const std::string kGoodPage =
    "<p>Maison Verveine, 1 rue des Tilleuls, 75000 Paris</p><p>Source de vos données : Salon des "
    "plantes.</p><p>Droit d'opposition : <a href='https://example.com/stop'>se désinscrire</a></p>";

struct Outcome {
    std::map<std::string, State> states;
    std::map<std::string, std::string> rules;
    std::string fixed;
};

Outcome outcome_of(const std::string& bytes, const std::string& campaign_text = kCampaign) {
    const gate::Campaign campaign = campaign_of(campaign_text);
    const auto mail = read_mail(bytes, Form::kMessage, "m.eml");
    EXPECT_TRUE(mail.has_value());
    const Observed observed = observe(real_law(), campaign, phrases(), *mail);
    const auto findings =
        check(real_law(), offset_of, {campaign, parse_moment("2026-11-26").value()}, observed);
    EXPECT_TRUE(findings.has_value());
    Outcome out;
    for (const Finding& one : *findings) {
        out.states[one.observation.id] = one.state;
        if (!one.reasons.empty()) out.rules[one.observation.id] = one.reasons.front().rule;
    }
    static const Catalogue kSay(Language::kFrench,
                                {{"mail.foot.sender", "de {name}"},
                                 {"mail.foot.advert", "publicité de {name}"},
                                 {"mail.foot.source", "source de vos données : {name}"},
                                 {"mail.foot.object", "vous opposer : {way}"},
                                 {"mail.foot.optout", "se désinscrire : {way}"},
                                 {"mail.foot.address", "{name}"},
                                 {"mail.foot.link", "désinscription"}});
    const std::function<const Catalogue&(Language)> texts = [](Language) -> const Catalogue& {
        return kSay;
    };
    const auto fixed =
        complete(bytes, *mail, {campaign, observed, *findings, texts, Language::kFrench});
    out.fixed = fixed ? fixed->bytes : fixed.error().message.id;
    return out;
}

TEST(CheckMail, AMessageThatKeepsEverythingHasNoFindingAndIsNotTouched) {
    const Outcome out = outcome_of(kGoodHead + kGoodPage);
    for (const auto& [id, state] : out.states) EXPECT_EQ(state, State::kKept) << id;
    EXPECT_EQ(out.fixed, kGoodHead + kGoodPage);
}

// Cites: [fr-cpce-l34-5]
TEST(CheckMail, AMessageThatLacksEverythingNamesTheRules) {
    const Outcome out = outcome_of("From: x@example.com\r\nSubject: Bonjour\r\n\r\nBonjour.\r\n");
    EXPECT_EQ(out.rules.at("sender"), "fr.message.sender");
    EXPECT_EQ(out.rules.at("optout"), "fr.message.optout");
    EXPECT_EQ(out.rules.at("stop_contact"), "fr.message.stop");
    EXPECT_EQ(out.rules.at("object"), "eu.right_to_object");
    EXPECT_EQ(out.rules.at("source"), "eu.notice14");
    EXPECT_EQ(out.states.at("sender"), State::kBroken);
    EXPECT_EQ(out.states.at("optout"), State::kBroken);
    EXPECT_EQ(out.states.at("list_unsubscribe"), State::kAdvice);
    EXPECT_EQ(out.states.at("address"), State::kAdvice);
}

TEST(CheckMail, WhatIsAddedMendsTheMessage) {
    const Outcome out = outcome_of("From: x@example.com\r\nSubject: Bonjour\r\n\r\nBonjour.\r\n");
    const Outcome again = outcome_of(out.fixed);
    for (const auto& [id, state] : again.states) EXPECT_EQ(state, State::kKept) << id << out.fixed;
    EXPECT_EQ(again.fixed, out.fixed);
}

TEST(CheckMail, AnAnswerThatAnswersNothingIsNoHonestSubject) {
    std::string bytes = kGoodHead + kGoodPage;
    bytes.replace(bytes.find("Nos offres"), 10, "RE: Offres");
    EXPECT_EQ(outcome_of(bytes).rules.at("subject"), "fr.message.subject");
    bytes.insert(0, "In-Reply-To: <1@example.com>\r\n");
    EXPECT_EQ(outcome_of(bytes).states.at("subject"), State::kKept);
}

TEST(CheckMail, APixelNeedsAConsentOfItsOwn) {
    const std::string bytes =
        kGoodHead + kGoodPage + "<img src='https://www.example.com/o.gif' width=1 height=1>";
    EXPECT_EQ(outcome_of(bytes).rules.at("pixel"), "fr.message.pixel");
    EXPECT_EQ(
        outcome_of(bytes, kCampaign + "[message]\npixel = \"with_consent\"\n").states.at("pixel"),
        State::kKept);
}

TEST(CheckMail, PicturesFromElsewhereAreToBeLookedAt) {
    const Outcome out =
        outcome_of(kGoodHead + kGoodPage + "<img src='https://cdn.example.org/o.png' width=100>");
    EXPECT_EQ(out.states.at("third_party"), State::kForSome);
    EXPECT_FALSE(out.rules.at("third_party").empty());
}

TEST(CheckMail, AnOptOutIsOwedToPeopleAndAContactToBodies) {
    std::string campaign = kCampaign;
    campaign.erase(campaign.find("audience"), 26);
    const Outcome out =
        outcome_of("From: x@example.com\r\nSubject: Offres\r\n\r\nMaison Verveine\r\n", campaign);
    EXPECT_EQ(out.states.at("optout"), State::kForSome);
    EXPECT_EQ(out.states.at("stop_contact"), State::kBroken);
}

TEST(CheckMail, TheCampaignSaysWhatWordsCannotTell) {
    std::string bytes = kGoodHead + kGoodPage;
    bytes.replace(bytes.find("Nos offres"), 10, "Nouveautes");
    EXPECT_EQ(outcome_of(bytes).states.at("advert"), State::kForSome);
    EXPECT_EQ(outcome_of(bytes).rules.at("advert"), "fr.message.recognisable");
    EXPECT_EQ(
        outcome_of(bytes, kCampaign + "[message]\nrecognisable_ad = true\n").states.at("advert"),
        State::kKept);
}

TEST(CheckMail, ASignedMessageIsNotChanged) {
    EXPECT_EQ(outcome_of("DKIM-Signature: v=1\r\nFrom: x@example.com\r\nSubject: a\r\n\r\nb").fixed,
              "mail.fix_dkim");
}

TEST(CheckMail, AnotherChannelIsNotCheckedLikeThis) {
    std::string campaign = kCampaign;
    campaign.replace(campaign.find("email"), 5, "post");
    const gate::Campaign read = campaign_of(campaign);
    const auto mail = read_mail("x", Form::kText, "m.txt");
    const Observed observed = observe(real_law(), read, phrases(), *mail);
    const auto findings =
        check(real_law(), offset_of, {read, parse_moment("2026-11-26").value()}, observed);
    ASSERT_FALSE(findings.has_value());
    EXPECT_EQ(findings.error().message.id, "mail.not_email");
}

TEST(CheckMail, OwnersAreToldByTheirNames) {
    EXPECT_TRUE(is_same_owner("news.example.com", "example.com"));
    EXPECT_TRUE(is_same_owner("a.example.co.uk", "b.example.co.uk"));
    EXPECT_FALSE(is_same_owner("a.co.uk", "b.co.uk"));
    EXPECT_FALSE(is_same_owner("example.com", "example.org"));
    EXPECT_EQ(host_of("HTTPS://u@News.Example.com:8443/a?b"), "news.example.com");
    EXPECT_EQ(host_of("mailto:a@example.com"), "");
}

}  // namespace
}  // namespace licet::mail
