// SPDX-License-Identifier: Apache-2.0
#include "store/internal/schema.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "store/internal/sqlite.h"
#include "store/internal/tables.h"

namespace licet::store {
namespace {

// docs/ledger-format.md, "The SQLite file". Never change or reuse a number.
constexpr std::int64_t kApplicationId = 0x4c494354;
constexpr std::int64_t kFormat = 5;
constexpr std::int64_t kOldestUpgradable = 2;
constexpr std::int64_t kLastWithoutLayer = 3;

// The texts are compared with what the file says, so a blank more is another format.
// The unique key leads with part and person and so serves the look-up by person too.
struct Table {
    std::string_view name;
    std::string_view sql;
};
constexpr std::array<Table, 7> kTables = {{
    {"checkpoint",
     "CREATE TABLE checkpoint(size INTEGER NOT NULL, signed_at INTEGER NOT NULL, "
     "note TEXT NOT NULL, timestamp BLOB NOT NULL, PRIMARY KEY(size)) STRICT, WITHOUT ROWID"},
    {"event",
     "CREATE TABLE event(part INTEGER NOT NULL, seq INTEGER NOT NULL, person BLOB NOT NULL, "
     "name BLOB NOT NULL, kind INTEGER NOT NULL, era INTEGER NOT NULL, commitment BLOB NOT NULL, "
     "sealed BLOB NOT NULL, PRIMARY KEY(part, seq), UNIQUE(part, person, name)) "
     "STRICT, WITHOUT ROWID"},
    {"head",
     "CREATE TABLE head(part INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, "
     "PRIMARY KEY(part)) STRICT, WITHOUT ROWID"},
    {"replayed",
     "CREATE TABLE replayed(lines INTEGER NOT NULL, era INTEGER NOT NULL, layer INTEGER NOT NULL, "
     "tenant INTEGER NOT NULL, persons INTEGER NOT NULL, PRIMARY KEY(lines)) "
     "STRICT, WITHOUT ROWID"},
    {"run",
     "CREATE TABLE run(part INTEGER NOT NULL, last INTEGER NOT NULL, first INTEGER NOT NULL, "
     "number INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(part, last)) "
     "STRICT, WITHOUT ROWID"},
    {"suppression",
     "CREATE TABLE suppression(token BLOB NOT NULL, brand TEXT NOT NULL, channel TEXT NOT NULL, "
     "purpose TEXT NOT NULL, reason TEXT NOT NULL, since INTEGER NOT NULL, last INTEGER NOT NULL, "
     "until INTEGER NOT NULL, PRIMARY KEY(token, brand, channel, purpose)) STRICT, WITHOUT ROWID"},
    {"tile",
     "CREATE TABLE tile(level INTEGER NOT NULL, place INTEGER NOT NULL, hashes BLOB NOT NULL, "
     "PRIMARY KEY(level, place)) STRICT, WITHOUT ROWID"},
}};

Result<Done> make_file(const std::string& path) {
    // Before the library sees it, so that the file is never, not even for a moment, open to others.
    // The library gives its own files beside it the same mode.
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0) {
        ::close(file);
        return Done{};
    }
    struct stat status {};
    const bool is_left_over = errno == EEXIST && ::stat(path.c_str(), &status) == 0 &&
                              S_ISREG(status.st_mode) && status.st_size == 0;
    // An empty file is what a creation that was cut off leaves.
    if (is_left_over) return Done{};
    if (errno == EEXIST) return error(ErrorCode::kInput, "store.exists", {}, path);
    if (errno == ENOSPC || errno == EDQUOT) return broken("store.full", path);
    return error(ErrorCode::kBroken, "store.cannot_open", {{"code", std::to_string(errno)}}, path);
}

Result<Done> make_schema(Connection& connection, std::uint64_t layer) {
    LICET_TRY(connection.run("PRAGMA journal_mode = WAL"));
    LICET_TRY(connection.run("PRAGMA synchronous = FULL"));
    Transaction transaction = LICET_TRY(Transaction::begin(connection, Access::kWrite));
    for (const Table& table : kTables) LICET_TRY(connection.run(std::string(table.sql)));
    LICET_TRY(
        connection.run("INSERT INTO replayed(lines, era, layer, tenant, persons) VALUES(0, 1, " +
                       std::to_string(static_cast<std::int64_t>(layer)) + ", 0, 0)"));
    LICET_TRY(connection.run("PRAGMA application_id = " + std::to_string(kApplicationId)));
    LICET_TRY(connection.run("PRAGMA user_version = " + std::to_string(kFormat)));
    return transaction.commit();
}

Result<Done> check_file(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return error(ErrorCode::kMissing, "store.missing", {}, path);
        return error(ErrorCode::kBroken, "store.cannot_open", {{"code", std::to_string(errno)}},
                     path);
    }
    // To the library an empty file is an empty database; to us it is not a ledger.
    if (!S_ISREG(status.st_mode) || status.st_size == 0)
        return error(ErrorCode::kInput, "store.not_a_database", {}, path);
    return Done{};
}

bool is_upgradable(std::int64_t format) { return format >= kOldestUpgradable && format < kFormat; }

// Makes a table as it is now and fills it from what it was.
Result<Done> make_anew(Connection& connection, std::string_view name, const std::string& values) {
    const std::string before = std::string(name) + "_before";
    LICET_TRY(connection.run("ALTER TABLE " + std::string(name) + " RENAME TO " + before));
    for (const Table& table : kTables)
        if (table.name == name) LICET_TRY(connection.run(std::string(table.sql)));
    LICET_TRY(connection.run("INSERT INTO " + std::string(name) + " SELECT " + values + " FROM " +
                             before));
    return connection.run("DROP TABLE " + before);
}

