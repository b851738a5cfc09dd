// SPDX-License-Identifier: Apache-2.0
//
// What every Store must do, as tests: the memory store and the databases run the same suite.
//
//     INSTANTIATE_TEST_SUITE_P(Memory, StoreContract,
//                              testing::Values(StoreMaker{"memory", memory_store}));
//
// For tests only; include it in one file of a test program. What only a store on disk can promise
// (kill -9, full disk, damage) is tested beside that store.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "ledger/sample_event.h"
#include "ledger/store.h"

namespace licet::ledger {

/// Makes an empty store for each test.
struct StoreMaker {
    std::string name;
    std::function<std::unique_ptr<Store>()> make;
};
/// Shows the name where the framework would show the bytes of the function.
inline void PrintTo(const StoreMaker& maker, std::ostream* out) { *out << maker.name; }

class StoreContract : public testing::TestWithParam<StoreMaker> {
  protected:
    void SetUp() override {
        store_ = GetParam().make();
        ASSERT_NE(store_, nullptr);
    }
    [[nodiscard]] std::vector<Event> all(Which which = Which::kAll) {
        std::vector<Event> out;
        EXPECT_TRUE(store_->for_each(which, [&](const Event& event) { out.push_back(event); }));
        return out;
    }
    [[nodiscard]] std::vector<Event> events_of(const std::vector<Token>& tokens) {
        std::vector<Event> out;
        const auto stored = store_->events_of(tokens).value();
        for (const StoredEvent& one : stored) out.push_back(one.event);
        return out;
    }

    std::unique_ptr<Store> store_;
};

TEST_P(StoreContract, GivesBackWhatItWasGiven) {
    const std::vector<Event> batch{sample_event(1, "a"),
                                   sample_event(1, "b", EventKind::kObjectionRecorded)};
    EXPECT_EQ(store_->append(batch).value(), (Appended{2, 0}));
    EXPECT_EQ(events_of({batch[0].person}), batch);
    EXPECT_EQ(store_->count().value(), 2U);
}

TEST_P(StoreContract, ARepeatedEventIsNotStoredAgain) {
    const std::vector<Event> batch{sample_event(1, "a"), sample_event(1, "a"),
                                   sample_event(2, "a")};
    EXPECT_EQ(store_->append(batch).value(), (Appended{2, 1}));
    EXPECT_EQ(store_->append(batch).value(), (Appended{0, 3}));
    EXPECT_EQ(store_->count().value(), 2U);
}

TEST_P(StoreContract, TheFirstOfTwoEventsWithOneKeyIsKept) {
    Event later = sample_event(1, "a");
    later.received_at += 60;
    EXPECT_TRUE(store_->append({{sample_event(1, "a")}}));
    EXPECT_EQ(store_->append({{later}}).value(), (Appended{0, 1}));
    EXPECT_EQ(events_of({later.person}), (std::vector{sample_event(1, "a")}));
}

TEST_P(StoreContract, AnEventWithoutAKeyIsRefusedAndNothingOfItsBatchIsStored) {
    const std::vector<Event> batch{sample_event(1, "a"), sample_event(2, "")};
    const Result<Appended> answer = store_->append(batch);
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, ErrorCode::kInput);
    EXPECT_EQ(answer.error().message.id, "event.no_key");
    EXPECT_EQ(store_->count().value(), 0U);
}

TEST_P(StoreContract, AnObjectionIsNeverTakenForTheRepeatOfAnotherEvent) {
    EXPECT_TRUE(store_->append({{sample_event(1, "a")}}));
    const std::vector<Event> batch{sample_event(3, "c"),
                                   sample_event(1, "a", EventKind::kObjectionRecorded)};
    const Result<Appended> answer = store_->append(batch);
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().message.id, "event.key_reused");
    EXPECT_EQ(all(), (std::vector{sample_event(1, "a")}));
}

TEST_P(StoreContract, AKeyThatIsReusedWithinOneBatchIsRefusedToo) {
    const std::vector<Event> batch{sample_event(1, "a"),
                                   sample_event(1, "a", EventKind::kObjectionRecorded)};
    EXPECT_EQ(store_->append(batch).error().message.id, "event.key_reused");
    EXPECT_EQ(store_->count().value(), 0U);
}

