// SPDX-License-Identifier: Apache-2.0
// Goal: an objection that was acknowledged is there after kill -9, whenever the blow falls.
// Method: a child appends objections and writes the number of each acknowledged one into a pipe;
// the
//         parent kills it after a number of them that chance (with a fixed seed) gives, sometimes
//         in the middle of the next, and then looks for every one. The file is kept from round to
//         round.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <random>

#include "ledger/store.h"
#include "store/ledger_log.h"
#include "store/ledger_store.h"

namespace licet::store {
namespace {

using namespace ledger;

constexpr int kRounds = 20;

Event objection(std::uint32_t number) {
    Event event;
    event.kind = EventKind::kObjectionRecorded;
    event.person.bytes[0] = static_cast<std::uint8_t>(number * 7);
    event.person.bytes[3] = static_cast<std::uint8_t>(number >> 8U);
    event.channel = "email";
    event.key = std::to_string(number);
    return event;
}

// Never returns: it is killed, or leaves with a status that says that something else went wrong.
[[noreturn]] void append_for_ever(const LedgerFiles& files, std::uint32_t first, int pipe_end) {
    auto store = open_ledger_store(files, Mode::kReadWrite);
    if (!store) _exit(2);
    for (std::uint32_t number = first;; ++number) {
        if (!store.value()->append({{objection(number)}})) _exit(3);
        if (write(pipe_end, &number, sizeof number) != sizeof number) _exit(4);
    }
}

// Gives the last acknowledged number of one round.
std::uint32_t kill_after(const LedgerFiles& files, std::uint32_t first, std::uint32_t count,
                         std::uint32_t spins) {
    int ends[2] = {-1, -1};
    EXPECT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    EXPECT_GE(child, 0);
    if (child == 0) {
        close(ends[0]);
        append_for_ever(files, first, ends[1]);
    }
    close(ends[1]);
    std::uint32_t last = first - 1;
    std::uint32_t number = 0;
    while (last + 1 < first + count && read(ends[0], &number, sizeof number) == sizeof number)
        last = number;
    // Some way into the work on the next one.
    volatile std::uint32_t spin = 0;
    while (spin < spins) spin = spin + 1;
    kill(child, SIGKILL);
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child left by itself: " << WEXITSTATUS(status);
    // What was acknowledged before the blow is still in the pipe.
    while (read(ends[0], &number, sizeof number) == sizeof number) last = number;
    close(ends[0]);
    return last;
}

TEST(Kill, NoAcknowledgedObjectionIsLost) {
    std::string folder = (std::filesystem::temp_directory_path() / "licet-kill-XXXXXX").string();
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    const LedgerFiles files = ledger_files_in(folder);
    ASSERT_TRUE(open_ledger_store(files, Mode::kCreate));
    std::mt19937 chance(2026);
    const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(chance()) % n; };
    std::uint32_t acknowledged = 0;
    for (int round = 0; round < kRounds; ++round) {
        acknowledged = kill_after(files, acknowledged + 1, 1 + below(40), below(400'000));
        const auto store = open_ledger_store(files, Mode::kReadOnly).value();
        for (std::uint32_t number = 1; number <= acknowledged; ++number) {
            const Event event = objection(number);
            const auto events = store->events_of({{event.person}}).value();
            const auto is_it = [&](const StoredEvent& one) { return one.event == event; };
            EXPECT_TRUE(std::any_of(events.begin(), events.end(), is_it)) << number;
        }
    }
    const std::string pem = new_private_key().value();
    const ledger::LogIdentity identity{"licet/test", public_key_of(pem).value()};
    const auto verified =
        verify_ledger(files, identity, {}, [](std::uint64_t, std::uint64_t) {}).value();
    EXPECT_GE(verified.events, acknowledged);
    EXPECT_GE(acknowledged, std::uint32_t{kRounds});
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace licet::store
