// SPDX-License-Identifier: Apache-2.0
#include "probe/site_table.h"

#include <gtest/gtest.h>

#include <set>

namespace licet::probe {
namespace {

constexpr std::string_view kHeader = "id;name;tool;kind;hosts;names;grade;read_on\n";
constexpr std::string_view kAllWords =
    "accept = [\"a\"]\nrefuse = [\"r\"]\nchoose = [\"c\"]\npolicy = [\"p\"]\nlegal = [\"l\"]\n";

std::string faults(const std::string& rows, std::string_view words = kAllWords) {
    std::string out;
    for (const Error& one : read_site_table(std::string(kHeader) + rows, words).problems)
        out += one.message.id + " " + one.where + ";";
    return out;
}

TEST(SiteTable, HostsCountWithAllBelowThemAndNamesMayEndInAStar) {
    const SiteTable table =
        read_site_table(std::string(kHeader) + "a;A;;crm;a.example;_a* b;M;2026-11-28\n", kAllWords)
            .value;
    EXPECT_NE(table.of_host("a.example"), nullptr);
    EXPECT_NE(table.of_host("x.a.example"), nullptr);
    EXPECT_EQ(table.of_host("xa.example"), nullptr);
    EXPECT_EQ(table.of_host("example"), nullptr);
    EXPECT_NE(table.of_name("_a"), nullptr);
    EXPECT_NE(table.of_name("_a_1"), nullptr);
    EXPECT_NE(table.of_name("b"), nullptr);
    EXPECT_EQ(table.of_name("b1"), nullptr);
    EXPECT_NE(table.of_cookie("c", "x.a.example"), nullptr);
    EXPECT_EQ(table.of_cookie("c", "b.example"), nullptr);
}

TEST(SiteTable, ARowThatIsNoRowIsToldWithItsLine) {
    EXPECT_EQ(faults("a;A;;crm;a.example;;M;2026-11-28\n"), "");
    EXPECT_EQ(faults("# note\n\na;A;;crm;a.example;;M\n"), "site.row audit/trackers.csv:4;");
    EXPECT_EQ(faults("a;A;;spy;a.example;;M;2026-11-28\n"), "site.row audit/trackers.csv:2;");
    EXPECT_EQ(faults("a;A;;crm;;;M;2026-11-28\n"), "site.row audit/trackers.csv:2;");
    EXPECT_EQ(faults("a;A;;crm;a.example;;M;some day\n"), "site.row audit/trackers.csv:2;");
    EXPECT_EQ(faults("a;A;;crm;a.example;;?;2026-11-28\n"), "site.row audit/trackers.csv:2;");
}

TEST(SiteTable, WordsThatAreMissingOrUnknownAreTold) {
    EXPECT_EQ(
        faults("", "accept = [\"a\"]\nrefuse = [\"r\"]\nchoose = [\"c\"]\npolicy = [\"p\"]\n"),
        "site.words audit/site-words.toml;");
    EXPECT_NE(faults("", std::string(kAllWords) + "acept = [\"a\"]\n"), "");
    EXPECT_NE(faults("", "accept = \n"), "");
}

}  // namespace
}  // namespace licet::probe
