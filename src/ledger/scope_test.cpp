// SPDX-License-Identifier: Apache-2.0
//
// Goal: an objection reaches as far as the person said, and where it is unclear, further.
#include "ledger/scope.h"

#include <gtest/gtest.h>

namespace licet::ledger {
namespace {

TEST(Scope, AnObjectionHoldsForAllTopicsBelowIt) {
    EXPECT_EQ(reach_of("commercial", "commercial.newsletter"), PurposeReach::kCovered);
    EXPECT_EQ(reach_of("commercial.newsletter", "commercial.newsletter.wine"),
              PurposeReach::kCovered);
    EXPECT_EQ(reach_of("", "commercial.newsletter"), PurposeReach::kCovered);
}

TEST(Scope, AnActThatDoesNotTellItsTopicMayBeAboutTheOneObjectedTo) {
    EXPECT_EQ(reach_of("commercial.newsletter", "commercial"), PurposeReach::kCovered);
    EXPECT_EQ(reach_of("commercial.newsletter", ""), PurposeReach::kCovered);
}

TEST(Scope, ATopicBesideIsAnotherMatter) {
    EXPECT_EQ(reach_of("commercial.newsletter", "commercial.events"), PurposeReach::kOtherTopic);
    EXPECT_EQ(reach_of("commercial.news", "commercial.newsletter"), PurposeReach::kOtherTopic);
    EXPECT_EQ(reach_of("transactional", "commercial.events"), PurposeReach::kOtherPurpose);
}

TEST(Scope, AnActOfNoBrandMayBeOfAny) {
    EXPECT_TRUE(covers_brand("", "north"));
    EXPECT_TRUE(covers_brand("north", ""));
    EXPECT_TRUE(covers_brand("north", "north"));
    EXPECT_FALSE(covers_brand("north", "south"));
}

TEST(Scope, PathsAreWordsAndDots) {
    EXPECT_TRUE(is_purpose_path("commercial.news-letter_2"));
    for (const char* bad : {"", ".a", "a.", "a..b", "A", "a b", "a@b"})
        EXPECT_FALSE(is_purpose_path(bad)) << bad;
}

}  // namespace
}  // namespace licet::ledger
