// SPDX-License-Identifier: Apache-2.0
// Goal: a ledger in PostgreSQL proves what one in a file proves, and a ledger moves between the two
//       without losing or changing anything.
// Method: the same history in both; the file of an export compared byte by byte; tables changed by
//         SQL.
#include "ledger/merkle.h"
#include "ledger/sealed_event.h"
#include "store/erasure_register.h"
#include "store/ledger_file.h"
#include "store/postgres_server.h"
#include "store/test_ledger.h"

namespace licet::store {
namespace {

using namespace ledger;

constexpr Date kDay{std::chrono::year{2026} / 11 / 26};

class PostgresLogTest : public LedgerTest {
  protected:
    void SetUp() override {
        const PostgresServer& server = PostgresServer::shared();
        there_ = ledger_files_in(folder_ + "/there", PostgresServer::shared().fresh_database());
        database_ = server.newest_database();
        std::filesystem::create_directory(folder_ + "/there");
    }
    // Forty events, a checkpoint, an erasure, a checkpoint, an event.
    void live(const LedgerFiles& files) const {
        fill_store(*open_ledger_store(files, Mode::kCreate).value());
        EXPECT_TRUE(sign_checkpoint(files, identity_.origin, private_pem_, 1'772'445'600));
        const auto store = open_ledger_store(files, Mode::kReadWrite).value();
        EXPECT_TRUE(store->append({{sample_event(9, "a"), sample_event(9, "b")}}));
        EXPECT_EQ(
            store->erase({{sample_event(9, "").person}}, kDay, ErasureReason::kRequest).value(),
            2U);
        EXPECT_TRUE(sign_checkpoint(files, identity_.origin, private_pem_, 1'772'445'700));
        EXPECT_TRUE(store->append({{sample_event(1, "after")}}));
    }
    void carry_keys(const LedgerFiles& from, const LedgerFiles& to) const {
        set_bytes_of_path(to.person_keys, bytes_of_path(from.person_keys));
        std::filesystem::permissions(to.person_keys, std::filesystem::perms(0600));
    }
    [[nodiscard]] std::string error_of_verify(const std::optional<std::string>& kept = {}) const {
        const auto done = verify_ledger(there_, identity_, {.kept = kept});
        return done ? "no error" : done.error().message.id;
    }
    void run_there(const std::string& sql) const {
        static_cast<void>(
            PostgresServer::shared().sql("SET search_path = licet; " + sql, database_));
    }

    LedgerFiles there_;
    std::string database_;
};

TEST_F(PostgresLogTest, AHistoryIsSignedVerifiedAndProved) {
    live(there_);
    const auto verified = verify_ledger(there_, identity_, {});
    ASSERT_TRUE(verified) << verified.error().message.id;
    EXPECT_EQ(verified->events, 44U);
    EXPECT_EQ(verified->erased, 2U);
    EXPECT_EQ(verified->in_log, 43U);
    EXPECT_EQ(verified->checkpoints, 2U);
    const EventProof proof = prove_event(there_, {1, 2}).value();
    const Checkpoint checkpoint = checkpoint_of(proof.proof.note, identity_).value();
    const Entry entry =
        entry_of(1, 2, commitment_of(proof.blind, proof.bytes), proof.sealed_digest);
    EXPECT_TRUE(is_included(leaf_hash(entry), proof.proof.index, checkpoint.size,
                            proof.proof.hashes, checkpoint.root));
    EXPECT_EQ(prove_event(there_, {9, 1}).error().message.id, "log.event_erased");
    EXPECT_EQ(prove_event(there_, {1, 15}).error().message.id, "log.no_such_event");
    EXPECT_EQ(publish_log(there_, folder_ + "/public").value(), 3U);
    EXPECT_EQ(checkpoints_of(there_).value().size(), 2U);
    EXPECT_TRUE(keep_timestamp(there_, 43, {}));
    EXPECT_EQ(keep_timestamp(there_, 44, {}).error().message.id, "ledger.nothing_signed");
}

TEST_F(PostgresLogTest, ALedgerMovesThereAndBackUnchanged) {
    live(files_);
    const std::string file = folder_ + "/moved";
    ASSERT_TRUE(export_ledger(files_, file));
    carry_keys(files_, there_);
    const auto moved = import_ledger(file, there_);
    ASSERT_TRUE(moved) << moved.error().message.id;
    EXPECT_EQ(moved->events, 44U);
    EXPECT_EQ(error_of_verify(checkpoints_of(files_)->back().note), "no error");
    const auto here = open(Mode::kReadOnly);
    const auto there = open_ledger_store(there_, Mode::kReadWrite).value();
    EXPECT_EQ(all(*there), all(*here));
    EXPECT_EQ(erasures_in(there_).value(), erasures_in(files_).value());
    // From there the same bytes come back, and an SQLite file made of them holds the same.
    ASSERT_TRUE(export_ledger(there_, file + "2"));
    EXPECT_EQ(bytes_of_path(file + "2"), bytes_of_path(file));
    const LedgerFiles back = ledger_files_in(folder_ + "/back");
    std::filesystem::create_directory(folder_ + "/back");
    carry_keys(there_, back);
    EXPECT_TRUE(import_ledger(file + "2", back));
    EXPECT_EQ(all(*open_ledger_store(back, Mode::kReadOnly).value()), all(*here));
    // And it goes on there.
    EXPECT_EQ(there->append({{sample_event(2, "2")}}).error().message.id, "event.key_reused");
    EXPECT_EQ(there->append({{sample_event(1, "after"), sample_event(1, "more")}}).value(),
              (Appended{1, 1}));
    EXPECT_EQ(error_of_verify(), "no error");
}

TEST_F(PostgresLogTest, AFileThatIsNotWholeLeavesNothingOnTheServer) {
    live(files_);
    const std::string file = folder_ + "/moved";
    ASSERT_TRUE(export_ledger(files_, file));
    carry_keys(files_, there_);
    const std::string whole = bytes_of_path(file);
    for (std::size_t place = 3; place < whole.size(); place += whole.size() / 12) {
        std::string changed = whole;
        changed[place] = static_cast<char>(changed[place] ^ 0x10);
        set_bytes_of_path(file, changed);
        EXPECT_FALSE(import_ledger(file, there_)) << place;
        EXPECT_EQ(open_ledger_store(there_, Mode::kReadWrite).error().message.id, "store.missing");
    }
    set_bytes_of_path(file, whole);
    EXPECT_TRUE(import_ledger(file, there_));
    EXPECT_EQ(import_ledger(file, there_).error().message.id, "store.exists");
}

TEST_F(PostgresLogTest, EveryChangeIsFound) {
    live(there_);
    const auto after = [&](const std::string& sql, const std::string& undo) {
        run_there(sql);
        const std::string found = error_of_verify();
        run_there(undo);
        EXPECT_EQ(error_of_verify(), "no error") << undo;
        return found;
    };
    run_there("CREATE TABLE public.kept AS SELECT * FROM event WHERE part = 1 AND seq = 2");
    EXPECT_EQ(after("UPDATE event SET commitment = sha256('') WHERE part = 1 AND seq = 2",
                    "UPDATE event SET commitment = kept.commitment FROM public.kept kept "
                    "WHERE event.part = 1 AND event.seq = 2"),
              "store.tampered");
    EXPECT_EQ(after("DELETE FROM event WHERE part = 1 AND seq = 2",
                    "INSERT INTO event SELECT * FROM public.kept"),
              "store.tampered");
    EXPECT_EQ(after("UPDATE suppression SET since = since + 1",
                    "UPDATE suppression SET since = "
                    "since - 1"),
              "store.suppressions_changed");
    EXPECT_EQ(after("UPDATE head SET seq = seq - 1 WHERE part = 1",
                    "UPDATE head SET seq = seq + 1 WHERE part = 1"),
              "store.corrupt");
    EXPECT_EQ(after("CREATE FUNCTION licet.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN "
                    "NULL; END'; CREATE TRIGGER t BEFORE INSERT ON suppression FOR EACH ROW "
                    "EXECUTE FUNCTION licet.f()",
                    "DROP TRIGGER t ON suppression"),
              "store.corrupt");
    EXPECT_EQ(
        after("ALTER TABLE tile ADD COLUMN extra bigint", "ALTER TABLE tile DROP COLUMN extra"),
        "store.corrupt");
    EXPECT_EQ(after("UPDATE format SET number = 6", "UPDATE format SET number = 5"),
              "store.newer_version");
}

// The server is an older copy of itself, as after a restore or the promotion of a copy that lagged.
TEST_F(PostgresLogTest, WhatWasErasedIsErasedAgainInAnOlderCopy) {
    fill_store(*open_ledger_store(there_, Mode::kCreate).value());
    run_there(
        "CREATE TABLE public.e AS SELECT * FROM event; CREATE TABLE public.h AS SELECT * "
        "FROM head; CREATE TABLE public.r AS SELECT * FROM replayed");
    const Token person = sample_event(1, "").person;
    auto store = open_ledger_store(there_, Mode::kReadWrite).value();
    EXPECT_EQ(store->erase({{person}}, kDay, ErasureReason::kRequest).value(), 13U);
    run_there(
        "DELETE FROM event; INSERT INTO event SELECT * FROM public.e; DELETE FROM head; "
        "INSERT INTO head SELECT * FROM public.h; DELETE FROM replayed; INSERT INTO replayed "
        "SELECT * FROM public.r");
    // The connection is cut, too: the store that was open must notice by itself.
    run_there(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
        "'licet'");
    EXPECT_TRUE(store->events_of({{person}}).value().empty());
    EXPECT_EQ(PostgresServer::shared().sql(
                  "SELECT count(*) FROM licet.event WHERE person <> '' AND part = 1", database_),
              "0");
    EXPECT_EQ(error_of_verify(), "no error");
    EXPECT_EQ(store->suppressions_of({{person}}).value().size(), 1U);
    // And who has a register that is too short is told so.
    std::filesystem::remove(there_.erasures);
    EXPECT_EQ(open_ledger_store(there_, Mode::kReadWrite).error().message.id, "erasure.cut");
}

}  // namespace
}  // namespace licet::store
