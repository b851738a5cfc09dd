// SPDX-License-Identifier: Apache-2.0
//
// The schema `licet` of a PostgreSQL database (docs/ledger-format.md, section 12): made, checked.
#include <array>
#include <tuple>

#include "base/text.h"
#include "store/internal/postgres.h"
#include "store/internal/schema.h"
#include "store/internal/tables.h"

namespace licet::store {
namespace {

constexpr std::int64_t kFormat = 5;
constexpr std::int64_t kOldestUpgradable = 3;

// Whole numbers are BIGINT and all else is bytes: no collation, no encoding, no zero that ends a
// text. No sequence, trigger, foreign key or default, so that databases which spread rows over
// machines can keep them.
struct Table {
    std::string_view name;
    std::string_view columns;  ///< as information_schema tells them
    std::string_view key;
};
constexpr std::array<Table, 8> kTables = {{
    {"checkpoint", "size bigint, signed_at bigint, note bytea, timestamp bytea", "size"},
    {"event",
     "part bigint, seq bigint, person bytea, name bytea, kind bigint, era bigint, commitment "
     "bytea, "
     "sealed bytea",
     "part, seq"},
    {"format", "number bigint", "number"},
    {"head", "part bigint, seq bigint, hash bytea", "part"},
    {"replayed", "lines bigint, era bigint, layer bigint, tenant bigint, persons bigint", "lines"},
    {"run", "part bigint, last bigint, first bigint, number bigint, hash bytea", "part, last"},
    {"suppression",
     "token bytea, brand bytea, channel bytea, purpose bytea, reason bytea, since bigint, "
     "last bigint, until bigint",
     "token, brand, channel, purpose"},
    {"tile", "level bigint, place bigint, hashes bytea", "level, place"},
}};

bool is_upgradable(std::int64_t format) { return format >= kOldestUpgradable && format < kFormat; }

std::string creation_of(const Table& table) {
    std::string columns;
    for (const std::string_view column : split(table.columns, ',')) {
        const std::string_view one = trimmed(column);
        const std::size_t blank = one.find(' ');
        columns += "\"" + std::string(one.substr(0, blank)) + "\"" +
                   std::string(one.substr(blank)) + " NOT NULL, ";
    }
    const std::string_view unique = table.name == "event" ? ", UNIQUE(part, person, name)" : "";
    return "CREATE TABLE " + std::string(table.name) + "(" + columns + "PRIMARY KEY(" +
           std::string(table.key) + ")" + std::string(unique) + ")";
}

Result<bool> has_ledger(Connection& connection) {
    const auto count = LICET_TRY(connection.number(
        "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'licet'"));
    return count > 0;
}

Result<Done> check_format(Connection& connection) {
    if (!LICET_TRY(has_ledger(connection)))
        return error(ErrorCode::kMissing, "store.missing", {}, connection.path());
    const auto format = LICET_TRY(connection.number("SELECT max(number) FROM format"));
    if (format != kFormat)
        return error(ErrorCode::kBroken,
                     format > kFormat ? "store.newer_version" : "store.older_version",
                     {{"found", std::to_string(format)}, {"expected", std::to_string(kFormat)}},
                     connection.path());
    Statement columns = LICET_TRY(connection.prepare(
        "SELECT CAST(table_name AS text), CAST(column_name AS text), CAST(data_type AS text) "
        "FROM information_schema.columns "
        "WHERE table_schema = 'licet' ORDER BY CAST(table_name AS text) COLLATE \"C\", "
        "ordinal_position"));
    std::string found;
    while (true) {
        const bool has_row = LICET_TRY(columns.step());
        if (!has_row) break;
        found += std::string(columns.text(0)) + " " + std::string(columns.text(1)) + " " +
                 std::string(columns.text(2)) + "\n";
    }
    std::string expected;
    for (const Table& table : kTables)
        for (const std::string_view column : split(table.columns, ','))
            expected += std::string(table.name) + " " + std::string(trimmed(column)) + "\n";
    if (found != expected) return broken("store.corrupt", connection.path());
    // A trigger or a rule could delete what must never be deleted: nothing may be there that is
    // not ours.
    const auto foreign = LICET_TRY(connection.number(
        "SELECT (SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE "
        "c.relnamespace = 'licet'::regnamespace AND NOT t.tgisinternal) + (SELECT count(*) FROM "
        "pg_rules WHERE schemaname = 'licet')"));
    if (foreign != 0) return broken("store.corrupt", connection.path());
    return Done{};
}

// Format 3 had no layer over tokens, format 4 did not name its keys. Nothing is lost, so nobody is
// asked.
Result<Done> upgrade(const std::string& address, std::chrono::milliseconds patience) {
    const auto connection = LICET_TRY(server_connection(address, Mode::kReadWrite, patience));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kWrite));
    LICET_TRY(connection->run("LOCK TABLE format IN ACCESS EXCLUSIVE MODE"));
    const auto format = LICET_TRY(connection->number("SELECT max(number) FROM format"));
    if (!is_upgradable(format)) return Done{};  // another program was faster
    const auto add = [&](const std::string& column) -> Result<Done> {
        LICET_TRY(connection->run("ALTER TABLE replayed ADD COLUMN " + column +
                                  " bigint NOT NULL DEFAULT 0"));
        return connection->run("ALTER TABLE replayed ALTER COLUMN " + column + " DROP DEFAULT");
    };
    if (format == kOldestUpgradable) LICET_TRY(add("layer"));
    LICET_TRY(add("tenant"));
    LICET_TRY(add("persons"));
    LICET_TRY(connection->run("UPDATE format SET number = " + std::to_string(kFormat)));
    return transaction.commit();
}

