// SPDX-License-Identifier: Apache-2.0
// Goal: a record goes when the law of the packs says so, and when all of it does.
// Method: histories around the three years of French doctrine, asked on several days.
#include "gate/keep.h"

#include <gtest/gtest.h>

#include "gate/gate_test_support.h"

namespace licet::gate {
namespace {

using ledger::Event;
using ledger::EventKind;

Event event_on(std::string_view day, EventKind kind, std::string channel = "",
               std::map<std::string, std::string> attributes = {}) {
    Event event;
    event.kind = kind;
    event.happened_on = test::day(day);
    event.channel = std::move(channel);
    event.attributes = std::move(attributes);
    event.key = std::string(day);
    return event;
}

Event collected(std::string_view day) {
    return event_on(day, EventKind::kCollected, "", {{"origin", "person_other"}});
}

Event act(std::string_view day, std::string kind) {
    return event_on(day, EventKind::kInteraction, "email", {{"act", std::move(kind)}});
}

std::string answer(std::vector<Event> events, std::string_view day) {
    return keep_answer(test::real_law(), test::offset_of, "fr", events, test::day(day))
        .value()
        .answer;
}

TEST(Keep, ThreeYearsRunFromTheLastActOfThePerson) {
    const std::vector<Event> events{collected("2020-01-10"), act("2021-03-01", "click")};
    EXPECT_EQ(answer(events, "2024-02-29"), "keep");
    EXPECT_EQ(answer(events, "2024-03-01"), "ask_renewal");
    EXPECT_EQ(answer(events, "2024-03-02"), "erase");
}

TEST(Keep, AnOpeningProlongsNothingAndAnOrderDoes) {
    EXPECT_EQ(answer({collected("2020-01-10"), act("2022-11-01", "open")}, "2023-06-01"), "erase");
    EXPECT_EQ(answer({collected("2020-01-10"), act("2022-11-01", "order")}, "2023-06-01"), "keep");
    EXPECT_EQ(answer({collected("2020-01-10"), act("2012-11-01", "order")}, "2023-06-01"), "erase");
}

TEST(Keep, WhatIsNotKnownErasesNothing) {
    const auto found = keep_answer(test::real_law(), test::offset_of, "fr",
                                   std::vector{act("2012-11-01", "click")}, test::day("2026-11-26"))
                           .value();
    EXPECT_EQ(found.answer, "undetermined");
    EXPECT_FALSE(found.missing.empty());
}

TEST(Keep, TheProofOfAConsentOutlivesTheRecord) {
    std::vector<Event> events{collected("2020-01-10"),
                              event_on("2020-01-10", EventKind::kConsentGiven, "email")};
    EXPECT_EQ(answer(events, "2026-11-26"), "keep");
    events.push_back(event_on("2021-01-10", EventKind::kConsentWithdrawn, "email"));
    EXPECT_EQ(answer(events, "2026-11-26"), "archive");
    const std::vector<Event> by_phone{
        collected("2026-09-01"), event_on("2026-09-01", EventKind::kConsentGiven, "live_call")};
    EXPECT_EQ(answer(by_phone, "2029-09-01"), "ask_renewal");
    EXPECT_EQ(answer(by_phone, "2029-09-02"), "erase");
}

TEST(Keep, TheProofOfARefusalIsKeptLikeThatOfAConsent) {
    const std::vector<Event> events{collected("2020-01-10"),
                                    event_on("2020-01-10", EventKind::kConsentRefused, "email")};
    EXPECT_EQ(answer(events, "2026-11-26"), "archive");
}

TEST(Keep, ACountryWithoutRulesErasesNothing) {
    EXPECT_EQ(keep_answer(test::real_law(), test::offset_of, "us",
                          std::vector{collected("1999-01-10")}, test::day("2026-11-26"))
                  ->answer,
              "undetermined");
}

// Cites: [cnil:gestion]
TEST(Keep, TheLimitOfTheAgesIsFoundByAskingTheLaw) {
    const auto french =
        keep_limit(test::real_law(), test::offset_of, "fr", test::day("2026-11-23"));
    ASSERT_TRUE(french.value().has_value());
    EXPECT_EQ(french.value()->months, 36);
    EXPECT_FALSE(french.value()->cites.empty());
    const auto nowhere =
        keep_limit(test::real_law(), test::offset_of, "jp", test::day("2026-11-23"));
    EXPECT_FALSE(nowhere.value().has_value());
}

}  // namespace
}  // namespace licet::gate
