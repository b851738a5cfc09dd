// SPDX-License-Identifier: Apache-2.0
//
// What a rotation of the layer over tokens must keep, whatever database it is: nothing is lost,
// nothing above the store changes, and whoever has not the key gets an error.
//
//     INSTANTIATE_TEST_SUITE_P(Sqlite, RotationContract, testing::Values(DatabaseMaker{...}));
//
// For tests only; include it in one file of a test program.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "ledger/person_keys.h"
#include "store/erasure_register.h"
#include "store/head_follower.h"
#include "store/kill_rounds.h"
#include "store/layer_rotation.h"
#include "store/ledger_file.h"
#include "store/test_ledger.h"

namespace licet::store {

/// Gives the address of an empty database, or "" for a file.
struct DatabaseMaker {
    std::string name;
    std::function<std::string()> make;
};
inline void PrintTo(const DatabaseMaker& maker, std::ostream* out) { *out << maker.name; }

inline Result<Rotated> rotate_with_chance(const LedgerFiles& files) {
    return rotate_layer(files, ledger::TokenKey(ledger::new_root()),
                        [](std::uint64_t, std::uint64_t) {});
}

/// An event of somebody who shares no key with a numbered one.
inline ledger::Event other_event(std::uint8_t first, std::string key,
                                 ledger::EventKind kind = ledger::EventKind::kInteraction) {
    ledger::Event event = ledger::sample_event(first, std::move(key), kind);
    event.person.bytes[1] = 1;
    return event;
}

class RotationContract : public testing::TestWithParam<DatabaseMaker> {
  protected:
    static constexpr Date kDay{std::chrono::year{2026} / 11 / 26};
    static constexpr std::uint32_t kObjections = 300;

    void SetUp() override { files_ = ledger_files_in(folder_, GetParam().make()); }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::unique_ptr<ledger::Store> open(Mode mode) const {
        auto store = open_ledger_store(files_, mode);
        EXPECT_TRUE(store) << store.error().message.id;
        return std::move(store).value();
    }
    [[nodiscard]] std::string open_error(Mode mode) const {
        const auto store = open_ledger_store(files_, mode);
        return store ? "no error" : store.error().message.id;
    }
    /// Three hundred objections, other events, and somebody who was erased.
    void fill() const {
        const auto store = open(Mode::kCreate);
        std::vector<ledger::Event> batch;
        for (std::uint32_t number = 1; number <= kObjections; ++number)
            batch.push_back(numbered_objection(number));
        batch.push_back(other_event(9, "a"));
        batch.push_back(other_event(9, "b", ledger::EventKind::kObjectionRecorded));
        batch.push_back(other_event(8, "c"));
        ASSERT_TRUE(store->append(batch));
        ASSERT_EQ(store->erase({{other_event(9, "").person}}, kDay, ledger::ErasureReason::kRequest)
                      .value(),
                  2U);
    }
    [[nodiscard]] Rotated rotate() const {
        const auto done = rotate_with_chance(files_);
        EXPECT_TRUE(done) << done.error().message.id;
        return done ? *done : Rotated{};
    }
    /// All that is there is there, and is what was written.
    void expect_whole() const {
        const auto store = open(Mode::kReadOnly);
        EXPECT_EQ(lost_among(*store, 1, kObjections), 0);
        const ledger::Token erased = other_event(9, "").person;
        EXPECT_EQ(store->suppressions_of({{erased}}).value().size(), 1U);
        EXPECT_TRUE(store->events_of({{erased}}).value().empty());
        const auto lines = erasures_in(files_);
        ASSERT_TRUE(lines) << lines.error().message.id;
        ASSERT_EQ(lines->size(), 1U);
        EXPECT_EQ(lines->front().person, erased);
    }
    [[nodiscard]] bool has(const char* ending) const {
        return std::filesystem::exists(files_.layer_key + ending);
    }
    void move_key(const char* from, const char* to) const {
        std::filesystem::rename(files_.layer_key + from, files_.layer_key + to);
    }

