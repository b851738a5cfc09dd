// SPDX-License-Identifier: Apache-2.0
// Goal: the same text is the same law, whatever the order of the files; packs bind where they
// should; the
//       reading is the tenant's choice.
#include "law/law.h"

#include <gtest/gtest.h>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

using test::answer_of;
using test::SmallLaw;
using Lines = std::vector<std::string>;

TEST(Law, TheSameFilesInAnotherOrderAreTheSameBytes) {
    std::vector<SourceFile> files = test::real_files();
    std::reverse(files.begin(), files.end());
    std::rotate(files.begin(), files.begin() + 7, files.end());
    const auto other = read_law(files).value;
    ASSERT_EQ(other->tables().size(), test::real_law().tables().size());
    for (std::size_t i = 0; i < other->tables().size(); ++i) {
        EXPECT_EQ(other->tables()[i].cells, test::real_law().tables()[i].cells);
        EXPECT_EQ(other->tables()[i].decision, test::real_law().tables()[i].decision);
        EXPECT_EQ(other->tables()[i].root_nodes, test::real_law().tables()[i].root_nodes);
    }
    for (std::size_t i = 0; i < other->packs().size(); ++i)
        EXPECT_EQ(other->packs()[i].digest, test::real_law().packs()[i].digest);
}

TEST(Law, ADigestChangesWithEveryFileThatAPackRestsOn) {
    SmallLaw small;
    small.blocks = "rule a\n  answers contact = allowed\n  when flag\n" + std::string(test::kTexts);
    const std::string before = small.law()->packs()[0].digest;
    EXPECT_EQ(small.law()->packs()[0].digest, before);
    SmallLaw other = small;
    other.tables = "\nMore prose.\n";
    EXPECT_NE(other.law()->packs()[0].digest, before);
    other = small;
    other.duties += "\nMore prose.\n";
    EXPECT_NE(other.law()->packs()[0].digest, before);
}

TEST(Law, TheReadingOfTheTextDropsStrictRulesAndTheirExceptions) {
    const auto text = read_law(test::real_files(), Reading::kText);
    EXPECT_EQ(test::worded(text.problems), Lines{});
    ASSERT_NE(text.value, nullptr);
    const auto facts =
        "country = fr, at = 2026-11-23, channel = sms, audience = organisation, "
        "purpose = commercial, objection = none, automated_system = yes, caller_id = "
        "platform_range";
    EXPECT_EQ(answer_of(test::real_law(), facts), "forbidden");
    EXPECT_EQ(answer_of(*text.value, facts), "allowed");
    EXPECT_EQ(text.value->reading(), Reading::kText);
    EXPECT_NE(text.value->packs()[0].digest, test::real_law().packs()[0].digest);
}

TEST(Law, TheReadingOfTheAuthorityCompiles) {
    EXPECT_EQ(test::worded(read_law(test::real_files(), Reading::kAuthority).problems), Lines{});
}

TEST(Law, AFloorBindsWhereAPackRestsOnItAndNowhereElse) {
    const auto facts = [](std::string_view country) {
        return "background = ordinary_offer, background = clean, background = valid_consent, "
               "channel = post, "
               "audience = consumer, at = 2026-11-23, consent.on = 2026-01-01, origin = "
               "person_other, "
               "origin.informed = yes, origin.optout_offered = yes, code_adherent = no, objection "
               "= all, "
               "objection.on = 2026-02-01, country = " +
               std::string(country);
    };
    EXPECT_EQ(test::deciding_of(test::real_law(), facts("fr")), Lines{"eu.objection"});
    EXPECT_EQ(test::deciding_of(test::real_law(), facts("de")), Lines{"eu.objection"});
    EXPECT_EQ(answer_of(test::real_law(), facts("jp")), "out_of_scope");
}

TEST(Law, AQuestionThatNoPackAnswersIsMissing) {
    EXPECT_EQ(test::real_law().decide("no_such_question", {}).error().message.id,
              "law.no_rules_for");
    EXPECT_EQ(test::real_law().decide("no_such_question", {}).error().code, ErrorCode::kMissing);
    EXPECT_EQ(test::real_law().table("no_such_question"), nullptr);
}

TEST(Law, TwoPacksMayNotDeclareOneRuleTwice) {
    SmallLaw small;
    small.blocks = "rule a\n  answers contact = allowed\n  when flag\n" + std::string(test::kTexts);
    std::vector<SourceFile> files = small.files();
    std::string toml = small.toml;
    toml.replace(toml.find("id = \"aa\""), 9, "id = \"cc\"");
    files.push_back({"cc/pack.toml", toml});
    files.push_back({"cc/rules.md", "```law\n" + small.blocks + "```\n"});
    EXPECT_EQ(test::worded(read_law(files).problems), Lines{"law.declared_twice cc/rules.md:2:1"});
}

TEST(Law, TwoPacksSpeakEachForItsCountry) {
    SmallLaw small;
    small.blocks = "rule a\n  answers contact = allowed\n  when flag\n" + std::string(test::kTexts);
    std::vector<SourceFile> files = small.files();
    files.push_back({"cc/pack.toml",
                     "id = \"cc\"\nversion = \"1\"\ncountries = [\"cc\"]\ntitle.fr = \"C\"\n"
                     "title.en = \"C\"\n"});
    files.push_back({"cc/rules.md", "```law\nrule c\n  answers contact = forbidden\n  when flag\n" +
                                        std::string(test::kTexts) + "```\n"});
    const auto law = read_law(files).value;
    ASSERT_NE(law, nullptr);
    EXPECT_EQ(answer_of(*law, "country = aa, flag = yes"), "allowed");
    EXPECT_EQ(answer_of(*law, "country = cc, flag = yes"), "forbidden");
    EXPECT_EQ(test::missing_of(*law, "flag = yes"), Lines{"country"});
}

TEST(Law, FaultsOfAllFilesAreToldAtOnceAndThereIsNoLaw) {
    SmallLaw small;
    small.facts +=
        "\n| fact | type | values | supplier | silence | changed by | fr | en "
        "|\n|---|---|---|---|---|---|---|---|\n"
        "| new | strange | | request | open | us | n | n |\n";
    small.toml = "moon = 1\n" + small.toml;
    small.sources += "| t | | | | | | |\n";
    small.blocks = "rool\n";
    const auto read = small.read();
    EXPECT_EQ(test::worded(read.problems),
              (Lines{"law.fact_type facts.md:25:9", "toml.unknown aa/pack.toml:1:8",
                     "law.source_incomplete aa/sources.md:4:1",
                     "law.unknown_statement aa/rules.md:2:1"}));
    EXPECT_EQ(read.value, nullptr);
}

}  // namespace
}  // namespace licet::law
