// SPDX-License-Identifier: Apache-2.0
// Goal: what is erased is gone everywhere and does not come back with an old copy; what must stay
//       stays; the log goes on to hold.
// Method: planted words and tokens looked for in all bytes of all files; copies taken before and
//         put back after, each file alone and together; the work cut off after each of its steps.
#include "store/erasure_register.h"
#include "store/person_key_file.h"
#include "store/test_ledger.h"

namespace licet::store {
namespace {

using namespace ledger;

constexpr Date kDay{std::chrono::year{2026} / 11 / 26};

class ErasureTest : public LedgerTest {
  protected:
    void SetUp() override {
        fill();
        Event event = sample_event(200, "planted-key", EventKind::kConsentGiven);
        event.surface = "planted-surface";
        event.attributes = {{"consent.act", "planted-attribute"}};
        person_ = event.person;
        for (std::uint8_t& byte : person_.bytes) byte = static_cast<std::uint8_t>(0xC8 ^ byte * 3);
        person_.bytes[0] = 200;
        event.person = person_;
        EXPECT_TRUE(open(Mode::kReadWrite)->append({{event}}));
    }
    void object() const {
        Event event = sample_event(200, "stop", EventKind::kObjectionRecorded);
        event.person = person_;
        EXPECT_TRUE(open(Mode::kReadWrite)->append({{event}}));
    }
    [[nodiscard]] std::uint64_t erase() const {
        return open(Mode::kReadWrite)->erase({{person_}}, kDay, ErasureReason::kRequest).value();
    }
    [[nodiscard]] bool is_anywhere(const std::string& word,
                                   const std::string& but = "erasures.txt") const {
        for (const auto& [path, bytes] : copy())
            if (!path.ends_with(but) && bytes.find(word) != bytes.npos) return true;
        return false;
    }
    [[nodiscard]] std::string token_bytes() const {
        return {person_.bytes.begin(), person_.bytes.end()};
    }
    [[nodiscard]] std::size_t events_of_person(Mode mode = Mode::kReadWrite) const {
        return open(mode)->events_of({{person_}}).value().size();
    }

    Token person_;
};

TEST_F(ErasureTest, NoByteOfThePersonIsLeftInAnyFile) {
    EXPECT_TRUE(is_anywhere(token_bytes()));
    EXPECT_EQ(erase(), 1U);
    for (const char* word : {"planted-key", "planted-surface", "planted-attribute"})
        EXPECT_FALSE(is_anywhere(word)) << word;
    EXPECT_FALSE(is_anywhere(token_bytes()));
    EXPECT_EQ(events_of_person(), 0U);
    EXPECT_EQ(verify().value().erased, 1U);
    EXPECT_EQ(erase(), 0U);
}

TEST_F(ErasureTest, WhatIsSealedWasNeverReadableInTheDatabase) {
    for (const char* word : {"planted-key", "planted-surface", "planted-attribute"})
        EXPECT_FALSE(is_anywhere(word)) << word;
}

TEST_F(ErasureTest, TheSuppressionStays) {
    object();
    EXPECT_EQ(erase(), 2U);
    EXPECT_EQ(events_of_person(), 0U);
    const auto left = open(Mode::kReadOnly)->suppressions_of({{person_}}).value();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].scope.channel, "email");
    EXPECT_TRUE(is_anywhere(token_bytes()));  // there, and there alone
    EXPECT_EQ(verify_error(), "no error");
}

TEST_F(ErasureTest, AnOldDatabaseThatIsPutBackIsErasedAgain) {
    const auto before = copy();
    EXPECT_EQ(erase(), 1U);
    set_bytes_of_path(files_.database, before.at(files_.database));
    EXPECT_TRUE(is_anywhere(token_bytes()));
    EXPECT_EQ(events_of_person(Mode::kReadOnly), 0U);  // who may not write does not see it either
    EXPECT_EQ(events_of_person(), 0U);
    EXPECT_FALSE(is_anywhere(token_bytes()));
    EXPECT_EQ(verify().value().erased, 1U);
}

