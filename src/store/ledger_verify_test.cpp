// SPDX-License-Identifier: Apache-2.0
// Goal: a verification that was interrupted goes on where it was and says the same as one that was
//       not; nobody but the holder of the signing key can make it pass over something.
// Method: stopped at many places, and killed; the ledger grown, signed, erased from and damaged
//         between two sessions; every byte of the file flipped in turn, cut, mixed and put back.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>

#include <chrono>
#include <random>
#include <set>

#include "store/kill_rounds.h"
#include "store/test_ledger.h"

namespace licet::store {
namespace {

using namespace ledger;

constexpr Date kDay{std::chrono::year{2026} / 11 / 26};
constexpr std::int64_t kNow = 1'800'000'000;

bool operator==(const Verified& a, const Verified& b) {
    return a.events == b.events && a.erased == b.erased && a.bytes == b.bytes &&
           a.in_log == b.in_log && a.checkpoints == b.checkpoints && a.timestamps == b.timestamps;
}

class LedgerVerifyTest : public LedgerTest {
  protected:
    // Events of persons all over the partitions, a third of them objections.
    void append(int first, int count) const {
        std::mt19937 chance(static_cast<std::uint32_t>(first));
        std::vector<Event> batch;
        for (int i = first; i < first + count; ++i) {
            Event event =
                sample_event(static_cast<std::uint8_t>(chance()), std::to_string(i),
                             i % 3 == 0 ? EventKind::kObjectionRecorded : EventKind::kInteraction);
            event.happened_on = Date{std::chrono::days{20'000 + i % 50}};
            batch.push_back(event);
        }
        EXPECT_EQ(open(Mode::kReadWrite)->append(batch).value().added, batch.size());
    }
    void make(int count) const {
        std::ignore = open(Mode::kCreate);
        append(0, count);
        sign();
        append(count, count / 10);
    }
    [[nodiscard]] VerifyOptions resuming(std::int64_t now = kNow) const {
        VerifyOptions options;
        options.resume = ResumeFile{state_, private_pem_, now};
        return options;
    }
    [[nodiscard]] Result<Verified> go_on(const VerifyOptions& options) const {
        return verify_ledger(files_, identity_, options);
    }
    [[nodiscard]] std::string error_of(const VerifyOptions& options) const {
        const auto done = go_on(options);
        return done ? "no error" : done.error().message.id;
    }
    // Begins, or goes on, and stops when so many events were read; false if it came to its end.
    bool stop_after(std::uint64_t events, std::int64_t now = kNow) const {
        VerifyOptions options = resuming(now);
        options.progress = [&](std::uint64_t done, std::uint64_t) { return done < events; };
        return error_of(options) == "verification.stopped";
    }
    [[nodiscard]] bool has_state() const { return std::filesystem::exists(state_); }
    // A place in partition `part` that an interrupted session has certainly read, or has not.
    [[nodiscard]] static std::string at(int part) {
        return " WHERE part = " + std::to_string(part) + " AND seq = 1";
    }

    std::string state_ = folder_ + "/state";
};

TEST_F(LedgerVerifyTest, InterruptedAnywhereAndResumedItSaysTheSame) {
    make(20'000);
    const Verified whole = verify().value();
    EXPECT_EQ(whole.events, 22'000U);
    EXPECT_EQ(whole.read_before, 0U);
    std::mt19937 chance(2026);
    for (int round = 0; round < 6; ++round) {
        int sessions = 1;
        while (stop_after(1 + chance() % 20'000 + 5'000)) ++sessions;
        SCOPED_TRACE(sessions);
        EXPECT_TRUE(stop_after(9'000));
        const Verified done = go_on(resuming(kNow + 60)).value();
        EXPECT_TRUE(done == whole);
        EXPECT_GT(done.read_before, 5'000U);
        EXPECT_EQ(done.since, kNow);
        EXPECT_FALSE(has_state());
    }
}

TEST_F(LedgerVerifyTest, AnyNumberOfThreadsFindsTheSameFirst) {
    make(3'000);
    const Verified whole = verify().value();
    const auto copied = copy();
    for (const char* damage :
         {"SELECT 1", "UPDATE event SET commitment = zeroblob(32) WHERE seq = 3 AND part > 90",
          "UPDATE event SET kind = 7 WHERE seq = 5",
          "DELETE FROM event WHERE part = 17 AND seq = 4",
          "UPDATE event SET sealed = zeroblob(200) WHERE seq > 2 AND part IN (3, 200)",
          "UPDATE tile SET hashes = zeroblob(8192) WHERE level = 0 AND place IN (1, 4)",
          "UPDATE suppression SET last = last + 1"}) {
        put_back(copied);
        run_sql(damage);
        const auto one = go_on({.threads = 1});
        for (const unsigned threads : {2U, 3U, 8U}) {
            const auto several = go_on({.threads = threads});
            ASSERT_EQ(several.has_value(), one.has_value()) << damage;
            if (!one) {
                EXPECT_EQ(several.error(), one.error());
            } else {
                EXPECT_TRUE(*several == *one && *one == whole);
            }
        }
    }
}

TEST_F(LedgerVerifyTest, WhatCameBetweenTheSessionsIsReadToo) {
    make(9'000);
    ASSERT_TRUE(stop_after(5'000));
    append(20'000, 900);
    EXPECT_EQ(error_of(resuming()), "no error");
    // Under the log, and not under it; before and after what was read.
    for (int round = 0; round < 3; ++round) {
        ASSERT_TRUE(stop_after(5'000));
        append(30'000 + 1'000 * round, 300);
        sign(1'772'445'700 + round);
        append(40'000 + 1'000 * round, 300);
        ASSERT_TRUE(stop_after(8'000));
        const Verified done = go_on(resuming()).value();
        EXPECT_TRUE(done == verify().value());
        EXPECT_GT(done.read_before, 4'000U);
    }
}

TEST_F(LedgerVerifyTest, AnErasureBetweenTheSessionsIsNoDamage) {
    make(9'000);
    ASSERT_TRUE(stop_after(5'000));
    std::vector<Token> persons;
    for (int i = 0; i < 256; i += 16)
        persons.push_back(sample_event(static_cast<std::uint8_t>(i), "").person);
    EXPECT_GT(open(Mode::kReadWrite)->erase(persons, kDay, ErasureReason::kRequest).value(), 100U);
    append(50'000, 500);  // some of the erased persons come back
    const Verified done = go_on(resuming()).value();
    const Verified whole = verify().value();
    EXPECT_EQ(done.events, whole.events);
    EXPECT_LT(done.erased, whole.erased);  // those that were read before had their seals then
    EXPECT_GT(done.erased, 0U);
    EXPECT_EQ(error_of(resuming()), "no error");
}

TEST_F(LedgerVerifyTest, DamageIsFoundWhereItWasNotReadYet) {
    make(9'000);
    ASSERT_TRUE(stop_after(5'000));
    const auto copied = copy();
    const auto after = [&](const std::string& sql) {
        put_back(copied);
        run_sql(sql);
        return error_of(resuming());
    };
    // In the second half, in partition 0, in what is read whole each time.
    EXPECT_EQ(after("UPDATE event SET commitment = zeroblob(32)" + at(250)), "store.tampered");
    EXPECT_EQ(after("UPDATE event SET commitment = zeroblob(32)" + at(0)), "store.tampered");
    EXPECT_EQ(after("DELETE FROM event WHERE part = 250 AND seq = 7"), "store.tampered");
    EXPECT_EQ(after("UPDATE tile SET hashes = zeroblob(8192) WHERE level = 0 AND place = 0"),
              "log.bad_tile");
    EXPECT_EQ(after("UPDATE tile SET hashes = zeroblob(8192) WHERE level = 0 AND place = 30"),
              "log.bad_tile");
    EXPECT_EQ(after("UPDATE run SET hash = zeroblob(32) WHERE part = 2"), "store.tampered");
    EXPECT_EQ(after("UPDATE run SET hash = zeroblob(32) WHERE part = 250"), "store.tampered");
    EXPECT_EQ(after("UPDATE head SET hash = zeroblob(32) WHERE part = 250"), "store.tampered");
    // The suppression list is held to what was found before, and to what is found now.
    EXPECT_EQ(after("UPDATE suppression SET last = last + 1 WHERE token < x'20'"),
              "store.suppressions_changed");
    EXPECT_EQ(after("DELETE FROM suppression WHERE token < x'20'"), "store.suppressions_changed");
    EXPECT_EQ(after("UPDATE suppression SET reason = 'x' WHERE token > x'f0'"),
              "store.suppressions_changed");
    // What was read before is vouched for as of then; a whole verification finds it.
    EXPECT_EQ(after("UPDATE event SET commitment = zeroblob(32)" + at(2)), "no error");
    EXPECT_EQ(verify_error(), "store.tampered");
}

TEST_F(LedgerVerifyTest, DamageThatWasFoundIsFoundAgain) {
    make(9'000);
    run_sql("UPDATE event SET kind = 8" + at(200));
    ASSERT_TRUE(stop_after(5'000));
    EXPECT_EQ(error_of(resuming()), "store.tampered");
    EXPECT_TRUE(has_state());
    EXPECT_EQ(error_of(resuming()), "store.tampered");
}

TEST_F(LedgerVerifyTest, ALedgerThatWentBackIsFound) {
    make(9'000);
    const auto older = copy();
    append(20'000, 900);
    ASSERT_TRUE(stop_after(5'000));
    const auto with_state = copy();
    put_back(older);
    EXPECT_EQ(error_of(resuming()), "verification.went_back");
    // No fewer events, but others.
    append(70'000, 9'000);
    EXPECT_EQ(error_of(resuming()), "store.tampered");
    put_back(with_state);
    EXPECT_EQ(error_of(resuming()), "no error");
}

TEST_F(LedgerVerifyTest, NoByteOfTheFileCanBeChanged) {
    make(6'000);
    ASSERT_TRUE(stop_after(5'000));
    const std::string whole = bytes_of_path(state_);
    ASSERT_GT(whole.size(), 1000U);
    const std::uint64_t read = go_on(resuming()).value().read_before;
    std::set<std::string> said;
    for (std::size_t place = 0; place < whole.size(); place += 1 + place / 300) {
        std::string changed = whole;
        changed[place] = static_cast<char>(changed[place] ^ 0x04);
        set_bytes_of_path(state_, changed);
        const auto done = go_on(resuming());
        // A size that leads beyond the end is what a killed program leaves: the rest is read again.
        if (done) {
            EXPECT_LT(done->read_before, read) << place;
        } else {
            said.insert(done.error().message.id);
        }
    }
    EXPECT_EQ(said, (std::set<std::string>{"verification.changed", "verification.form",
                                           "verification.other_ledger"}));
}

TEST_F(LedgerVerifyTest, AForgedFileMakesNoDamagePass) {
    make(6'000);
    run_sql("UPDATE event SET commitment = zeroblob(32)" + at(200));
    // Somebody who has not the signing key makes a file that says all was read.
    const std::string other_pem = new_private_key().value();
    VerifyOptions forged = resuming();
    forged.resume->secret = other_pem;
    forged.progress = [](std::uint64_t done, std::uint64_t) { return done < 4'500; };
    ASSERT_EQ(error_of(forged), "verification.stopped");
    EXPECT_EQ(error_of(resuming()), "verification.changed");
    std::filesystem::remove(state_);
    // Records of another file of ours do not fit either.
    ASSERT_TRUE(stop_after(4'500));
    const std::string one = bytes_of_path(state_);
    std::filesystem::remove(state_);
    ASSERT_TRUE(stop_after(4'500));
    const std::string two = bytes_of_path(state_);
    const std::size_t header = one.find('\n', 25) + 1 + 64;
    set_bytes_of_path(state_, one.substr(0, header) + two.substr(header));
    EXPECT_EQ(error_of(resuming()), "verification.changed");
    // Nor does what stands behind the end of one.
    set_bytes_of_path(state_, two + two.substr(header));
    EXPECT_EQ(error_of(resuming()), "verification.changed");
    set_bytes_of_path(state_, two + two.substr(header, 40));  // as a killed program leaves it
    EXPECT_EQ(error_of(resuming()), "store.tampered");
}

TEST_F(LedgerVerifyTest, AFileThatWasCutOrIsOlderIsReadAsFarAsItGoes) {
    make(6'000);
    const Verified whole = verify().value();
    ASSERT_TRUE(stop_after(2'000));
    const std::string older = bytes_of_path(state_);
    ASSERT_TRUE(stop_after(5'500));
    const std::string newer = bytes_of_path(state_);
    const std::size_t header = newer.find('\n', 25) + 1 + 64;
    std::uint64_t last = 0;
    for (std::size_t size = header; size < newer.size(); size += newer.size() / 9) {
        set_bytes_of_path(state_, newer.substr(0, size));
        const Verified done = go_on(resuming(kNow + 5)).value();
        EXPECT_TRUE(done == whole);
        EXPECT_GE(done.read_before, last);
        last = done.read_before;
    }
    EXPECT_GT(last, 3'000U);
    set_bytes_of_path(state_, older);
    EXPECT_TRUE(go_on(resuming()).value() == whole);
    set_bytes_of_path(state_, newer + std::string(5'000, '\0'));  // as a power cut leaves it
    EXPECT_TRUE(go_on(resuming()).value() == whole);
    for (const std::size_t size : {std::size_t{0}, std::size_t{10}, header - 1}) {
        set_bytes_of_path(state_, newer.substr(0, size));
        EXPECT_EQ(error_of(resuming()), "verification.form");
    }
}

TEST_F(LedgerVerifyTest, AFileOfAnotherLedgerIsRefused) {
    make(6'000);
    ASSERT_TRUE(stop_after(5'000));
    ledger::LogIdentity other = identity_;
    other.origin = "licet/ffff223344556677";
    const auto done = verify_ledger(files_, other, resuming());
    EXPECT_EQ(done.error().message.id, "verification.other_ledger");
    set_bytes_of_path(state_, "A list of errands.\n");
    EXPECT_EQ(error_of(resuming()), "verification.form");
    EXPECT_EQ(bytes_of_path(state_), "A list of errands.\n");
    VerifyOptions nowhere = resuming();
    nowhere.resume->path = folder_ + "/no/such/folder";
    EXPECT_EQ(error_of(nowhere), "file.unwritable");
}

TEST_F(LedgerVerifyTest, TwoDoNotUseOneFileAtATime) {
    make(6'000);
    ASSERT_TRUE(stop_after(5'000));
    const int file = ::open(state_.c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_EQ(::flock(file, LOCK_EX | LOCK_NB), 0);
    EXPECT_EQ(error_of(resuming()), "verification.in_use");
    ::close(file);
    EXPECT_EQ(error_of(resuming()), "no error");
}

TEST_F(LedgerVerifyTest, KilledAtAnyMomentItGoesOn) {
    make(40'000);
    const auto start = std::chrono::steady_clock::now();
    const Verified whole = verify().value();
    const auto took = std::chrono::steady_clock::now() - start;
    const auto whole_us = static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(took).count());
    const auto noted = [&] {
        std::error_code fault;
        const auto size = std::filesystem::file_size(state_, fault);
        return fault ? std::uintmax_t{0} : size;
    };
    Soak soak(3);
    std::uint64_t most = 0;
    for (int round = 0; round < soak.rounds; ++round) {
        for (int session = 0; session < 3; ++session) {
            const ::pid_t child = ::fork();
            ASSERT_GE(child, 0);
            if (child == 0) {
                std::ignore = go_on(resuming());
                ::_exit(0);
            }
            // At any moment, which may be after its end; the last one when something is noted,
            // however slow or fast the machine.
            constexpr std::uintmax_t kMoreThanItsHead = 500;
            if (session < 2) ::usleep(soak.below(whole_us));
            for (int i = 0; session == 2 && i < 60'000 && noted() < kMoreThanItsHead; ++i)
                ::usleep(1'000);
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
        }
        const Verified done = go_on(resuming()).value();
        EXPECT_TRUE(done == whole);
        most = std::max(most, done.read_before);
    }
    EXPECT_GT(most, 0U);
    std::printf("verification killed: rounds %d, seed %d, read before at most %llu\n", soak.rounds,
                soak.seed, static_cast<unsigned long long>(most));
}

}  // namespace
}  // namespace licet::store