TEST_P(StoreContract, AWiderObjectionIsNotTakenForTheRepeatOfANarrowerOne) {
    const Event by_email = sample_event(1, "a", EventKind::kObjectionRecorded);
    Event everywhere = by_email;
    everywhere.channel.clear();
    EXPECT_TRUE(store_->append({{by_email}}));
    EXPECT_EQ(store_->append({{everywhere}}).error().message.id, "event.key_reused");
    EXPECT_EQ(store_->suppressions_of({{by_email.person}}).value().size(), 1U);
}

TEST_P(StoreContract, WhoChangedMeanwhileIsSpared) {
    EXPECT_TRUE(
        store_->append({{sample_event(1, "a"), sample_event(1, "b"), sample_event(2, "c")}}));
    const std::vector<Token> both{sample_event(1, "").person, sample_event(2, "").person};
    const auto if_one = [](const Token&, std::uint64_t events) { return events == 1; };
    EXPECT_EQ(
        store_->erase(both, sample_event(1, "").happened_on, ErasureReason::kRetention, if_one)
            .value(),
        1U);
    EXPECT_EQ(events_of(both).size(), 2U);
}

TEST_P(StoreContract, AStoreGoesOnAfterARefusedBatch) {
    EXPECT_FALSE(store_->append({{sample_event(1, "a"), sample_event(1, "")}}));
    EXPECT_EQ(store_->append({{sample_event(1, "a")}}).value(), (Appended{1, 0}));
    EXPECT_EQ(store_->count().value(), 1U);
}

TEST_P(StoreContract, AnEmptyBatchChangesNothing) {
    EXPECT_EQ(store_->append({}).value(), (Appended{0, 0}));
    EXPECT_EQ(store_->count().value(), 0U);
    EXPECT_TRUE(all().empty());
}

TEST_P(StoreContract, SeveralTokensGiveTheEventsOfEachOnce) {
    const std::vector<Event> batch{sample_event(9, "x"), sample_event(4, "y"), sample_event(9, "z"),
                                   sample_event(5, "w")};
    EXPECT_TRUE(store_->append(batch));
    const std::vector<Token> asked{batch[0].person, batch[1].person, batch[0].person};
    EXPECT_EQ(events_of(asked), (std::vector{batch[1], batch[0], batch[2]}));
    EXPECT_TRUE(events_of({}).empty());
}

TEST_P(StoreContract, TwoPersonsOfOnePartitionAreToldApart) {
    Event other = sample_event(1, "a");
    other.person.bytes[15] = 8;
    EXPECT_TRUE(store_->append({{sample_event(1, "a"), other}}));
    EXPECT_EQ(events_of({other.person}), std::vector{other});
}

TEST_P(StoreContract, EveryEventIsVisitedOncePartitionByPartition) {
    std::vector<Event> batch;
    for (int i = 0; i < 600; ++i)
        batch.push_back(sample_event(static_cast<std::uint8_t>(i % 256), std::to_string(i)));
    EXPECT_EQ(store_->append(batch).value().added, 600U);
    const std::vector<Event> seen = all();
    ASSERT_EQ(seen.size(), 600U);
    EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end(), [](const Event& a, const Event& b) {
        return partition_of(a.person) < partition_of(b.person);
    }));
    EXPECT_EQ(store_->count().value(), 600U);
}

TEST_P(StoreContract, KeysAndAttributesMayHoldAnyBytes) {
    Event event = sample_event(0xFF, std::string("k\0\xFF'\"\n", 6));
    event.attributes = {{"", ""}, {std::string("\0", 1), std::string(70000, '\'')}};
    event.channel.clear();
    event.happened_on = Date{std::chrono::year{1969} / 7 / 20};
    event.received_at = -1;
    EXPECT_TRUE(store_->append({{event}}));
    EXPECT_EQ(store_->append({{event}}).value(), (Appended{0, 1}));
    EXPECT_EQ(events_of({event.person}), std::vector{event});
}

