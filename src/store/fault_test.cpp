// SPDX-License-Identifier: Apache-2.0
// Goal: what was acknowledged is there whatever the disk does, and what was refused is not half
//       there.
// Method: the same small history again and again, on a disk that fails at its 1st, 2nd, 3rd, ...
//         operation: with an error, without room, and with the power cut, where all that was not
//         synced is gone. Then the ledger is opened on a sound disk and compared with what was
//         acknowledged. The rounds are printed: they are the table of docs/ledger.md.
#include <algorithm>
#include <cstdio>

#include "store/faulty_vfs.h"
#include "store/internal/durable_file.h"
#include "store/test_ledger.h"

namespace licet::store {
namespace {

using namespace ledger;

constexpr Date kDay{std::chrono::year{2026} / 11 / 26};

struct Tally {
    int rounds = 0;
    int faults = 0;
    int acknowledged = 0;
    int lost = 0;
};

class FaultTest : public LedgerTest {
  protected:
    static Event objection(int number) {
        return sample_event(static_cast<std::uint8_t>(number * 37), std::to_string(number),
                            EventKind::kObjectionRecorded);
    }

    // Batches of one, two, three... objections, each acknowledged or not; an erasure in between.
    std::vector<Event> history(bool& has_erased) const {
        std::vector<Event> acknowledged;
        has_erased = false;
        auto store = open_ledger_store(files_, Mode::kReadWrite);
        if (!store) return acknowledged;
        int number = 0;
        for (int size = 1; size <= 4; ++size) {
            std::vector<Event> batch;
            for (int i = 0; i < size; ++i) batch.push_back(objection(++number));
            if (store.value()->append(batch))
                acknowledged.insert(acknowledged.end(), batch.begin(), batch.end());
            if (size == 2) {
                const auto erased =
                    store.value()->erase({{objection(1).person}}, kDay, ErasureReason::kRequest);
                has_erased = erased.has_value() && *erased > 0;
            }
        }
        return acknowledged;
    }

    void fresh_ledger() {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directory(folder_);
        EXPECT_TRUE(open_ledger_store(files_, Mode::kCreate));
    }

    void compare(const std::vector<Event>& acknowledged, bool has_erased, std::int64_t operation,
                 Tally& tally) const {
        const auto store = open_ledger_store(files_, Mode::kReadWrite);
        ASSERT_TRUE(store) << operation << " " << store.error().message.id;
        for (const Event& event : acknowledged) {
            const bool is_suppressed =
                !store.value()->suppressions_of({{event.person}}).value().empty();
            const auto stored = store.value()->events_of({{event.person}}).value();
            const bool is_there = std::any_of(stored.begin(), stored.end(),
                                              [&](const auto& one) { return one.event == event; });
            // The one who was to be erased may be gone; the suppression may not.
            const bool may_be_gone = event.person == objection(1).person;
            if (!is_suppressed || (!is_there && !may_be_gone)) ++tally.lost;
            EXPECT_TRUE(is_suppressed) << operation;
            EXPECT_TRUE(is_there || may_be_gone) << operation;
            EXPECT_FALSE(has_erased && may_be_gone && is_there) << operation;
        }
        tally.acknowledged += static_cast<int>(acknowledged.size());
        const auto verified = verify();
        EXPECT_TRUE(verified) << operation << " " << verified.error().message.id;
        // And it goes on.
        EXPECT_TRUE(store.value()->append({{objection(99)}})) << operation;
    }

    template <typename Arm, typename Mend>
    Tally every_operation(FaultyDisk& disk, int step, const Arm& arm, const Mend& mend) {
        fresh_ledger();
        disk.start_counting();
        bool has_erased = false;
        history(has_erased);
        EXPECT_TRUE(has_erased);
        const std::int64_t all = disk.operations();
        EXPECT_GT(all, 40);
        Tally tally;
        for (std::int64_t operation = 1; operation <= all; operation += step) {
            disk.start_counting();
            fresh_ledger();
            arm(operation);
            const std::vector<Event> acknowledged = history(has_erased);
            ++tally.rounds;
            tally.faults += disk.has_failed() ? 1 : 0;
            mend();
            compare(acknowledged, has_erased, operation, tally);
        }
        EXPECT_EQ(tally.lost, 0);
        EXPECT_EQ(tally.faults, tally.rounds);
        return tally;
    }