TEST_F(ErasureTest, OldKeysThatArePutBackAreDestroyedAgain) {
    const auto before = copy();
    EXPECT_EQ(erase(), 1U);
    set_bytes_of_path(files_.person_keys, before.at(files_.person_keys));
    EXPECT_EQ(events_of_person(), 0U);
    EXPECT_FALSE(PersonKeyFile::open(files_.person_keys).value().keys().key_of(person_, 1));
    EXPECT_EQ(verify_error(), "no error");
}

TEST_F(ErasureTest, ABackupOfEverythingButTheRegisterIsErasedAgain) {
    const auto before = copy();
    EXPECT_EQ(erase(), 1U);
    put_back(before, files_.erasures);
    EXPECT_EQ(events_of_person(Mode::kReadOnly), 0U);
    EXPECT_EQ(events_of_person(), 0U);
    for (const char* word : {"planted-key", "planted-surface", "planted-attribute"})
        EXPECT_FALSE(is_anywhere(word)) << word;
    EXPECT_FALSE(is_anywhere(token_bytes()));
    EXPECT_EQ(verify_error(), "no error");
}

TEST_F(ErasureTest, ARegisterThatLostLinesIsNotAccepted) {
    EXPECT_EQ(erase(), 1U);
    set_bytes_of_path(files_.erasures, "");
    EXPECT_EQ(open_error(Mode::kReadWrite), "erasure.cut");
    std::filesystem::remove(files_.erasures);
    EXPECT_EQ(open_error(Mode::kReadOnly), "erasure.cut");
}

TEST_F(ErasureTest, EveryByteOfTheRegisterCounts) {
    EXPECT_EQ(erase(), 1U);
    const std::string whole = bytes_of_path(files_.erasures);
    for (std::size_t place = 0; place < whole.size(); ++place) {
        std::string changed = whole;
        changed[place] = static_cast<char>(changed[place] ^ 1);
        set_bytes_of_path(files_.erasures, changed);
        const std::string why = open_error(Mode::kReadOnly);
        EXPECT_TRUE(why == "erasure.line" || why == "erasure.cut") << place << why;
    }
}

// Cut off after the register was written: everything else is done by the next opening.
TEST_F(ErasureTest, AnErasureThatWasCutOffIsFinished) {
    const std::vector<Erasure> line{{person_, 1, kDay, ErasureReason::kRequest}};
    ASSERT_TRUE(append_erasures(files_, line, ledger::TokenLayer::none()));
    EXPECT_EQ(events_of_person(Mode::kReadOnly), 0U);
    EXPECT_EQ(events_of_person(), 0U);
    EXPECT_FALSE(is_anywhere(token_bytes()));
    EXPECT_EQ(verify().value().erased, 1U);
}

TEST_F(ErasureTest, HalfALineIsNoErasureAndDoesNotSpoilTheNext) {
    set_bytes_of_path(files_.erasures, "1 00112233");
    EXPECT_EQ(events_of_person(), 1U);
    EXPECT_EQ(erase(), 1U);
    EXPECT_EQ(erasures_in(files_).value().size(), 1U);
    EXPECT_EQ(events_of_person(), 0U);
}

TEST_F(ErasureTest, TheLogGoesOnAndItsProofsHold) {
    const std::string kept = sign().note;
    const EventProof other = prove_event(files_, {1, 3}).value();
    EXPECT_EQ(erase(), 1U);
    EXPECT_EQ(verify_error(kept), "no error");
    EXPECT_EQ(prove_event(files_, {200, 1}).error().message.id, "log.event_erased");
    sign();
    EXPECT_EQ(verify_error(kept), "no error");
    EXPECT_EQ(prove_event(files_, {1, 3}).value().bytes, other.bytes);
}

TEST_F(ErasureTest, AnErasedRowThatNobodyToldOfIsFound) {
    sign();
    run_sql("UPDATE event SET person = x'', kind = 0, era = 0 WHERE part = 200");
    EXPECT_EQ(verify_error(), "store.tampered");
}

