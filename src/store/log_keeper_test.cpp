// SPDX-License-Identifier: Apache-2.0
#include "store/log_keeper.h"

#include <atomic>
#include <thread>

#include "store/test_ledger.h"

namespace licet::store {
namespace {

using LogKeeperTest = LedgerTest;

TEST_F(LogKeeperTest, WhatIsCommittedComesIntoTheFileWhileTheWriterIsOpen) {
    const auto writer = open(Mode::kCreate);
    fill_store(*writer);
    const std::string before = bytes();
    LogKeeper keeper = LogKeeper::open(files_.database).value();
    ASSERT_TRUE(keeper.keep());
    EXPECT_GT(bytes().size(), before.size());
    // A copy of the file alone, without its log, has all.
    const std::string copy = folder_ + "/copy.db";
    set_bytes_of_path(copy, bytes());
    LedgerFiles alone = files_;
    alone.database = copy;
    EXPECT_EQ(all(*open_ledger_store(alone, Mode::kReadWrite).value()).size(), 40U);
}

TEST_F(LogKeeperTest, TheLogBeginsAnewAndDoesNotGrowWithWhatIsWritten) {
    const auto writer = open(Mode::kCreate);
    LogKeeper keeper = LogKeeper::open(files_.database).value();
    std::uintmax_t largest = 0;
    for (int i = 0; i < 50; ++i) {
        const auto event =
            ledger::sample_event(1, std::to_string(i), ledger::EventKind::kInteraction);
        ASSERT_TRUE(writer->append(std::vector{event}));
        ASSERT_TRUE(keeper.keep());
        if (i == 4) largest = std::filesystem::file_size(files_.database + "-wal");
    }
    EXPECT_LE(std::filesystem::file_size(files_.database + "-wal"), 2 * largest);
}

TEST_F(LogKeeperTest, WhatIsErasedLeavesTheLogThoughSomebodyKeepsIt) {
    const auto writer = open(Mode::kCreate);
    fill_store(*writer);
    std::atomic<bool> ends = false;
    std::thread keeping([&] {
        LogKeeper keeper = LogKeeper::open(files_.database).value();
        while (!ends) std::ignore = keeper.keep();
    });
    const ledger::Token person =
        ledger::sample_event(1, "1", ledger::EventKind::kInteraction).person;
    const auto erased = writer->erase({{person}}, Date{std::chrono::year{2026} / 3 / 2},
                                      ledger::ErasureReason::kRequest);
    const auto log = std::filesystem::file_size(files_.database + "-wal");
    ends = true;
    keeping.join();
    ASSERT_TRUE(erased) << erased.error().message.id;
    EXPECT_EQ(log, 0U);
}

TEST(LogKeeper, AServerKeepsItsOwn) {
    LogKeeper keeper = LogKeeper::open("postgresql://nowhere.invalid/ledger").value();
    EXPECT_TRUE(keeper.keep());
}

TEST(LogKeeper, AFileThatIsNotThereIsTold) {
    const auto keeper = LogKeeper::open("/nowhere/ledger.db");
    ASSERT_FALSE(keeper);
    EXPECT_EQ(keeper.error().message.id, "store.cannot_open");
}

}  // namespace
}  // namespace licet::store
