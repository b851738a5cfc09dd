// SPDX-License-Identifier: Apache-2.0
// Goal: a register is a dated object: its age is a parameter that rules can name, and a fault in
// its row is told.
// Method: a small law with one register that is consulted for other periods at other times.
#include "law/registers.h"

#include <gtest/gtest.h>

#include "law/law.h"
#include "law/law_test_support.h"

namespace licet::law {
namespace {

constexpr std::string_view kHeader =
    "| register | kind | from | until | serves | takes effect | overridden by | channels | grade "
    "|\n"
    "|---|---|---|---|---|---|---|---|---|\n";

test::SmallLaw small_law() {
    test::SmallLaw small;
    small.facts +=
        "\n| fact | type | values | supplier | silence | changed by | fr | en |\n"
        "|---|---|---|---|---|---|---|---|\n"
        "| register.<key>.checked_on | date | | register | open | us | consulté le | checked on "
        "|\n";
    small.blocks = test::rule("aa.fresh",
                              "  answers contact = allowed\n  when register.aa_list.checked_on "
                              "within register.aa_list.serves of at\n");
    return small;
}

Read<std::unique_ptr<Law>> law_with(const std::string& rows) {
    std::vector<SourceFile> files = small_law().files();
    files.push_back({"registers.md", std::string(kHeader) + rows +
                                         "\n| register | fr | en |\n|---|---|---|\n"
                                         "| aa_list | la liste | the list |\n"});
    return read_law(files);
}

std::string answer_on(const Law& law, const std::string& at, const std::string& checked_on) {
    const Facts facts = test::facts_of(
        law, "country = aa, at = " + at + ", register.aa_list.checked_on = " + checked_on);
    const Decision decision = law.decide("contact", facts).value();
    return law.vocabulary().question("contact")->answer_name(decision.answer);
}

TEST(Registers, TheAgeOfAConsultationChangesWithTheRow) {
    const auto read = law_with(
        "| aa_list | statutory | 2016-01-01 | 2020-01-01 | 1 month | | consent | email | P "
        "|\n| aa_list | statutory | 2020-01-01 | 2026-01-01 | 10 days | 5 days | none | "
        "email post | S |\n");
    ASSERT_TRUE(read.is_clean()) << test::worded(read.problems).front();
    const Law& law = *read.value;
    EXPECT_EQ(answer_on(law, "2019-12-20", "2019-12-01"), "allowed");
    EXPECT_EQ(answer_on(law, "2020-01-02", "2019-12-20"), "out_of_scope");
    EXPECT_EQ(answer_on(law, "2020-01-02", "2019-12-23"), "allowed");
    ASSERT_EQ(law.registers().size(), 2u);
    EXPECT_TRUE(law.registers()[1].is_in_force(parse_date("2025-12-31").value()));
    EXPECT_FALSE(law.registers()[1].is_in_force(parse_date("2026-01-01").value()));
    EXPECT_FALSE(law.registers()[0].is_in_force(parse_date("2015-12-31").value()));
}

TEST(Registers, FaultsAreToldWithTheirPlace) {
    const auto read =
        law_with("| bb_list | private | | 2020-13-01 | a month | | maybe | email owl | X |\n");
    EXPECT_EQ(test::worded(read.problems),
              (std::vector<std::string>{
                  "law.unknown_register registers.md:3:3", "law.register_word registers.md:3:13",
                  "law.date_expected registers.md:3:25", "law.register_period registers.md:3:38",
                  "law.register_word registers.md:3:50", "law.register_word registers.md:3:58",
                  "law.source_grade registers.md:3:70", "law.register_name registers.md:3:3",
                  "law.period_expected aa/rules.md:4:43"}));
}

TEST(Registers, DatesThatLeaveNothingAndTablesThatAreNoneAreTold) {
    const auto read = law_with(
        "| aa_list | statutory | 2020-01-01 | 2019-01-01 | 10 days | | none | email | P |\n"
        "\n| registre | fr |\n|---|---|\n| x | y |\n");
    EXPECT_EQ(test::worded(read.problems),
              (std::vector<std::string>{"law.row_dates registers.md:3:38",
                                        "law.unknown_table registers.md:5:3"}));
}

TEST(Registers, AnAgeThatNoRowGivesIsNoParameter) {
    const auto read = law_with("| aa_list | industry | | | | | consent | post | M |\n");
    ASSERT_FALSE(read.is_clean());
    EXPECT_EQ(read.problems.front().where, "aa/rules.md:4:43");
}

}  // namespace
}  // namespace licet::law