TEST_F(ErasureTest, AnotherProgramSealsNothingWithADestroyedKey) {
    const auto other = open(Mode::kReadWrite);  // has read the keys
    Event event = sample_event(200, "before");
    event.person = person_;
    EXPECT_TRUE(other->append({{event}}));
    EXPECT_EQ(erase(), 2U);
    event.key = "after";
    EXPECT_EQ(other->append({{event}}).value().added, 1U);
    const auto events = open(Mode::kReadOnly)->events_of({{person_}}).value();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].event.key, "after");
    EXPECT_EQ(other->events_of({{person_}}).value().size(), 1U);
}

// Once the events are gone the suppressions rest on what the erasure kept.
TEST_F(ErasureTest, ASuppressionOfAnErasedPersonCannotBeChangedUnnoticed) {
    object();
    EXPECT_EQ(erase(), 2U);
    EXPECT_EQ(verify_error(), "no error");
    const std::string whole = bytes();
    const std::string mine = " WHERE hex(token) LIKE 'C8%'";
    for (const std::string& sql :
         {"DELETE FROM suppression" + mine, "UPDATE suppression SET last = last + 1" + mine,
          "UPDATE suppression SET reason = 'forged'" + mine,
          "UPDATE suppression SET brand = 'forged'" + mine,
          "UPDATE suppression SET until = 1" + mine,
          std::string(
              "INSERT INTO suppression VALUES(zeroblob(16), '', '', '', 'forged', 1, 1, 0)")}) {
        set_bytes(whole);
        run_sql(sql);
        EXPECT_EQ(verify_error(), "store.suppressions_changed") << sql;
    }
    set_bytes(whole);
    object();  // comes back and says so again
    EXPECT_EQ(verify_error(), "no error");
    EXPECT_EQ(erase(), 1U);
    EXPECT_EQ(verify_error(), "no error");
}

TEST_F(ErasureTest, KeysThatAreOlderThanTheLedgerAreRefused) {
    const std::string old_keys = bytes_of_path(files_.person_keys);
    EXPECT_EQ(erase(), 1U);
    object();  // sealed in the second era
    const std::string new_keys = bytes_of_path(files_.person_keys);
    set_bytes_of_path(files_.person_keys, old_keys);
    EXPECT_EQ(open_error(Mode::kReadOnly), "person_keys.older");
    EXPECT_EQ(open_error(Mode::kReadWrite), "person_keys.older");
    set_bytes_of_path(files_.person_keys, new_keys);
    EXPECT_EQ(events_of_person(), 1U);
}

// The era was begun by the replaying of the register, not by the event that is the first to use it.
TEST_F(ErasureTest, KeysAreOlderWhoeverBeganTheEraThatTheyLack) {
    const auto before = copy();
    EXPECT_EQ(erase(), 1U);
    object();
    EXPECT_EQ(erase(), 1U);
    put_back(before, files_.erasures);
    const Event other = sample_event(1, "again");
    const auto store = open(Mode::kReadWrite);
    EXPECT_GT(store->erase({{other.person}}, kDay, ErasureReason::kRequest).value(), 0U);
    EXPECT_TRUE(store->append({{other}}));  // sealed in the second era, which is there already
    set_bytes_of_path(files_.person_keys, before.at(files_.person_keys));
    EXPECT_EQ(open_error(Mode::kReadOnly), "person_keys.older");
}

TEST_F(ErasureTest, WhoComesBackAfterEverythingOldWasPutBackIsNotErasedAgain) {
    const auto before = copy();
    EXPECT_EQ(erase(), 1U);
    object();
    EXPECT_EQ(erase(), 1U);  // the register knows the second era
    put_back(before, files_.erasures);
    object();
    EXPECT_EQ(events_of_person(), 1U);
    EXPECT_EQ(events_of_person(), 1U);  // also at the next opening
    EXPECT_EQ(verify_error(), "no error");
}

