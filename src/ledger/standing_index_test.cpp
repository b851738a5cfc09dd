// SPDX-License-Identifier: Apache-2.0
// Goal: the index gives the standing that the store's events give, and forgets no objection.
// Method: the same events through both ways; loose tokens; many tokens so that the table grows.
#include <gtest/gtest.h>

#include "ledger/standing_index.h"

namespace licet::ledger {
namespace {

using namespace std::chrono_literals;
constexpr Date kToday{2026y / 11 / 25};

Token token_of(std::uint32_t number) {
    Token token;
    for (std::size_t i = 0; i < token.bytes.size(); ++i)
        token.bytes[i] = static_cast<std::uint8_t>((number * 2654435761U) >> (8 * (i % 4)));
    token.bytes[15] = static_cast<std::uint8_t>(number);
    token.bytes[14] = static_cast<std::uint8_t>(number >> 8);
    return token;
}

Event event_of_kind(EventKind kind, const Token& person, Date day, std::string channel,
                    std::string key) {
    Event event;
    event.kind = kind;
    event.person = person;
    event.happened_on = day;
    event.channel = std::move(channel);
    event.key = std::move(key);
    return event;
}

TEST(StandingIndex, GivesTheStandingOfTheStoredEvents) {
    const auto store = memory_store();
    const Token person = token_of(1);
    const std::vector<Event> events = {
        event_of_kind(EventKind::kConsentGiven, person, Date{2026y / 3 / 1}, "email", "a"),
        event_of_kind(EventKind::kObjectionRecorded, person, Date{2026y / 5 / 4}, "sms", "b"),
        event_of_kind(EventKind::kInteraction, person, Date{2026y / 6 / 1}, "email", "c")};
    ASSERT_TRUE(store->append(events).has_value());
    const StandingIndex index = StandingIndex::of(*store).value();
    const ContactTokens tokens{person, {}};
    EXPECT_EQ(index.find({{tokens}}, kToday), standing_of(events, kToday));
}

TEST(StandingIndex, KnowsNothingOfStrangers) {
    const auto store = memory_store();
    const StandingIndex index = StandingIndex::of(*store).value();
    EXPECT_FALSE(index.find({{ContactTokens{token_of(7), {}}}}, kToday).has_value());
}

TEST(StandingIndex, ALooseTokenBringsObjectionsAndNothingElse) {
    StandingIndex index;
    const Token loose = token_of(2);
    index.add(event_of_kind(EventKind::kConsentGiven, loose, Date{2026y / 3 / 1}, "email", "a"));
    index.add(event_of_kind(EventKind::kObjectionRecorded, loose, Date{2026y / 5 / 4}, "", "b"));
    const Standing standing = index.find({{ContactTokens{token_of(3), {loose}}}}, kToday).value();
    EXPECT_TRUE(standing.consents.empty());
    EXPECT_EQ(standing.objections.at({}).last, (Date{2026y / 5 / 4}));
}

TEST(StandingIndex, KeepsEveryObjectionWhileItGrows) {
    StandingIndex index;
    constexpr std::uint32_t kPersons = 20'000;
    for (std::uint32_t i = 0; i < kPersons; ++i)
        index.add(event_of_kind(EventKind::kObjectionRecorded, token_of(i), Date{2026y / 1 / 1}, "",
                                "k"));
    std::uint32_t found = 0;
    for (std::uint32_t i = 0; i < kPersons; ++i)
        found += index.find({{ContactTokens{token_of(i), {}}}}, kToday).has_value() ? 1U : 0U;
    EXPECT_EQ(found, kPersons);
}

TEST(StandingIndex, AnObjectionOfTomorrowBindsToday) {
    StandingIndex index;
    index.add(
        event_of_kind(EventKind::kObjectionRecorded, token_of(4), Date{2027y / 1 / 1}, "", "k"));
    const auto standing = index.find({{ContactTokens{token_of(4), {}}}}, kToday);
    EXPECT_EQ(standing->objections.size(), 1U);
}

}  // namespace
}  // namespace licet::ledger
