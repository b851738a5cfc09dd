// SPDX-License-Identifier: Apache-2.0
// Goal: the JSON of a verdict has the fields that command line and HTTP promise, in the language
// asked for.
#include "gate/verdict_json.h"

#include <gtest/gtest.h>

#include "gate/gate_test_support.h"

namespace licet::gate {
namespace {

using Lines = std::vector<std::string>;

Verdict verdict_of(std::string_view facts) {
    Request request;
    request.facts = test::facts_of(facts);
    return check(test::real_law(), test::offset_of, request).value();
}
json::object shown(std::string_view facts, Language language = Language::kEnglish) {
    return json_of(test::real_law(), verdict_of(facts), language);
}
std::string text(const json::value& value) { return json::value_to<std::string>(value); }

constexpr std::string_view kMessage =
    "country = fr, at = 2026-11-23T11:00+01:00, channel = email, audience = organisation, purpose "
    "= commercial, "
    "objection = none, background = conformant_message";

TEST(VerdictJson, HasTheFieldsOfTheContract) {
    const json::object object = shown(kMessage);
    for (const std::string_view name : {"verdict", "question", "at", "reasons", "duties", "missing",
                                        "remedies", "certainty", "holds_until", "pack", "facts"})
        EXPECT_TRUE(object.contains(name)) << name;
    EXPECT_EQ(text(object.at("verdict")), "allowed");
    EXPECT_EQ(text(object.at("question")), "contact");
    EXPECT_EQ(text(object.at("at")), "2026-11-23T11:00+01:00");
    EXPECT_TRUE(object.at("holds_until").is_null());
    EXPECT_EQ(text(object.at("facts").as_object().at("channel").as_object().at("value")), "email");
    EXPECT_EQ(text(object.at("facts").as_object().at("channel").as_object().at("from")), "request");
    EXPECT_EQ(text(object.at("facts").as_object().at("weekday").as_object().at("from")), "derived");
}

TEST(VerdictJson, ReasonsCiteAndDutiesAreWordedForTheChannel) {
    const json::object english = shown(kMessage);
    const json::object french = shown(kMessage, Language::kFrench);
    const json::object& reason = english.at("reasons").as_array().at(0).as_object();
    EXPECT_EQ(text(reason.at("rule")), "fr.email.organisation");
    EXPECT_EQ(text(reason.at("cites").as_array().at(0)), "CPCE L34-5 al. 5");
    EXPECT_NE(text(reason.at("tell")),
              text(french.at("reasons").as_array().at(0).as_object().at("tell")));
    const json::object& duty = english.at("duties").as_array().at(0).as_object();
    EXPECT_EQ(text(duty.at("tell")), test::real_law()
                                         .vocabulary()
                                         .duty(text(duty.at("id")))
                                         ->worded("email", Language::kEnglish));
}

TEST(VerdictJson, ARemedyNamesItsChangeItsAuthorAndItsWords) {
    const json::object object = shown(std::string(kMessage) + ", message.honest_subject = no");
    EXPECT_EQ(text(object.at("verdict")), "forbidden");
    const json::array& remedies = object.at("remedies").as_array();
    const auto found = std::find_if(remedies.begin(), remedies.end(), [](const json::value& one) {
        return one.as_object().at("change").as_object().contains("message.honest_subject");
    });
    ASSERT_NE(found, remedies.end());
    EXPECT_EQ(text(found->as_object().at("by")), "us");
    EXPECT_EQ(text(found->as_object().at("tell")),
              "choose a subject line that truly announces the offer");
}

TEST(VerdictJson, WhatIsMissingIsNamedAndWorded) {
    const json::object object = shown(
        "country = fr, at = 2026-11-23, channel = email, audience = organisation, purpose = "
        "commercial");
    EXPECT_EQ(text(object.at("verdict")), "undetermined");
    ASSERT_EQ(object.at("missing").as_array().size(), 1U);
    EXPECT_EQ(text(object.at("missing").as_array().at(0)), "objection");
    EXPECT_TRUE(object.at("remedies").as_array().empty());
}

TEST(VerdictJson, TheDayOfChangeIsADate) {
    const json::object object = shown(
        "background = ordinary_offer, background = clean, background = collected_by_us, country = "
        "fr, channel = post, "
        "audience = consumer, code_adherent = no, at = 2026-11-23, consent.on = never, "
        "origin.collected_on = 2024-02-29, "
        "last_contact_from_person_on = never, relation.last_sale_on = never, relation.ended_on = "
        "never, "
        "relation.last_inquiry_on = never");
    EXPECT_EQ(text(object.at("holds_until")), "2027-03-01");
    EXPECT_EQ(text(object.at("certainty")), "settled");
}

TEST(VerdictJson, NamesOfThoseWhoCanChange) {
    EXPECT_EQ(name_of(law::Changer::kUs), "us");
    EXPECT_EQ(name_of(law::Changer::kPerson), "person");
    EXPECT_EQ(name_of(law::Changer::kTime), "time");
    EXPECT_EQ(name_of(law::Changer::kNobody), "nobody");
}

}  // namespace
}  // namespace licet::gate