TEST_F(ErasureTest, WithoutItsKeysALedgerIsNotOpened) {
    const std::string keys = bytes_of_path(files_.person_keys);
    std::filesystem::remove(files_.person_keys);
    EXPECT_EQ(open_error(Mode::kReadWrite), "person_keys.missing");
    set_bytes_of_path(files_.person_keys, keys.substr(1));
    std::filesystem::permissions(files_.person_keys, std::filesystem::perms(0600));
    EXPECT_EQ(open_error(Mode::kReadWrite), "person_keys.form");
    set_bytes_of_path(files_.person_keys, keys);
    std::filesystem::permissions(files_.person_keys, std::filesystem::perms(0640));
    EXPECT_EQ(open_error(Mode::kReadWrite), "workspace.key_open_to_others");
    std::filesystem::permissions(files_.person_keys, std::filesystem::perms(0600));
    EXPECT_EQ(open_error(Mode::kReadWrite), "no error");
    // The keys of another ledger open nothing, and say so.
    set_bytes_of_path(files_.person_keys, [&] {
        const auto other = PersonKeys(new_root()).bytes();
        return std::string(other.begin(), other.end());
    }());
    EXPECT_EQ(open_error(Mode::kReadOnly), "person_keys.other");
    EXPECT_EQ(open_error(Mode::kReadWrite), "person_keys.other");
    EXPECT_EQ(verify_error(), "person_keys.other");
    set_bytes_of_path(files_.person_keys, keys);
    EXPECT_EQ(verify_error(), "no error");
}

// What they sealed could never be opened again.
TEST_F(ErasureTest, NothingIsWrittenWithTheKeysOfAnotherLedgerThatComeWhileItIsOpen) {
    const auto store = open(Mode::kReadWrite);
    const std::string keys = bytes_of_path(files_.person_keys);
    const auto other = PersonKeys(new_root()).bytes();
    set_bytes_of_path(files_.person_keys, std::string(other.begin(), other.end()));
    std::filesystem::last_write_time(files_.person_keys,
                                     std::filesystem::file_time_type::clock::now());
    EXPECT_EQ(store->append({{sample_event(1, "late")}}).error().message.id, "person_keys.other");
    set_bytes_of_path(files_.person_keys, keys);
    EXPECT_TRUE(store->append({{sample_event(1, "late")}}));
    EXPECT_EQ(verify_error(), "no error");
}

// As after an upgrade: the first keys that come are not believed.
TEST_F(ErasureTest, ALedgerThatNamesNoKeysTakesNoneThatOpenNothing) {
    for (const auto* unnamed :
         {"UPDATE replayed SET persons = 0", "UPDATE replayed SET tenant = 0"})
        run_sql(unnamed);
    const std::string keys = bytes_of_path(files_.person_keys);
    const auto other = PersonKeys(new_root()).bytes();
    set_bytes_of_path(files_.person_keys, std::string(other.begin(), other.end()));
    EXPECT_EQ(open_error(Mode::kReadWrite), "person_keys.other");
    set_bytes_of_path(files_.person_keys, keys);
    EXPECT_EQ(open_error(Mode::kReadWrite), "no error");
    set_bytes_of_path(files_.person_keys, std::string(other.begin(), other.end()));
    EXPECT_EQ(open_error(Mode::kReadOnly), "person_keys.other");
}

// An erasure leaves the keys what they are called.
TEST_F(ErasureTest, KeysAreKnownAfterAnErasureToo) {
    ASSERT_GT(erase(), 0U);
    EXPECT_EQ(open_error(Mode::kReadWrite), "no error");
}

TEST_F(ErasureTest, ALedgerKnowsTheKeyOfItsTokens) {
    files_.tenant = 5;
    EXPECT_EQ(open_error(Mode::kReadWrite), "no error");  // it named none: from now on this one
    files_.tenant = 7;
    EXPECT_EQ(open_error(Mode::kReadOnly), "tenant_key.other");
    EXPECT_EQ(open_error(Mode::kReadWrite), "tenant_key.other");
    files_.tenant = 0;  // for whoever does not look people up
    EXPECT_EQ(open_error(Mode::kReadOnly), "no error");
}

}  // namespace
}  // namespace licet::store
