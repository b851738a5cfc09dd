// SPDX-License-Identifier: Apache-2.0
// Goal: ages of rows are counted up to the very day, footers say all that the campaign knows and
// ask what it does not, and the report shows both.
// Method: single contacts and campaigns; the page looked at as text.
#include <gtest/gtest.h>

#include "law/law_test_support.h"
#include "lists/footer.h"
#include "lists/internal/test_report.h"
#include "lists/internal/test_texts.h"
#include "lists/row_ages.h"

namespace licet::lists {
namespace {

Date day(std::string_view text) { return parse_date(text).value(); }

std::size_t bucket_of(const gate::Campaign& campaign, const gate::Contact& contact,
                      const ledger::Standing* standing = nullptr) {
    RowAges ages(law::test::real_law(), campaign, day("2026-11-23"));
    ages.add(contact, standing, Outcome::kForbidden);
    ReportInput::Ages found;
    ages.add_to(found);
    for (std::size_t i = 0; i < found.rows.size(); ++i)
        if (found.rows.at(i).at(1) == 1) return i;
    EXPECT_EQ(found.unknown.at(1), 1U);
    return found.rows.size();
}

TEST(RowAges, CountUpToTheVeryDay) {
    gate::Campaign campaign;
    gate::Contact contact;
    EXPECT_EQ(bucket_of(campaign, contact), ReportInput::Ages::kBuckets);  // not known
    contact.created = day("2023-11-23");
    EXPECT_EQ(bucket_of(campaign, contact), 5U);  // 36 months to the day
    contact.created = day("2023-11-22");
    EXPECT_EQ(bucket_of(campaign, contact), 6U);
    contact.created = day("1999-01-01");
    EXPECT_EQ(bucket_of(campaign, contact), ReportInput::Ages::kBuckets - 1);
    contact.created = day("2026-11-24");  // still to come
    EXPECT_EQ(bucket_of(campaign, contact), ReportInput::Ages::kBuckets);
}

TEST(RowAges, OnlyWhatThePersonDidMakesARowYounger) {
    gate::Campaign campaign;
    gate::Contact contact;
    contact.created = day("2020-01-01");
    contact.last_activity = day("2026-11-01");
    EXPECT_EQ(bucket_of(campaign, contact), ReportInput::Ages::kBuckets - 1);
    campaign.is_last_activity_by_person = true;
    EXPECT_EQ(bucket_of(campaign, contact), 0U);
    campaign.is_last_activity_by_person = false;
    ledger::Standing standing;
    standing.last_act_on = day("2026-01-01");
    EXPECT_EQ(bucket_of(campaign, contact, &standing), 1U);
}

TEST(Footer, SaysWhatTheCampaignKnows) {
    gate::Campaign campaign;
    campaign.sender_name = "Maison Exemple";
    campaign.list_source = "Formulaire du site";
    campaign.sender_stop_contact = "stop@maison.example";
    for (const Language language : {Language::kFrench, Language::kEnglish}) {
        const auto footer = footer_of(campaign, "email", {}, test::catalogue_of(language));
        for (const std::string& word :
             {campaign.sender_name, campaign.list_source, campaign.sender_stop_contact})
            EXPECT_NE(footer.text.find(word), footer.text.npos) << word;
        EXPECT_TRUE(footer.asked.empty());
        EXPECT_EQ(footer.text.find('['), footer.text.npos);
        EXPECT_EQ(footer.text.find('{'), footer.text.npos);
    }
}

TEST(Footer, AsksWhatIsMissingAndLeavesNoBlank) {
    const Catalogue say = test::catalogue_of(Language::kEnglish);
    const std::vector<std::string> duties = {"postal_address", "notice_with_source"};
    for (const auto* channel : {"email", "sms", "live_call", "post"}) {
        const auto footer = footer_of({}, channel, duties, say);
        EXPECT_GE(footer.asked.size(), 3U) << channel;
        for (const std::string& question : footer.asked)
            EXPECT_NE(footer.text.find("[" + question + "]"), footer.text.npos) << question;
        EXPECT_EQ(footer.text.find("footer."), footer.text.npos) << footer.text;
    }
}

TEST(Footer, ThePageShowsTheGapsAndTheAges) {
    for (const Language language : {Language::kFrench, Language::kEnglish}) {
        ReportInput in = test::example_report(language);
        in.footers = {{"fr", "De [qui ?].", {"qui ?"}}, {"en", "From [who?].", {"who?"}}};
        in.ages.rows.at(6) = {0, 291, 0, 0, 0};
        in.ages.limit_months = 36;
        in.ages.limit_text = "a<b";
        const std::string page = report_html(in, test::catalogue_of(language));
        EXPECT_NE(page.find("<mark>[who?]</mark>"), page.npos);
        EXPECT_NE(page.find("class=\"limit\""), page.npos);
        EXPECT_NE(page.find("a&lt;b"), page.npos);
        EXPECT_NE(page.find("class=\"past\""), page.npos);
        EXPECT_EQ(page.find("report."), page.npos);
    }
}

}  // namespace
}  // namespace licet::lists