TEST_P(StoreContract, EventsAreNumberedWithinTheirPartition) {
    EXPECT_TRUE(store_->append({{sample_event(1, "a"), sample_event(2, "b")}}));
    EXPECT_TRUE(store_->append({{sample_event(1, "c")}}));
    const auto stored = store_->events_of({{sample_event(1, "").person}}).value();
    ASSERT_EQ(stored.size(), 2U);
    EXPECT_EQ(stored[0].place, (EventPlace{1, 1}));
    EXPECT_EQ(stored[1].place, (EventPlace{1, 2}));
    EXPECT_EQ(stored[1].event.key, "c");
}

TEST_P(StoreContract, AnObjectionIsOnTheSuppressionListAndNothingElseIs) {
    Event objection = sample_event(7, "a", EventKind::kObjectionRecorded);
    objection.attributes = {{"reason", "unsubscribed"}, {"note", "dropped"}};
    Event earlier = objection;
    earlier.key = "b";
    earlier.happened_on -= std::chrono::days{10};
    earlier.attributes.clear();
    Event elsewhere = objection;
    elsewhere.key = "c";
    elsewhere.channel.clear();
    Event narrow = objection;
    narrow.key = "n";
    narrow.purpose = "commercial.wine";
    narrow.attributes["brand"] = "north";
    EXPECT_TRUE(store_->append({{narrow, objection, earlier, elsewhere, sample_event(8, "d")}}));
    const Suppression everywhere{objection.person,      {}, "unsubscribed", objection.happened_on,
                                 objection.happened_on, {}};
    const Suppression by_email{objection.person,    {"", "email", ""},     "unsubscribed",
                               earlier.happened_on, objection.happened_on, {}};
    const Suppression of_brand{objection.person,      {"north", "email", "commercial.wine"},
                               "unsubscribed",        objection.happened_on,
                               objection.happened_on, {}};
    const std::vector<Suppression> expected{everywhere, by_email, of_brand};
    EXPECT_EQ(store_->suppressions_of({{objection.person, sample_event(8, "").person}}).value(),
              expected);
    std::vector<Suppression> visited;
    EXPECT_TRUE(
        store_->for_each_suppression([&](const Suppression& one) { visited.push_back(one); }));
    EXPECT_EQ(visited, expected);
    EXPECT_TRUE(store_->suppressions_of({{sample_event(8, "").person}}).value().empty());
}

// A list that a partner gave ends; what the person said themselves does not, whichever came first.
TEST_P(StoreContract, WhatHasNoEndIsNotGivenOneByAnother) {
    const Date end = sample_event(7, "").happened_on + std::chrono::days{90};
    Event ends = sample_event(7, "a", EventKind::kObjectionRecorded);
    ends.attributes = {{"reason", "list"}, {"until", licet::text_of(end)}};
    Event later = ends;
    later.key = "b";
    later.attributes["until"] = licet::text_of(end + std::chrono::days{1});
    Event own = sample_event(7, "c", EventKind::kObjectionRecorded);
    const auto until = [&] {
        return store_->suppressions_of({{own.person}}).value().front().until;
    };
    EXPECT_TRUE(store_->append({{ends}}));
    EXPECT_EQ(until(), end);
    EXPECT_TRUE(store_->append({{later}}));
    EXPECT_EQ(until(), end + std::chrono::days{1});
    EXPECT_TRUE(store_->append({{own}}));
    EXPECT_FALSE(until());
    ends.key = "d";
    EXPECT_TRUE(store_->append({{ends}}));
    EXPECT_FALSE(until());
}

// The objection was answered by a consent since; the pause must not make it new, and for ever.
TEST_P(StoreContract, APauseEndsAlsoWhereAnObjectionWasSaidBefore) {
    Event own = sample_event(7, "a", EventKind::kObjectionRecorded);
    Event pause = sample_event(7, "b", EventKind::kPaused);
    pause.happened_on += std::chrono::days{9};
    pause.attributes = {{"until", licet::text_of(pause.happened_on + std::chrono::days{30})}};
    EXPECT_TRUE(store_->append({{own, pause}}));
    const auto left = store_->suppressions_of({{own.person}}).value();
    EXPECT_EQ(left.size(), 2U);
    for (const Suppression& one : left) {
        EXPECT_EQ(one.until.has_value(), is_of_pause(one.scope.purpose));
        EXPECT_EQ(one.last, one.until ? pause.happened_on : own.happened_on);
    }
    EXPECT_TRUE(all(Which::kForStanding).empty());
}

