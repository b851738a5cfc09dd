// SPDX-License-Identifier: Apache-2.0
// Goal: a company's policy may be stricter than the law, never laxer. Method: a house pack upon a
// small law, in each way in which it could open what the law shuts.
#include "law/house.h"

#include <gtest/gtest.h>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

using test::rule;
using test::SmallLaw;
using Lines = std::vector<std::string>;

constexpr std::string_view kLaw =
    "define agreed\n  when colour = green\n\n"
    "rule a\n  answers contact = forbidden\n  when flag\n  cites s\n  tell fr \"F.\" en \"E.\"\n\n"
    "rule a.agreed\n  except to a\n  answers contact = allowed\n  when agreed\n  duties do_this\n"
    "  cites s\n  tell fr \"F.\" en \"E.\"\n";

Read<std::unique_ptr<Law>> with_house(std::string_view blocks, std::string_view law = kLaw) {
    SmallLaw small;
    small.blocks = law;
    std::vector<SourceFile> files = small.files();
    files.push_back({"house/pack.toml",
                     "id = \"house\"\nversion = \"1\"\nkind = \"house\"\ncountries = [\"aa\"]\n"
                     "imports = [\"aa\"]\n[title]\nfr = \"M\"\nen = \"H\"\n"});
    files.push_back({"house/rules.md", "```law\n" + std::string(blocks) + "```\n"});
    return read_law(files);
}

TEST(House, AStricterRuleIsTaken) {
    const auto law =
        with_house(rule("house.red", "  answers contact = forbidden\n  when colour = red\n"));
    ASSERT_TRUE(law.is_clean()) << test::worded(law.problems)[0];
    EXPECT_EQ(test::answer_of(*law.value, "country = aa, at = 2026-01-01, colour = red, flag = no"),
              "forbidden");
}

TEST(House, AnExceptionThatAllowsWhatTheLawForbidsIsRefusedWithTheSituation) {
    const auto law = with_house(rule("house.open",
                                     "  except to a\n  answers contact = allowed\n"
                                     "  when colour = blue\n"));
    ASSERT_EQ(test::worded(law.problems), Lines{"law.house_laxer house/rules.md:2:1"});
    const auto& arguments = law.problems[0].message.arguments;
    const auto example = std::find_if(arguments.begin(), arguments.end(), [](const auto& argument) {
        return argument.first == "example";
    });
    ASSERT_NE(example, arguments.end());
    EXPECT_NE(example->second.find("colour = blue"), std::string::npos) << example->second;
    EXPECT_EQ(law.value, nullptr);
}

TEST(House, AWiderDefinitionIsRefusedToo) {
    const auto law = with_house("define agreed\n  when colour = blue\n");
    EXPECT_EQ(test::worded(law.problems).size(), 1U);
}

TEST(House, ASilencedDutyIsRefused) {
    const auto law = with_house(rule("house.free",
                                     "  except to a.agreed\n"
                                     "  answers contact = allowed\n  when open\n"));
    ASSERT_FALSE(law.is_clean());
    EXPECT_EQ(law.problems[0].message.id, "law.house_duty");
}

std::string argument_of(const Error& fault, std::string_view name) {
    for (const auto& [known, value] : fault.message.arguments)
        if (known == name) return value;
    return {};
}

// The rule "open" says the same as the house, and stands first: it decides once "a" is lifted.
constexpr std::string_view kOpenLaw =
    "rule open\n  answers contact = allowed\n  when flag\n  cites s\n"
    "  tell fr \"F.\" en \"E.\"\n\n"
    "rule a\n  answers contact = forbidden\n  when flag\n  cites s\n"
    "  tell fr \"F.\" en \"E.\"\n\n";

TEST(House, TheRuleThatLiftsTheLawIsNamedThoughAnotherThenDecides) {
    for (const char* answers : {"  answers contact = allowed\n", ""}) {
        const std::string lifts =
            "  except to a\n" + std::string(answers) + "  when colour = blue\n";
        const auto law = with_house(rule("house.open", lifts), kOpenLaw);
        ASSERT_EQ(test::worded(law.problems), Lines{"law.house_laxer house/rules.md:2:1"});
        EXPECT_EQ(argument_of(law.problems[0], "house"), "house.open");
        EXPECT_EQ(argument_of(law.problems[0], "law"), "a");
        EXPECT_EQ(argument_of(law.problems[0], "wanted"), "allowed");
    }
}

TEST(House, EachRuleOfTheLawThatIsLiftedIsAFaultOfItsOwn) {
    const std::string more =
        "rule b\n  answers contact = forbidden\n  when open\n  cites s\n"
        "  tell fr \"F.\" en \"E.\"\n\n";
    const auto law = with_house(
        rule("house.open", "  except to a, b\n  answers contact = allowed\n  when colour = blue\n"),
        std::string(kOpenLaw) + more);
    ASSERT_EQ(law.problems.size(), 2U);
    EXPECT_EQ(argument_of(law.problems[0], "law"), "a");
    EXPECT_EQ(argument_of(law.problems[1], "law"), "b");
}

TEST(House, AnotherKindOfPackIsAFault) {
    SmallLaw small;
    small.toml = "kind = \"home\"\n" + small.toml;
    small.blocks = kLaw;
    EXPECT_EQ(test::worded(small.read().problems), Lines{"law.pack_kind aa/pack.toml:1:8"});
}

}  // namespace
}  // namespace licet::law
