// SPDX-License-Identifier: Apache-2.0
//
// A process that records objections until it is killed, and what must be there afterwards. For
// tests only.
//
//     child: append, acknowledged ──number──► pipe ──► parent: kill, then look for every number
//
// LICET_ROUNDS says how many rounds (few by default, `make soak` asks for 1,000), LICET_SEED which
// chance; both are printed, so that a round which failed can be seen again.
#pragma once

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>

#include "store/ledger_log.h"
#include "store/ledger_store.h"

namespace licet::store {

inline int number_from_environment(const char* name, int otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::atoi(text);
}

/// Rounds and chance of one test.
struct Soak {
    explicit Soak(int few)
        : rounds(number_from_environment("LICET_ROUNDS", few)),
          seed(number_from_environment("LICET_SEED", 2026)),
          chance(static_cast<std::uint32_t>(seed)) {}
    [[nodiscard]] std::uint32_t below(std::uint32_t n) {
        return static_cast<std::uint32_t>(chance()) % n;
    }
    void print(const std::string& what, std::uint32_t acknowledged, int lost) const {
        std::printf("%s: rounds %d, seed %d, acknowledged %u, lost %d\n", what.c_str(), rounds,
                    seed, acknowledged, lost);
    }

    int rounds;
    int seed;
    std::mt19937 chance;
};

inline ledger::Event numbered_objection(std::uint32_t number) {
    ledger::Event event;
    event.kind = ledger::EventKind::kObjectionRecorded;
    event.person.bytes[0] = static_cast<std::uint8_t>(number * 7);
    event.person.bytes[3] = static_cast<std::uint8_t>(number >> 8U);
    event.person.bytes[4] = static_cast<std::uint8_t>(number >> 16U);
    event.channel = "email";
    event.key = std::to_string(number);
    return event;
}

/// A process that appends objections `first`, `first` + 1, ... and says which are acknowledged.
class Writer {
  public:
    /// What it does when the ledger says that it is busy.
    enum class IfBusy { kLeave, kTryAgain };

    Writer(const LedgerFiles& files, std::uint32_t first, IfBusy if_busy,
           std::chrono::milliseconds patience = kPatience)
        : last_(first - 1) {
        int ends[2] = {-1, -1};
        EXPECT_EQ(::pipe(ends), 0);
        child_ = ::fork();
        EXPECT_GE(child_, 0);
        if (child_ == 0) {
            ::close(ends[0]);
            append_for_ever(files, first, ends[1], if_busy, patience);
        }
        ::close(ends[1]);
        pipe_ = ends[0];
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer() {
        if (child_ > 0) static_cast<void>(kill_now());
        ::close(pipe_);
    }

    /// Waits until so many more are acknowledged, or the child has left.
    void wait_for(std::uint32_t count) {
        const std::uint32_t until = last_ + count;
        while (last_ < until && read_one()) {
        }
    }
    /// Gives the last number that was acknowledged so far.
    [[nodiscard]] std::uint32_t acknowledged() {
        pollfd watched{pipe_, POLLIN, 0};
        while (::poll(&watched, 1, 0) > 0 && read_one()) {
        }
        return last_;
    }
    /// Kills it (SIGKILL) and gives the last number that was acknowledged.
    [[nodiscard]] std::uint32_t kill_now() {
        ::kill(child_, SIGKILL);
        int status = 0;
        EXPECT_EQ(::waitpid(child_, &status, 0), child_);
        EXPECT_TRUE(WIFSIGNALED(status)) << "the child left by itself: " << WEXITSTATUS(status);
        child_ = -1;
        // What was acknowledged before the blow is still in the pipe.
        while (read_one()) {
        }
        return last_;
    }

  private:
    bool read_one() {
        std::uint32_t number = 0;
        if (::read(pipe_, &number, sizeof number) != sizeof number) return false;
        last_ = number;
        return true;
    }
    // Never returns: it is killed, or leaves with a status that says that something else was wrong.
    [[noreturn]] static void append_for_ever(const LedgerFiles& files, std::uint32_t first,
                                             int pipe_end, IfBusy if_busy,
                                             std::chrono::milliseconds patience) {
        auto store = open_ledger_store(files, Mode::kReadWrite, patience);
        while (!store && if_busy == IfBusy::kTryAgain)
            store = open_ledger_store(files, Mode::kReadWrite, patience);
        if (!store) ::_exit(2);
        for (std::uint32_t number = first;;) {
            const auto done = store.value()->append({{numbered_objection(number)}});
            // Nothing is acknowledged by a ledger that went back, but it is asked again and again.
            const bool may_pass = if_busy == IfBusy::kTryAgain && !done &&
                                  (done.error().code != ErrorCode::kBroken ||
                                   done.error().message.id == "store.rolled_back");
            if (may_pass) continue;
            if (!done) {
                std::fprintf(stderr, "%s\n", done.error().message.id.c_str());
                ::_exit(3);
            }
            if (::write(pipe_end, &number, sizeof number) != sizeof number) ::_exit(4);
            ++number;
        }
    }

    pid_t child_ = -1;
    int pipe_ = -1;
    std::uint32_t last_;
};

/// How many of the objections `first` to `last` are not there, or not on the suppression list.
inline int lost_among(ledger::ReadStore& store, std::uint32_t first, std::uint32_t last) {
    int lost = 0;
    for (std::uint32_t number = first; number <= last; ++number) {
        const ledger::Event event = numbered_objection(number);
        const auto events = store.events_of({{event.person}}).value();
        const bool is_there =
            std::any_of(events.begin(), events.end(),
                        [&](const ledger::StoredEvent& one) { return one.event == event; });
        if (!is_there || store.suppressions_of({{event.person}}).value().empty()) ++lost;
    }
    return lost;
}

/// Reads every byte of the ledger; gives the number of its events, or says what is wrong.
inline std::uint64_t verified_events(const LedgerFiles& files) {
    const std::string pem = new_private_key().value();
    const auto done = verify_ledger(files, {"licet/test", public_key_of(pem).value()}, {});
    EXPECT_TRUE(done) << done.error().message.id;
    return done ? done->events : 0;
}

/// Makes a ledger and kills a writer of it in each round; nothing acknowledged may be lost.
/// `blow` does what comes before: it is given the chance of the test and the writer, at work.
inline void kill_writers(const std::string& what, const LedgerFiles& files, int few,
                         Writer::IfBusy if_busy, const std::function<void(Soak&, Writer&)>& blow) {
    ASSERT_TRUE(open_ledger_store(files, Mode::kCreate));
    const auto lost_of = [&](std::uint32_t first, std::uint32_t last) {
        return lost_among(*open_ledger_store(files, Mode::kReadOnly).value(), first, last);
    };
    Soak soak(few);
    std::uint32_t acknowledged = 0;
    int lost = 0;
    for (int round = 0; round < soak.rounds; ++round) {
        const std::uint32_t first = acknowledged + 1;
        Writer writer(files, first, if_busy);
        blow(soak, writer);
        acknowledged = writer.kill_now();
        lost += lost_of(first, acknowledged);
    }
    lost += lost_of(1, acknowledged);
    EXPECT_EQ(lost, 0);
    EXPECT_GE(verified_events(files), acknowledged);
    EXPECT_GE(acknowledged, static_cast<std::uint32_t>(soak.rounds));
    soak.print(what, acknowledged, lost);
}

}  // namespace licet::store
