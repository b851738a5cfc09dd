// SPDX-License-Identifier: Apache-2.0
// Goal: what came after a checkpoint is found whole, and only that; another ledger is no answer.
// Method: logs that grow in steps; an older copy and another history against a checkpoint.
#include "store/ledger_since.h"

#include "store/test_ledger.h"

namespace licet::store {
namespace {

using namespace ledger;

class LedgerSinceTest : public LedgerTest {
  protected:
    void append(int first, int count) const {
        std::vector<Event> batch;
        for (int i = first; i < first + count; ++i)
            batch.push_back(sample_event(static_cast<std::uint8_t>(i % 7), std::to_string(i)));
        EXPECT_EQ(open(Mode::kReadWrite)->append(batch).value().added, batch.size());
    }
    [[nodiscard]] Checkpoint signed_at(std::int64_t now) const {
        return checkpoint_of(sign(now).note, identity_).value();
    }
    [[nodiscard]] std::size_t count_since(const Checkpoint& checkpoint) const {
        std::size_t count = 0;
        EXPECT_TRUE(for_each_since(files_, checkpoint, [&](const Event&) { return ++count > 0; }));
        return count;
    }
    [[nodiscard]] std::string error_since(const Checkpoint& checkpoint) const {
        const auto done = for_each_since(files_, checkpoint, [](const Event&) { return true; });
        return done ? "no error" : done.error().message.id;
    }
};

TEST_F(LedgerSinceTest, WhatCameAfterEachCheckpointIsFoundWhole) {
    fill();
    std::vector<std::pair<Checkpoint, std::size_t>> kept{{signed_at(1'772'445'600), 0}};
    for (int i = 1; i < 8; ++i) {
        append(1000 * i, i * 90);
        for (auto& [checkpoint, count] : kept) count += static_cast<std::size_t>(i) * 90;
        for (const auto& [checkpoint, count] : kept) EXPECT_EQ(count_since(checkpoint), count);
        kept.emplace_back(signed_at(1'772'445'600 + i), 0);
    }
    EXPECT_EQ(count_since(kept.back().first), 0U);
}

TEST_F(LedgerSinceTest, WhoeverHasSeenEnoughIsAskedNoMore) {
    fill();
    const Checkpoint checkpoint = signed_at(1'772'445'600);
    append(1000, 50);
    int count = 0;
    EXPECT_TRUE(for_each_since(files_, checkpoint, [&](const Event&) { return ++count < 3; }));
    EXPECT_EQ(count, 3);
}

TEST_F(LedgerSinceTest, AnErasureIsAmongWhatCame) {
    fill();
    append(1000, 20);
    const Checkpoint checkpoint = signed_at(1'772'445'600);
    append(2000, 14);
    const std::vector<Token> persons{sample_event(5, "").person};
    EXPECT_TRUE(open(Mode::kReadWrite)->erase(persons, Date{}, ErasureReason::kRequest));
    std::size_t erasures = 0;
    std::size_t others = 0;
    EXPECT_TRUE(for_each_since(files_, checkpoint, [&](const Event& event) {
        ++(event.kind == EventKind::kErased ? erasures : others);
        EXPECT_NE(event.person, persons.front());
        return true;
    }));
    EXPECT_EQ(erasures, 1U);
    EXPECT_EQ(others, 12U);
}

TEST_F(LedgerSinceTest, AnOlderOrAnotherLedgerIsNoAnswer) {
    fill();
    std::ignore = signed_at(1'772'445'600);
    const auto older = copy();
    append(1000, 30);
    const Checkpoint checkpoint = signed_at(1'772'445'601);
    put_back(older);
    EXPECT_EQ(error_since(checkpoint), "log.rolled_back");
    append(2000, 30);
    std::ignore = signed_at(1'772'445'601);
    EXPECT_EQ(error_since(checkpoint), "log.forked");
}

}  // namespace
}  // namespace licet::store
