// SPDX-License-Identifier: Apache-2.0
// Goal: the answer of one question is a condition of another, exactly as it would be given. Method:
// a rule that asks for the answer must hold wherever that answer is given, on random codes, with
// exceptions, conduct and several roots; circles are refused.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

using test::SmallLaw;
using Lines = std::vector<std::string>;

constexpr std::string_view kKeep =
    "rule k1\n  answers keep = erase\n  when flag\n  cites s\n  tell fr \"F.\" en \"E.\"\n\n"
    "rule k1.red\n  except to k1\n  answers keep = keep\n  when colour = red\n  cites s\n"
    "  tell fr \"F.\" en \"E.\"\n\n"
    "rule k1.open\n  except to k1\n  about keep\n  when open, colour = blue\n  cites s\n"
    "  tell fr \"F.\" en \"E.\"\n\n"
    "rule k2\n  about keep\n  when shape = round\n  kept by kept\n  cites s\n"
    "  tell fr \"F.\" en \"E.\"\n\n"
    "rule k3\n  answers keep = keep\n  when count >= 3\n  cites s\n  tell fr \"F.\" en \"E.\"\n\n";

constexpr std::string_view kContact =
    "define may_keep\n  when answer of keep = keep\n\n"
    "rule c\n  answers contact = forbidden\n  when not may_keep\n  cites s\n"
    "  tell fr \"F.\" en \"E.\"\n\n"
    "rule d\n  answers contact = allowed\n  when answer of keep in {keep}\n  cites s\n"
    "  tell fr \"F.\" en \"E.\"\n";

TEST(Answer, IsGivenWhereTheQuestionGivesIt) {
    SmallLaw small;
    small.blocks = std::string(kKeep) + std::string(kContact);
    const auto law = small.law();
    rc::check("the two questions agree", [&] {
        Facts facts = test::facts_of(*law, "country = aa, at = 2026-01-01");
        const auto set = [&](const char* name, const std::vector<std::string>& values) {
            std::ignore = set_fact(facts, law->vocabulary(), name, *rc::gen::elementOf(values));
        };
        set("flag", {"yes", "no"});
        set("open", {"yes", "no"});
        set("colour", {"red", "green", "blue"});
        set("shape", {"round", "square"});
        set("count", {"2", "3"});
        if (*rc::gen::arbitrary<bool>()) set("kept", {"yes", "no"});
        const int keep = law->decide("keep", facts)->answer;
        const int contact = law->decide("contact", facts)->answer;
        RC_ASSERT(keep >= 0);
        RC_ASSERT(contact == (keep == 1 ? 1 : 0));
    });
}

TEST(Answer, AnUnknownFactOfTheOtherQuestionIsMissingInThisOne) {
    SmallLaw small;
    small.blocks = std::string(kKeep) + std::string(kContact);
    const auto law = small.law();
    EXPECT_EQ(test::missing_of(*law,
                               "country = aa, at = 2026-01-01, colour = green, open = no, "
                               "shape = square, count = 0"),
              Lines{"flag"});
}

TEST(Answer, ACircleOfQuestionsIsRefused) {
    EXPECT_EQ(test::problems_of(std::string(kContact) +
                                "\nrule k\n  answers keep = keep\n  when answer of contact = "
                                "allowed\n" +
                                std::string(test::kTexts)),
              (Lines{"law.question_circle aa/rules.md:19:8"}));
}

TEST(Answer, AMistakenFormIsTold) {
    const auto told = [](std::string_view condition) {
        return test::problems_of("rule r\n  answers contact = allowed\n  when " +
                                 std::string(condition) + "\n" + std::string(test::kTexts));
    };
    EXPECT_EQ(told("answer keep"), Lines{"law.condition_answer aa/rules.md:4:8"});
    EXPECT_EQ(told("answer of nothing = keep"), Lines{"law.unknown_question aa/rules.md:4:18"});
    EXPECT_EQ(told("answer of keep = kept"), Lines{"law.unknown_answer aa/rules.md:4:25"});
}

}  // namespace
}  // namespace licet::law
