// SPDX-License-Identifier: Apache-2.0
//
// Goal: a form has the box that the law wants, in the words of its document, and what was sent
// proves what was shown, no more.
// Method: the forms of the example organisation with the real law of France, changed where a case
// needs it; forms sent as honest and as hostile senders would.
#include "papers/form.h"

#include "base/digest.h"
#include "base/text.h"
#include "papers/papers_test_support.h"

namespace licet::papers {
namespace {

using test::example;
using test::office_of;
using test::with;

Read<Form> read(const Organisation& organisation, const std::string& id,
                Language language = Language::kFrench) {
    return read_form(office_of(organisation), id, language);
}

Box box_of(const std::string& id) {
    const Organisation organisation = example();
    const auto form = read(organisation, id);
    EXPECT_TRUE(form.is_clean()) << id;
    EXPECT_EQ(form.value.box == Box::kNone, form.value.label.empty()) << id;
    EXPECT_EQ(form.value.box == Box::kNone, form.value.cites.empty()) << id;
    return form.value.box;
}

// Cites: [fr-cpce-l34-5]
TEST(Form, ABoxIsWhereTheLawWantsOne) {
    EXPECT_EQ(box_of("contact"), Box::kNone);
    EXPECT_EQ(box_of("jobs"), Box::kNone);
    EXPECT_EQ(box_of("guide"), Box::kNone);
    EXPECT_EQ(box_of("newsletter"), Box::kConsent);
    EXPECT_EQ(box_of("partners"), Box::kConsent);
    EXPECT_EQ(box_of("calls"), Box::kConsent);
    EXPECT_EQ(box_of("fair"), Box::kConsent);
    EXPECT_EQ(box_of("order"), Box::kRefusal);
}

TEST(Form, WhereAnotherLawWantsConsentTheSameFormHasTheOtherBox) {
    const Organisation organisation = with({{"organisation.country", "de"}});
    const auto form = read(organisation, "guide", Language::kEnglish);
    ASSERT_TRUE(form.is_clean());
    EXPECT_EQ(form.value.box, Box::kConsent);
    EXPECT_NE(form.value.label.find("I agree"), std::string::npos) << form.value.label;
}

TEST(Form, WhereNoLinkRefusesABoxDoes) {
    const Organisation organisation = with({{"organisation.objection_link", ""}});
    const auto form = read(organisation, "guide");
    ASSERT_TRUE(form.is_clean());
    EXPECT_EQ(form.value.box, Box::kRefusal);
}

TEST(Form, AFormWithoutProspectingAsksForNothing) {
    const Organisation organisation = with({{"form.fair.prospecting", ""}});
    const auto form = read(organisation, "fair");
    ASSERT_TRUE(form.is_clean());
    EXPECT_EQ(form.value.box, Box::kNone);
}

TEST(Form, ItsWordsAreThoseOfItsDocument) {
    const Organisation organisation = example();
    const Office office = office_of(organisation);
    for (const std::string& id : organisation.entries("form"))
        for (const Language language : {Language::kFrench, Language::kEnglish}) {
            const auto form = read_form(office, id, language);
            ASSERT_TRUE(form.is_clean()) << id;
            const std::string letters =
                test::letters_of(office.build("form_notice." + id, language).value);
            for (const Line& line : form.value.notice)
                EXPECT_NE(letters.find(plain(line)), std::string::npos) << id;
            EXPECT_NE(letters.find(form.value.label), std::string::npos) << id;
        }
}

TEST(Form, WhatIsMissingIsAskedFor) {
    const Organisation organisation = with({{"organisation.policy_link", ""}});
    const auto asked = read(organisation, "order");
    ASSERT_FALSE(asked.is_clean());
    EXPECT_EQ(asked.problems[0].message.id, "papers.ask");
    EXPECT_EQ(read(organisation, "nothing").problems[0].message.id, "form.none");
}

Catalogue say() { return {Language::kFrench, {}}; }

TEST(Form, TheVersionIsTheDigestOfWhatIsShown) {
    const Organisation organisation = with({{"organisation.name", "A & <b>B"}});
    const FormFiles files = build_form(read(organisation, "newsletter").value, say());
    EXPECT_EQ(files.files[0].name, "form-newsletter-fr.notice.html");
    EXPECT_EQ(files.version, hex_of(sha256(files.files[0].bytes)));
    EXPECT_NE(files.files[1].bytes.find(files.files[0].bytes), std::string::npos);
    EXPECT_NE(files.files[1].bytes.find("value=\"" + files.version + "\""), std::string::npos);
    EXPECT_EQ(files.files[1].bytes.find("checked"), std::string::npos);
    EXPECT_NE(files.files[1].bytes.find("A &amp; &lt;b&gt;B"), std::string::npos)
        << files.files[1].bytes;
    const std::string link =
        organisation.text("organisation.objection_link", Language::kFrench).value_or("");
    EXPECT_NE(files.files[1].bytes.find("<a href=\"" + link + "\">"), std::string::npos);
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
    const Organisation organisation = example();
    const FormFiles files = build_form(read(organisation, "newsletter").value, say());
    const auto back = read_descriptor(files.files[3].bytes);
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->version, files.version);
    EXPECT_EQ(back->box, Box::kConsent);
    for (const char* bad : {"", "[]", "{}", "{\"version\":1}"})
        EXPECT_FALSE(read_descriptor(bad).has_value()) << bad;
}

}  // namespace
}  // namespace licet::papers
