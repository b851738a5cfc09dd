// SPDX-License-Identifier: Apache-2.0
// Goal: the store keeps the contract in PostgreSQL, and says what a caller can do when the server
//       does not do what it should.
// Method: the common suite against a real server; a trigger that fails at random; connections that
//         are cut, locks that are held, schemas that were tampered with.
#include <thread>

#include "ledger/store_contract.h"
#include "store/internal/postgres.h"
#include "store/postgres_server.h"
#include "store/test_ledger.h"

namespace licet::ledger {

INSTANTIATE_TEST_SUITE_P(
    Postgres, StoreContract,
    testing::Values(StoreMaker{"postgres",
                               [] {
                                   return std::make_unique<store::TemporaryStore>(
                                       store::PostgresServer::shared().fresh_database());
                               }},
                    StoreMaker{"postgres under a layer", [] {
                                   return std::make_unique<store::TemporaryStore>(
                                       store::PostgresServer::shared().fresh_database(), true);
                               }}));

}  // namespace licet::ledger

namespace licet::store {
namespace {

using namespace ledger;

class PostgresStoreTest : public testing::Test {
  protected:
    void SetUp() override {
        files_ = ledger_files_in(folder_, PostgresServer::shared().fresh_database());
        database_ = PostgresServer::shared().newest_database();
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    [[nodiscard]] std::unique_ptr<Store> open(
        Mode mode, std::chrono::milliseconds patience = kPatience) const {
        return open_ledger_store(files_, mode, patience).value();
    }
    [[nodiscard]] std::string open_error(const std::string& address) const {
        LedgerFiles files = files_;
        files.database = address;
        const auto store = open_ledger_store(files, Mode::kReadWrite);
        return store ? "no error" : store.error().message.id;
    }
    std::string sql(const std::string& text) const {
        return PostgresServer::shared().sql(text, database_);
    }
    std::string cut_connections() const {
        return sql(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE "
            "application_name = 'licet' AND datname = current_database()");
    }

    std::string folder_ = fresh_folder();
    LedgerFiles files_;
    std::string database_;
};

TEST(Postgres, ACodeSaysWhatToDo) {
    const auto code = [](std::string_view state) { return error_of_sqlstate(state, "").code; };
    const auto id = [](std::string_view state) { return error_of_sqlstate(state, "").message.id; };
    for (const char* again : {"40001", "40P01"}) EXPECT_EQ(code(again), ErrorCode::kChanged);
    for (const char* unknown : {"", "08006", "08003", "57P01", "57P02", "57P03", "40003", "57014"})
        EXPECT_EQ(id(unknown), "store.outcome_unknown") << unknown;
    EXPECT_EQ(id("55P03"), "store.locked");
    EXPECT_EQ(id("53300"), "store.locked");
    EXPECT_EQ(id("53100"), "store.full");
    EXPECT_EQ(id("25006"), "store.read_only");
    EXPECT_EQ(id("23505"), "store.corrupt");
    EXPECT_EQ(id("42P01"), "store.missing");
    EXPECT_EQ(id("42501"), "store.failed");
}

TEST_F(PostgresStoreTest, WhatCannotBeOpenedIsNamed) {
    EXPECT_EQ(open_error(files_.database), "store.missing");
    EXPECT_EQ(open_error("postgresql://licet:secret@/x"), "store.password_in_address");
    EXPECT_EQ(open_error("postgresql://licet@/x?password=secret"), "store.password_in_address");
    EXPECT_EQ(open_error("postgresql://licet@/x?nonsense=1"), "store.address_form");
    EXPECT_EQ(open_error(PostgresServer::shared().address("nowhere")), "store.refused");
    EXPECT_EQ(open_error("postgresql://licet@/x?host=" + folder_), "store.unreachable");
    open(Mode::kCreate).reset();
    EXPECT_EQ(open_ledger_store(files_, Mode::kCreate).error().message.id, "store.exists");
    EXPECT_EQ(open(Mode::kReadOnly)->append({{sample_event(1, "a")}}).error().message.id,
              "store.read_only");
}

TEST_F(PostgresStoreTest, AConnectionThatWasCutIsMadeAgain) {
    const auto store = open(Mode::kCreate);
    EXPECT_TRUE(store->append({{sample_event(1, "a")}}));
    EXPECT_EQ(cut_connections(), "1");
    EXPECT_EQ(store->append({{sample_event(1, "a"), sample_event(1, "b")}}).value(),
              (Appended{1, 1}));
    EXPECT_EQ(cut_connections(), "1");
    EXPECT_EQ(store->events_of({{sample_event(1, "").person}}).value().size(), 2U);
    EXPECT_EQ(cut_connections(), "1");
    EXPECT_EQ(store->count().value(), 2U);
}

TEST_F(PostgresStoreTest, AHeadThatIsLockedIsBusy) {
    const auto store = open(Mode::kCreate, std::chrono::milliseconds{300});
    PGconn* other = PQconnectdb(files_.database.c_str());
    PQclear(PQexec(other, "BEGIN; SELECT * FROM licet.head WHERE part = 1 FOR UPDATE"));
    EXPECT_EQ(store->append({{sample_event(1, "a")}}).error().message.id, "store.locked");
    EXPECT_TRUE(store->append({{sample_event(2, "a")}}));  // others are not kept
    PQfinish(other);
    EXPECT_TRUE(store->append({{sample_event(1, "a")}}));
}

TEST_F(PostgresStoreTest, SeveralWritersShareTheirPartitions) {
    open(Mode::kCreate).reset();
    constexpr int kWriters = 4;
    constexpr int kBatches = 25;
    std::vector<std::thread> writers;
    for (int writer = 0; writer < kWriters; ++writer)
        writers.emplace_back([&, writer] {
            const auto store = open(Mode::kReadWrite);
            for (int i = 0; i < kBatches; ++i) {
                const std::string key = std::to_string(writer) + "-" + std::to_string(i);
                // One event of its own and one that all of them have, in one order or the other.
                std::vector<Event> batch{
                    sample_event(1, key, EventKind::kObjectionRecorded),
                    sample_event(2, "all-" + std::to_string(i), EventKind::kObjectionRecorded)};
                if (writer % 2 == 1) std::swap(batch[0], batch[1]);
                const auto done = store->append(batch);
                EXPECT_TRUE(done) << done.error().message.id;
            }
        });
    for (std::thread& writer : writers) writer.join();
    const auto store = open(Mode::kReadOnly);
    EXPECT_EQ(store->count().value(), std::uint64_t{kWriters * kBatches + kBatches});
    const std::string pem = new_private_key().value();
    EXPECT_TRUE(verify_ledger(files_, {"licet/test", public_key_of(pem).value()}, {}));
}

// Two machines with one database: the files beside it are to be the same, and are held to it.
TEST_F(PostgresStoreTest, FilesThatLagBehindTheLedgerSealNothing) {
    const auto here = open(Mode::kCreate);
    const Event event = sample_event(1, "a");
    EXPECT_TRUE(here->append({{event}}));
    const std::string there = folder_ + "/there";
    std::filesystem::create_directory(there);
    std::filesystem::copy_file(files_.person_keys, there + "/persons.keys");
    const LedgerFiles copies = ledger_files_in(there, files_.database);
    const auto elsewhere = open_ledger_store(copies, Mode::kReadWrite).value();
    EXPECT_TRUE(elsewhere->append({{sample_event(1, "b"), sample_event(2, "c")}}));
    EXPECT_EQ(here->erase({{event.person}}, event.happened_on, ErasureReason::kRequest).value(),
              2U);
    const auto answer = [&] {
        const auto done = elsewhere->append({{sample_event(1, "d")}});
        return done ? "no error" : done.error().message.id;
    };
    EXPECT_EQ(answer(), "erasure.cut");
    EXPECT_EQ(
        elsewhere->erase({{sample_event(2, "").person}}, event.happened_on, ErasureReason::kRequest)
            .error()
            .message.id,
        "erasure.cut");
    std::filesystem::copy_file(files_.erasures, copies.erasures);
    EXPECT_EQ(answer(), "person_keys.older");
    EXPECT_TRUE(here->append({{sample_event(1, "e")}}));  // in a new era
    EXPECT_EQ(answer(), "person_keys.older");
    set_bytes_of_path(copies.person_keys, bytes_of_path(files_.person_keys));
    EXPECT_EQ(answer(), "no error");
    EXPECT_EQ(here->events_of({{event.person}}).value().size(), 2U);
}

// As databases do that spread rows over machines: any transaction may fail for no fault of ours.
TEST_F(PostgresStoreTest, ATransactionThatFailsAtRandomIsRepeated) {
    sql("ALTER DATABASE " + database_ + " SET default_transaction_isolation = 'serializable'");
    const auto store = open(Mode::kCreate);
    sql("CREATE SEQUENCE public.failures; CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE "
        "plpgsql AS $$ BEGIN IF random() < 0.1 THEN PERFORM nextval('public.failures'); RAISE "
        "EXCEPTION 'again' USING ERRCODE = '40001'; END IF; RETURN NEW; END $$");
    for (const char* table : {"event", "head", "suppression", "replayed"})
        sql("CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON licet." + std::string(table) +
            " FOR EACH ROW EXECUTE FUNCTION public.fail()");
    std::vector<Event> expected;
    for (int i = 0; i < 60; ++i) {
        const auto kind = i % 2 == 0 ? EventKind::kObjectionRecorded : EventKind::kInteraction;
        expected.push_back(sample_event(3, std::to_string(i), kind));
        EXPECT_EQ(store->append({{expected.back()}}).value(), (Appended{1, 0}));
    }
    EXPECT_EQ(store
                  ->erase({{sample_event(4, "").person}}, expected[0].happened_on,
                          ErasureReason::kRequest)
                  .value(),
              0U);
    EXPECT_TRUE(store->append({{sample_event(4, "a")}}));
    EXPECT_EQ(store
                  ->erase({{sample_event(4, "").person}}, expected[0].happened_on,
                          ErasureReason::kRequest)
                  .value(),
              1U);
    std::vector<Event> found;
    const auto stored = store->events_of({{expected[0].person}}).value();
    for (const StoredEvent& one : stored) found.push_back(one.event);
    EXPECT_EQ(found, expected);
    EXPECT_GT(std::stoi(sql("SELECT last_value FROM public.failures")), 5);
}

TEST_F(PostgresStoreTest, OnlyWhatThePersonSaysWaitsForOthers) {
    const auto store = open(Mode::kCreate);
    // A standby is asked for that is not there.
    sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    sql("SELECT pg_reload_conf()");
    const auto quick = open(Mode::kReadWrite, std::chrono::milliseconds{400});
    EXPECT_TRUE(quick->append({{sample_event(1, "a"), sample_event(1, "b")}}));
    const Event objection = sample_event(1, "c", EventKind::kObjectionRecorded);
    const auto answer = quick->append({{objection}});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().message.id, "store.outcome_unknown");
    EXPECT_EQ(answer.error().code, ErrorCode::kBusy);
    // It is there, but a repeat is not acknowledged either before the standby has it.
    EXPECT_FALSE(quick->append({{objection}}));
    // Whoever cancels the wait does not make it an acknowledgement.
    std::thread canceller([&] {
        for (int i = 0; i < 50; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            sql("SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event = "
                "'SyncRep'");
        }
    });
    const auto patient = open(Mode::kReadWrite, std::chrono::milliseconds{800});
    const auto cancelled = patient->append({{sample_event(5, "d", EventKind::kObjectionRecorded)}});
    canceller.join();
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().message.id, "store.outcome_unknown");
    sql("ALTER SYSTEM RESET synchronous_standby_names");
    sql("SELECT pg_reload_conf()");
    EXPECT_EQ(store->append({{objection}}).value(), (Appended{0, 1}));
}

}  // namespace
}  // namespace licet::store
