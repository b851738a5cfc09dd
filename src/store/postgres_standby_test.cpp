// SPDX-License-Identifier: Apache-2.0
// Goal: with two synchronous standbys of which one must have every objection, a primary that dies
//       loses none if the standby that is furthest takes its place; if the other one does, nothing
//       more is acknowledged, and gates that knew an objection go on knowing it.
// Method: three real servers; one standby is stopped from receiving, a child goes on writing, the
//         primary is killed with all its processes, and one of the two is promoted.
#include <chrono>
#include <functional>

#include "store/head_follower.h"
#include "store/kill_rounds.h"
#include "store/postgres_server.h"
#include "store/test_ledger.h"

namespace licet::store {
namespace {

class Standby : public testing::Test {
  protected:
    void SetUp() override {
        primary_.start();
        primary_.sql("CREATE DATABASE ledger");
        near_ = std::make_unique<PostgresServer>("near", primary_);
        far_ = std::make_unique<PostgresServer>("far", primary_);
        near_->start();
        far_->start();
        for (PostgresServer* one : {&primary_, near_.get(), far_.get()}) {
            one->set("synchronous_standby_names", "'ANY 1 (near, far)'");
            one->sql("SELECT pg_reload_conf()");
        }
        files_ = ledger_files_in(folder_, "postgresql://licet@/ledger?host=" + primary_.folder() +
                                              "," + near_->folder() + "," + far_->folder());
        ASSERT_TRUE(open_ledger_store(files_, Mode::kCreate));
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    // One standby hears no more, the other one does; then the primary dies. Gives the last number
    // that was acknowledged.
    std::uint32_t let_the_far_one_lag(
        Writer& writer, const std::function<void()>& before_the_end = [] {}) {
        writer.wait_for(30);
        far_->follow_nobody();
        writer.wait_for(60);
        before_the_end();
        primary_.kill_all();
        ::usleep(100'000);
        EXPECT_EQ(near_->sql("SELECT pg_last_wal_receive_lsn() > '" +
                             far_->sql("SELECT pg_last_wal_receive_lsn()") + "'::pg_lsn"),
                  "t");
        return writer.acknowledged();
    }

    std::string folder_ = fresh_folder();
    PostgresServer primary_{"primary"};
    std::unique_ptr<PostgresServer> near_;
    std::unique_ptr<PostgresServer> far_;
    LedgerFiles files_;
};

TEST_F(Standby, TheFurthestOneHasAllThatWasAcknowledged) {
    Writer writer(files_, 1, Writer::IfBusy::kTryAgain);
    let_the_far_one_lag(writer);
    near_->promote();
    far_->follow(*near_);
    writer.wait_for(40);
    const std::uint32_t acknowledged = writer.kill_now();
    const int lost =
        lost_among(*open_ledger_store(files_, Mode::kReadWrite).value(), 1, acknowledged);
    EXPECT_EQ(lost, 0);
    EXPECT_GE(acknowledged, 130U);
    EXPECT_GE(verified_events(files_), acknowledged);
    std::printf("primary killed, furthest promoted: acknowledged %u, lost %d\n", acknowledged,
                lost);
}

TEST_F(Standby, TheWrongOneAcknowledgesNothing) {
    HeadFollower::Moment now{};
    const auto gate = HeadFollower::open(files_, [&] { return now; }).value();
    Writer writer(files_, 1, Writer::IfBusy::kTryAgain, std::chrono::milliseconds{400});
    const std::uint32_t acknowledged =
        let_the_far_one_lag(writer, [&] { EXPECT_TRUE(gate->follow({})); });
    const ledger::ContactTokens known{numbered_objection(60).person, {}};
    const Date day{std::chrono::year{2026} / 11 / 26};
    EXPECT_TRUE(gate->index().value()->find({&known, 1}, day));
    // A standby is not asked, however far it may be: it could be the one that lags.
    EXPECT_EQ(gate->follow({}).error().code, ErrorCode::kBusy);

    // Two things keep writers from being told anything. No standby confirms; and where the one that
    // was ahead is sent to follow the wrong one, PostgreSQL takes how far it is in the history that
    // the other one has not for a confirmation, but a writer that knows more than its new server
    // does not go on.
    far_->promote();
    ::usleep(700'000);
    EXPECT_EQ(writer.acknowledged(), acknowledged);
    near_->follow(*far_);
    ::usleep(1'500'000);
    EXPECT_EQ(writer.kill_now(), acknowledged);
    LedgerFiles one = files_;
    one.database = near_->address("ledger") + "&target_session_attrs=any";
    EXPECT_EQ(lost_among(*open_ledger_store(one, Mode::kReadOnly).value(), 1, acknowledged), 0);
    one.database = far_->address("ledger");
    const int missing =
        lost_among(*open_ledger_store(one, Mode::kReadOnly).value(), 1, acknowledged);
    EXPECT_GT(missing, 0);

    // A gate that knew more than the new primary does not go on with it, and then knows nothing.
    std::string why;
    for (int i = 0; i < 50 && why != "store.rolled_back"; ++i) {
        const auto followed = gate->follow({});
        ASSERT_FALSE(followed);
        why = followed.error().message.id;
    }
    EXPECT_EQ(why, "store.rolled_back");
    EXPECT_TRUE(gate->index().value()->find({&known, 1}, day));
    now += HeadFollower::kMostSilence + std::chrono::milliseconds{1};
    EXPECT_EQ(gate->index().error().message.id, "store.heads_unconfirmed");
    std::printf(
        "primary killed, wrong one promoted: acknowledged %u before and 0 after; the wrong one "
        "lacks %d\n",
        acknowledged, missing);
}

}  // namespace
}  // namespace licet::store
