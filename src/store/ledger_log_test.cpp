// SPDX-License-Identifier: Apache-2.0
// Goal: what was signed is proved to others, and no change of it goes unnoticed.
// Method: logs that grow in steps, each proof checked; damage by SQL of every table; an older copy
//         and another history against a checkpoint that was kept.
#include "store/ledger_log.h"

#include "ledger/merkle.h"
#include "ledger/sealed_event.h"
#include "store/test_ledger.h"

namespace licet::store {
namespace {

using namespace ledger;

class LedgerLogTest : public LedgerTest {
  protected:
    void append(int first, int count) const {
        std::vector<Event> batch;
        for (int i = first; i < first + count; ++i)
            batch.push_back(sample_event(static_cast<std::uint8_t>(i % 7), std::to_string(i)));
        EXPECT_EQ(open(Mode::kReadWrite)->append(batch).value().added, batch.size());
    }
    // Checks a proof with nothing but what is in it and the public key.
    void check(const EventProof& proof) const {
        const Digest commitment = commitment_of(proof.blind, proof.bytes);
        const Entry entry = entry_of(proof.event.place.part, proof.event.place.seq, commitment,
                                     proof.sealed_digest);
        const Checkpoint checkpoint = checkpoint_of(proof.proof.note, identity_).value();
        EXPECT_TRUE(is_included(leaf_hash(entry), proof.proof.index, checkpoint.size,
                                proof.proof.hashes, checkpoint.root));
        EXPECT_EQ(event_of(proof.bytes).value(), proof.event.event);
    }
};

TEST_F(LedgerLogTest, EveryEventIsProvedHoweverTheLogGrew) {
    fill();
    for (int i = 0; i < 12; ++i) {
        append(1000 * (i + 1), 1 + i * 23);
        const SignedCheckpoint checkpoint = sign(1'772'445'600 + i);
        EXPECT_EQ(checkpoint_of(checkpoint.note, identity_).value().size, checkpoint.size);
        EXPECT_EQ(verify().value().in_log, checkpoint.size);
    }
    const auto store = open(Mode::kReadOnly);
    int proved = 0;
    for (std::uint8_t person = 0; person < 7; ++person) {
        const auto events = store->events_of({{sample_event(person, "").person}}).value();
        for (std::size_t i = 0; i < events.size(); i += 11) {
            const EventProof proof = prove_event(files_, events[i].place).value();
            EXPECT_EQ(proof.event, events[i]);
            check(proof);
            ++proved;
        }
    }
    EXPECT_GT(proved, 100);
    EXPECT_EQ(checkpoints_of(files_).value().size(), 12U);
}

TEST_F(LedgerLogTest, ALogThatHasNotGrownKeepsItsCheckpoint) {
    fill();
    const SignedCheckpoint one = sign(1'772'445'600);
    EXPECT_EQ(sign(1'772'445'700).note, one.note);
    EXPECT_EQ(one.size, 40U);
    EXPECT_EQ(checkpoints_of(files_).value().size(), 1U);
}

TEST_F(LedgerLogTest, WhatCannotBeProvedYetIsSaid) {
    fill();
    EXPECT_EQ(prove_event(files_, {1, 1}).error().message.id, "log.not_signed_yet");
    sign();
    append(1000, 7);
    EXPECT_TRUE(prove_event(files_, {1, 1}));
    EXPECT_EQ(prove_event(files_, {6, 1}).error().message.id, "log.not_signed_yet");
    EXPECT_EQ(prove_event(files_, {1, 9999}).error().message.id, "log.no_such_event");
}

TEST_F(LedgerLogTest, AClockThatJumpsBackSignsNothing) {
    fill();
    sign(1'772'445'600);
    append(1000, 1);
    const auto back = sign_checkpoint(files_, identity_.origin, private_pem_, 1'772'445'599);
    EXPECT_EQ(back.error().message.id, "log.clock_back");
    EXPECT_EQ(checkpoints_of(files_).value().size(), 1U);
    EXPECT_EQ(sign(1'772'445'600).size, 41U);
}

TEST_F(LedgerLogTest, WhatWasChangedIsNotSigned) {
    fill();
    run_sql("UPDATE event SET commitment = zeroblob(32) WHERE part = 1 AND seq = 2");
    const auto answer = sign_checkpoint(files_, identity_.origin, private_pem_, 1'772'445'600);
    EXPECT_EQ(answer.error().message.id, "store.tampered");
    EXPECT_TRUE(checkpoints_of(files_).value().empty());
}

TEST_F(LedgerLogTest, NothingIsSignedOnTopOfADamagedLog) {
    fill();
    sign();
    append(1000, 1);
    run_sql("UPDATE tile SET hashes = zeroblob(1280) WHERE level = 0");
    const auto answer = sign_checkpoint(files_, identity_.origin, private_pem_, 1'772'445'601);
    EXPECT_EQ(answer.error().message.id, "log.bad_checkpoint");
    EXPECT_EQ(checkpoints_of(files_).value().size(), 1U);
}

TEST_F(LedgerLogTest, ADamagedRunGivesNoProof) {
    fill();
    sign();
    for (const char* number : {"1000000", "-5", "3"}) {
        run_sql("UPDATE run SET number = " + std::string(number) + " WHERE part = 1");
        EXPECT_EQ(prove_event(files_, {1, 1}).error().message.id, "store.tampered") << number;
    }
}

TEST_F(LedgerLogTest, EveryChangeOfTheLogIsNamed) {
    fill();
    sign();
    append(1000, 300);
    sign();
    append(2000, 5);
    const auto whole = copy();
    const auto after = [&](const std::string& sql) { return verify_error_after(whole, sql); };
    EXPECT_EQ(after("SELECT 1"), "no error");
    EXPECT_EQ(after("UPDATE event SET commitment = zeroblob(32) WHERE part = 1 AND seq = 2"),
              "store.tampered");
    EXPECT_EQ(after("UPDATE event SET era = 2 WHERE part = 1 AND seq = 2"), "store.tampered");
    EXPECT_EQ(after("UPDATE event SET person = x'', kind = 0, era = 0, sealed = zeroblob(32) "
                    "WHERE part = 1 AND seq = 2"),
              "store.tampered");
    EXPECT_EQ(after("DELETE FROM tile WHERE level = 0 AND place = 0"), "log.bad_tile");
    EXPECT_EQ(after("UPDATE tile SET hashes = zeroblob(8192) WHERE level = 0 AND place = 0"),
              "log.bad_tile");
    EXPECT_EQ(after("UPDATE tile SET hashes = zeroblob(64) WHERE level = 1"), "log.bad_tile");
    EXPECT_EQ(after("INSERT INTO tile VALUES(3, 7, zeroblob(32))"), "log.bad_tile");
    EXPECT_EQ(after("DELETE FROM checkpoint WHERE size > 40"), "log.bad_checkpoint");
    EXPECT_EQ(after("UPDATE checkpoint SET note = replace(note, '40', '41')"),
              "log.bad_checkpoint");
    EXPECT_EQ(after("UPDATE checkpoint SET signed_at = signed_at + 1"), "log.bad_checkpoint");
    EXPECT_EQ(after("UPDATE run SET number = number + 1 WHERE part = 3"), "store.tampered");
    EXPECT_EQ(after("UPDATE run SET hash = zeroblob(32) WHERE part = 3"), "store.tampered");
    EXPECT_EQ(after("DELETE FROM run WHERE part = 2"), "store.tampered");
}

// Somebody who can write the database and knows the format, but has not the key of the log.
TEST_F(LedgerLogTest, ALedgerWithoutItsNewestEntriesIsFoundByAKeptCheckpoint) {
    fill();
    sign();
    const auto older = copy();
    append(1000, 10);
    const std::string kept = sign().note;
    EXPECT_EQ(verify_error(kept), "no error");
    put_back(older);
    EXPECT_EQ(verify_error(), "no error");  // by itself it looks sound: this is why one keeps some
    EXPECT_EQ(verify_error(kept), "log.rolled_back");
    append(2000, 10);
    sign();
    EXPECT_EQ(verify_error(kept), "log.forked");
}

TEST_F(LedgerLogTest, AKeptFileThatIsNoCheckpointIsRefused) {
    fill();
    const std::string note = sign().note;
    EXPECT_EQ(verify_error("hello"), "log.note_form");
    EXPECT_EQ(verify_error(""), "log.note_form");  // an empty file is not no file
    std::string other = note;
    other[0] = 'x';
    EXPECT_EQ(verify_error(other), "log.other_origin");
}

TEST_F(LedgerLogTest, TheFilesAreThoseOfTheSpecification) {
    fill();
    append(1000, 500);
    sign();
    const std::string folder = folder_ + "/public";
    EXPECT_EQ(publish_log(files_, folder).value(), 8U);
    for (const char* name : {"tile/0/000", "tile/0/001", "tile/0/002.p/28", "tile/1/000.p/2",
                             "tile/entries/000", "tile/entries/001", "tile/entries/002.p/28"})
        EXPECT_TRUE(std::filesystem::exists(folder + "/" + name)) << name;
    EXPECT_EQ(std::filesystem::file_size(folder + "/tile/0/000"), 8192U);
    EXPECT_EQ(std::filesystem::file_size(folder + "/tile/entries/000"), 256U * (2 + kEntryBytes));
    // An entry of a bundle hashes to the leaf in the tile.
    const std::string entries = bytes_of_path(folder + "/tile/entries/001");
    const std::string tile = bytes_of_path(folder + "/tile/0/001");
    for (std::size_t i = 0; i < 256; ++i) {
        const std::string_view entry =
            std::string_view(entries).substr(i * (2 + kEntryBytes) + 2, kEntryBytes);
        const Digest leaf = Hasher().add(std::uint8_t{0}).add(entry).digest();
        EXPECT_TRUE(std::equal(leaf.begin(), leaf.end(),
                               reinterpret_cast<const std::uint8_t*>(tile.data()) + i * 32));
    }
    EXPECT_EQ(publish_log(files_, folder).value(), 1U);  // only the checkpoint again
    append(2000, 1);
    sign();
    EXPECT_EQ(publish_log(files_, folder).value(), 3U);  // checkpoint, a partial tile, its entries
}

}  // namespace
}  // namespace licet::store
