// SPDX-License-Identifier: Apache-2.0
// Goal: a request that was kept is there, whole, after kill -9, a full disk or a power cut; what
//       was refused is not half there; and nobody reads it in the file.
// Method: many threads; a child that is killed; a disk that fails at its 1st, 2nd, 3rd, ...
//         operation, as in fault_test.cpp.
#include "store/webhook_spool.h"

#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <thread>

#include "store/faulty_vfs.h"
#include "store/kill_rounds.h"
#include "store/test_ledger.h"

namespace licet::store {
namespace {

const Digest kKey = sha256("key of a workspace");
constexpr std::int64_t kNow = 1'772'445'606;
const std::string kAddress = "camille@example.com";

NewSpoolEntry entry(std::string_view request, SpoolState state = SpoolState::kWaiting) {
    return {kNow, "letter", state, request};
}

class SpoolTest : public testing::Test {
  protected:
    void TearDown() override { std::filesystem::remove_all(folder_); }
    [[nodiscard]] std::unique_ptr<WebhookSpool> open() const {
        return WebhookSpool::open(path_, kKey).value();
    }
    [[nodiscard]] static std::vector<std::string> waiting(WebhookSpool& spool) {
        std::vector<std::string> out;
        const auto entries = spool.entries(SpoolState::kWaiting, 0, 100'000);
        for (const SpoolEntry& one : *entries) out.push_back(one.request.reveal("test"));
        return out;
    }
    std::string folder_ = fresh_folder();
    std::string path_ = folder_ + "/webhooks.db";
};

TEST_F(SpoolTest, WhatIsKeptIsThereInItsOrderAfterOpeningAgain) {
    const std::string huge(3 << 20, 'x');
    {
        const auto spool = open();
        EXPECT_EQ(spool->keep(entry("first")).value(), 1);
        EXPECT_EQ(spool->keep(entry("")).value(), 2);
        EXPECT_EQ(spool->keep(entry(std::string_view("\0\xff", 2))).value(), 3);
        EXPECT_EQ(spool->keep(entry(huge)).value(), 4);
    }
    const auto spool = open();
    EXPECT_EQ(waiting(*spool),
              (std::vector<std::string>{"first", "", std::string("\0\xff", 2), huge}));
    const auto some = spool->entries(SpoolState::kWaiting, 1, 2).value();
    ASSERT_EQ(some.size(), 2U);
    EXPECT_EQ(some[0].number, 2);
    EXPECT_EQ(some[0].received_at, kNow);
    EXPECT_EQ(some[0].endpoint, "letter");
}

TEST_F(SpoolTest, NobodyReadsItInTheFileAndTheFileIsOurs) {
    const auto spool = open();
    const std::string request = "{\"email\":\"" + kAddress + "\"}";
    ASSERT_TRUE(spool->keep(entry(request)));
    for (const auto& file : std::filesystem::directory_iterator(folder_)) {
        const std::string path = file.path().string();
        EXPECT_EQ(bytes_of_path(path).find(kAddress), std::string::npos) << path;
        struct stat status {};
        ASSERT_EQ(::stat(path.c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777U, 0600U) << path;
    }
}

TEST_F(SpoolTest, AnotherKeyOpensNothingAndSaysSo) {
    ASSERT_TRUE(open()->keep(entry("body")));
    const auto spool = WebhookSpool::open(path_, sha256("another")).value();
    const auto entries = spool->entries(SpoolState::kWaiting, 0, 10);
    ASSERT_FALSE(entries);
    EXPECT_EQ(entries.error().message.id, "spool.other_key");
}

TEST_F(SpoolTest, ARowInThePlaceOfAnotherIsNotOpened) {
    {
        const auto spool = open();
        ASSERT_TRUE(spool->keep({kNow, "letter", SpoolState::kWaiting, "a"}));
        ASSERT_TRUE(spool->keep({kNow, "text", SpoolState::kWaiting, "b"}));
    }
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(path_.c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, "UPDATE entry SET endpoint = 'text' WHERE number = 1", nullptr,
                           nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(handle);
    EXPECT_FALSE(open()->entries(SpoolState::kWaiting, 0, 10));
}

TEST_F(SpoolTest, WhatIsMarkedChangesItsStateAndDoneIsForgottenAfterAWhile) {
    const auto spool = open();
    for (const char* text : {"a", "b", "c", "d"}) ASSERT_TRUE(spool->keep(entry(text)));
    ASSERT_TRUE(spool->keep(entry("e", SpoolState::kDoubtful)));
    ASSERT_TRUE(spool->mark({{1, SpoolState::kDone, "unsubscribe 1"}}));
    ASSERT_TRUE(spool->mark({{2, SpoolState::kUnreadable, "unreadable"}}));
    EXPECT_EQ(waiting(*spool), (std::vector<std::string>{"c", "d"}));
    const SpoolCounts counts = spool->counts().value();
    EXPECT_EQ(counts.entries, (std::array<std::uint64_t, 5>{0, 2, 1, 1, 1}));
    EXPECT_EQ(counts.oldest[1], kNow);
    EXPECT_GT(counts.doubtful_bytes, 0U);
    EXPECT_EQ(spool->forget_before(kNow).value(), 0U);
    EXPECT_EQ(spool->forget_before(kNow + 1).value(), 1U);
    std::vector<std::int64_t> left;
    ASSERT_TRUE(spool->for_each_note([&](const SpoolEntry& one) { left.push_back(one.number); }));
    EXPECT_EQ(left, (std::vector<std::int64_t>{2, 3, 4, 5}));
    // A number is never used again, or a mark could meet another request.
    EXPECT_EQ(spool->keep(entry("f")).value(), 6);
}

TEST_F(SpoolTest, WhatIsForgottenIsNotInTheFileAnyMore) {
    const auto spool = open();
    ASSERT_TRUE(spool->keep({kNow, "endpoint-that-is-forgotten", SpoolState::kDone, "x"}));
    EXPECT_EQ(spool->forget_before(kNow + 1).value(), 1U);
    for (const auto& file : std::filesystem::directory_iterator(folder_))
        EXPECT_EQ(bytes_of_path(file.path().string()).find("endpoint-that-is-forgotten"),
                  std::string::npos);
}

TEST_F(SpoolTest, ManyThreadsShareWritesAndLoseNothing) {
    const auto spool = open();
    constexpr int kThreads = 16;
    constexpr int kEach = 40;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < kEach; ++i)
                EXPECT_TRUE(spool->keep(entry(std::to_string(t * kEach + i))));
        });
    for (std::thread& thread : threads) thread.join();
    std::vector<std::string> all = waiting(*spool);
    std::sort(all.begin(), all.end());
    EXPECT_EQ(std::unique(all.begin(), all.end()) - all.begin(), kThreads * kEach);
    EXPECT_LT(spool->commits(), static_cast<std::uint64_t>(kThreads * kEach));
}

TEST_F(SpoolTest, AFileOfAnotherIsNotTouched) {
    {
        const auto ledger = open_ledger_store(ledger_files_in(folder_), Mode::kCreate);
        ASSERT_TRUE(ledger);
    }
    const auto spool = WebhookSpool::open(ledger_files_in(folder_).database, kKey);
    ASSERT_FALSE(spool);
    EXPECT_EQ(spool.error().message.id, "store.not_a_database");
}

TEST_F(SpoolTest, NothingAcknowledgedIsLostWhenTheProcessIsKilled) {
    Soak soak(20);
    std::uint32_t acknowledged = 0;
    ASSERT_TRUE(open());
    for (int round = 0; round < soak.rounds; ++round) {
        int ends[2] = {-1, -1};
        ASSERT_EQ(::pipe(ends), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            const auto spool = WebhookSpool::open(path_, kKey);
            for (std::uint32_t i = acknowledged;; ++i) {
                const std::string text = std::to_string(i);
                if (!spool || !spool.value()->keep(entry(text))) ::_exit(3);
                if (::write(ends[1], &i, sizeof i) != sizeof i) ::_exit(4);
            }
        }
        ::close(ends[1]);
        const std::uint32_t wanted = 1 + soak.below(40);
        std::uint32_t number = 0;
        std::uint32_t seen = 0;
        while (seen < wanted && ::read(ends[0], &number, sizeof number) == sizeof number) ++seen;
        volatile std::uint32_t spin = 0;
        for (const std::uint32_t spins = soak.below(200'000); spin < spins;) spin = spin + 1;
        ::kill(child, SIGKILL);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << "left by itself: " << WEXITSTATUS(status);
        while (::read(ends[0], &number, sizeof number) == sizeof number) ++seen;
        ::close(ends[0]);
        acknowledged += seen;
        const auto spool = open();
        std::vector<std::string> all = waiting(*spool);
        EXPECT_GE(all.size(), acknowledged);
        for (std::uint32_t i = 0; i < acknowledged; ++i)
            if (std::find(all.begin(), all.end(), std::to_string(i)) == all.end())
                ADD_FAILURE() << "lost " << i;
        // One that was written and not acknowledged is there too; it is kept again, as a provider
        // sends again.
    }
    soak.print("webhook spool, killed", acknowledged, 0);
}

// Keeps requests until one is refused; gives those that were acknowledged.
std::vector<std::string> keep_some(const std::string& path) {
    std::vector<std::string> acknowledged;
    const auto spool = WebhookSpool::open(path, kKey);
    if (!spool) return acknowledged;
    for (int i = 0; i < 3; ++i) {
        const std::string text = "request " + std::to_string(i) + std::string(500, '.');
        if (spool.value()->keep(entry(text))) acknowledged.push_back(text);
        if (i == 1) static_cast<void>(spool.value()->mark({{1, SpoolState::kDoubtful, ""}}));
    }
    return acknowledged;
}

enum class Blow { kIoError, kNoRoom, kPowerCut };

TEST_F(SpoolTest, NothingAcknowledgedIsLostWhateverTheDiskDoes) {
    for (const Blow blow : {Blow::kIoError, Blow::kNoRoom, Blow::kPowerCut}) {
        FaultyDisk disk;
        int rounds = 0;
        int refused = 0;
        for (std::int64_t operation = 0; operation < 400; ++operation) {
            std::filesystem::remove_all(folder_);
            std::filesystem::create_directory(folder_);
            disk.start_counting();
            ASSERT_TRUE(WebhookSpool::open(path_, kKey));
            if (blow == Blow::kPowerCut)
                disk.cut_power_at(operation);
            else
                disk.fail_at(operation, blow == Blow::kNoRoom ? FaultyDisk::How::kNoRoom
                                                              : FaultyDisk::How::kIoError);
            const std::vector<std::string> acknowledged = keep_some(path_);
            const bool has_failed = disk.has_failed();
            if (blow == Blow::kPowerCut)
                disk.power_off();
            else
                disk.start_counting();
            const auto spool = WebhookSpool::open(path_, kKey);
            ASSERT_TRUE(spool) << operation << " " << spool.error().message.id;
            std::vector<std::string> found = waiting(*spool.value());
            const auto doubtful = spool.value()->entries(SpoolState::kDoubtful, 0, 100);
            for (const SpoolEntry& one : *doubtful) found.push_back(one.request.reveal("test"));
            for (const std::string& text : acknowledged)
                EXPECT_NE(std::find(found.begin(), found.end(), text), found.end()) << operation;
            ++rounds;
            refused += acknowledged.size() < 3 ? 1 : 0;
            if (!has_failed) break;
        }
        std::printf("webhook spool, fault %d: rounds %d, with a refusal %d, lost 0\n",
                    static_cast<int>(blow), rounds, refused);
        EXPECT_GT(refused, 5);
        EXPECT_LT(rounds, 400);
    }
}

TEST_F(SpoolTest, AFullDiskIsToldAndOverWhenThereIsRoomAgain) {
    FaultyDisk disk;
    disk.start_counting();
    const auto spool = open();
    ASSERT_TRUE(spool->keep(entry("before")));
    disk.fail_at(0, FaultyDisk::How::kNoRoom);
    const auto refused = spool->keep(entry("during"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message.id, "store.full");
    disk.start_counting();
    EXPECT_TRUE(spool->keep(entry("after")));
    EXPECT_EQ(waiting(*spool), (std::vector<std::string>{"before", "after"}));
}

}  // namespace
}  // namespace licet::store