// The last event of each partition is the one that its head names, and there are no others.
Result<Done> check_heads(Connection& connection) {
    const auto wrong = LICET_TRY(connection.number(
        "SELECT count(*) FROM head WHERE seq <> coalesce((SELECT max(event.seq) FROM event WHERE "
        "event.part = head.part), 0)"));
    const auto heads = LICET_TRY(connection.number("SELECT count(*) FROM head"));
    const auto first = LICET_TRY(connection.number("SELECT coalesce(min(part), 0) FROM event"));
    const auto last = LICET_TRY(connection.number("SELECT coalesce(max(part), 0) FROM event"));
    if (wrong != 0 || heads != ledger::kPartitions || first < 0 || last >= ledger::kPartitions)
        return broken("store.corrupt", connection.path());
    return Done{};
}

}  // namespace

// A head waits for each partition, so that it can be locked before the first event is there.
Result<Done> make_server_schema(Connection& connection, std::uint64_t layer) {
    if (LICET_TRY(has_ledger(connection)))
        return error(ErrorCode::kInput, "store.exists", {}, connection.path());
    LICET_TRY(connection.run("CREATE SCHEMA IF NOT EXISTS licet"));
    for (const Table& table : kTables) LICET_TRY(connection.run(creation_of(table)));
    LICET_TRY(connection.run("INSERT INTO format(number) VALUES(" + std::to_string(kFormat) + ")"));
    LICET_TRY(
        connection.run("INSERT INTO replayed(lines, era, layer, tenant, persons) VALUES(0, 1, " +
                       std::to_string(static_cast<std::int64_t>(layer)) + ", 0, 0)"));
    Statement head =
        LICET_TRY(connection.prepare("INSERT INTO head(part, seq, hash) VALUES(?, 0, ?)"));
    const Digest nothing{};
    for (std::uint32_t part = 0; part < ledger::kPartitions; ++part) {
        head.bind(1, std::int64_t{part});
        head.bind(2, std::span<const std::uint8_t>(nothing));
        LICET_TRY(head.send());
    }
    return connection.settle();
}

Result<std::unique_ptr<Connection>> server_connection(const std::string& address, Mode mode,
                                                      std::chrono::milliseconds patience) {
    auto connection =
        LICET_TRY(PostgresConnection::open(address, {mode == Mode::kReadOnly, patience}));
    return std::unique_ptr<Connection>(std::move(connection));
}

Result<std::unique_ptr<Connection>> checked_server(const std::string& address, Mode mode,
                                                   std::chrono::milliseconds patience,
                                                   std::uint64_t layer) {
    auto connection = LICET_TRY(server_connection(address, mode, patience));
    if (mode == Mode::kCreate) {
        // All or nothing: whoever comes meanwhile finds no ledger, or a whole one.
        Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kWrite));
        LICET_TRY(make_server_schema(*connection, layer));
        LICET_TRY(transaction.commit());
    }
    const bool is_old =
        LICET_TRY(has_ledger(*connection)) &&
        is_upgradable(LICET_TRY(connection->number("SELECT max(number) FROM format")));
    if (is_old) LICET_TRY(upgrade(address, patience));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kRead));
    LICET_TRY(check_format(*connection));
    LICET_TRY(check_heads(*connection));
    LICET_TRY(transaction.commit());
    return connection;
}

}  // namespace licet::store
