// SPDX-License-Identifier: Apache-2.0
// Goal: the page of a comparison says every number it was given, in both languages, and stands
// alone. That the numbers are those of two screenings is shown by end_to_end.whatif.
// Method: one example looked at as text, with hostile texts in all its places.
#include "lists/compare.h"

#include <gtest/gtest.h>

#include "lists/internal/test_texts.h"

namespace licet::lists {
namespace {

Comparison example(const std::string& text) {
    Comparison in;
    in.campaign = in.file_name = in.name_before = in.name_after = text;
    in.packs = {text};
    in.before = {4'321, 1'000, 0, 7, 12};
    in.after = {1'234, 4'087, 0, 7, 12};
    in.rows = 5'340;
    in.gained = 1'013;
    in.lost = 4'100;
    const Stand allowed{Outcome::kAllowed, "r.one", text, text};
    const Stand forbidden{Outcome::kForbidden, "r.two", text, text};
    in.moves = {{allowed, forbidden, 4'100}, {forbidden, allowed, 1'013}};
    in.actions = {{"consent", "given", text, ReportInput::Actor::kPerson, false, 15, 3'999, 0, 61}};
    in.sample_columns = {"E-mail"};
    in.samples = {{2, {text}, allowed, forbidden}};
    return in;
}

TEST(Compare, ThePageSaysEveryNumberInBothLanguages) {
    const std::string french = comparison_html(example("a"), test::catalogue_of(Language::kFrench));
    const std::string english =
        comparison_html(example("a"), test::catalogue_of(Language::kEnglish));
    for (const auto* number : {"4,321", "1,234", "5,340", "+3,087", "−3,087", "4,100", "1,013",
                               "3,999", ">61 more", "r.two", "Up to the person"})
        EXPECT_NE(english.find(number), english.npos) << number;
    EXPECT_NE(french.find("<html lang=\"fr\">"), french.npos);
    EXPECT_NE(french.find("−3\u202F087"), french.npos);
    for (const std::string& page : {french, english})
        EXPECT_EQ(page.find("compare."), page.npos) << page.substr(page.find("compare."), 40);
}

TEST(Compare, ThePageEscapesWhatItIsGivenAndAsksNothing) {
    const std::string page = comparison_html(example("<script>alert(\"1\")</script>"),
                                             test::catalogue_of(Language::kFrench));
    for (const auto* outside : {"<script", "http:", "https:", "url(", "<img", "<link", "src="})
        EXPECT_EQ(page.find(outside), page.npos) << outside;
}

TEST(Compare, OnlyAllowedAndOutOfScopeMayBeSentTo) {
    EXPECT_TRUE(may_be_sent_to(Outcome::kAllowed));
    EXPECT_TRUE(may_be_sent_to(Outcome::kOutOfScope));
    EXPECT_FALSE(may_be_sent_to(Outcome::kForbidden));
    EXPECT_FALSE(may_be_sent_to(Outcome::kUndetermined));
    EXPECT_FALSE(may_be_sent_to(Outcome::kUnreadable));
}

}  // namespace
}  // namespace licet::lists
