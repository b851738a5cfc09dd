// SPDX-License-Identifier: Apache-2.0
// Goal: whoever asked to be told is told everything once, of one person in its order, also over
//       restarts; and can ask for it again.
// Method: a small ledger whose events become messages; the outbox is opened anew between all steps.
#include "store/webhook_outbox.h"

#include "store/test_ledger.h"

namespace licet::store {
namespace {

constexpr std::int64_t kNow = 1'772'445'606;

class OutboxTest : public LedgerTest {
  protected:
    [[nodiscard]] std::unique_ptr<WebhookOutbox> outbox() const {
        return WebhookOutbox::open(folder_ + "/outbox.db").value();
    }
    void record(std::uint8_t person, const std::string& key) const {
        ASSERT_TRUE(open(Mode::kReadWrite)
                        ->append({{ledger::sample_event(person, key,
                                                        ledger::EventKind::kObjectionRecorded)}}));
    }
    // "crm" wants all, "small" only the person 1.
    std::size_t take_in() const {
        return outbox()
            ->take_in(
                files_, {"crm", "small"},
                [](const std::string& name, std::int64_t number,
                   const ledger::Event& event) -> std::optional<Wanted> {
                    if (name == "small" && event.person.bytes[0] != 1) return std::nullopt;
                    return Wanted{std::to_string(event.person.bytes[0]),
                                  event.key + "#" + std::to_string(number)};
                },
                kNow)
            .value();
    }
    [[nodiscard]] std::string due(const std::string& name, std::int64_t now = kNow) const {
        std::string out;
        const auto due = outbox()->due(name, now, 100);
        for (const OutgoingMessage& one : *due) out += (out.empty() ? "" : " ") + one.body;
        return out;
    }
    [[nodiscard]] OutgoingMessage first(const std::string& name, std::int64_t now = kNow) const {
        return outbox()->due(name, now, 1).value().at(0);
    }
    void SetUp() override {
        ASSERT_NE(open(Mode::kCreate), nullptr);
        record(1, "before");
        EXPECT_EQ(take_in(), 0U) << "what was before, nobody had asked for";
    }
};

TEST_F(OutboxTest, EveryEventBecomesAMessageOnce) {
    record(1, "a");
    record(2, "b");
    EXPECT_EQ(take_in(), 3U);
    EXPECT_EQ(take_in(), 0U);
    EXPECT_EQ(due("crm"), "a#1 b#2");
    EXPECT_EQ(due("small"), "a#1");
    EXPECT_EQ(due("other"), "");
}

TEST_F(OutboxTest, ALedgerThatIsEmptyAtFirstIsFollowedToo) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directory(folder_);
    ASSERT_NE(open(Mode::kCreate), nullptr);
    EXPECT_EQ(take_in(), 0U);
    record(1, "a");
    EXPECT_EQ(take_in(), 2U);
}

TEST_F(OutboxTest, OfOnePersonTheNextGoesWhenTheFirstIsTaken) {
    record(1, "a");
    record(1, "b");
    record(2, "c");
    take_in();
    EXPECT_EQ(due("crm"), "a#1 c#3");
    ASSERT_TRUE(outbox()->failed(first("crm"), kNow + 60));
    EXPECT_EQ(due("crm"), "c#3") << "b waits for a, and nobody waits for them";
    EXPECT_EQ(due("crm", kNow + 60), "a#1 c#3");
    EXPECT_EQ(first("crm", kNow + 60).tries, 1);
    ASSERT_TRUE(outbox()->taken(first("crm", kNow + 60)));
    EXPECT_EQ(due("crm"), "b#2 c#3");
    ASSERT_TRUE(outbox()->give_up(first("crm")));
    EXPECT_EQ(due("crm"), "c#3");
    const OutboxCounts counts = outbox()->counts("crm").value();
    EXPECT_EQ(counts.waiting, 1U);
    EXPECT_EQ(counts.taken, 1U);
    EXPECT_EQ(counts.given_up, 1U);
    EXPECT_EQ(counts.last, 3);
}

TEST_F(OutboxTest, ARestIsKeptAndEnds) {
    record(1, "a");
    take_in();
    ASSERT_TRUE(outbox()->rest_until("crm", kNow + 100));
    EXPECT_EQ(due("crm"), "");
    EXPECT_EQ(due("crm", kNow + 100), "a#1");
    EXPECT_EQ(due("small"), "a#1");
}

TEST_F(OutboxTest, AReplayMakesAllFromANumberOnWaitAgain) {
    for (const char* key : {"a", "b", "c"}) record(1, key);
    take_in();
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(outbox()->taken(first("crm")));
    EXPECT_EQ(due("crm"), "");
    ASSERT_TRUE(outbox()->rest_until("crm", kNow + 100));
    EXPECT_EQ(outbox()->replay("crm", 2, kNow).value(), 2U);
    EXPECT_EQ(due("crm"), "b#2");
    EXPECT_EQ(first("crm").tries, 0);
    EXPECT_EQ(outbox()->replay("crm", 4, kNow).value(), 0U);
}

TEST_F(OutboxTest, WhatIsNoLongerKeptIsToldAndNothingIsHalfReplayed) {
    for (const char* key : {"a", "b", "c"}) record(1, key);
    take_in();
    ASSERT_TRUE(outbox()->taken(first("crm")));
    EXPECT_EQ(outbox()->forget_before(kNow + 1).value(), 1U);
    const auto done = outbox()->replay("crm", 1, kNow);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().message.id, "outbox.no_longer_kept");
    EXPECT_EQ(due("crm"), "b#2");
    // Numbers go on from the last, whatever was deleted.
    record(2, "d");
    take_in();
    EXPECT_EQ(due("crm"), "b#2 d#4");
}

TEST_F(OutboxTest, ALedgerThatWentBackIsTold) {
    const auto before = copy();
    record(1, "a");
    take_in();
    put_back(before, folder_ + "/outbox.db");
    const auto done = outbox()->take_in(
        files_, {"crm"}, [](auto&&...) { return std::optional<Wanted>(); }, kNow);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().message.id, "log.rolled_back");
}

TEST_F(OutboxTest, AnErasedPersonIsPassedOver) {
    record(1, "a");
    record(2, "b");
    ledger::Token person;
    person.bytes = ledger::sample_event(1, "a", ledger::EventKind::kObjectionRecorded).person.bytes;
    ASSERT_TRUE(open(Mode::kReadWrite)->erase({{person}}, Date{}, ledger::ErasureReason::kRequest));
    take_in();
    EXPECT_EQ(due("small"), "");
    EXPECT_NE(due("crm").find("b#"), std::string::npos);
}

}  // namespace
}  // namespace licet::store
