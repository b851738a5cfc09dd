// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that the questionnaire is read strictly, that every fault is told with its place, and
// that the project's own file is whole.
// Method: the real file, and the real file with one thing changed.

#include "audit/questionnaire.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "audit/answer.h"
#include "audit/test_audit.h"

namespace licet::audit {
namespace {

using test::file_text;
using test::real_questionnaire;

std::string changed(const std::string& from, const std::string& to) {
    std::string text = file_text("audit/questionnaire.yaml");
    const std::size_t place = text.find(from);
    EXPECT_NE(place, text.npos) << from;
    return text.replace(place, from.size(), to);
}

std::vector<Error> faults_of(const std::string& text) {
    return read_questionnaire(text, "q.yaml").problems;
}

bool has(const std::vector<Error>& all, std::string_view id) {
    return std::any_of(all.begin(), all.end(),
                       [&](const Error& one) { return one.message.id == id; });
}

TEST(Questionnaire, TheProjectsOwnIsWhole) {
    const auto read = read_questionnaire(file_text("audit/questionnaire.yaml"), "q.yaml");
    for (const Error& one : read.problems) ADD_FAILURE() << one.where << " " << one.message.id;
    EXPECT_EQ(read.value.questions.size(), 89U);
    EXPECT_EQ(read.value.actions.size(), 61U);
    EXPECT_EQ(read.value.themes.size(), 17U);
    EXPECT_EQ(read.value.sha256.size(), 64U);
    EXPECT_EQ(read.value.scoring.cap, 49);
    EXPECT_EQ(read.value.scoring.levels.back().validity_days, 180);
}

TEST(Questionnaire, EveryQuestionThatCostsPointsHasALawAndAnAction) {
    for (const Question& one : real_questionnaire().questions) {
        if (!one.is_scored()) continue;
        EXPECT_FALSE(one.law.empty()) << one.id;
        EXPECT_NE(real_questionnaire().action(one.action), nullptr) << one.id;
    }
}

TEST(Questionnaire, WhatProvesAnAnswerIsSaidInBothLanguages) {
    for (const Question& one : real_questionnaire().questions)
        for (const Words& words : one.evidence) {
            const bool is_alike = words.fr == "URL" || words.fr == "script";
            EXPECT_EQ(words.fr == words.en, is_alike) << one.id << " " << words.fr;
        }
}

TEST(Questionnaire, AFaultIsToldWithItsLineAndWhatWasExpected) {
    const auto faults = faults_of(changed("type: ynp", "type: maybe"));
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults.front().message.id, "questionnaire.want_one_of");
    EXPECT_EQ(faults.front().message.arguments.back().second,
              "yn, ynp, single, multi, num, table, url");
    EXPECT_EQ(faults.front().where.find("q.yaml:"), 0U);
}

TEST(Questionnaire, AllFaultsAreToldAtOnce) {
    std::string text = changed("theme: INF", "theme: INX");
    text.replace(text.find("sev: majeur"), 11, "sev: grave!");
    text += "surprise: 1\n";
    const auto faults = faults_of(text);
    EXPECT_TRUE(has(faults, "questionnaire.no_such"));
    EXPECT_TRUE(has(faults, "questionnaire.want_one_of"));
    EXPECT_TRUE(has(faults, "questionnaire.unknown"));
}

TEST(Questionnaire, AMisspeltNameIsToldWithTheNearest) {
    const auto faults = faults_of(changed("action: A01", "acton: A01"));
    const auto found = std::find_if(faults.begin(), faults.end(), [](const Error& one) {
        return one.message.id == "questionnaire.unknown_near";
    });
    ASSERT_NE(found, faults.end());
    EXPECT_EQ(found->message.arguments.back().second, "action");
}

TEST(Questionnaire, AConditionMayOnlyNameWhatTheProfileCanSay) {
    EXPECT_TRUE(has(faults_of(changed("when: \"canaux has email\"", "when: \"canaux has fax\"")),
                    "questionnaire.no_such"));
    EXPECT_TRUE(has(faults_of(changed("when: \"canaux has email\"", "when: \"chanel has email\"")),
                    "questionnaire.no_such"));
    EXPECT_TRUE(has(faults_of(changed("when: \"canaux has email\"", "when: \"canaux email\"")),
                    "questionnaire.condition"));
}

TEST(Questionnaire, WeightsThatDoNotSumToAHundredAreAFault) {
    EXPECT_TRUE(has(faults_of(changed("{id: OPP, weight: 12", "{id: OPP, weight: 13")),
                    "questionnaire.weights"));
}

TEST(Questionnaire, TextThatIsNoYamlIsToldWithItsPlace) {
    const auto faults = faults_of("meta: [1, 2\nthemes: }");
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults.front().message.id, "yaml.syntax");
    EXPECT_EQ(faults.front().where.find("q.yaml:"), 0U);
}