    std::string folder_ = fresh_folder();
    LedgerFiles files_;
};

TEST_P(RotationContract, NothingAboveTheStoreChanges) {
    fill();
    const auto before = [&] {
        std::vector<ledger::Event> out;
        EXPECT_TRUE(
            open(Mode::kReadOnly)->for_each(ledger::Which::kAll, [&](const ledger::Event& one) {
                out.push_back(one);
            }));
        return out;
    };
    const auto events = before();
    for (int turn = 0; turn < 3; ++turn) {
        const Rotated done = rotate();
        // The ledger's own event of the erasure has a token too.
        EXPECT_EQ(done.events, kObjections + 2);
        EXPECT_EQ(done.suppressions, kObjections + 1);
        EXPECT_EQ(done.erasures, 1U);
        EXPECT_EQ(done.has_old_key, turn > 0);
        EXPECT_EQ(has(".old"), turn > 0);
        EXPECT_FALSE(has(".new"));
        EXPECT_EQ(before(), events);
        expect_whole();
        EXPECT_EQ(verified_events(files_), kObjections + 4);
    }
    // What is repeated is known for such, what is new is found, who is erased is gone.
    const auto store = open(Mode::kReadWrite);
    EXPECT_EQ(store->append({{numbered_objection(7), numbered_objection(kObjections + 1)}}).value(),
              (ledger::Appended{1, 1}));
    EXPECT_EQ(lost_among(*store, 1, kObjections + 1), 0);
    EXPECT_EQ(
        store->erase({{other_event(8, "").person}}, kDay, ledger::ErasureReason::kRequest).value(),
        1U);
    EXPECT_EQ(erasures_in(files_).value().size(), 2U);
    EXPECT_EQ(verified_events(files_), kObjections + 6);
    EXPECT_EQ(rotate().erasures, 2U);
    EXPECT_EQ(verified_events(files_), kObjections + 6);
}

TEST_P(RotationContract, WithoutTheKeyInForceNothingIsAnswered) {
    fill();
    EXPECT_EQ(rotate().has_old_key, false);
    EXPECT_EQ(rotate().has_old_key, true);
    const std::string pem = new_private_key().value();
    const auto expect_refused = [&](const std::string& why) {
        const auto is = [&](const auto& answer) {
            return answer ? "no error" : answer.error().message.id;
        };
        EXPECT_EQ(open_error(Mode::kReadWrite), why);
        EXPECT_EQ(open_error(Mode::kReadOnly), why);
        EXPECT_EQ(is(sign_checkpoint(files_, "licet/test", pem, 1)), why);
        EXPECT_EQ(is(checkpoints_of(files_)), why);
        EXPECT_EQ(is(prove_event(files_, {7, 1})), why);
        EXPECT_EQ(is(publish_log(files_, folder_ + "/public")), why);
        EXPECT_EQ(is(export_ledger(files_, folder_ + "/moved")), why);
        EXPECT_EQ(is(HeadFollower::open(files_, std::chrono::steady_clock::now)), why);
        EXPECT_EQ(is(verify_ledger(files_, {"licet/test", public_key_of(pem).value()}, {})), why);
    };
    move_key("", ".kept");
    expect_refused("layer_key.missing");
    // The key of the layer before does not do, nor does any other.
    std::filesystem::copy_file(files_.layer_key + ".old", files_.layer_key);
    expect_refused("layer_key.other");
    put_layer_key(files_);
    expect_refused("layer_key.other");
    set_bytes_of_path(files_.layer_key, "licet-key-1 20\n");
    expect_refused("workspace.key_form");
    move_key(".kept", "");
    std::filesystem::permissions(files_.layer_key, std::filesystem::perms(0640));
    expect_refused("workspace.key_open_to_others");
    std::filesystem::permissions(files_.layer_key, std::filesystem::perms(0600));
    expect_whole();
}

TEST_P(RotationContract, ProgramsThatHaveTheLedgerOpenSeeTheChange) {
    fill();
    const auto reader = open(Mode::kReadOnly);
    const auto writer = open(Mode::kReadWrite);
    const auto gate = HeadFollower::open(files_, std::chrono::steady_clock::now).value();
    std::uint32_t number = kObjections;
    for (int turn = 0; turn < 3; ++turn) {
        static_cast<void>(rotate());
        EXPECT_EQ(lost_among(*reader, 1, number), 0);
        EXPECT_EQ(writer->append({{numbered_objection(5)}}).value().already_there, 1U);
        EXPECT_EQ(writer->append({{numbered_objection(++number)}}).value().added, 1U);
        EXPECT_EQ(lost_among(*reader, 1, number), 0);
        ASSERT_TRUE(gate->follow({}));
        const ledger::ContactTokens point{numbered_objection(number).person, {}};
        EXPECT_TRUE(gate->index().value()->find({&point, 1}, kDay));
    }
    EXPECT_EQ(verified_events(files_), kObjections + 7);
}

TEST_P(RotationContract, ProgramsWhoseKeysLagBehindAnswerNothing) {
    fill();
    const auto reader = open(Mode::kReadOnly);
    const auto writer = open(Mode::kReadWrite);
    const auto gate = HeadFollower::open(files_, std::chrono::steady_clock::now).value();
    static_cast<void>(rotate());
    move_key("", ".kept");
    const ledger::Token person = numbered_objection(1).person;
    EXPECT_EQ(reader->suppressions_of({{person}}).error().message.id, "layer_key.missing");
    EXPECT_EQ(reader->events_of({{person}}).error().message.id, "layer_key.missing");
    const auto none = [](const auto&) { ADD_FAILURE() << "was visited"; };
    EXPECT_EQ(reader->for_each_suppression(none).error().message.id, "layer_key.missing");
    EXPECT_EQ(reader->for_each(ledger::Which::kAll, none).error().message.id, "layer_key.missing");
    EXPECT_EQ(writer->append({{numbered_objection(1000)}}).error().message.id, "layer_key.missing");
    EXPECT_EQ(writer->erase({{person}}, kDay, ledger::ErasureReason::kRequest).error().message.id,
              "layer_key.missing");
    EXPECT_EQ(gate->follow({}).error().message.id, "layer_key.missing");
    move_key(".kept", "");
    EXPECT_EQ(lost_among(*reader, 1, kObjections), 0);
    EXPECT_EQ(writer->append({{numbered_objection(1000)}}).value().added, 1U);
    EXPECT_TRUE(gate->follow({}));
}

TEST_P(RotationContract, AListThatIsReadMeanwhileEndsWithAnError) {
    fill();
    std::vector<ledger::Event> batch;
    for (std::uint32_t number = 1001; number <= 2200; ++number)
        batch.push_back(numbered_objection(number));
    ASSERT_TRUE(open(Mode::kReadWrite)->append(batch));
    bool has_rotated = false;
    const auto done = open(Mode::kReadOnly)->for_each_suppression([&](const auto&) {
        if (!std::exchange(has_rotated, true)) static_cast<void>(rotate());
    });
    EXPECT_EQ(done.error().message.id, "store.layer_changed");
}

TEST_P(RotationContract, WhatWasCutOffBeforeItsEndIsUndone) {
    fill();
    static_cast<void>(rotate());
    // The key and the register were written; the transaction was not committed.
    const auto key = ledger::TokenKey(ledger::new_root());
    const auto lines = erasures_in(files_).value();
    set_bytes_of_path(files_.layer_key + ".new", ledger::secret_text_of(key));
    std::filesystem::permissions(files_.layer_key + ".new", std::filesystem::perms(0600));
    const std::string before = bytes_of_path(files_.erasures);
    ASSERT_TRUE(replace_erasures(files_, lines, ledger::TokenLayer::create(key).value()));
    ASSERT_NE(bytes_of_path(files_.erasures), before);
    expect_whole();  // to whoever only reads
    EXPECT_TRUE(has(".new"));
    static_cast<void>(open(Mode::kReadWrite));
    EXPECT_FALSE(has(".new"));
    EXPECT_EQ(bytes_of_path(files_.erasures), before);
    expect_whole();
}

TEST_P(RotationContract, WhatWasCommittedIsFinished) {
    fill();
    static_cast<void>(rotate());
    static_cast<void>(rotate());
    // Neither renamed nor kept as the old one yet.
    move_key("", ".new");
    move_key(".old", "");
    expect_whole();
    static_cast<void>(open(Mode::kReadWrite));
    EXPECT_FALSE(has(".new"));
    EXPECT_TRUE(has(".old"));
    expect_whole();
    // The first rotation of a ledger has no key before.
    move_key("", ".new");
    std::filesystem::remove(files_.layer_key + ".old");
    expect_whole();
    static_cast<void>(open(Mode::kReadWrite));
    EXPECT_FALSE(has(".new"));
    EXPECT_FALSE(has(".old"));
    expect_whole();
    EXPECT_EQ(verified_events(files_), kObjections + 4);
}

TEST_P(RotationContract, ACopyOfBeforeIsPutUnderANewLayer) {
    fill();
    // As if this copy were of before a rotation: no layer, and a key.
    put_layer_key(files_);
    EXPECT_EQ(open_error(Mode::kReadWrite), "layer_key.other");
    const std::string key = bytes_of_path(files_.layer_key);
    static_cast<void>(rotate());
    EXPECT_EQ(bytes_of_path(files_.layer_key + ".old"), key);
    expect_whole();
    // And of a layer before.
    move_key("", ".old");
    set_bytes_of_path(files_.layer_key, key);
    std::filesystem::permissions(files_.layer_key, std::filesystem::perms(0600));
    EXPECT_EQ(open_error(Mode::kReadOnly), "layer_key.other");
    static_cast<void>(rotate());
    expect_whole();
    // But not if its key is nowhere.
    std::filesystem::remove(files_.layer_key);
    std::filesystem::remove(files_.layer_key + ".old");
    EXPECT_EQ(rotate_with_chance(files_).error().message.id, "layer_key.missing");
    EXPECT_FALSE(has(".new"));
}

TEST_P(RotationContract, ALedgerMovesUnderWhateverLayerIsThere) {
    fill();
    const std::string bare = folder_ + "/bare";
    const std::string layered = folder_ + "/layered";
    ASSERT_TRUE(export_ledger(files_, bare));
    static_cast<void>(rotate());
    ASSERT_TRUE(export_ledger(files_, layered));
    const ledger::Token person = other_event(8, "").person;
    const std::string bytes(person.bytes.begin(), person.bytes.end());
    EXPECT_NE(bytes_of_path(bare).find(bytes), std::string::npos);
    EXPECT_EQ(bytes_of_path(layered).find(bytes), std::string::npos);
    const LedgerFiles here = files_;
    int places = 0;
    const auto move = [&](const std::string& file, const std::string& key_ending,
                          const std::string& name) {
        const std::string folder = folder_ + "/" + std::to_string(++places);
        std::filesystem::create_directory(folder);
        files_ = ledger_files_in(folder, GetParam().make());
        std::filesystem::copy_file(here.person_keys, files_.person_keys);
        if (!key_ending.empty())
            std::filesystem::copy_file(here.layer_key + key_ending.substr(1),
                                       files_.layer_key + name);
        return import_ledger(file, files_);
    };
    // With no key, what is bare stays bare and what is not cannot be read.
    ASSERT_TRUE(move(bare, "", ""));
    expect_whole();
    EXPECT_EQ(move(layered, "", "").error().message.id, "layer_key.missing");
    // With the key, both come under its layer.
    for (const std::string& file : {bare, layered}) {
        const auto moved = move(file, " ", "");
        ASSERT_TRUE(moved) << moved.error().message.id;
        expect_whole();
        EXPECT_EQ(verified_events(files_), kObjections + 4);
        std::filesystem::remove(files_.layer_key);
        EXPECT_EQ(open_error(Mode::kReadOnly), "layer_key.missing");
    }
    // With the key as that of before, what was layered comes off.
    ASSERT_TRUE(move(layered, " ", ".old"));
    expect_whole();
    files_ = here;
}

TEST_P(RotationContract, WritersAtWorkLoseNothing) {
    ASSERT_TRUE(open_ledger_store(files_, Mode::kCreate));
    std::uint32_t acknowledged = 0;
    {
        Writer writer(files_, 1, Writer::IfBusy::kTryAgain);
        for (int turn = 0; turn < 6; ++turn) {
            writer.wait_for(15);
            // On a busy machine the writer may have the lock whenever it is asked for.
            auto done = rotate_with_chance(files_);
            for (int tries = 0; tries < 5 && !done && done.error().code == ErrorCode::kBusy;
                 ++tries)
                done = rotate_with_chance(files_);
            EXPECT_TRUE(done) << done.error().message.id;
        }
        writer.wait_for(15);
        acknowledged = writer.kill_now();
    }
    EXPECT_EQ(lost_among(*open(Mode::kReadOnly), 1, acknowledged), 0);
    EXPECT_GE(verified_events(files_), acknowledged);
    EXPECT_GE(acknowledged, 105U);
}

/// A process that rotates again and again until it is killed.
class Rotator {
  public:
    explicit Rotator(const LedgerFiles& files) : child_(::fork()) {
        EXPECT_GE(child_, 0);
        if (child_ != 0) return;
        while (true) {
            const auto done = rotate_with_chance(files);
            if (!done && done.error().code != ErrorCode::kBusy) {
                std::fprintf(stderr, "%s\n", done.error().message.id.c_str());
                ::_exit(3);
            }
        }
    }
    Rotator(const Rotator&) = delete;
    Rotator& operator=(const Rotator&) = delete;
    ~Rotator() {
        ::kill(child_, SIGKILL);
        int status = 0;
        EXPECT_EQ(::waitpid(child_, &status, 0), child_);
        EXPECT_TRUE(WIFSIGNALED(status)) << "it left by itself: " << WEXITSTATUS(status);
    }

  private:
    pid_t child_;
};

TEST_P(RotationContract, ARotationThatIsKilledIsWholeOrNotThere) {
    fill();
    Soak soak(30);
    int cut_off = 0;
    for (int round = 0; round < soak.rounds; ++round) {
        {
            const Rotator rotator(files_);
            std::this_thread::sleep_for(std::chrono::microseconds(5'000 + soak.below(150'000)));
        }
        cut_off += has(".new") ? 1 : 0;
        expect_whole();  // read as it was left
        const auto store = open_ledger_store(files_, Mode::kReadWrite);
        ASSERT_TRUE(store) << store.error().message.id;
        EXPECT_FALSE(has(".new"));
        expect_whole();
    }
    EXPECT_GT(cut_off, 0);
    EXPECT_EQ(verified_events(files_), kObjections + 4);
    soak.print(GetParam().name + ", rotation killed, cut off " + std::to_string(cut_off),
               kObjections, 0);
}

}  // namespace licet::store
