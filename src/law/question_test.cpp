// SPDX-License-Identifier: Apache-2.0
// Goal: a sufficient reason suffices and nothing in it can be spared; the next question leads to an
// answer. Method: the properties themselves, on real and small laws.
#include "law/question.h"

#include <gtest/gtest.h>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

using test::real_law;
using test::SmallLaw;

Facts only(const Facts& facts, const std::vector<FactId>& kept, FactId left_out = kNoFact) {
    Facts out;
    for (const FactId id : kept)
        if (id != left_out) out.set(id, *facts.find(id));
    return out;
}

TEST(Question, ASufficientReasonSufficesAndIsMinimal) {
    const Law& law = real_law();
    for (const char* text :
         {"background = clean, background = ordinary_offer, background = conformant_message, "
          "country = fr, at = 2026-11-23, channel = email, audience = consumer, consent = none",
          "background = clean, country = fr, at = 2026-11-23, channel = email, audience = "
          "professional, objection = all, purpose = commercial"}) {
        const Facts facts = test::facts_of(law, text);
        const int answer = law.decide("contact", facts)->answer;
        ASSERT_GE(answer, 0);
        const auto reason = sufficient_reason(law, "contact", facts);
        EXPECT_EQ(law.decide("contact", only(facts, reason))->answer, answer);
        for (const FactId one : reason)
            EXPECT_NE(law.decide("contact", only(facts, reason, one))->answer, answer)
                << law.vocabulary().fact(one).name << " can be spared";
    }
}

TEST(Question, AnOpenAnswerHasNoSufficientReasonAndACertainOneNoNextQuestion) {
    const Law& law = real_law();
    const Facts open = test::facts_of(law, "country = fr");
    EXPECT_TRUE(sufficient_reason(law, "contact", open).empty());
    EXPECT_TRUE(next_fact(law, "contact", open).has_value());
    const Facts sure =
        test::facts_of(law,
                       "country = fr, at = 2026-11-23, channel = email, purpose = transactional, "
                       "audience = consumer, offer.inserted = no, objection = none");
    ASSERT_GE(law.decide("contact", sure)->answer, 0);
    EXPECT_FALSE(next_fact(law, "contact", sure).has_value());
}

TEST(Question, TheFactThatSettlesMoreIsAskedFirst) {
    SmallLaw small;
    small.blocks = "rule a\n  answers contact = forbidden\n  when objection = all\n" +
                   std::string(test::kTexts) +
                   "\nrule b\n  answers contact = allowed\n  when flag, open, objection = none\n" +
                   std::string(test::kTexts);
    const auto law = small.law();
    const auto next = next_fact(*law, "contact",
                                test::facts_of(*law, "country = aa, at = 2026-01-01, flag = yes"));
    ASSERT_TRUE(next);
    EXPECT_EQ(law->vocabulary().fact(*next).name, "objection");
}

TEST(Question, WhatCannotBeAnsweredIsNotAskedAgain) {
    const Law& law = real_law();
    const Facts facts = test::facts_of(law, "at = 2026-11-23");
    const auto first = next_fact(law, "contact", facts);
    ASSERT_TRUE(first);
    EXPECT_EQ(law.vocabulary().fact(*first).name, "country");
    const auto second = next_fact(law, "contact", facts, {*first});
    ASSERT_TRUE(second);
    EXPECT_NE(*first, *second);
}

}  // namespace
}  // namespace licet::law
