// SPDX-License-Identifier: Apache-2.0
//
// Goal: which trackers are asked for is what the packs answer, and what is missing is a question.
// Method: one site, one tracker at a time, the real law.
#include "papers/trackers.h"

#include <gtest/gtest.h>

#include "law/law_test_support.h"

namespace licet::papers {
namespace {

using law::test::real_law;

const std::string kSite = R"(
[organisation]
name = "Maison Verveine"
country = "fr"
policy_link = "https://example.com/traceurs"
[site.shop]
name = "Boutique"
)";

std::string tracker(const std::string& more) {
    return kSite +
           "[tracker.t]\nname = \"T\"\nissuer = \"I\"\ncountry = \"fr\"\nlifetime = 13\n"
           "title = \"compter\"\n" +
           more;
}

Read<Site> site_of(const std::string& toml, std::string_view wanted = "") {
    const auto file = parse_toml(toml, "organisation.toml");
    LICET_ENSURE(file.has_value());
    return read_site(real_law(), *file, wanted, parse_date("2026-11-27").value());
}

std::string problem_of(const std::string& toml, std::string_view wanted = "") {
    const auto read = site_of(toml, wanted);
    return read.problems.empty() ? "" : read.problems.front().message.id;
}

// Cites: [fr-cnil-2020-091]
TEST(Trackers, TheLawSaysWhatATrackerNeeds) {
    const auto need = [](const std::string& more) {
        const auto read = site_of(tracker(more));
        EXPECT_TRUE(read.is_clean()) << (read.problems.empty() ? "" : read.problems[0].message.id);
        return read.value.trackers.at(0).need;
    };
    EXPECT_EQ(need("kind = \"strictly_needed\"\n"), Need::kNothing);
    EXPECT_EQ(need("kind = \"advertising\"\n"), Need::kConsent);
    EXPECT_EQ(need("kind = \"social\"\n"), Need::kConsent);
    const std::string audience =
        "kind = \"audience\"\npublisher_only = true\nanonymous = true\ndata_months = ";
    EXPECT_EQ(need(audience + "25\n"), Need::kRefusal);
    EXPECT_EQ(need(audience + "26\n"), Need::kConsent);
}

TEST(Trackers, WhatTheLawNeedsToKnowIsAskedFor) {
    const auto read = site_of(tracker("kind = \"audience\"\npublisher_only = true\n"));
    ASSERT_EQ(read.problems.size(), 1U);
    EXPECT_EQ(read.problems[0].message.id, "choices.undetermined");
    EXPECT_EQ(read.problems[0].where, "organisation.toml:9:8");
}

TEST(Trackers, AMeasurementThatLeavesWithoutProtectionIsNotSavedByAClick) {
    std::string text = tracker(
        "kind = \"audience\"\npublisher_only = false\nanonymous = false\n"
        "data_months = 14\ntool = \"none\"\ndpf = \"none\"\n");
    text.replace(text.find("\"fr\"\nlifetime"), 4, "\"us\"");
    EXPECT_EQ(problem_of(text), "choices.forbidden");
}

TEST(Trackers, AChoiceIsKeptAsLongAsTheLawWants) {
    EXPECT_EQ(shortest_memory_days(real_law(), "fr", parse_date("2026-11-27").value()).value(),
              180);
    EXPECT_EQ(site_of(kSite).value.choice_days, 180);
    EXPECT_EQ(site_of(kSite + "choice_months = 6\n").value.choice_days, 182);
    EXPECT_EQ(problem_of(kSite + "choice_months = 5\n"), "choices.too_short");
}

TEST(Trackers, WhatIsWrongHasItsPlace) {
    EXPECT_EQ(problem_of("[organisation]\nname = \"a\"\n"), "choices.no_site");
    EXPECT_EQ(problem_of(kSite + "[site.other]\nname = \"b\"\n"), "choices.which_site");
    EXPECT_EQ(problem_of(kSite, "nowhere"), "choices.which_site");
    EXPECT_EQ(problem_of("[site.a]\nname = \"a\"\n"), "choices.lacks");
    EXPECT_EQ(problem_of(tracker("kind = \"cookie\"\n")), "fact.bad_value");
    EXPECT_EQ(problem_of(tracker("kind = \"social\"\nscript = \"javascript:x\"\n")),
              "choices.link");
    EXPECT_EQ(problem_of(kSite + "record_link = \"http://example.com\"\n"), "choices.link");
}

TEST(Trackers, ATrackerOfAnotherSiteOrOfMailIsNotThisSites) {
    EXPECT_TRUE(site_of(tracker("kind = \"social\"\nsite = [\"other\"]\n")).value.trackers.empty());
    EXPECT_TRUE(site_of(tracker("kind = \"email_pixel\"\n")).value.trackers.empty());
}

}  // namespace
}  // namespace licet::papers
