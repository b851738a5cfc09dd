// SPDX-License-Identifier: Apache-2.0
// Goal: the functions of licet/licet.h keep their promises, through licet/licet.hpp as programs
// call them and alone where C differs.
// Method: the packs of the tree; what the gate says of the same facts is right. tests/library
// holds an installed library to the program's own answers.
#include <licet/licet.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace licet {
namespace {

const std::string kPacks = LICET_SOURCE_DIR "/packs";

// One hour east, whatever the zone, so that no database is asked.
std::int32_t one_hour(void*, licet_text, std::int64_t, std::int32_t* offset_minutes) {
    *offset_minutes = 60;
    return 1;
}

Options english() {
    Options options;
    options.language = v1::Language::kEnglish;
    options.zone_offset = one_hour;
    return options;
}

const Law& law() {
    static const Law kLaw = Law::read_folder(kPacks, english()).value();
    return kLaw;
}

Situation message_to_a_consumer() {
    Situation situation;
    situation.language = v1::Language::kEnglish;
    situation.facts = {{"background", "ordinary_offer"},
                       {"background", "clean"},
                       {"background", "collected_by_us"},
                       {"country", "fr"},
                       {"channel", "email"},
                       {"audience", "consumer"},
                       {"at", "2026-11-23"}};
    return situation;
}

TEST(Library, DecidesWithReasonCitationAndText) {
    const auto verdict = law().decide(message_to_a_consumer());
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->answer, "forbidden");
    EXPECT_EQ(law().answer_name("contact", verdict->answer_code), "forbidden");
    EXPECT_FALSE(verdict->is_allowed());
    ASSERT_FALSE(verdict->reasons.empty());
    EXPECT_EQ(verdict->reasons.front().rule, "fr.email.consumer");
    EXPECT_EQ(verdict->reasons.front().cites, std::vector<std::string>{"CPCE L34-5 al. 1"});
    EXPECT_NE(verdict->reasons.front().tell.find("agreed"), std::string::npos);
    EXPECT_EQ(verdict->at, "2026-11-23");
    EXPECT_EQ(verdict->pack.substr(0, 3), "fr@");
    EXPECT_TRUE(verdict->duties.empty());
}

TEST(Library, SpeaksTheLanguageAskedFor) {
    Situation situation = message_to_a_consumer();
    const std::string english = law().decide(situation)->reasons.front().tell;
    situation.language = v1::Language::kFrench;
    EXPECT_NE(law().decide(situation)->reasons.front().tell, english);
}

TEST(Library, AnAllowedContactHasDutiesAndADayUntilWhichItHolds) {
    Situation situation = message_to_a_consumer();
    situation.facts.push_back({"background", "valid_consent"});
    situation.facts.push_back({"consent.on", "2026-10-01"});
    const auto verdict = law().decide(situation);
    ASSERT_TRUE(verdict);
    EXPECT_TRUE(verdict->is_allowed()) << verdict->answer;
    EXPECT_FALSE(verdict->duties.empty());
    for (const Named& duty : verdict->duties) EXPECT_FALSE(duty.tell.empty()) << duty.id;
    EXPECT_GT(verdict->holds_until, "2026-11-23");
}

TEST(Library, AMissingFactIsNamedAndMeansNo) {
    const auto verdict = law().decide({.facts = {{"country", "fr"}, {"at", "2026-11-23"}}});
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->answer, "undetermined");
    EXPECT_EQ(verdict->answer_code, LICET_UNDETERMINED);
    EXPECT_FALSE(verdict->is_allowed());
    EXPECT_FALSE(verdict->missing.empty());
}

TEST(Library, ACountryWithoutLawIsToldByItsNote) {
    const auto verdict = law().decide({.facts = {{"country", "zz"}, {"at", "2026-11-23"}}});
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->answer, "undetermined");
    EXPECT_EQ(verdict->note, "gate.no_law");
}

TEST(Library, ErrorsAreWordedAndHaveAStatus) {
    const auto fact = law().decide({.facts = {{"chanel", "email"}}});
    ASSERT_FALSE(fact);
    EXPECT_EQ(fact.error().status, LICET_INPUT);
    EXPECT_NE(fact.error().text.find("channel"), std::string::npos) << fact.error().text;
    EXPECT_EQ(law().decide({.facts = {{"background", "nothing"}}}).error().status, LICET_INPUT);
    EXPECT_EQ(law().decide({.facts = {{"channel", "pigeon"}}}).error().status, LICET_INPUT);
    EXPECT_EQ(law().decide({.question = "nothing"}).error().status, LICET_MISSING);
    EXPECT_EQ(Law::read_folder("no/such/folder").error().status, LICET_MISSING);
}

