// SPDX-License-Identifier: Apache-2.0
// Goal: a campaign file is read whole; what is unknown in it is told with line, column and the
// nearest name.
#include "gate/campaign.h"

#include <gtest/gtest.h>

#include "gate/gate_test_support.h"

namespace licet::gate {
namespace {

using Lines = std::vector<std::string>;
using test::text_of;

constexpr std::string_view kStart = "channel = \"email\"\npurpose = \"commercial\"\n";

std::vector<Error> problems_of(std::string_view more) {
    return read_campaign(test::real_law(), std::string(kStart) + std::string(more), "c.toml")
        .problems;
}
Lines faults_of(std::string_view more) { return law::test::worded(problems_of(more)); }

TEST(Campaign, TheFileBecomesFactsAndTexts) {
    const Campaign campaign = test::campaign_of(
        "name = \"Test\"\nchannel = \"live_call\"\npurpose = \"commercial\"\nat = "
        "\"2026-11-23T11:00+01:00\"\n"
        "mass = true\n[sender]\nname = \"Durand SA\"\nkind = \"company\"\n[offer]\noccupations = "
        "[\"RH\"]\n"
        "[list]\norigin = \"broker\"\nreceived_on = 2026-10-01\ninformed = false\naudience = "
        "\"professional\"\n"
        "last_activity = \"person\"\n[message]\noptout = \"link\"\n[facts]\n\"caller_id\" = "
        "\"callable_own\"\n");
    EXPECT_EQ(campaign.name, "Test");
    EXPECT_EQ(campaign.sender_name, "Durand SA");
    EXPECT_EQ(campaign.occupations, Lines{"RH"});
    EXPECT_EQ(campaign.audience, "professional");
    EXPECT_TRUE(campaign.is_last_activity_by_person);
    EXPECT_EQ(text_of(campaign.facts, "at"), "2026-11-23T11:00+01:00");
    EXPECT_EQ(text_of(campaign.facts, "mass"), "yes");
    EXPECT_EQ(text_of(campaign.facts, "message.optout"), "link");
    EXPECT_EQ(text_of(campaign.facts, "caller_id"), "callable_own");
    EXPECT_EQ(text_of(campaign.facts, "origin"), "?");
    EXPECT_EQ(text_of(campaign.collection, "origin"), "broker");
    EXPECT_EQ(text_of(campaign.collection, "origin.on"), "2026-10-01");
    EXPECT_EQ(text_of(campaign.collection, "origin.informed"), "no");
    EXPECT_EQ(test::supplier_of(campaign.facts, "channel"), "campaign");
}

TEST(Campaign, UnknownNamesAreToldWithTheNearest) {
    const auto problems = problems_of("[sender]\nnamee = \"x\"\n");
    ASSERT_EQ(law::test::worded(problems), Lines{"toml.unknown_near c.toml:4:9"});
    EXPECT_EQ(problems[0].message.arguments[1].second, "sender.name");
    const auto facts = problems_of("[facts]\n\"callr_id\" = \"hidden\"\n");
    ASSERT_EQ(law::test::worded(facts), Lines{"fact.unknown_near c.toml:4:14"});
    EXPECT_EQ(facts[0].message.arguments[1].second, "caller_id");
}

TEST(Campaign, UnknownValuesAreToldWithTheirPlace) {
    EXPECT_EQ(faults_of("sector = \"boats\"\n"), Lines{"fact.bad_value c.toml:3:10"});
    EXPECT_EQ(faults_of("at = 2026-02-30\n").size(), 1U);
    EXPECT_EQ(faults_of("at = \"2026-02-30\"\n"), Lines{"fact.no_such_day c.toml:3:6"});
    EXPECT_EQ(faults_of("[list]\naudience = \"everybody\"\n"), Lines{"fact.bad_value c.toml:4:12"});
    EXPECT_EQ(faults_of("[list]\norigin = \"somewhere\"\nnotice14 = \"soon\"\n"),
              (Lines{"fact.bad_value c.toml:4:10", "fact.bad_value c.toml:5:12"}));
    EXPECT_EQ(faults_of("[message]\noptout = \"maybe\"\n"), Lines{"fact.bad_value c.toml:4:10"});
}

TEST(Campaign, ChannelAndPurposeAreRequired) {
    EXPECT_EQ(law::test::worded(read_campaign(test::real_law(), "", "c.toml").problems),
              (Lines{"campaign.lacks c.toml", "campaign.lacks c.toml"}));
}

TEST(Campaign, AFileThatIsNoTomlIsToldWithItsPlace) {
    EXPECT_EQ(law::test::worded(read_campaign(test::real_law(), "channel = ", "c.toml").problems),
              Lines{"toml.syntax c.toml:1:11"});
}

// A country in capitals is dropped in silence by the gate for rows: every row would be for review.
TEST(Campaign, ACountryThatIsNoCodeIsTold) {
    EXPECT_EQ(faults_of("country = \"FR\"\n"), Lines{"fact.bad_value c.toml:3:11"});
}

// Any other word than "person" silently means the contrary.
TEST(Campaign, AnUnknownLastActivityIsTold) {
    EXPECT_EQ(faults_of("[list]\nlast_activity = \"persn\"\n").size(), 1U);
}

TEST(Campaign, TheExamplesAreClean) {
    for (const auto& entry : std::filesystem::directory_iterator(
             std::filesystem::path(LICET_SOURCE_DIR) / "examples")) {
        if (entry.path().extension() != ".toml") continue;
        const std::string path = entry.path().filename().string();
        if (path == "organisation.toml") continue;  // of papers
        EXPECT_EQ(law::test::worded(
                      read_campaign(test::real_law(), law::test::text_of_file(entry.path()), path)
                          .problems),
                  Lines{});
    }
}

}  // namespace
}  // namespace licet::gate