TEST_P(StoreContract, APauseWithoutAnEndIsAnObjection) {
    Event pause = sample_event(7, "b", EventKind::kPaused);
    pause.attributes = {{"until", "soon"}};
    EXPECT_TRUE(store_->append({{pause}}));
    const auto left = store_->suppressions_of({{pause.person}}).value();
    EXPECT_EQ(left.size(), 1U);
    EXPECT_EQ(left.front().scope, scope_of(pause));
    EXPECT_FALSE(left.front().until);
}

TEST_P(StoreContract, AKeyOfAnotherBrandIsNoRepeat) {
    Event one = sample_event(7, "a", EventKind::kObjectionRecorded);
    EXPECT_TRUE(store_->append({{one}}));
    one.attributes["brand"] = "north";
    EXPECT_EQ(store_->append({{one}}).error().message.id, "event.key_reused");
}

TEST_P(StoreContract, WhatStandingNeedsLeavesObjectionsAndVerdictsOut) {
    EXPECT_TRUE(
        store_->append({{sample_event(1, "a"), sample_event(1, "b", EventKind::kObjectionRecorded),
                         sample_event(1, "c", EventKind::kVerdictGiven)}}));
    EXPECT_EQ(all(Which::kForStanding), (std::vector{sample_event(1, "a")}));
    EXPECT_EQ(all().size(), 3U);
}

TEST_P(StoreContract, WhatOneKindNeedsIsReadAlone) {
    std::vector<Event> batch;
    std::string key = "a";
    for (const EventKind kind : all_event_kinds()) {
        batch.push_back(sample_event(1, key, kind));
        ++key[0];
    }
    EXPECT_TRUE(store_->append(batch));
    for (const Which which : {Which::kRequests, Which::kSiteChoices}) {
        const std::vector<Event> found = all(which);
        ASSERT_EQ(found.size(), 1U);
        EXPECT_TRUE(is_among(which, found.front().kind));
    }
    EXPECT_EQ(all().size(), batch.size());
}

TEST_P(StoreContract, WhatIsErasedIsGoneAndTheSuppressionStays) {
    const Event objection = sample_event(1, "a", EventKind::kObjectionRecorded);
    const Event other = sample_event(2, "b");
    EXPECT_TRUE(store_->append({{objection, sample_event(1, "c"), other}}));
    const std::vector<Suppression> before = store_->suppressions_of({{objection.person}}).value();
    EXPECT_EQ(before.size(), 1U);
    EXPECT_EQ(
        store_->erase({{objection.person}}, objection.happened_on, ErasureReason::kRequest).value(),
        2U);
    EXPECT_TRUE(events_of({objection.person}).empty());
    EXPECT_EQ(events_of({other.person}), std::vector{other});
    EXPECT_EQ(store_->suppressions_of({{objection.person}}).value(), before);
    std::vector<Event> left = all();
    std::erase_if(left, [](const Event& event) { return event.kind == EventKind::kErased; });
    EXPECT_EQ(left, std::vector{other});
    EXPECT_EQ(
        store_->erase({{objection.person}}, objection.happened_on, ErasureReason::kRequest).value(),
        0U);
}

TEST_P(StoreContract, APersonWhoWasErasedMayComeBackAndBeErasedAgain) {
    const Event event = sample_event(1, "a");
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(store_->append({{event}}).value(), (Appended{1, 0})) << round;
        EXPECT_EQ(store_->append({{event}}).value(), (Appended{0, 1})) << round;
        EXPECT_EQ(events_of({event.person}), std::vector{event}) << round;
        EXPECT_EQ(
            store_->erase({{event.person}}, event.happened_on, ErasureReason::kRequest).value(), 1U)
            << round;
        EXPECT_TRUE(events_of({event.person}).empty()) << round;
    }
}

}  // namespace licet::ledger