TEST(Library, JsonIsAnsweredInJsonWithItsId) {
    const auto answer = law().decide_json(
        R"({"id": 7, "facts": {"country": "fr", "at": "2026-11-23", "channel": "email"}})",
        v1::Language::kEnglish);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->substr(0, 8), R"({"id":7,)");
    EXPECT_NE(answer->find(R"("verdict":"undetermined")"), std::string::npos);
    EXPECT_EQ(answer->find(R"("next")"), std::string::npos);
    const auto explained =
        law().explain_json(R"({"facts": {"country": "fr"}})", v1::Language::kEnglish);
    ASSERT_TRUE(explained);
    EXPECT_NE(explained->find(R"("next":")"), std::string::npos);
    for (const char* bad : {"", "{", "[]", "{}", R"({"facts": 1})", R"({"facts": {"at": 1.5}})",
                            R"({"facts": {"background": "clean"}})"})
        EXPECT_EQ(law().decide_json(bad, v1::Language::kEnglish).error().status, LICET_INPUT)
            << bad;
}

TEST(Library, PacksAreReadFromMemoryAsFromAFolder) {
    std::vector<std::pair<std::string, std::string>> kept;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kPacks)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path());
        kept.emplace_back(std::filesystem::relative(entry.path(), kPacks).generic_string(),
                          std::string(std::istreambuf_iterator<char>(in), {}));
    }
    std::vector<File> files;
    for (const auto& [path, text] : kept) files.push_back({path, text});
    const auto read = Law::read(files, english());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->identity(), law().identity());
    Options other = english();
    other.reading = v1::Reading::kAuthority;
    EXPECT_NE(Law::read(files, other)->identity(), law().identity());
}

TEST(Library, AllFaultsOfPacksAreToldWithTheirPlaces) {
    const std::vector<File> files{{"facts.md", "| fact | type |\n|---|---|\n| a | b |\n"},
                                  {"aa/pack.toml", "id = 3\n"}};
    const auto read = Law::read(files, english());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().status, LICET_INPUT);
    EXPECT_NE(read.error().text.find("facts.md:"), std::string::npos) << read.error().text;
    EXPECT_NE(read.error().text.find("aa/pack.toml:"), std::string::npos) << read.error().text;
}

TEST(Library, ALawIsSharedByThreadsAndOutlivesItsOwnerInABatch) {
    auto batch = [] {
        const Law own = Law::read_folder(kPacks, english()).value();
        const std::vector<Column> columns{{"audience", {"consumer", "organisation"}}};
        return own.batch(message_to_a_consumer(), columns).value();
    }();
    std::vector<std::string> answers(4);
    std::vector<std::thread> threads;
    for (std::string& answer : answers)
        threads.emplace_back([&] { answer = law().decide(message_to_a_consumer())->answer; });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(answers, std::vector<std::string>(4, "forbidden"));

    const std::vector<std::uint16_t> codes{0, 1, LICET_UNKNOWN, 0};
    const std::uint16_t* column = codes.data();
    std::vector<std::uint8_t> found(4);
    std::vector<std::uint32_t> situations(4);
    ASSERT_TRUE(batch.decide({&column, 1}, found, situations));
    EXPECT_EQ(law().answer_name("contact", found[0]), "forbidden");
    EXPECT_EQ(found[2], LICET_UNDETERMINED);
    EXPECT_EQ(situations[0], situations[3]);
    EXPECT_EQ(batch.situation_count(), 3U);
    ASSERT_TRUE(batch.situation(situations[0]));
    EXPECT_EQ(batch.situation(situations[0])->reasons.front().rule, "fr.email.consumer");
    EXPECT_TRUE(batch.situation(situations[0])->at.empty());
    EXPECT_FALSE(batch.situation(3));
}

TEST(Library, ABatchThatFailsLeavesNoAnswerBehind) {
    const std::vector<Column> columns{{"audience", {"consumer"}}};
    Batch batch = law().batch(message_to_a_consumer(), columns).value();
    const std::vector<std::uint16_t> codes{0, 5};
    const std::uint16_t* column = codes.data();
    std::vector<std::uint8_t> answers{1, 1};
    EXPECT_FALSE(batch.decide({&column, 1}, answers));
    EXPECT_EQ(answers, std::vector<std::uint8_t>(2, LICET_UNDETERMINED));
    answers = {1, 1};
    EXPECT_FALSE(batch.decide({}, answers));
    EXPECT_EQ(answers, std::vector<std::uint8_t>(2, LICET_UNDETERMINED));
}

TEST(Library, CTakesNullWhereItMay) {
    licet_law* read = nullptr;
    EXPECT_EQ(licet_law_read(nullptr, 0, nullptr, &read, nullptr), LICET_INPUT);
    EXPECT_EQ(read, nullptr);
    licet_law_free(nullptr);
    licet_verdict_free(nullptr);
    licet_json_free(nullptr);
    licet_batch_free(nullptr);
    licet_error_free(nullptr);
    EXPECT_EQ(licet_version(), LICET_VERSION_MAJOR * 1'000'000U + LICET_VERSION_MINOR * 1'000U +
                                   LICET_VERSION_PATCH);
}

}  // namespace
}  // namespace licet
