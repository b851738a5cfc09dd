// SPDX-License-Identifier: Apache-2.0
// Goal: a page shows each client with its numbers, a hostile name as text, and the picture says
//       nothing that the table does not say.
// Method: two clients, one of them without an audit and with a name made of tags.
#include "audit/portfolio.h"

#include <gtest/gtest.h>

#include <array>

namespace licet::audit {
namespace {

ClientState state_named(std::string name, int points) {
    ClientState out;
    out.id = "client";
    out.name = std::move(name);
    out.has_audit = points >= 0;
    out.themes = {{"INF", points, points == 0}, {"PAY", -1, false}};
    return out;
}

Questionnaire two_themes() {
    Questionnaire out;
    out.themes = {{"INF", 60, {"Informer", "Inform"}},
                  {"PAY", 40, {"Pays", "Countries"}},
                  {"PRO", 0, {"Profil", "Profile"}}};
    return out;
}

const Catalogue kNoWords(Language::kEnglish, {});

TEST(Portfolio, HeatGoesFromBadToGood) {
    EXPECT_EQ(heat_of({"A", -1, false}), -1);
    EXPECT_EQ(heat_of({"A", 0, false}), 0);
    EXPECT_EQ(heat_of({"A", 19, false}), 0);
    EXPECT_EQ(heat_of({"A", 20, false}), 1);
    EXPECT_EQ(heat_of({"A", 100, false}), 4);
}

TEST(Portfolio, PictureAndTableSayTheSameAndTheProfileIsNoTheme) {
    const std::array clients{state_named("Alpha", 37), state_named("Beta", 0)};
    const Questionnaire questionnaire = two_themes();
    const std::string page = portfolio_page({clients, {}, questionnaire, {}}, kNoWords);
    const std::size_t table = page.find("<table>");
    for (const char* text : {">37<", ">0 ■<", ">–<"}) {
        EXPECT_LT(page.find(text), table) << text;
        EXPECT_NE(page.find(text, table), std::string::npos) << text;
    }
    EXPECT_EQ(page.find("Profile"), std::string::npos);
}

TEST(Portfolio, AHostileNameIsText) {
    const std::array clients{state_named("<script>alert(1)</script>\xC3\xA9\xC3\xA9", -1)};
    const Questionnaire questionnaire = two_themes();
    const std::string page = portfolio_page({clients, {}, questionnaire, {}}, kNoWords);
    EXPECT_EQ(page.find("<script>alert"), std::string::npos);
    EXPECT_NE(page.find("&lt;script&gt;"), std::string::npos);
}

TEST(Portfolio, ALongNameIsCutBetweenCharacters) {
    std::string name;
    for (int i = 0; i < 60; ++i) name += "\xC3\xA9";
    const std::array clients{state_named(name, 10)};
    const Questionnaire questionnaire = two_themes();
    EXPECT_NE(portfolio_page({clients, {}, questionnaire, {}}, kNoWords).find("é…"),
              std::string::npos);
}

}  // namespace
}  // namespace licet::audit
