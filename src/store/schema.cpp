// SPDX-License-Identifier: Apache-2.0
#include "store/internal/schema.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "ledger/merkle.h"

namespace licet::store {
namespace {

// docs/ledger-format.md, "The SQLite file". Never change or reuse a number.
constexpr std::int64_t kApplicationId = 0x4c494354;
constexpr std::int64_t kFormat = 3;
constexpr std::int64_t kUpgradable = 2;

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
     "CREATE TABLE replayed(lines INTEGER NOT NULL, era INTEGER NOT NULL, PRIMARY KEY(lines)) "
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

Result<Done> make_schema(Connection& connection) {
    LICET_TRY(connection.run("PRAGMA journal_mode = WAL"));
    LICET_TRY(connection.run("PRAGMA synchronous = FULL"));
    Transaction transaction = LICET_TRY(Transaction::begin(connection, "immediate"));
    for (const Table& table : kTables) LICET_TRY(connection.run(std::string(table.sql)));
    LICET_TRY(connection.run("INSERT INTO replayed(lines, era) VALUES(0, 1)"));
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

// Format 2 had suppressions without brand and end. Nothing is lost, so nobody is asked.
Result<Done> upgrade(const std::string& path, std::chrono::milliseconds patience) {
    const auto connection = LICET_TRY(Connection::open(path, SQLITE_OPEN_READWRITE, patience));
    if (connection->is_read_only()) return Done{};  // check_format() says what is the matter
    LICET_TRY(connection->run("PRAGMA synchronous = FULL"));
    LICET_TRY(connection->run("PRAGMA secure_delete = ON"));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, "immediate"));
    const auto format = LICET_TRY(connection->number("PRAGMA user_version"));
    if (format != kUpgradable) return Done{};  // another program was faster
    LICET_TRY(connection->run("ALTER TABLE suppression RENAME TO suppression_2"));
    for (const Table& table : kTables)
        if (table.name == "suppression") LICET_TRY(connection->run(std::string(table.sql)));
    LICET_TRY(
        connection->run("INSERT INTO suppression SELECT token, '', channel, purpose, reason, "
                        "since, last, 0 FROM suppression_2"));
    LICET_TRY(connection->run("DROP TABLE suppression_2"));
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

template <std::size_t kSize>
bool copy_exactly(std::span<const std::uint8_t> from, std::array<std::uint8_t, kSize>& to) {
    if (from.size() != kSize) return false;
    std::copy(from.begin(), from.end(), to.begin());
    return true;
}

}  // namespace

Error broken(std::string_view id, const std::string& path) {
    return error(ErrorCode::kBroken, id, {}, path);
}

Error tampered(const std::string& path, const ledger::EventPlace& place) {
    return error(
        ErrorCode::kBroken, "store.tampered",
        {{"partition", std::to_string(place.part)}, {"sequence", std::to_string(place.seq)}}, path);
}

Result<ledger::Suppression> suppression_in(const Statement& row, const std::string& path) {
    ledger::Suppression out;
    const auto token = row.bytes(0);
    if (token.size() != out.person.bytes.size()) return broken("store.corrupt", path);
    std::copy(token.begin(), token.end(), out.person.bytes.begin());
    out.scope = {std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))};
    out.reason = row.text(4);
    out.since = date_of(row.number(5));
    out.last = date_of(row.number(6));
    if (row.number(7) != 0) out.until = date_of(row.number(7));
    return out;
}

void bind(Statement& row, const ledger::Suppression& one) {
    row.bind(1, std::span<const std::uint8_t>(one.person.bytes));
    row.bind(2, std::string_view(one.scope.brand));
    row.bind(3, std::string_view(one.scope.channel));
    row.bind(4, std::string_view(one.scope.purpose));
    row.bind(5, std::string_view(one.reason));
    row.bind(6, days_of(one.since));
    row.bind(7, days_of(one.last));
    row.bind(8, one.until ? days_of(*one.until) : 0);
}

ledger::Token EventRow::token() const {
    ledger::Token out;
    LICET_ENSURE(person.size() == out.bytes.size());
    std::copy(person.begin(), person.end(), out.bytes.begin());
    return out;
}

std::span<const std::uint8_t> bytes_of_text(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Digest EventRow::sealed_digest() const {
    if (!is_erased()) return sha256(event.sealed);
    Digest digest{};
    std::copy(event.sealed.begin(), event.sealed.end(), digest.begin());
    return digest;
}

ledger::Entry EventRow::entry() const {
    return ledger::entry_of(place.part, place.seq, event.commitment, sealed_digest());
}

Result<EventRow> event_row(const Statement& rows, const std::string& path) {
    EventRow row;
    row.place = {static_cast<std::uint32_t>(rows.number(0)), rows.number(1)};
    const auto person = rows.bytes(2);
    const auto sealed = rows.bytes(7);
    row.kind = static_cast<std::uint8_t>(rows.number(4));
    row.era = static_cast<ledger::Era>(rows.number(5));
    const bool is_sound = copy_exactly(rows.bytes(3), row.event.name) &&
                          copy_exactly(rows.bytes(6), row.event.commitment) &&
                          rows.number(4) == row.kind && rows.number(5) == row.era &&
                          person.size() == (row.is_erased() ? 0 : sizeof(ledger::Token)) &&
                          (!row.is_erased() || (row.kind == 0 && sealed.size() == sizeof(Digest)));
    if (!is_sound) return broken("store.corrupt", path);
    row.person.assign(person.begin(), person.end());
    row.event.sealed.assign(sealed.begin(), sealed.end());
    return row;
}

Result<Heads> heads_of(Connection& connection) {
    Heads heads;
    Statement rows = LICET_TRY(connection.prepare("SELECT part, seq, hash FROM head"));
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return heads;
        const std::int64_t part = rows.number(0);
        ledger::Head head{rows.number(1), {}};
        const auto hash = rows.bytes(2);
        if (part < 0 || part >= ledger::kPartitions || head.seq < 1 ||
            hash.size() != head.hash.size())
            return broken("store.corrupt", connection.path());
        std::copy(hash.begin(), hash.end(), head.hash.begin());
        heads.emplace(static_cast<std::uint32_t>(part), head);
    }
}

Result<std::unique_ptr<Connection>> checked_connection(const std::string& path, Mode mode,
                                                       std::chrono::milliseconds patience) {
    if (mode == Mode::kCreate) {
        LICET_TRY(make_file(path));
    } else {
        LICET_TRY(check_file(path));
    }
    const int flags = mode == Mode::kReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    auto connection = LICET_TRY(Connection::open(path, flags, patience));
    // Where the system allows reading alone, the library falls back to it without a word.
    if (mode != Mode::kReadOnly && connection->is_read_only())
        return broken("store.read_only", path);
    if (mode == Mode::kCreate) LICET_TRY(make_schema(*connection));
    const auto application = LICET_TRY(connection->number("PRAGMA application_id"));
    const auto format = LICET_TRY(connection->number("PRAGMA user_version"));
    if (application == kApplicationId && format == kUpgradable) LICET_TRY(upgrade(path, patience));
    LICET_TRY(connection->run("PRAGMA synchronous = FULL"));
    // What is erased must not stay in free pages.
    LICET_TRY(connection->run("PRAGMA secure_delete = ON"));
    if (mode == Mode::kReadOnly) LICET_TRY(connection->run("PRAGMA query_only = 1"));
    // At one moment: a writer that is at work meanwhile must not look like damage.
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, "deferred"));
    LICET_TRY(check_format(*connection));
    LICET_TRY(check_heads(*connection));
    LICET_TRY(transaction.commit());
    return connection;
}

}  // namespace licet::store
