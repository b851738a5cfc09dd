// SPDX-License-Identifier: Apache-2.0
// Goal: a rotation keeps its contract in SQLite, and leaves no byte of what was stored before.
// Method: the common suite; every file of the ledger searched for planted tokens; a reader that
//         stays; a disk that fails at its 1st, 2nd, 3rd, ... operation.
#include "store/layer_rotation.h"

#include "base/text.h"
#include "store/faulty_vfs.h"
#include "store/rotation_contract.h"

namespace licet::store {

INSTANTIATE_TEST_SUITE_P(Sqlite, RotationContract,
                         testing::Values(DatabaseMaker{"SQLite", [] { return ""; }}));

namespace {

using namespace ledger;

constexpr Date kDay{std::chrono::year{2026} / 11 / 26};

class LayerRotationTest : public LedgerTest {
  protected:
    // Nobody's, and not the bytes of anything else.
    static Event planted(std::uint8_t number, EventKind kind = EventKind::kObjectionRecorded) {
        Event event = sample_event(number, std::to_string(number), kind);
        const Digest chance = sha256("planted " + std::to_string(number));
        std::copy_n(chance.begin(), event.person.bytes.size(), event.person.bytes.begin());
        return event;
    }
    static std::vector<std::string> forms_of(const Token& token) {
        return {std::string(token.bytes.begin(), token.bytes.end()), hex_of(token.bytes)};
    }
    // How many of the planted tokens stand in any file of the ledger but the keys of persons.
    [[nodiscard]] int tokens_in_files() const {
        int count = 0;
        for (const auto& [path, bytes] : copy())
            for (std::uint8_t number = 0; number < 60; ++number)
                for (const std::string& form : forms_of(planted(number).person))
                    if (path != files_.person_keys && bytes.find(form) != std::string::npos)
                        ++count;
        return count;
    }
    void plant() const {
        const auto store = open(Mode::kCreate);
        std::vector<Event> batch;
        for (std::uint8_t number = 0; number < 60; ++number)
            batch.push_back(planted(
                number, number % 2 == 0 ? EventKind::kObjectionRecorded : EventKind::kInteraction));
        ASSERT_TRUE(store->append(batch));
        ASSERT_EQ(
            store->erase({{planted(1).person, planted(2).person}}, kDay, ErasureReason::kRequest)
                .value(),
            2U);
    }
};

TEST_F(LayerRotationTest, NoByteOfATokenIsLeft) {
    plant();
    EXPECT_GE(tokens_in_files(), 60);
    const auto done = rotate_with_chance(files_);
    ASSERT_TRUE(done) << done.error().message.id;
    EXPECT_TRUE(done->has_forgotten);
    EXPECT_EQ(tokens_in_files(), 0);
    // And none comes back with what is written afterwards.
    const auto store = open(Mode::kReadWrite);
    Event objection = planted(3);
    objection.key = "new";
    Event attempt = planted(59, EventKind::kCallAttempt);
    attempt.key = "new";
    ASSERT_EQ(store->append({{objection, attempt}}).value().added, 2U);
    ASSERT_TRUE(store->erase({{planted(5).person}}, kDay, ErasureReason::kRequest));
    EXPECT_EQ(tokens_in_files(), 0);
    ASSERT_TRUE(export_ledger(files_, folder_ + "/moved"));
    EXPECT_EQ(tokens_in_files(), 0);
}

TEST_F(LayerRotationTest, ItSaysSoWhenAReaderKeepsWhatWasThere) {
    plant();
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(files_.database.c_str(), &handle), SQLITE_OK);
    ASSERT_EQ(
        sqlite3_exec(handle, "BEGIN; SELECT count(*) FROM suppression", nullptr, nullptr, nullptr),
        SQLITE_OK);
    EXPECT_FALSE(rotate_with_chance(files_).value().has_forgotten);
    sqlite3_close(handle);
    EXPECT_TRUE(rotate_with_chance(files_).value().has_forgotten);
    EXPECT_EQ(tokens_in_files(), 0);
}

TEST_F(LayerRotationTest, ADiskThatFailsAnywhereLeavesTheOldLayerOrTheNew) {
    enum class Fault { kNone, kIoError, kNoRoom, kPowerCut };
    FaultyDisk disk;
    const auto rotate_with = [&](Fault fault, std::int64_t operation) {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directory(folder_);
        disk.start_counting();
        plant();
        EXPECT_TRUE(rotate_with_chance(files_));
        disk.start_counting();
        if (fault == Fault::kIoError) disk.fail_at(operation, FaultyDisk::How::kIoError);
        if (fault == Fault::kNoRoom) disk.fail_at(operation, FaultyDisk::How::kNoRoom);
        if (fault == Fault::kPowerCut) disk.cut_power_at(operation);
        return rotate_with_chance(files_).has_value();
    };
    EXPECT_TRUE(rotate_with(Fault::kNone, 0));
    const std::int64_t all = disk.operations();
    EXPECT_GT(all, 30);
    int failed = 0;
    for (const Fault fault : {Fault::kIoError, Fault::kNoRoom, Fault::kPowerCut})
        for (std::int64_t operation = 1; operation <= all; operation += 3) {
            failed += rotate_with(fault, operation) ? 0 : 1;
            if (fault == Fault::kPowerCut)
                disk.power_off();
            else
                disk.start_counting();
            const auto store = open_ledger_store(files_, Mode::kReadWrite);
            ASSERT_TRUE(store) << operation << " " << store.error().message.id;
            EXPECT_FALSE(std::filesystem::exists(files_.layer_key + ".new"));
            for (std::uint8_t number = 0; number < 60; number += 2)
                EXPECT_EQ(store.value()->suppressions_of({{planted(number).person}}).value().size(),
                          1U)
                    << operation;
            EXPECT_EQ(erasures_in(files_).value().size(), 2U);
            EXPECT_EQ(verify_error(), "no error") << operation;
        }
    EXPECT_GT(failed, 10);
}

}  // namespace
}  // namespace licet::store
