// SPDX-License-Identifier: Apache-2.0
// Goal: what one writes, a gate elsewhere knows within a second; what it cannot confirm, it does
//       not answer.
// Method: one connection writes, another one follows, with and without hints; the server stopped;
//         a clock that is moved by hand, but where the time itself is measured.
#include "store/head_follower.h"

#include <atomic>
#include <thread>

#include "store/postgres_server.h"
#include "store/test_ledger.h"

namespace licet::store {
namespace {

using namespace ledger;
using std::chrono::milliseconds;

constexpr Date kDay{std::chrono::year{2026} / 11 / 26};

class HeadFollowerTest : public testing::TestWithParam<bool> {
  protected:
    void SetUp() override {
        files_ = ledger_files_in(
            folder_, GetParam() ? PostgresServer::shared().fresh_database() : std::string());
        store_ = open_ledger_store(files_, Mode::kCreate).value();
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::unique_ptr<HeadFollower> follower() {
        return HeadFollower::open(files_, [this] { return now_; }).value();
    }
    [[nodiscard]] static std::optional<Standing> standing(const HeadFollower& gate,
                                                          std::uint8_t person) {
        const ContactTokens point{sample_event(person, "").person, {}};
        return gate.find({&point, 1}, kDay).value();
    }

    std::string folder_ = fresh_folder();
    LedgerFiles files_;
    std::unique_ptr<Store> store_;
    HeadFollower::Moment now_{};
};

INSTANTIATE_TEST_SUITE_P(Follow, HeadFollowerTest, testing::Bool(), [](const auto& one) {
    return one.param ? std::string("Postgres") : std::string("Sqlite");
});

TEST_P(HeadFollowerTest, WhatWasThereAndWhatCameIsKnown) {
    EXPECT_TRUE(store_->append(
        {{sample_event(1, "a"), sample_event(2, "b", EventKind::kObjectionRecorded)}}));
    const auto gate = follower();
    EXPECT_TRUE(standing(*gate, 1)->last_act_on);
    EXPECT_EQ(standing(*gate, 2)->objections.size(), 1U);
    EXPECT_FALSE(standing(*gate, 3));
    EXPECT_EQ(gate->follow({}).value(), 0U);
    EXPECT_TRUE(store_->append({{sample_event(1, "c", EventKind::kConsentWithdrawn),
                                 sample_event(3, "d", EventKind::kObjectionRecorded)}}));
    EXPECT_EQ(gate->follow({}).value(), 2U);
    EXPECT_TRUE(standing(*gate, 1)->consents.begin()->second.withdrawn_on);
    EXPECT_EQ(standing(*gate, 3)->objections.size(), 1U);
}

TEST_P(HeadFollowerTest, WhoeverLooksUpMeanwhileNeverMeetsAPartOfTheLedger) {
    constexpr std::uint8_t kPeople = 100;
    std::vector<Event> objections;
    for (std::uint8_t person = 1; person <= kPeople; ++person)
        objections.push_back(
            sample_event(person, "no" + std::to_string(person), EventKind::kObjectionRecorded));
    EXPECT_TRUE(store_->append(objections));
    const auto gate = follower();
    std::atomic<int> missed = 0;
    std::jthread looks([&](const std::stop_token& stop) {
        while (!stop.stop_requested())
            for (std::uint8_t person = 1; person <= kPeople; ++person)
                if (const auto found = standing(*gate, person); !found || found->objections.empty())
                    ++missed;
    });
    // Each erasure has the whole read anew.
    const std::vector<Token> one{sample_event(200, "").person};
    for (int round = 0; round < 10; ++round) {
        EXPECT_TRUE(store_->append({{sample_event(200, "round " + std::to_string(round))}}));
        EXPECT_TRUE(gate->follow({}));
        EXPECT_TRUE(store_->erase(one, kDay, ErasureReason::kRequest));
        EXPECT_TRUE(gate->follow({}));
    }
    looks.request_stop();
    looks.join();
    EXPECT_EQ(missed, 0);
    EXPECT_EQ(gate->list_count(), 0U);
}

TEST_P(HeadFollowerTest, WhoeverIsErasedIsForgottenButForTheObjection) {
    EXPECT_TRUE(store_->append({{sample_event(1, "a"), sample_event(4, "x"), sample_event(2, "b"),
                                 sample_event(2, "c", EventKind::kObjectionRecorded)}}));
    const auto gate = follower();
    EXPECT_TRUE(standing(*gate, 2)->last_act_on);
    const std::vector<Token> both{sample_event(1, "").person, sample_event(2, "").person};
    EXPECT_EQ(store_->erase(both, kDay, ErasureReason::kRequest).value(), 3U);
    EXPECT_TRUE(gate->follow({}));
    EXPECT_FALSE(standing(*gate, 1));
    EXPECT_FALSE(standing(*gate, 2)->last_act_on);
    EXPECT_EQ(standing(*gate, 2)->objections.size(), 1U);
    EXPECT_TRUE(standing(*gate, 4)->last_act_on);
    // They come back, with keys of another era.
    EXPECT_TRUE(store_->append({{sample_event(1, "again")}}));
    EXPECT_EQ(gate->follow({}).value(), 1U);
    EXPECT_TRUE(standing(*gate, 1)->last_act_on);
}

TEST_P(HeadFollowerTest, WhatIsNotConfirmedIsNotAnswered) {
    const auto gate = follower();
    now_ += HeadFollower::kMostSilence;
    EXPECT_TRUE(gate->index());
    now_ += milliseconds{1};
    EXPECT_EQ(gate->index().error().message.id, "store.heads_unconfirmed");
    EXPECT_EQ(gate->index().error().code, ErrorCode::kBusy);
    EXPECT_TRUE(gate->follow({}));
    EXPECT_TRUE(gate->index());
}

TEST_P(HeadFollowerTest, KeysThatAreOlderThanTheLedgerConfirmNothing) {
    EXPECT_TRUE(store_->append({{sample_event(1, "a")}}));
    const std::string keys = bytes_of_path(files_.person_keys);
    LedgerFiles elsewhere = files_;
    elsewhere.person_keys = folder_ + "/copy.keys";
    set_bytes_of_path(elsewhere.person_keys, keys);
    std::filesystem::permissions(elsewhere.person_keys, std::filesystem::perms(0600));
    const auto gate = HeadFollower::open(elsewhere, [this] { return now_; }).value();
    EXPECT_EQ(store_->erase({{sample_event(1, "").person}}, kDay, ErasureReason::kRequest).value(),
              1U);
    EXPECT_TRUE(store_->append({{sample_event(1, "b", EventKind::kConsentRefused)}}));
    EXPECT_EQ(gate->follow({}).error().message.id, "person_keys.older");
    set_bytes_of_path(elsewhere.person_keys, bytes_of_path(files_.person_keys));
    EXPECT_TRUE(gate->follow({}));
    EXPECT_TRUE(standing(*gate, 1)->consents.begin()->second.refused_on);
}

// Each objection from its acknowledgement to the moment at which the gate knows it.
TEST(HeadFollowerPostgres, AnAcknowledgedObjectionIsKnownWithinASecond) {
    const std::string folder = fresh_folder();
    const LedgerFiles files = ledger_files_in(folder, PostgresServer::shared().fresh_database());
    const auto store = open_ledger_store(files, Mode::kCreate).value();
    const auto clock = [] { return std::chrono::steady_clock::now(); };
    const auto gate = HeadFollower::open(files, clock).value();
    std::chrono::steady_clock::duration longest{};
    for (int i = 0; i < 50; ++i) {
        const auto person = static_cast<std::uint8_t>(i);
        std::chrono::steady_clock::time_point acknowledged;
        std::thread writer([&] {
            std::this_thread::sleep_for(milliseconds(2));
            EXPECT_TRUE(
                store->append({{sample_event(person, "x", EventKind::kObjectionRecorded)}}));
            acknowledged = clock();
        });
        const ContactTokens point{sample_event(person, "").person, {}};
        bool is_known = false;
        for (int tries = 0; tries < 100 && !is_known; ++tries) {
            EXPECT_TRUE(gate->follow(milliseconds(100)));
            is_known = gate->index().value()->find({&point, 1}, kDay).has_value();
        }
        const auto known = clock();
        writer.join();
        EXPECT_TRUE(is_known);
        longest = std::max(longest, known - acknowledged);
    }
    EXPECT_LT(longest, std::chrono::seconds(1));
    std::printf("from acknowledgement to the gate: at most %.1f ms in 50\n",
                std::chrono::duration<double, std::milli>(longest).count());
    std::filesystem::remove_all(folder);
}

TEST(HeadFollowerPostgres, WithoutAServerTheGateClosesAndItOpensAgain) {
    const std::string folder = fresh_folder();
    PostgresServer server("follow");
    server.start();
    const LedgerFiles files = ledger_files_in(folder, server.fresh_database());
    const auto store = open_ledger_store(files, Mode::kCreate).value();
    HeadFollower::Moment now{};
    const auto gate = HeadFollower::open(files, [&] { return now; }).value();
    server.kill_all();
    now += milliseconds(100);
    EXPECT_EQ(gate->follow(milliseconds(1)).error().code, ErrorCode::kBusy);
    EXPECT_TRUE(gate->index());  // what was confirmed a moment ago still holds
    now += HeadFollower::kMostSilence;
    EXPECT_EQ(gate->follow(milliseconds(1)).error().code, ErrorCode::kBusy);
    EXPECT_EQ(gate->index().error().message.id, "store.heads_unconfirmed");
    server.start();
    EXPECT_TRUE(store->append({{sample_event(1, "x", EventKind::kObjectionRecorded)}}));
    bool is_followed = false;
    for (int i = 0; i < 20 && !is_followed; ++i)
        is_followed = gate->follow(milliseconds(1)).has_value();
    const ContactTokens point{sample_event(1, "").person, {}};
    EXPECT_TRUE(gate->index().value()->find({&point, 1}, kDay));
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace licet::store