    static void print(const char* what, const Tally& tally) {
        std::printf("%s: rounds %d, faults injected %d, acknowledged %d, lost %d\n", what,
                    tally.rounds, tally.faults, tally.acknowledged, tally.lost);
    }
};

TEST_F(FaultTest, AnErrorAtAnyOperationLosesNothing) {
    FaultyDisk disk;
    print("I/O error",
          every_operation(
              disk, 1, [&](auto operation) { disk.fail_at(operation, FaultyDisk::How::kIoError); },
              [&] { disk.start_counting(); }));
}

TEST_F(FaultTest, AFullDiskAtAnyOperationLosesNothing) {
    FaultyDisk disk;
    print("disk full",
          every_operation(
              disk, 1, [&](auto operation) { disk.fail_at(operation, FaultyDisk::How::kNoRoom); },
              [&] { disk.start_counting(); }));
}

TEST_F(FaultTest, ACutOfThePowerAtAnyOperationLosesNothing) {
    FaultyDisk disk;
    print("power cut", every_operation(
                           disk, 1, [&](auto operation) { disk.cut_power_at(operation); },
                           [&] { disk.power_off(); }));
}

// The files beside the database: register of erasures, keys of persons. An erasure, somebody who
// comes back into a new era, and an erasure again; each step of them fails in turn.
TEST_F(FaultTest, AFaultAtAnyStepOfTheFilesBesideLosesNothing) {
    const Token person = objection(1).person;
    const auto story = [&]() -> int {
        auto store = open_ledger_store(files_, Mode::kReadWrite);
        if (!store) return 0;
        int acknowledged = 0;
        const auto count = [&](bool is_done) { acknowledged += is_done ? 1 : 0; };
        count(store.value()->append({{objection(1), objection(2)}}).has_value());
        count(store.value()->erase({{person}}, kDay, ErasureReason::kRequest).has_value());
        count(store.value()->append({{objection(1)}}).has_value());
        count(store.value()->erase({{person}}, kDay, ErasureReason::kRequest).has_value());
        return acknowledged;
    };
    fresh_ledger();
    fail_durable_step(0);
    ASSERT_EQ(story(), 4);
    const int steps = fail_durable_step(0);
    ASSERT_GT(steps, 8);
    Tally tally;
    for (int step = 1; step <= steps; ++step) {
        fresh_ledger();
        fail_durable_step(step);
        const int acknowledged = story();
        ++tally.rounds;
        tally.faults += fail_durable_step(0) >= step ? 1 : 0;
        tally.acknowledged += acknowledged;
        // Whatever failed: the next opening finishes what was registered, and both are suppressed.
        const auto store = open_ledger_store(files_, Mode::kReadWrite);
        ASSERT_TRUE(store) << step << ": " << store.error().message.id;
        EXPECT_EQ(store.value()->suppressions_of({{person}}).value().size(), 1U) << step;
        EXPECT_EQ(store.value()->suppressions_of({{objection(2).person}}).value().size(), 1U);
        EXPECT_EQ(verify_error(), "no error") << step;
        // And it can be done again, to the end.
        EXPECT_TRUE(store.value()->append({{objection(1)}})) << step;
        EXPECT_TRUE(store.value()->erase({{person}}, kDay, ErasureReason::kRequest)) << step;
        EXPECT_TRUE(store.value()->events_of({{person}}).value().empty()) << step;
        EXPECT_EQ(verify_error(), "no error") << step;
    }
    EXPECT_EQ(tally.faults, tally.rounds);
    print("file beside fails", tally);
}

// The model would notice: without waiting for the disk, a commit is gone after a cut.
TEST_F(FaultTest, TheModelDropsWhatWasNotSynced) {
    for (const auto& [setting, is_kept] : {std::pair{"OFF", 0}, std::pair{"FULL", 1}}) {
        FaultyDisk disk;
        fresh_ledger();
        const std::string path = folder_ + "/raw.db";
        sqlite3* handle = nullptr;
        ASSERT_EQ(sqlite3_open(path.c_str(), &handle), SQLITE_OK);
        const auto run = [&](const std::string& sql) {
            return sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr);
        };
        ASSERT_EQ(run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t(x)"),
                  SQLITE_OK);
        disk.cut_power_at(INT64_MAX - 1);
        ASSERT_EQ(run("PRAGMA synchronous = " + std::string(setting) + "; INSERT INTO t VALUES(1)"),
                  SQLITE_OK);
        disk.cut_power_now();
        sqlite3_close(handle);
        disk.power_off();
        ASSERT_EQ(sqlite3_open(path.c_str(), &handle), SQLITE_OK);
        EXPECT_EQ(run("CREATE TEMP TABLE c(n CHECK(n = " + std::to_string(is_kept) +
                      ")); INSERT INTO c SELECT count(*) FROM t"),
                  SQLITE_OK)
            << setting;
        sqlite3_close(handle);
    }
}

}  // namespace
}  // namespace licet::store
