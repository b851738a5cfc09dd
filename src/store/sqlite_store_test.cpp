// SPDX-License-Identifier: Apache-2.0
// Goal: the store keeps the contract on disk, names what is wrong with a file, and notices damage.
// Method: the common suite; small files damaged byte by byte and by SQL; a disk made full by a
// limit.
#include "store/ledger_store.h"

#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "ledger/identity.h"
#include "ledger/store_contract.h"
#include "store/test_ledger.h"

namespace licet::ledger {

INSTANTIATE_TEST_SUITE_P(
    Sqlite, StoreContract,
    testing::Values(StoreMaker{"sqlite", [] { return std::make_unique<store::TemporaryStore>(); }},
                    StoreMaker{"sqlite under a layer",
                               [] { return std::make_unique<store::TemporaryStore>("", true); }}));

}  // namespace licet::ledger

namespace licet::store {
namespace {

using namespace ledger;

using SqliteStoreTest = LedgerTest;

TEST_F(SqliteStoreTest, EventsAreThereAfterTheFileIsOpenedAgain) {
    fill();
    EXPECT_EQ(open(Mode::kReadWrite)->count().value(), 40U);
    EXPECT_EQ(all(*open(Mode::kReadOnly)).size(), 40U);
    EXPECT_EQ(verify().value().events, 40U);
    EXPECT_EQ(open(Mode::kReadWrite)->append({{sample_event(0, "later")}}).value().added, 1U);
    EXPECT_EQ(verify().value().events, 41U);
}

TEST_F(SqliteStoreTest, TheFileIsItsOwnersAlone) {
    const auto store = open(Mode::kCreate);
    EXPECT_TRUE(store->append({{sample_event(0, "a")}}));
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
        struct stat status {};
        ASSERT_EQ(stat(entry.path().c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777U, 0600U) << entry.path();
    }
}

TEST_F(SqliteStoreTest, NoAddressStandsInTheFiles) {
    const TokenKey key(std::array<std::uint8_t, TokenKey::kSizeBytes>{});
    Tokeniser tokeniser = Tokeniser::create(key).value();
    const auto store = open(Mode::kCreate);
    for (const auto& point : {contact_point_of_email("camille+x@example.com"),
                              contact_point_of_phone("0639980123", "fr")}) {
        Event event = sample_event(0, "", EventKind::kObjectionRecorded);
        EXPECT_TRUE(store->append(spread(event, tokeniser.tokens(point.value()))));
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(file), {}};
        for (const char* word : {"camille", "example.com", "639980123"})
            EXPECT_EQ(content.find(word), std::string::npos) << entry.path();
    }
}

TEST_F(SqliteStoreTest, OpeningSaysWhatIsWrong) {
    EXPECT_EQ(open_error(Mode::kReadWrite), "store.missing");
    EXPECT_EQ(open_error(Mode::kReadOnly), "store.missing");
    set_bytes("");
    EXPECT_EQ(open_error(Mode::kReadWrite), "store.not_a_database");
    set_bytes("name;email\nCamille;camille@example.com\n");
    EXPECT_EQ(open_error(Mode::kReadWrite), "store.not_a_database");
    EXPECT_EQ(open_error(Mode::kCreate), "store.exists");
    std::filesystem::remove(files_.database);
    run_sql("CREATE TABLE other(x)");
    EXPECT_EQ(open_error(Mode::kReadOnly), "store.not_a_database");
    files_.database = folder_ + "/nowhere/ledger.db";
    EXPECT_EQ(open_error(Mode::kCreate), "store.cannot_open");
    files_.database = folder_;
    EXPECT_EQ(open_error(Mode::kReadOnly), "store.not_a_database");
}

TEST_F(SqliteStoreTest, ACreationThatWasCutOffCanBeDoneAgain) {
    set_bytes("");
    EXPECT_EQ(open(Mode::kCreate)->count().value(), 0U);
    EXPECT_EQ(open_error(Mode::kCreate), "store.exists");
}

TEST_F(SqliteStoreTest, AnotherFormatIsNamed) {
    fill();
    run_sql("PRAGMA user_version = 6");
    const Error newer = open_ledger_store(files_, Mode::kReadOnly).error();
    EXPECT_EQ(newer.message, Message("store.newer_version", {{"found", "6"}, {"expected", "5"}}));
    run_sql("PRAGMA user_version = 1");
    EXPECT_EQ(open_error(Mode::kReadOnly), "store.older_version");
}

// Format 3 had no layer over tokens.
constexpr const char* kToFormat3 =
    "CREATE TABLE row AS SELECT * FROM replayed; DROP TABLE replayed;"
    "CREATE TABLE replayed(lines INTEGER NOT NULL, era INTEGER NOT NULL, PRIMARY KEY(lines)) "
    "STRICT, WITHOUT ROWID; INSERT INTO replayed SELECT lines, era FROM row; DROP TABLE row;"
    "PRAGMA user_version = 3";

// Format 4 did not name its keys.
TEST_F(SqliteStoreTest, AFormatThatDoesNotNameItsKeysIsBroughtUpToDateAtTheFirstOpening) {
    fill();
    const auto before = all(*open(Mode::kReadOnly));
    run_sql(
        "CREATE TABLE row AS SELECT * FROM replayed; DROP TABLE replayed;"
        "CREATE TABLE replayed(lines INTEGER NOT NULL, era INTEGER NOT NULL, layer INTEGER NOT "
        "NULL, PRIMARY KEY(lines)) STRICT, WITHOUT ROWID; INSERT INTO replayed SELECT lines, era, "
        "layer FROM row; DROP TABLE row; PRAGMA user_version = 4");
    EXPECT_EQ(all(*open(Mode::kReadWrite)), before);
    EXPECT_EQ(verify_error(), "no error");
    const auto other = ledger::PersonKeys(sha256("another root")).bytes();
    set_bytes_of_path(files_.person_keys, std::string(other.begin(), other.end()));
    EXPECT_EQ(open_error(Mode::kReadOnly), "person_keys.other");
}

TEST_F(SqliteStoreTest, AFormatWithoutLayerIsBroughtUpToDateAtTheFirstOpening) {
    fill();
    const auto before = all(*open(Mode::kReadOnly));
    run_sql(kToFormat3);
    EXPECT_EQ(all(*open(Mode::kReadOnly)), before);
    EXPECT_EQ(verify_error(), "no error");
    EXPECT_EQ(open(Mode::kReadWrite)->append({{sample_event(1, "new")}}).value().added, 1U);
}

// Format 2 had suppressions without brand and end.
TEST_F(SqliteStoreTest, TheFormatBeforeThatIsBroughtUpToDateToo) {
    fill();
    const auto before = all(*open(Mode::kReadOnly));
    run_sql(kToFormat3);
    run_sql(
        "CREATE TABLE old AS SELECT * FROM suppression; DROP TABLE suppression;"
        "CREATE TABLE suppression(token BLOB NOT NULL, channel TEXT NOT NULL, purpose TEXT NOT "
        "NULL, reason TEXT NOT NULL, since INTEGER NOT NULL, last INTEGER NOT NULL, "
        "PRIMARY KEY(token, channel, purpose)) STRICT, WITHOUT ROWID;"
        "INSERT INTO suppression SELECT token, channel, purpose, reason, since, last FROM old;"
        "DROP TABLE old; PRAGMA user_version = 2");
    const auto store = open(Mode::kReadOnly);
    EXPECT_EQ(all(*store), before);
    int count = 0;
    ASSERT_TRUE(store->for_each_suppression([&](const Suppression& one) {
        EXPECT_EQ(one.scope.brand, "");
        EXPECT_FALSE(one.until);
        ++count;
    }));
    EXPECT_GT(count, 0);
    EXPECT_EQ(verify_error(), "no error");
}

TEST_F(SqliteStoreTest, AReadOnlyStoreReadsAndRefusesToWrite) {
    fill();
    const auto store = open(Mode::kReadOnly);
    const Error why = store->append({{sample_event(0, "new")}}).error();
    EXPECT_EQ(why.code, ErrorCode::kBroken);
    EXPECT_EQ(why.message.id, "store.read_only");
    EXPECT_EQ(store->count().value(), 40U);
}

TEST_F(SqliteStoreTest, AStoreThatIsInUseSaysTryAgain) {
    fill();
    const auto store =
        open_ledger_store(files_, Mode::kReadWrite, std::chrono::milliseconds{1}).value();
    sqlite3* other = nullptr;
    ASSERT_EQ(sqlite3_open(files_.database.c_str(), &other), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    const Error why = store->append({{sample_event(0, "new")}}).error();
    EXPECT_EQ(why.code, ErrorCode::kBusy);
    EXPECT_EQ(why.message.id, "store.locked");
    EXPECT_EQ(store->count().value(), 40U);  // reading goes on
    sqlite3_close(other);
    EXPECT_EQ(store->append({{sample_event(0, "new")}}).value().added, 1U);
}

TEST_F(SqliteStoreTest, TwoWritersKeepOneChain) {
    fill();
    const auto one = open(Mode::kReadWrite);
    const auto other = open(Mode::kReadWrite);
    for (int i = 0; i < 10; ++i) {
        EXPECT_TRUE(one->append({{sample_event(0, "one" + std::to_string(i))}}));
        EXPECT_TRUE(other->append({{sample_event(0, "other" + std::to_string(i))}}));
    }
    EXPECT_EQ(verify().value().events, 60U);
}

TEST_F(SqliteStoreTest, AVisitorMayWriteWhileItReads) {
    fill();
    const auto store = open(Mode::kReadWrite);
    int seen = 0;
    EXPECT_TRUE(store->for_each(Which::kAll, [&](const Event&) {
        if (seen++ < 5) {
            EXPECT_TRUE(store->append({{sample_event(0, "new")}}));
        }
    }));
    EXPECT_GE(seen, 40);
    EXPECT_EQ(store->count().value(), 41U);
}

// --- damage

TEST_F(SqliteStoreTest, ATruncatedFileIsFoundWhenItIsOpened) {
    fill();
    const std::string whole = bytes();
    for (const std::size_t size : {whole.size() - 4096, whole.size() / 2, std::size_t{4096},
                                   std::size_t{100}, std::size_t{16}}) {
        set_bytes(whole.substr(0, size));
        const std::string why = open_error(Mode::kReadWrite);
        EXPECT_TRUE(why == "store.corrupt" || why == "store.not_a_database") << size << why;
    }
}

TEST_F(SqliteStoreTest, AFileThatIsCutWithinItsLastPageIsFoundIfAnythingIsLost) {
    fill();
    const std::string whole = bytes();
    const std::vector<Event> expected = all(*open(Mode::kReadOnly));
    for (std::size_t lost = 1; lost < 4096; lost += 500) {
        set_bytes(whole.substr(0, whole.size() - lost));
        if (!verify()) continue;
        EXPECT_EQ(all(*open(Mode::kReadOnly)), expected) << lost;
    }
}

TEST_F(SqliteStoreTest, NoFlippedByteChangesWhatIsReadUnnoticed) {
    fill();
    const std::string whole = bytes();
    const std::vector<Event> expected = all(*open(Mode::kReadOnly));
    std::vector<Token> everybody;
    for (const Event& event : expected) everybody.push_back(event.person);
    int found = 0;
    const std::size_t step = std::getenv("LICET_SOAK") != nullptr ? 1 : 61;
    for (std::size_t place = 0; place < whole.size(); place += place < 120 ? 1 : step) {
        std::string damaged = whole;
        damaged[place] = static_cast<char>(~damaged[place]);
        set_bytes(damaged);
        if (!verify()) {
            ++found;
            continue;
        }
        const auto store = open(Mode::kReadOnly);
        EXPECT_EQ(all(*store), expected) << place;
        std::vector<Event> read;
        const auto stored = store->events_of(everybody).value();
        for (const StoredEvent& one : stored) read.push_back(one.event);
        EXPECT_EQ(read, expected) << place;
    }
    EXPECT_GT(found, 100);
}

TEST_F(SqliteStoreTest, OpeningFindsAHeaderASchemaOrAHeadThatIsNotAsItShouldBe) {
    fill();
    const std::string whole = bytes();
    const auto after = [&](const std::string& sql) {
        set_bytes(whole);
        run_sql(sql);
        return open_error(Mode::kReadWrite);
    };
    EXPECT_EQ(after("SELECT 1"), "no error");
    EXPECT_EQ(after("DELETE FROM head WHERE part = 1"), "store.corrupt");
    EXPECT_EQ(after("UPDATE head SET seq = seq + 1 WHERE part = 1"), "store.corrupt");
    EXPECT_EQ(after("UPDATE head SET hash = x'00'"), "store.corrupt");
    EXPECT_EQ(after("DELETE FROM event WHERE part = 2 AND seq = 13"), "store.corrupt");
    EXPECT_EQ(after("UPDATE event SET part = 300 WHERE part = 2"), "store.corrupt");
    EXPECT_EQ(after("DROP TABLE suppression"), "store.corrupt");
    EXPECT_EQ(after("DELETE FROM replayed"), "store.corrupt");
    EXPECT_EQ(after("UPDATE replayed SET era = 7"), "person_keys.older");
    EXPECT_EQ(after("UPDATE replayed SET lines = 7"), "erasure.cut");
    EXPECT_EQ(after("CREATE TABLE more(x)"), "store.corrupt");
    EXPECT_EQ(after("CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM suppression; END"),
              "store.corrupt");
    EXPECT_EQ(after("PRAGMA application_id = 0"), "store.not_a_database");
}

TEST_F(SqliteStoreTest, VerifyingNamesTheFirstEntryThatIsNotWhatWasWritten) {
    fill();
    const auto whole = copy();
    const auto after = [&](const std::string& sql) { return verify_error_after(whole, sql); };
    EXPECT_EQ(after("SELECT 1"), "no error");
    EXPECT_EQ(after("UPDATE event SET kind = 7 WHERE part = 1 AND seq = 2"), "store.tampered");
    EXPECT_EQ(after("UPDATE event SET name = zeroblob(16) WHERE part = 1 AND seq = 2"),
              "store.tampered");
    EXPECT_EQ(after("UPDATE head SET hash = zeroblob(32) WHERE part = 1"), "store.tampered");
    EXPECT_EQ(after("DELETE FROM suppression"), "store.suppressions_changed");
    EXPECT_EQ(after("UPDATE suppression SET since = since + 1"), "store.suppressions_changed");
    EXPECT_EQ(after("DELETE FROM event WHERE part = 1 AND seq = 5"), "store.tampered");
    const Error why = verify().error();
    EXPECT_EQ(why.message, Message("store.tampered", {{"partition", "1"}, {"sequence", "5"}}));
    EXPECT_EQ(why.where, files_.database);
    // Two entries change places: each is sound, their order is not.
    EXPECT_EQ(after("UPDATE event SET seq = 1000 WHERE part = 0 AND seq = 3;"
                    "UPDATE event SET seq = 3 WHERE part = 0 AND seq = 4;"
                    "UPDATE event SET seq = 4 WHERE part = 0 AND seq = 1000"),
              "store.tampered");
}

TEST_F(SqliteStoreTest, AnUnreadableEventIsAnErrorWhereverItIsRead) {
    fill();
    run_sql("UPDATE event SET sealed = x'FF' WHERE part = 1 AND seq = 2");
    const auto store = open(Mode::kReadWrite);
    EXPECT_EQ(store->for_each(Which::kAll, [](const Event&) {}).error().message.id,
              "store.corrupt");
    const Token person = sample_event(1, "").person;
    EXPECT_EQ(store->events_of({{person}}).error().message.id, "store.corrupt");
    EXPECT_EQ(store->append({{sample_event(2, "new")}}).value().added, 1U);
}

// --- a full disk

// Runs in a child whose files may not grow beyond `limit_bytes`: to the library that is a disk
// without room. Answers through the exit status, because the limit holds for the whole process.
int append_until_full(const LedgerFiles& files, rlim_t limit_bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{limit_bytes, limit_bytes};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
    const auto store = open_ledger_store(files, Mode::kReadWrite).value();
    for (int i = 0; i < 10'000; ++i) {
        Event event = sample_event(9, "full" + std::to_string(i), EventKind::kObjectionRecorded);
        event.attributes["pad"] = std::string(2000, 'x');
        const auto answer = store->append({{event}});
        if (answer) continue;
        if (answer.error().message.id != "store.full") return 2;
        // What was acknowledged is there, and what was not is not.
        if (store->events_of({{event.person}}).value().size() != static_cast<std::size_t>(i))
            return 3;
        return i > 0 ? 0 : 4;
    }
    return 5;
}

TEST_F(SqliteStoreTest, AFullDiskIsNamedAndEarlierEventsAreIntact) {
    fill();
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) _exit(append_until_full(files_, 200'000));
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
    // With room again, everything goes on.
    EXPECT_GT(verify().value().events, 40U);
    const auto store = open(Mode::kReadWrite);
    EXPECT_EQ(store->append({{sample_event(9, "room again")}}).value().added, 1U);
    EXPECT_EQ(store->append({{sample_event(0, "0", EventKind::kObjectionRecorded)}}).value(),
              (Appended{0, 1}));
}

}  // namespace
}  // namespace licet::store
