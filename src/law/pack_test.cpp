// SPDX-License-Identifier: Apache-2.0
// Goal: pack.toml and sources.md are read whole; what is missing or misspelt is told with its
// place. Cites: [trav:L3133-1]
#include "law/pack.h"

#include <gtest/gtest.h>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

using test::SmallLaw;
using Lines = std::vector<std::string>;

Lines faults_of_toml(std::string_view toml) {
    SmallLaw small;
    small.toml = toml;
    return test::worded(read_pack("aa", small.files()).problems);
}
Date day(std::string_view text) { return parse_date(text).value(); }

TEST(Pack, TheFrenchCalendarHasElevenHolidays) {
    const Calendar& fr = *test::real_law().calendar_of("fr");
    Lines found;
    for (Date date = day("2026-01-01"); date < day("2027-01-01"); date += std::chrono::days{1})
        if (fr.is_holiday(date)) found.push_back(text_of(date));
    EXPECT_EQ(found, (Lines{"2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14",
                            "2026-05-25", "2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11",
                            "2026-12-25"}));
}

TEST(Pack, ARegionHasItsOwnZoneOrThatOfTheCountry) {
    const Calendar& fr = *test::real_law().calendar_of("fr");
    EXPECT_EQ(fr.zone_of("974"), "Indian/Reunion");
    EXPECT_EQ(fr.zone_of("67"), "Europe/Paris");
    EXPECT_EQ(fr.zone_of(""), "Europe/Paris");
}

TEST(Pack, IdentityNamesVersionAndDigest) {
    const std::string identity = test::real_law().pack_of("fr")->identity();
    EXPECT_TRUE(identity.starts_with("fr@")) << identity;
    EXPECT_EQ(identity.substr(identity.find("+sha256:")).size(), 8U + 16U);
}

TEST(Pack, FaultsOfPackTomlAreTold) {
    const std::string good =
        "id = \"aa\"\nversion = \"1\"\ncountries = [\"aa\"]\ntitle.fr = \"A\"\ntitle.en = \"A\"\n";
    EXPECT_EQ(faults_of_toml(good), Lines{});
    EXPECT_EQ(faults_of_toml(good + "verzion = \"2\"\n"),
              Lines{"toml.unknown_near aa/pack.toml:6:11"});
    EXPECT_EQ(faults_of_toml("id = \"aa\"\n"),
              (Lines{"law.pack_lacks aa/pack.toml:1:1", "law.pack_lacks aa/pack.toml:1:1",
                     "law.pack_lacks aa/pack.toml:1:1", "law.pack_lacks aa/pack.toml:1:1"}));
    EXPECT_EQ(faults_of_toml("id = \"ab\"\n" + good.substr(10)),
              Lines{"law.pack_folder aa/pack.toml:1:6"});
    EXPECT_EQ(faults_of_toml("id = "), Lines{"toml.syntax aa/pack.toml:1:6"});
}

TEST(Pack, FaultsOfHolidaysAreTold) {
    const std::string good =
        "id = \"aa\"\nversion = \"1\"\ncountries = [\"aa\"]\ntitle.fr = \"A\"\ntitle.en = \"A\"\n"
        "[calendar]\nzone = \"Europe/Paris\"\n";
    const auto faults = [&](std::string_view holiday) {
        return faults_of_toml(good + "holidays = [\"" + std::string(holiday) + "\"]\n").size();
    };
    EXPECT_EQ(faults("02-29"), 0U);
    EXPECT_EQ(faults("easter"), 0U);
    EXPECT_EQ(faults("easter-2"), 0U);
    EXPECT_EQ(faults("02-30"), 1U);
    EXPECT_EQ(faults("04-31"), 1U);
    EXPECT_EQ(faults("13-01"), 1U);
    EXPECT_EQ(faults("00-10"), 1U);
    EXPECT_EQ(faults("easter+"), 1U);
    EXPECT_EQ(faults("easter*3"), 1U);
    EXPECT_EQ(faults("christmas"), 1U);
    EXPECT_EQ(faults(""), 1U);
    EXPECT_EQ(faults_of_toml(good + "holidays = [\"x\"]\n"),
              Lines{"law.holiday_form aa/pack.toml:8:12"});
}

