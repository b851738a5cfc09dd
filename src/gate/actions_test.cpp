// SPDX-License-Identifier: Apache-2.0
// Goal: an action counts only if the law, asked again with it, allows the act.
// Method: single acts whose way out is known; then random rows, each action set into the facts by
// hand and asked of check().
// Cites: [conso:L223-1] [cpce:L34-5]
#include "gate/actions.h"

#include <gtest/gtest.h>

#include "gate/gate_test_support.h"
#include "gate/verdict_json.h"

namespace licet::gate {
namespace {

struct Asked {
    Verdict verdict;
    std::vector<Action> actions;
};

Asked asked(std::string_view facts) {
    static const ledger::Standing kNothing;
    Request request;
    request.facts = test::facts_of(facts);
    request.standing = &kNothing;
    Asked out{check(test::real_law(), test::offset_of, request).value(), {}};
    out.actions = actions_for(test::real_law(), out.verdict.facts, out.verdict);
    return out;
}

const Action* action_on(const std::vector<Action>& actions, std::string_view fact) {
    for (const Action& action : actions)
        if (test::real_law().vocabulary().fact(action.changes.front().fact).name == fact)
            return &action;
    return nullptr;
}

std::string answer_after(const Verdict& verdict, const Action& action) {
    Request request;
    request.facts = verdict.facts;
    for (const law::FactChange& change : action.changes) {
        const law::Fact& fact = test::real_law().vocabulary().fact(change.fact);
        request.facts.set(change.fact, law::parse_value(fact, change.value).value());
    }
    return check(test::real_law(), test::offset_of, request, Depth::kAnswer)->answer;
}

constexpr std::string_view kMail =
    "background = ordinary_offer, background = clean, background = collected_by_us, country = fr, "
    "channel = email, at = 2026-11-23, origin.collected_on = 2026-10-05, ";

TEST(Actions, AConsumerWithoutConsentCanBeAskedForOne) {
    const Asked found = asked(std::string(kMail) + "audience = consumer");
    ASSERT_EQ(found.verdict.answer, "forbidden");
    const Action* action = action_on(found.actions, "consent");
    ASSERT_NE(action, nullptr);
    EXPECT_EQ(action->by, law::Changer::kPerson);
    EXPECT_FALSE(action->is_to_find_out);
    EXPECT_TRUE(action->is_enough);
    EXPECT_EQ(action->changes.front().value, "given");
}

TEST(Actions, WhatIsMissingIsFoundOutAndTheValueThatAllowsIsNamed) {
    const Asked found = asked(kMail.substr(0, kMail.size() - 2));
    ASSERT_EQ(found.verdict.answer, "undetermined");
    const Action* action = action_on(found.actions, "audience");
    ASSERT_NE(action, nullptr);
    EXPECT_TRUE(action->is_to_find_out);
    EXPECT_EQ(action->by, law::Changer::kUs);
    if (action->is_enough) {
        EXPECT_EQ(answer_after(found.verdict, *action), "allowed");
    }
}

TEST(Actions, NothingCanBeDoneAboutAnObjection) {
    const Asked found = asked(std::string(kMail) + "audience = consumer, objection = all");
    ASSERT_EQ(found.verdict.answer, "forbidden");
    EXPECT_TRUE(found.actions.empty());
}

TEST(Actions, AnAllowedActNeedsNone) {
    const Asked found = asked(std::string(kMail) +
                              "audience = consumer, background = valid_consent, "
                              "consent.on = 2026-10-05");
    ASSERT_EQ(found.verdict.answer, "allowed");
    EXPECT_TRUE(found.actions.empty());
}

// Each combination of what a list may say of its people.
TEST(Actions, WhatIsSaidToBeEnoughIsAllowedWhenAskedAgain) {
    int enough = 0;
    for (const auto* channel : {"email", "sms", "post", "live_call"})
        for (const auto* audience :
             {"audience = consumer", "audience = professional", "audience = organisation", ""})
            for (const auto* rest :
                 {"", "origin.informed = no", "notice14 = none", "relation = customer",
                  "consent = given", "register.bloctel = not_checked", "minor = yes"}) {
                std::string facts =
                    "background = ordinary_offer, background = clean, background = "
                    "collected_by_us, country = fr, at = 2026-11-23, origin.collected_on = "
                    "2026-10-05, channel = ";
                facts += channel;
                for (const std::string more : {audience, rest})
                    if (!more.empty()) facts += ", " + more;
                const Asked found = asked(facts);
                for (const Action& action : found.actions) {
                    const bool has_words =
                        std::all_of(action.changes.begin(), action.changes.end(),
                                    [](const law::FactChange& change) { return change.is_word; });
                    if (!has_words || !action.is_enough) continue;
                    if (action.is_to_find_out && action.changes.front().value.empty()) continue;
                    EXPECT_EQ(answer_after(found.verdict, action), "allowed")
                        << facts << ": "
                        << test::real_law().vocabulary().fact(action.changes.front().fact).name;
                    ++enough;
                }
            }
    EXPECT_GT(enough, 20);
}

}  // namespace
}  // namespace licet::gate
