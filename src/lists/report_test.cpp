// SPDX-License-Identifier: Apache-2.0
// Goal: the report says every number it was given, in both languages, stands alone, and can be read
// by everybody.
// Method: one example in both languages, looked at as text; hostile and empty input; the contrasts
// of the style computed as WCAG 2.2 defines them.
#include "lists/report.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "base/text.h"
#include "lists/internal/test_report.h"
#include "lists/internal/test_texts.h"

namespace licet::lists {
namespace {

std::string page_in(Language language) {
    return report_html(test::example_report(language), test::catalogue_of(language));
}

std::size_t count_of(const std::string& page, std::string_view what) {
    std::size_t count = 0;
    for (std::size_t at = page.find(what); at != page.npos; at = page.find(what, at + 1)) ++count;
    return count;
}

TEST(Report, SpeaksTheLanguageOfTheReader) {
    const std::string french = page_in(Language::kFrench);
    EXPECT_NE(french.find("<html lang=\"fr\">"), french.npos);
    EXPECT_NE(french.find("<strong>12\u202F847 lignes</strong> sur 19\u202F340"), french.npos);
    EXPECT_NE(french.find("66,4\u202F%"), french.npos);
    const std::string english = page_in(Language::kEnglish);
    EXPECT_NE(english.find("<html lang=\"en\">"), english.npos);
    EXPECT_NE(english.find("<strong>12,847 rows</strong> out of 19,340"), english.npos);
    EXPECT_NE(english.find("66.4%"), english.npos);
}

TEST(Report, HasATextForAllItSays) {
    for (const Language language : {Language::kFrench, Language::kEnglish}) {
        const std::string page = page_in(language);
        EXPECT_EQ(page.find("[report."), page.npos) << page.substr(page.find("[report."), 60);
        EXPECT_EQ(page.find("[verdict."), page.npos);
        EXPECT_EQ(page.find("[role."), page.npos);
        EXPECT_EQ(page.find("{count}"), page.npos);
    }
}

TEST(Report, NamesTheCertificateAndHowToCheckItIfThereIsOne) {
    ReportInput input = test::example_report(Language::kEnglish);
    input.certificate = {"a<b.txt", "until Friday", "licet certificate verify a<b.txt"};
    const Catalogue say = test::catalogue_of(Language::kEnglish);
    const std::string page = report_html(input, say);
    EXPECT_EQ(count_of(page, "a&lt;b.txt"), 2U);
    EXPECT_EQ(count_of(page, "until Friday"), 1U);
    EXPECT_EQ(count_of(page_in(Language::kEnglish), "id=\"certificate\""), 0U);
}

TEST(Report, StandsAloneAndRunsNothing) {
    const std::string page = page_in(Language::kFrench);
    EXPECT_NE(page.find("default-src 'none'"), page.npos);
    for (const auto* outside :
         {"<script", "http:", "https:", "url(", "<img", "<link", "@import", "src="})
        EXPECT_EQ(page.find(outside), page.npos) << outside;
}

TEST(Report, SaysInATableWhatEachPictureShows) {
    const std::string page = page_in(Language::kFrench);
    EXPECT_EQ(count_of(page, "role=\"img\" aria-label="), 1U);
    for (const auto* number :
         {"7\u202F904", "1\u202F398", "10\u202F702", "2\u202F604", "1\u202F733"})
        EXPECT_NE(page.find(number), page.npos) << number;
    EXPECT_EQ(count_of(page, "<table"), count_of(page, "</table>"));
    EXPECT_EQ(count_of(page, "<tr"), count_of(page, "</tr>"));
    EXPECT_EQ(count_of(page, "<section"), count_of(page, "</section>"));
    EXPECT_EQ(count_of(page, "<h1"), 1U);
}

TEST(Report, EscapesWhatItIsGiven) {
    ReportInput in = test::example_report(Language::kFrench);
    const std::string evil = "<script>alert(\"1\")</script>";
    in.campaign = in.file_name = in.date = in.packs[0] = evil;
    in.reasons[0].text = in.reasons[0].citation = in.reasons[0].rule = evil;
    in.origins[0].name = in.audiences[0].name = in.duties[0].text = in.duties[0].id = evil;
    in.remedies[0].text = in.missing[0].text = evil;
    in.problems[0] = {1, evil, evil, evil};
    in.mapping.names[0] = in.sample_columns[0] = evil;
    in.samples[0] = {2, {evil, evil, evil}, Outcome::kAllowed, evil};
    EXPECT_EQ(report_html(in, test::catalogue_of(Language::kFrench)).find("<script"),
              std::string::npos);
}

TEST(Report, AnEmptyScreeningHasAReportWithoutEmptySections) {
    ReportInput in;
    const std::string page = report_html(in, test::catalogue_of(Language::kFrench));
    EXPECT_EQ(count_of(page, "<section"), 1U);
    EXPECT_NE(page.find("<strong>Personne</strong>"), page.npos);
    in.totals[0] = 1;
    in.origins = {{"Formulaire", {}}};
    EXPECT_NE(report_html(in, test::catalogue_of(Language::kFrench)).find("Une seule ligne"),
              std::string::npos);
}

TEST(Report, BothCataloguesHaveTheSameTexts) {
    const auto french = test::catalogue_of(Language::kFrench).texts();
    const auto english = test::catalogue_of(Language::kEnglish).texts();
    const auto has_names = [](const std::string& text) {
        std::set<std::string> names;
        for (std::size_t at = text.find('{'); at != text.npos; at = text.find('{', at + 1))
            names.insert(text.substr(at, text.find('}', at) - at));
        return names;
    };
    ASSERT_EQ(french.size(), english.size());
    for (const auto& [id, text] : french) {
        ASSERT_TRUE(english.contains(id)) << id;
        EXPECT_EQ(has_names(text), has_names(english.find(id)->second)) << id;
    }
}

// Relative luminance and contrast. Source: WCAG 2.2, definitions of both words.
double luminance(const std::string& hex) {
    const auto channel = [&](std::size_t at) {
        const double c = std::stoi(hex.substr(at, 2), nullptr, 16) / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

double contrast(const std::string& a, const std::string& b) {
    const double high = std::max(luminance(a), luminance(b));
    const double low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

TEST(Report, ItsColoursCanBeReadOnPaperAndAtNight) {
    const std::string page = page_in(Language::kFrench);
    std::size_t from = page.find(":root");
    for (int theme = 0; theme < 2; ++theme) {
        const auto colour = [&](const std::string& name) {
            const std::size_t at = page.find("--" + name + ": #", from);
            return page.substr(at + name.size() + 4, 7);
        };
        for (const auto* text : {"ink", "soft", "link"})
            EXPECT_GE(contrast(colour(text), colour("paper")), 4.5) << text << theme;
        // The signs of the outcomes are text on these colours.
        for (const auto* drawn :
             {"allowed", "forbidden", "out_of_scope", "undetermined", "unreadable"}) {
            EXPECT_GE(contrast(colour(drawn), colour("paper")), 4.5) << drawn << theme;
            EXPECT_GE(contrast(colour(drawn), colour("track")), 3.0) << drawn << theme;
        }
        from = page.find(":root", from + 1);
    }
}

}  // namespace
}  // namespace licet::lists