TEST(Pack, FaultsOfSourcesAreTold) {
    SmallLaw small;
    small.sources =
        "| source | title | fr | en |\n|---|---|---|---|\n"
        "| a | T. | F. | |\n| b | | F. | E. |\n| c | T. | F. | E. |\n";
    const Read<Pack> pack = read_pack("aa", small.files());
    EXPECT_EQ(test::worded(pack.problems), (Lines{"law.source_incomplete aa/sources.md:3:1",
                                                  "law.source_incomplete aa/sources.md:4:1"}));
    EXPECT_EQ(pack.value.sources.at("c").title, "T.");
}

TEST(Pack, AFolderWithoutPackTomlAndAnImportThatIsNotThereAreTold) {
    const std::vector<SourceFile> alone = {{"zz/rules.md", ""}};
    EXPECT_EQ(test::worded(read_pack("zz", alone).problems), Lines{"law.pack_toml_missing zz"});
    SmallLaw small;
    small.toml = "imports = [\"floor\"]\n" + small.toml;
    EXPECT_EQ(test::worded(small.read().problems), Lines{"law.unknown_import aa/pack.toml:1:11"});
}

TEST(Pack, WhatLiesOnAShelfIsNotRead) {
    SmallLaw small;
    std::vector<SourceFile> files = small.files();
    files.push_back({"shelf/zz/pack.toml", "id = 1"});
    files.push_back({"shelf/zz/rules.md", "```law\nrule\n```\n"});
    EXPECT_TRUE(read_law(files).is_clean());
    EXPECT_TRUE(is_on_shelf(files, "shelf/zz/rules.md"));
    EXPECT_FALSE(is_on_shelf(files, "aa/rules.md"));
    EXPECT_FALSE(is_on_shelf(files, "facts.md"));
    files.push_back({"shelf/pack.toml", "id = 1"});
    EXPECT_FALSE(is_on_shelf(files, "shelf/zz/rules.md"));
    EXPECT_FALSE(read_law(files).is_clean());
}

TEST(Pack, APackOfCasesIsNoLawAndMayStateNothing) {
    SmallLaw small;
    std::vector<SourceFile> files = small.files();
    files.push_back({"zz/pack.toml",
                     "id = \"zz\"\nversion = \"1\"\nkind = \"cases\"\nimports = [\"aa\"]\n"
                     "[title]\nfr = \"E\"\nen = \"C\"\n"});
    files.push_back({"zz/cases.md", "# Cases\n"});
    const auto law = read_law(files);
    ASSERT_TRUE(law.is_clean()) << test::worded(law.problems)[0];
    EXPECT_EQ(law.value->packs().size(), 1U);
    files.back().text = "```law\ndefine d\n  when flag\n```\n";
    EXPECT_EQ(test::worded(read_law(files).problems),
              Lines{"law.statement_among_cases zz/cases.md:2:1"});
}

TEST(Pack, TheLawOfARegionSpeaksThereAlone) {
    test::SmallLaw small;
    small.blocks = "rule a\n  answers contact = allowed\n  when flag\n" + std::string(test::kTexts);
    std::vector<SourceFile> files = small.files();
    files.push_back({"isle/pack.toml",
                     "id = \"isle\"\nversion = \"1\"\ncountries = [\"aa\"]\nregions = [\"974\"]\n"
                     "imports = [\"aa\"]\n[title]\nfr = \"I\"\nen = \"I\"\n"});
    files.push_back({"isle/rules.md",
                     "```law\nrule isle.a\n  answers contact = forbidden\n"
                     "  when flag\n" +
                         std::string(test::kTexts) + "```\n"});
    EXPECT_EQ(test::worded(read_law(files).problems),
              std::vector<std::string>{"law.fact_required isle/pack.toml:1:1"});
    files[0].text.insert(
        files[0].text.find("| colour |"),
        "| region | key | | contact | open | nobody | la r\u00e9gion | the region |\n");
    const auto law = read_law(files);
    ASSERT_TRUE(law.is_clean());
    const std::string here = "country = aa, at = 2026-01-01, flag = yes, region = ";
    EXPECT_EQ(test::answer_of(*law.value, here + "974"), "forbidden");
    EXPECT_EQ(test::answer_of(*law.value, here + "75"), "allowed");
}

}  // namespace
}  // namespace licet::law
