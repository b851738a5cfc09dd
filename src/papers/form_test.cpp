// SPDX-License-Identifier: Apache-2.0
//
// Goal: a form has the box that the law wants, and what was sent proves what was shown, no more.
// Method: one form of each use with the real law of France; forms sent as honest and as hostile
// senders would.
#include "papers/form.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/text.h"
#include "law/law_test_support.h"

namespace licet::papers {
namespace {

using law::test::real_law;

const std::string kOrganisation = R"(
[organisation]
name = "Maison Verveine"
country = "fr"
email = "contact@example.com"
policy_link = "https://example.com/donnees"
objection_link = "https://example.com/stop"
[recipient.shop]
title = "Boutique Exemple"
)";

std::string form(const std::string& use) {
    return kOrganisation + "[form.f]\ncase = \"" + use +
           "\"\ntitle = \"F\"\nenrichment = \"annuaires\"\nfrequency = \"une fois par mois\"\n"
           "partners = [\"shop\"]\npartners_link = \"https://example.com/p\"\ngoods = \"thé\"\n"
           "valid_months = 12\nsimilar = \"thés\"\norganisers = [\"shop\"]\n";
}

Read<Form> read(const std::string& toml) {
    const auto file = parse_toml(toml, "o.toml");
    LICET_ENSURE(file.has_value());
    return read_form(real_law(), *file, "f", parse_date("2026-11-27").value());
}

Box box_of(const std::string& use) {
    const auto form_read = read(form(use));
    EXPECT_TRUE(form_read.is_clean()) << use << form_read.problems.front().message.id;
    return form_read.value.box;
}

// Cites: [fr-cpce-l34-5]
TEST(Form, ABoxIsWhereTheLawWantsOne) {
    EXPECT_EQ(box_of("contact"), Box::kNone);
    EXPECT_EQ(box_of("job"), Box::kNone);
    EXPECT_EQ(box_of("b2b"), Box::kNone);
    EXPECT_EQ(box_of("b2c"), Box::kConsent);
    EXPECT_EQ(box_of("partners"), Box::kConsent);
    EXPECT_EQ(box_of("b2c_phone"), Box::kConsent);
    EXPECT_EQ(box_of("event"), Box::kConsent);
    EXPECT_EQ(box_of("order"), Box::kRefusal);
}

TEST(Form, WhatIsMissingIsAskedFor) {
    const auto read_order = read(kOrganisation + "[form.f]\ncase = \"order\"\ntitle = \"F\"\n");
    ASSERT_FALSE(read_order.is_clean());
    EXPECT_EQ(read_order.problems[0].message.id, "form.lacks");
    EXPECT_EQ(read(form("other")).problems[0].message.id, "form.case");
}

Catalogue say() {
    return {Language::kFrench,
            {{"form.notice.b2c", "{controller} & vous : {object} ."},
             {"form.box.b2c", "J'accepte <b>"}}};
}

TEST(Form, TheVersionIsTheDigestOfWhatIsShown) {
    const FormFiles files = build_form(read(form("b2c")).value, say());
    EXPECT_EQ(files.files[0].name, "form-f-fr.notice.html");
    EXPECT_EQ(files.version, hex_of(sha256(files.files[0].bytes)));
    EXPECT_NE(files.files[1].bytes.find(files.files[0].bytes), std::string::npos);
    EXPECT_NE(files.files[1].bytes.find("value=\"" + files.version + "\""), std::string::npos);
    EXPECT_EQ(files.files[1].bytes.find("checked"), std::string::npos);
    EXPECT_NE(files.files[1].bytes.find("J'accepte &lt;b&gt;"), std::string::npos)
        << files.files[1].bytes;
    EXPECT_NE(files.files[1].bytes.find("<a href=\"https://example.com/stop\">"),
              std::string::npos);
}

std::vector<ShownNotice> notices() {
    std::vector<ShownNotice> out;
    for (const Box box : {Box::kNone, Box::kConsent, Box::kRefusal})
        out.push_back({std::string(64, static_cast<char>('a' + static_cast<int>(box))), "f", "fr",
                       "email", box});
    return out;
}
using Fields = std::map<std::string, std::string, std::less<>>;
std::string proved(const Fields& fields) {
    const auto proof = bind_submission(notices(), fields);
    return proof ? proof->kind : proof.error().message.id;
}

TEST(Form, APageThatShowedSomethingElseProvesNothingButARefusal) {
    const std::string consent(64, 'b');
    const std::string refusal(64, 'c');
    EXPECT_EQ(proved({{"licet_notice", consent}, {"licet_box", "yes"}, {"licet_shown", "yes"}}),
              "consent_given");
    EXPECT_EQ(proved({{"licet_notice", consent}, {"licet_box", "yes"}, {"licet_shown", "no"}}),
              "form.other_shown");
    EXPECT_EQ(proved({{"licet_notice", consent}, {"licet_shown", "no"}}), "form.other_shown");
    EXPECT_EQ(proved({{"licet_notice", refusal}, {"licet_box", "yes"}, {"licet_shown", "no"}}),
              "objection");
}

TEST(Form, WhatWasSentProvesWhatWasShown) {
    const std::string none(64, 'a');
    const std::string consent(64, 'b');
    const std::string refusal(64, 'c');
    EXPECT_EQ(proved({{"licet_notice", none}}), "informed");
    EXPECT_EQ(proved({{"licet_notice", consent}}), "informed");
    EXPECT_EQ(proved({{"licet_notice", consent}, {"licet_box", "yes"}}), "consent_given");
    EXPECT_EQ(proved({{"licet_notice", refusal}}), "informed");
    EXPECT_EQ(proved({{"licet_notice", refusal}, {"licet_box", "yes"}}), "objection");
}

TEST(Form, NothingIsProvedByWhatWasNotShown) {
    EXPECT_EQ(proved({}), "form.no_notice");
    EXPECT_EQ(proved({{"licet_notice", ""}}), "form.no_notice");
    EXPECT_EQ(proved({{"licet_notice", std::string(64, 'd')}}), "form.unknown_notice");
    EXPECT_EQ(proved({{"licet_notice", std::string(64, 'a')}, {"licet_box", "yes"}}), "form.box");
    EXPECT_EQ(proved({{"licet_notice", std::string(64, 'b')}, {"licet_box", "on"}}), "form.box");
}

TEST(Form, ADescriptorIsReadBack) {
    const FormFiles files = build_form(read(form("b2c")).value, say());
    const auto back = read_descriptor(files.files[3].bytes);
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->version, files.version);
    EXPECT_EQ(back->box, Box::kConsent);
    for (const char* bad : {"", "[]", "{}", "{\"version\":1}"})
        EXPECT_FALSE(read_descriptor(bad).has_value()) << bad;
}

}  // namespace
}  // namespace licet::papers