TEST(Questionnaire, ANameTwiceIsAFault) {
    EXPECT_TRUE(has(faults_of("meta: {id: a, id: b}\n"), "yaml.twice"));
}

TEST(Questionnaire, ReferencesThatBlowUpAreRefused) {
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 7; ++i) {
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int j = 0; j < 10; ++j) bomb += (j == 0 ? "*a" : ", *a") + std::to_string(i - 1);
        bomb += "]\n";
    }
    EXPECT_TRUE(has(faults_of(bomb), "yaml.too_deep"));
}

TEST(Questionnaire, EmptyAndForeignBytesAreFaultsAndNoCrash) {
    EXPECT_FALSE(faults_of("").empty());
    EXPECT_FALSE(faults_of("[]").empty());
    EXPECT_TRUE(has(faults_of("\xff\xfe"), "yaml.not_utf8"));
    EXPECT_TRUE(has(faults_of(std::string(3'000'000, 'a')), "yaml.too_large"));
}

TEST(Questionnaire, AQuestionIsAskedOnlyOfThoseItIsForAndWhileItsRulesAreInForce) {
    const Question& calls = *real_questionnaire().question("TEL-01");
    const Profile callers{{"audiences", {"consommateurs"}}, {"canaux", {"telephone"}}};
    const Profile writers{{"audiences", {"consommateurs"}}, {"canaux", {"email"}}};
    const IsInForce always = [](std::string_view) { return true; };
    const IsInForce never = [](std::string_view) { return false; };
    EXPECT_TRUE(is_asked(calls, callers, always));
    EXPECT_FALSE(is_asked(calls, writers, always));
    EXPECT_FALSE(is_asked(calls, callers, never));
    EXPECT_FALSE(is_asked(calls, {}, always));
}

TEST(Answer, IsUnderstoodInBothLanguagesAndKeptInOneForm) {
    const Question& question = *real_questionnaire().question("OPP-01");
    for (const char* typed : {"oui", "O", "yes", " y "})
        EXPECT_EQ(checked_value(question, typed).value(), "yes");
    for (const char* typed : {"partiel", "Partiellement", "p", "partly"})
        EXPECT_EQ(checked_value(question, typed).value(), "partly");
    EXPECT_EQ(checked_value(question, "?").value(), "unknown");
    EXPECT_EQ(checked_value(question, "maybe").error().message.id, "audit.answer_form_ynp");
}

TEST(Answer, OptionsComeInTheOrderOfTheQuestionnaire) {
    const Question& question = *real_questionnaire().question("PRO-02");
    EXPECT_EQ(checked_value(question, "telephone, 1").value(), "email,telephone");
    EXPECT_EQ(checked_value(question, "none").value(), "none");
    EXPECT_EQ(checked_value(question, "pigeon").error().message.id, "audit.answer_form_multi");
    EXPECT_EQ(checked_value(question, "99").error().message.id, "audit.answer_form_multi");
}

TEST(Answer, OnlyTheHostOfAPageIsKept) {
    const Question& question = *real_questionnaire().question("PRO-07");
    EXPECT_EQ(checked_value(question, "https://WWW.Company.example/a?who=me").value(),
              "www.company.example");
    EXPECT_FALSE(checked_value(question, "anne@company.example").has_value());
    EXPECT_FALSE(checked_value(question, "localhost").has_value());
}

TEST(Answer, NotApplicableIsOnlyForQuestionsThatAllowIt) {
    EXPECT_EQ(checked_value(*real_questionnaire().question("COO-01"), "sans objet").value(), "na");
    EXPECT_EQ(checked_value(*real_questionnaire().question("OPP-01"), "na").error().message.id,
              "audit.may_not_be_na");
}

TEST(Answer, NumbersAreWorthWhatTheirThresholdSays) {
    const Question& question = *real_questionnaire().question("OPP-02");
    EXPECT_EQ(worth_of(question, "0"), 1000);
    EXPECT_EQ(worth_of(question, "1"), 1000);
    EXPECT_EQ(worth_of(question, "2"), 800);
    EXPECT_EQ(worth_of(question, "30"), 100);
    EXPECT_EQ(worth_of(question, "31"), 0);
    EXPECT_EQ(checked_value(question, "-1").error().message.id, "audit.answer_form_num");
}

TEST(Answer, RowsAreWorthTheirShare) {
    const Question& question = *real_questionnaire().question("SST-01");
    EXPECT_EQ(worth_of(question, "3/4"), 750);
    EXPECT_EQ(worth_of(question, "0/0"), 0);
    EXPECT_EQ(checked_value(question, "5/4").error().message.id, "audit.answer_form_table");
}

}  // namespace
}  // namespace licet::audit
