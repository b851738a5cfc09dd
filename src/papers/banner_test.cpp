// SPDX-License-Identifier: Apache-2.0
//
// Goal: the files of a banner say what was shown, bear the version that names it, and cannot be
// broken by a name. How they behave in a browser is tests/browser/banner_test.mjs.
#include "papers/banner.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/text.h"

namespace licet::papers {
namespace {

Tracker tracker(Need need) {
    Tracker one;
    one.id = "t";
    one.name = "Mesure </script><b>";
    one.issuer = "I";
    one.country = "fr";
    one.kind = "audience";
    one.title = {"compter", "counting"};
    one.lifetime_months = 13;
    one.script = "https://stats.example.com/s.js";
    one.need = need;
    return one;
}

Banner built(std::vector<Tracker> trackers) {
    Site site;
    site.id = "shop";
    site.name = "Boutique";
    site.controller = "Maison Verveine";
    site.policy_link = "https://example.com/traceurs";
    site.choice_days = 180;
    site.trackers = std::move(trackers);
    const BannerParts parts{"library()", "// a comment\n  start(SETTINGS);\n", "a{}"};
    const Catalogue say(Language::kFrench, {{"choices.first", "{controller} {purposes} {policy}"}});
    return build_banner(site, parts, say).value();
}

std::string file_of(const Banner& banner, std::string_view name) {
    for (const BannerFile& file : banner.files)
        if (file.name == name) return file.bytes;
    return "";
}

TEST(Banner, TheVersionIsTheDigestOfThePageThatTellsIt) {
    const Banner banner = built({tracker(Need::kConsent)});
    const std::string page = file_of(banner, "banner-fr.html");
    EXPECT_EQ(banner.version, hex_of(sha256(page)));
    EXPECT_NE(file_of(banner, "banner-fr.js").find(banner.version), std::string::npos);
    EXPECT_EQ(built({tracker(Need::kConsent)}).version, banner.version);
}

TEST(Banner, AnotherTrackerIsAnotherVersion) {
    Tracker other = tracker(Need::kConsent);
    other.issuer = "J";
    EXPECT_NE(built({other}).version, built({tracker(Need::kConsent)}).version);
}

TEST(Banner, ASiteWithoutAnythingToAskGetsASentence) {
    for (const Banner& banner : {built({}), built({tracker(Need::kNothing)})}) {
        EXPECT_FALSE(banner.has_choice);
        ASSERT_EQ(banner.files.size(), 1U);
        EXPECT_EQ(banner.files[0].name, "no-banner-fr.html");
    }
}

TEST(Banner, ANameIsNeverMarkup) {
    const Banner banner = built({tracker(Need::kConsent)});
    for (const BannerFile& file : banner.files)
        if (!file.name.ends_with(".json")) {
            EXPECT_EQ(file.bytes.find("Mesure </script><b>"), std::string::npos) << file.name;
        }
}

TEST(Banner, CommentLinesDoNotReachVisitors) {
    EXPECT_EQ(without_comments("// a\n  b(); // c\n\n    // d\n"), "b(); // c\n");
    EXPECT_EQ(file_of(built({tracker(Need::kConsent)}), "banner-fr.js").find("a comment"),
              std::string::npos);
}

TEST(Banner, AStyleIsPacked) {
    EXPECT_EQ(packed_style("/* a */\nb{c:d;\n    e:f}\n/* g"), "b{c:d;e:f}");
}

TEST(Banner, WithoutItsLibraryThereIsNone) {
    const auto banner = build_banner({}, {}, Catalogue(Language::kFrench, {}));
    ASSERT_FALSE(banner.has_value());
    EXPECT_EQ(banner.error().message.id, "choices.no_library");
}

}  // namespace
}  // namespace licet::papers