// Format 2 had suppressions without brand and end, format 3 no layer over tokens, format 4 did not
// name its keys. Nothing is lost, so nobody is asked.
Result<Done> upgrade(const std::string& path, std::chrono::milliseconds patience) {
    const auto connection =
        LICET_TRY(SqliteConnection::open(path, SQLITE_OPEN_READWRITE, patience));
    if (connection->is_read_only()) return Done{};  // check_format() says what is the matter
    LICET_TRY(connection->run("PRAGMA synchronous = FULL"));
    LICET_TRY(connection->run("PRAGMA secure_delete = ON"));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kWrite));
    const auto format = LICET_TRY(connection->number("PRAGMA user_version"));
    if (!is_upgradable(format)) return Done{};  // another program was faster
    if (format == kOldestUpgradable)
        LICET_TRY(make_anew(*connection, "suppression",
                            "token, '', channel, purpose, reason, since, last, 0"));
    const bool has_layer = format > kLastWithoutLayer;
    LICET_TRY(make_anew(*connection, "replayed",
                        has_layer ? "lines, era, layer, 0, 0" : "lines, era, 0, 0, 0"));
    LICET_TRY(connection->run("PRAGMA user_version = " + std::to_string(kFormat)));
    return transaction.commit();
}

Result<Done> check_format(Connection& connection) {
    const std::string& path = connection.path();
    const auto application = LICET_TRY(connection.number("PRAGMA application_id"));
    if (application != kApplicationId)
        return error(ErrorCode::kInput, "store.not_a_database", {}, path);
    const auto format = LICET_TRY(connection.number("PRAGMA user_version"));
    if (format != kFormat)
        return error(
            ErrorCode::kBroken, format > kFormat ? "store.newer_version" : "store.older_version",
            {{"found", std::to_string(format)}, {"expected", std::to_string(kFormat)}}, path);
    // A trigger could delete what must never be deleted: nothing may be there that is not ours.
    Statement schema = LICET_TRY(connection.prepare(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' "
        "ESCAPE '\\' ORDER BY name"));
    for (const Table& table : kTables) {
        const bool has_row = LICET_TRY(schema.step());
        if (!has_row || schema.text(0) != table.name || schema.text(1) != table.sql)
            return broken("store.corrupt", path);
    }
    const bool has_more = LICET_TRY(schema.step());
    if (has_more) return broken("store.corrupt", path);
    return Done{};
}

// The last event of each partition is the one that its head names, and there are no others.
Result<Done> check_heads(Connection& connection) {
    const auto heads = LICET_TRY(heads_of(connection));
    Statement last = LICET_TRY(
        connection.prepare("SELECT seq FROM event WHERE part = ? ORDER BY seq DESC LIMIT 1"));
    for (std::uint32_t part = 0; part < ledger::kPartitions; ++part) {
        const auto head = heads.find(part);
        last.bind(1, std::int64_t{part});
        const bool has_row = LICET_TRY(last.step());
        const std::int64_t seq = has_row ? last.number(0) : 0;
        if (seq != (head == heads.end() ? 0 : head->second.seq))
            return broken("store.corrupt", connection.path());
        if (has_row) LICET_TRY(last.run());
    }
    const auto outside =
        LICET_TRY(connection.number("SELECT EXISTS(SELECT 1 FROM event WHERE part < 0) + "
                                    "EXISTS(SELECT 1 FROM event WHERE part >= " +
                                    std::to_string(ledger::kPartitions) + ")"));
    if (outside != 0) return broken("store.corrupt", connection.path());
    return Done{};
}

}  // namespace

Result<std::unique_ptr<Connection>> checked_sqlite(const std::string& path, Mode mode,
                                                   std::chrono::milliseconds patience,
                                                   std::uint64_t layer) {
    if (mode == Mode::kCreate) {
        LICET_TRY(make_file(path));
    } else {
        LICET_TRY(check_file(path));
    }
    const int flags = mode == Mode::kReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    auto connection = LICET_TRY(SqliteConnection::open(path, flags, patience));
    // Where the system allows reading alone, the library falls back to it without a word.
    if (mode != Mode::kReadOnly && connection->is_read_only())
        return broken("store.read_only", path);
    if (mode == Mode::kCreate) LICET_TRY(make_schema(*connection, layer));
    const auto application = LICET_TRY(connection->number("PRAGMA application_id"));
    const auto format = LICET_TRY(connection->number("PRAGMA user_version"));
    if (application == kApplicationId && is_upgradable(format)) LICET_TRY(upgrade(path, patience));
    LICET_TRY(connection->run("PRAGMA synchronous = FULL"));
    // Tokens are random, so each event changes other pages: they are kept at hand, and a page that
    // several batches change is moved from the log into the file once.
    LICET_TRY(connection->run("PRAGMA cache_size = -131072"));        // KiB
    LICET_TRY(connection->run("PRAGMA wal_autocheckpoint = 16384"));  // pages of 4 KiB
    // What is erased must not stay in free pages.
    LICET_TRY(connection->run("PRAGMA secure_delete = ON"));
    if (mode == Mode::kReadOnly) LICET_TRY(connection->run("PRAGMA query_only = 1"));
    // At one moment: a writer that is at work meanwhile must not look like damage.
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kRead));
    LICET_TRY(check_format(*connection));
    LICET_TRY(check_heads(*connection));
    LICET_TRY(transaction.commit());
    return std::unique_ptr<Connection>(std::move(connection));
}

}  // namespace licet::store
