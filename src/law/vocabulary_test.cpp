// SPDX-License-Identifier: Apache-2.0
// Goal: the declared words are read as written, and every fault of the three files is told with its
// place.
#include "law/vocabulary.h"

#include <gtest/gtest.h>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view kHead =
    "| fact | type | values | supplier | silence | changed by | fr | en |\n"
    "|---|---|---|---|---|---|---|---|\n";

Lines faults_of(std::string_view text) {
    const std::vector<SourceFile> files = {{"facts.md", std::string(text)}};
    return test::worded(read_vocabulary(files).problems);
}
Lines faults_of_fact(std::string_view row) {
    return faults_of(std::string(kHead) + std::string(row));
}

TEST(Vocabulary, TheRealWordsAreRead) {
    const Vocabulary& words = test::real_law().vocabulary();
    const Fact& time = words.fact(words.find("local_time"));
    EXPECT_EQ(time.type, FactType::kTime);
    EXPECT_EQ(time.silence, Silence::kUndertaking);
    EXPECT_EQ(time.silence_value, "11:00");
    EXPECT_EQ(time.changer, Changer::kTime);
    const Fact& list = words.fact(words.find("register.bloctel"));
    EXPECT_TRUE(list.is_register);
    EXPECT_EQ(list.values, (Lines{"not_listed", "listed", "not_checked"}));
    EXPECT_NE(words.find("register.uk_fps.checked_on"), kNoFact);
    EXPECT_EQ(words.find("register.<key>"), kNoFact);
    EXPECT_EQ(words.nearest_fact("chanel"), "channel");
    EXPECT_EQ(words.question("contact")->answer_of("allowed"), 1);
    EXPECT_EQ(words.question("contact")->answer_of("valid"), -1);
    EXPECT_EQ(words.answer_words("out_of_scope")->english, "out of scope");
    EXPECT_EQ(words.fact(words.find("consent")).value_words.at("given").english,
              "obtain the person's consent");
}

TEST(Vocabulary, ADutyIsWordedForItsChannelWhereThatSaysMore) {
    const Duty& stop = *test::real_law().vocabulary().duty("stop_contact");
    EXPECT_NE(stop.worded("sms", Language::kFrench), stop.words.french);
    EXPECT_EQ(stop.worded("push", Language::kFrench), stop.words.french);
}

TEST(Vocabulary, ABackgroundSetsEveryBoolOfItsPrefix) {
    const Law& law = test::real_law();
    const Facts facts = test::facts_of(law, "background = conformant_message");
    EXPECT_NE(facts.find(law.vocabulary().find("message.source_stated")), nullptr);
    EXPECT_NE(facts.find(law.vocabulary().find("message.optout")), nullptr);
    EXPECT_EQ(facts.find(law.vocabulary().find("message.ad_label")), nullptr);
}

TEST(Vocabulary, FaultsOfFactsAreTold) {
    EXPECT_EQ(faults_of_fact("| a | colour | | r | open | us | f | e |\n"),
              Lines{"law.fact_type facts.md:3:7"});
    EXPECT_EQ(faults_of_fact("| a | enum | one | r | open | us | f | e |\n"),
              Lines{"law.fact_values facts.md:3:14"});
    EXPECT_EQ(faults_of_fact("| a | bool | | r | shut | us | f | e |\n"),
              Lines{"law.fact_silence facts.md:3:20"});
    EXPECT_EQ(faults_of_fact("| a | bool | | r | ledger | us | f | e |\n"),
              Lines{"law.fact_silence facts.md:3:20"});
    EXPECT_EQ(faults_of_fact("| a | bool | | r | undertaking | us | f | e |\n"),
              Lines{"law.fact_silence facts.md:3:20"});
    EXPECT_EQ(faults_of_fact("| a | bool | | r | open | you | f | e |\n"),
              Lines{"law.fact_changer facts.md:3:27"});
    EXPECT_EQ(faults_of_fact("| a | bool | | r | open | us | | e |\n"),
              Lines{"law.words_missing facts.md:3:32"});
    EXPECT_EQ(
        faults_of_fact(
            "| a | bool | | r | open | us | f | e |\n| a | bool | | r | open | us | f | e |\n"),
        Lines{"law.declared_twice facts.md:4:3"});
    EXPECT_EQ(faults_of_fact("| a | bool | | r | ledger = maybe | us | f | e |\n"),
              Lines{"law.unknown_value facts.md:3:20"});
}

TEST(Vocabulary, FaultsOfValuesInWordsAreTold) {
    const std::string fact = std::string(kHead) + "| a | bool | | r | open | us | f | e |\n\n";
    const std::string head = "| fact | value | fr | en |\n|---|---|---|---|\n";
    EXPECT_EQ(faults_of(fact + head + "| a | perhaps | f | e |\n"),
              Lines{"law.unknown_value facts.md:7:7"});
    EXPECT_EQ(faults_of(fact + head + "| b | yes | f | e |\n"),
              Lines{"law.unknown_fact_near facts.md:7:3"});
    EXPECT_EQ(faults_of(fact + head + "| a | yes | f | |\n"),
              Lines{"law.words_missing facts.md:7:17"});
}

TEST(Vocabulary, FaultsOfBackgroundsAreTold) {
    const std::string start = std::string(kHead) + "| a | bool | | r | open | us | f | e |\n\n" +
                              "| background | facts it sets |\n|---|---|\n";
    EXPECT_EQ(faults_of(start + "| x | a |\n"), Lines{"law.background_form facts.md:7:3"});
    EXPECT_EQ(faults_of(start + "| x | b = yes |\n"), Lines{"law.unknown_fact_near facts.md:7:3"});
    EXPECT_EQ(faults_of(start + "| x | a = maybe |\n"), Lines{"law.unknown_value facts.md:7:3"});
    EXPECT_EQ(faults_of(start + "| x | a = yes |\n| x | a = no |\n"),
              Lines{"law.declared_twice facts.md:8:3"});
}

TEST(Vocabulary, FaultsOfDutiesAndQuestionsAreTold) {
    const std::string duty = "| duty | sources | fr | en |\n|---|---|---|---|\n| d | s | f | e |\n";
    EXPECT_EQ(faults_of(duty + "| d | s | f | e |\n"), Lines{"law.declared_twice facts.md:4:3"});
    EXPECT_EQ(faults_of(duty +
                        "\n| duty | channel | fr | en |\n|---|---|---|---|\n| x | sms | f | e |\n"),
              Lines{"law.unknown_duty_near facts.md:7:3"});
    const std::string head =
        "| question | asks fr | asks en | answers | otherwise |\n|---|---|---|---|---|\n";
    EXPECT_EQ(faults_of(head + "| q | f | e | no yes | maybe |\n"),
              Lines{"law.question_otherwise facts.md:3:24"});
    EXPECT_EQ(faults_of(head + "| q | f | e | no yes | no |\n| q | f | e | no yes | no |\n"),
              Lines{"law.declared_twice facts.md:4:3"});
}

}  // namespace
}  // namespace licet::law
