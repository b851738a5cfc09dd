// SPDX-License-Identifier: Apache-2.0
// Goal: a campaign has one name in events, whatever signs stand in its title.
// Method: names in French, empty ones, long ones.
#include "gate/campaign_id.h"

#include <gtest/gtest.h>

namespace licet::gate {
namespace {

TEST(CampaignId, EventsNameItInSmallLettersAndHyphens) {
    EXPECT_EQ(campaign_id("Été 2026 : coffrets !"), "ete-2026-coffrets");
    EXPECT_EQ(campaign_id("  "), "");
    EXPECT_EQ(campaign_id(std::string(100, 'a')).size(), 64U);
}

}  // namespace
}  // namespace licet::gate
