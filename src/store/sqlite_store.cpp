// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <optional>
#include <set>

#include "base/digest.h"
#include "store/internal/sqlite.h"

namespace licet::store {
namespace {

using ledger::Appended;
using ledger::Event;
using ledger::EventKind;
using ledger::Token;

// docs/ledger-format.md, "The SQLite file". Never change or reuse a number.
constexpr std::int64_t kApplicationId = 0x4c494354;
constexpr std::int64_t kFormat = 1;
constexpr std::uint8_t kChainPrefix = 0x01;

// The texts are compared with what the file says, so a blank more is another format.
// The unique key leads with part and person and so serves the look-up by person too.
struct Table {
    std::string_view name;
    std::string_view sql;
};
constexpr std::array<Table, 3> kTables = {{
    {"event",
     "CREATE TABLE event(part INTEGER NOT NULL, seq INTEGER NOT NULL, key BLOB NOT NULL, "
     "person BLOB NOT NULL, kind INTEGER NOT NULL, happened_on INTEGER NOT NULL, "
     "received_at INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY(part, seq), "
     "UNIQUE(part, person, key)) STRICT, WITHOUT ROWID"},
    {"head",
     "CREATE TABLE head(part INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, "
     "PRIMARY KEY(part)) STRICT, WITHOUT ROWID"},
    {"suppression",
     "CREATE TABLE suppression(token BLOB NOT NULL, channel TEXT NOT NULL, purpose TEXT NOT NULL, "
     "reason TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY(token, channel, purpose)) "
     "STRICT, WITHOUT ROWID"},
}};

std::int64_t days_of(Date date) { return date.time_since_epoch().count(); }

std::span<const std::uint8_t> bytes_of_text(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// Number and hash of the last event of a partition.
struct Head {
    std::int64_t seq = 0;
    Digest hash{};
};

void put(std::vector<std::uint8_t>& out, std::uint64_t value, unsigned size_bytes) {
    for (unsigned shift = size_bytes * 8; shift > 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(value >> (shift - 8) & 0xFFU));
}

Head next(const Head& head, std::uint32_t part, std::span<const std::uint8_t> payload) {
    Head out{head.seq + 1, {}};
    std::vector<std::uint8_t> input;
    input.reserve(1 + head.hash.size() + 12 + payload.size());
    input.push_back(kChainPrefix);
    input.insert(input.end(), head.hash.begin(), head.hash.end());
    put(input, part, 4);
    put(input, static_cast<std::uint64_t>(out.seq), 8);
    input.insert(input.end(), payload.begin(), payload.end());
    out.hash = sha256(input);
    return out;
}

Error broken(std::string_view id, const std::string& path) {
    return error(ErrorCode::kBroken, id, {}, path);
}

// --- opening

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

Result<std::map<std::uint32_t, Head>> heads_of(Connection& connection) {
    std::map<std::uint32_t, Head> heads;
    Statement rows = LICET_TRY(connection.prepare("SELECT part, seq, hash FROM head"));
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return heads;
        const std::int64_t part = rows.number(0);
        Head head{rows.number(1), {}};
        const auto hash = rows.bytes(2);
        if (part < 0 || part >= ledger::kPartitions || head.seq < 1 ||
            hash.size() != head.hash.size())
            return broken("store.corrupt", connection.path());
        std::copy(hash.begin(), hash.end(), head.hash.begin());
        heads.emplace(static_cast<std::uint32_t>(part), head);
    }
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

// --- the store

class SqliteStore final : public ledger::Store {
  public:
    SqliteStore(std::unique_ptr<Connection> connection, bool may_write)
        : connection_(std::move(connection)), may_write_(may_write) {}

    Result<std::vector<Event>> events_of(std::span<const Token> tokens) override;
    Result<Done> for_each(const std::function<void(const Event&)>& visit) override;
    Result<std::uint64_t> count() override;
    Result<Appended> append(std::span<const Event> batch) override;

  private:
    struct Statements {
        Statement insert;
        Statement kind_of;
        Statement head;
        Statement put_head;
        Statement suppress;
    };
    using Heads = std::map<std::uint32_t, Head>;

    [[nodiscard]] Result<Done> prepare_statements();
    [[nodiscard]] Result<Done> load_head(std::uint32_t part, Heads& heads);
    [[nodiscard]] Result<bool> insert(const Event& event, Heads& heads);
    [[nodiscard]] Result<Done> refuse_other_kind(const Event& event);
    [[nodiscard]] Result<Done> suppress(const Event& event);
    [[nodiscard]] Result<Done> put_heads(const Heads& heads);

    // Declared in this order so that statements die before their connection.
    std::unique_ptr<Connection> connection_;
    bool may_write_;
    std::optional<Statement> by_person_;
    std::optional<Statements> statements_;
};

Result<Event> stored_event(std::span<const std::uint8_t> payload, const std::string& path) {
    auto event = ledger::event_of(payload);
    if (!event) return broken("store.corrupt", path);
    return event;
}

Result<std::vector<Event>> SqliteStore::events_of(std::span<const Token> tokens) {
    if (!by_person_)
        by_person_ = LICET_TRY(
            connection_->prepare("SELECT seq, payload FROM event WHERE part = ? AND person = ?"));
    // All tokens are read at one moment, so that an objection which is spread over several is seen
    // whole or not at all.
    Transaction transaction = LICET_TRY(Transaction::begin(*connection_, "deferred"));
    std::map<std::pair<std::uint32_t, std::int64_t>, Event> found;
    for (const Token& token : std::set<Token>(tokens.begin(), tokens.end())) {
        const std::uint32_t part = ledger::partition_of(token);
        by_person_->bind(1, std::int64_t{part});
        by_person_->bind(2, std::span<const std::uint8_t>(token.bytes));
        while (true) {
            const bool has_row = LICET_TRY(by_person_->step());
            if (!has_row) break;
            auto event = stored_event(by_person_->bytes(1), connection_->path());
            const std::pair place(part, by_person_->number(0));
            // A statement that stays in the middle of its rows would keep the transaction open.
            if (!event) {
                static_cast<void>(by_person_->run());
                return std::move(event).error();
            }
            found.emplace(place, std::move(event).value());
        }
    }
    LICET_TRY(transaction.commit());
    std::vector<Event> out;
    out.reserve(found.size());
    for (auto& [place, event] : found) out.push_back(std::move(event));
    return out;
}

Result<Done> SqliteStore::for_each(const std::function<void(const Event&)>& visit) {
    // A statement of its own: visitors may ask the store other things meanwhile.
    Statement rows =
        LICET_TRY(connection_->prepare("SELECT payload FROM event ORDER BY part, seq"));
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return Done{};
        const Event event = LICET_TRY(stored_event(rows.bytes(0), connection_->path()));
        visit(event);
    }
}

Result<std::uint64_t> SqliteStore::count() {
    // Numbers have no gaps, so the heads know; counting rows would read them all.
    const auto sum = LICET_TRY(connection_->number("SELECT coalesce(sum(seq), 0) FROM head"));
    return static_cast<std::uint64_t>(sum);
}

Result<Done> SqliteStore::prepare_statements() {
    if (statements_) return Done{};
    Statement insert = LICET_TRY(connection_->prepare(
        "INSERT INTO event(part, seq, key, person, kind, happened_on, received_at, payload) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(part, person, key) DO NOTHING"));
    Statement kind_of = LICET_TRY(
        connection_->prepare("SELECT kind FROM event WHERE part = ? AND person = ? AND key = ?"));
    Statement head = LICET_TRY(connection_->prepare("SELECT seq, hash FROM head WHERE part = ?"));
    Statement put_head = LICET_TRY(connection_->prepare(
        "INSERT INTO head(part, seq, hash) VALUES(?, ?, ?) ON CONFLICT(part) DO UPDATE SET "
        "seq = excluded.seq, hash = excluded.hash"));
    Statement suppress = LICET_TRY(connection_->prepare(
        "INSERT INTO suppression(token, channel, purpose, reason, since) VALUES(?, ?, ?, ?, ?) "
        "ON CONFLICT(token, channel, purpose) DO UPDATE SET since = min(since, excluded.since)"));
    statements_.emplace(Statements{std::move(insert), std::move(kind_of), std::move(head),
                                   std::move(put_head), std::move(suppress)});
    return Done{};
}

Result<Appended> SqliteStore::append(std::span<const Event> batch) {
    for (const Event& event : batch)
        if (event.key.empty()) return error(ErrorCode::kInput, "event.no_key");
    if (batch.empty()) return Appended{};
    if (!may_write_) return broken("store.read_only", connection_->path());
    LICET_TRY(prepare_statements());
    Transaction transaction = LICET_TRY(Transaction::begin(*connection_, "immediate"));
    Appended done;
    Heads heads;
    for (const Event& event : batch) {
        const bool is_new = LICET_TRY(insert(event, heads));
        if (is_new && event.kind == EventKind::kObjectionRecorded) LICET_TRY(suppress(event));
        ++(is_new ? done.added : done.already_there);
    }
    if (done.added > 0) LICET_TRY(put_heads(heads));
    // From here on the batch is durable or it is not there: the commit waits for the disk.
    LICET_TRY(transaction.commit());
    return done;
}

Result<Done> SqliteStore::load_head(std::uint32_t part, Heads& heads) {
    if (heads.contains(part)) return Done{};
    Statement& rows = statements_->head;
    rows.bind(1, std::int64_t{part});
    const bool has_row = LICET_TRY(rows.step());
    Head head;
    if (has_row) {
        head.seq = rows.number(0);
        const auto hash = rows.bytes(1);
        const bool is_whole = hash.size() == head.hash.size();
        if (is_whole) std::copy(hash.begin(), hash.end(), head.hash.begin());
        LICET_TRY(rows.run());
        if (!is_whole) return broken("store.corrupt", connection_->path());
    }
    heads.emplace(part, head);
    return Done{};
}

Result<bool> SqliteStore::insert(const Event& event, Heads& heads) {
    const std::uint32_t part = ledger::partition_of(event.person);
    LICET_TRY(load_head(part, heads));
    Head& head = heads.at(part);
    const std::vector<std::uint8_t> payload = ledger::bytes_of(event);
    Statement& row = statements_->insert;
    row.bind(1, std::int64_t{part});
    row.bind(2, head.seq + 1);
    row.bind(3, bytes_of_text(event.key));
    row.bind(4, std::span<const std::uint8_t>(event.person.bytes));
    row.bind(5, std::int64_t{static_cast<std::uint8_t>(event.kind)});
    row.bind(6, days_of(event.happened_on));
    row.bind(7, event.received_at);
    row.bind(8, std::span<const std::uint8_t>(payload));
    LICET_TRY(row.run());
    if (connection_->rows_changed() == 0) {
        LICET_TRY(refuse_other_kind(event));
        return false;
    }
    head = next(head, part, payload);
    return true;
}

// A key that is reused for another kind of event is no repeat. Taking it for one would lose the
// event, and that event may be an objection.
Result<Done> SqliteStore::refuse_other_kind(const Event& event) {
    Statement& rows = statements_->kind_of;
    rows.bind(1, std::int64_t{ledger::partition_of(event.person)});
    rows.bind(2, std::span<const std::uint8_t>(event.person.bytes));
    rows.bind(3, bytes_of_text(event.key));
    const bool has_row = LICET_TRY(rows.step());
    const std::int64_t kind = has_row ? rows.number(0) : 0;
    if (has_row) LICET_TRY(rows.run());
    if (kind != static_cast<std::uint8_t>(event.kind))
        return error(ErrorCode::kInput, "event.key_reused");
    return Done{};
}

Result<Done> SqliteStore::suppress(const Event& event) {
    const auto reason = event.attributes.find("reason");
    Statement& row = statements_->suppress;
    row.bind(1, std::span<const std::uint8_t>(event.person.bytes));
    row.bind(2, std::string_view(event.channel));
    row.bind(3, std::string_view(event.purpose));
    row.bind(4, reason == event.attributes.end() ? ledger::name_of(event.kind)
                                                 : std::string_view(reason->second));
    row.bind(5, days_of(event.happened_on));
    return row.run();
}

Result<Done> SqliteStore::put_heads(const Heads& heads) {
    Statement& row = statements_->put_head;
    for (const auto& [part, head] : heads) {
        if (head.seq == 0) continue;
        row.bind(1, std::int64_t{part});
        row.bind(2, head.seq);
        row.bind(3, std::span<const std::uint8_t>(head.hash));
        LICET_TRY(row.run());
    }
    return Done{};
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
    LICET_TRY(connection->run("PRAGMA synchronous = FULL"));
    if (mode == Mode::kReadOnly) LICET_TRY(connection->run("PRAGMA query_only = 1"));
    // At one moment: a writer that is at work meanwhile must not look like damage.
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, "deferred"));
    LICET_TRY(check_format(*connection));
    LICET_TRY(check_heads(*connection));
    LICET_TRY(transaction.commit());
    return connection;
}

// --- verifying

Error tampered(const std::string& path, std::uint32_t part, std::int64_t seq) {
    return error(ErrorCode::kBroken, "store.tampered",
                 {{"partition", std::to_string(part)}, {"sequence", std::to_string(seq)}}, path);
}

bool columns_repeat(const Statement& row, const Event& event, std::uint32_t part) {
    const auto key = bytes_of_text(event.key);
    return ledger::partition_of(event.person) == part && std::ranges::equal(row.bytes(2), key) &&
           std::ranges::equal(row.bytes(3), event.person.bytes) &&
           row.number(4) == static_cast<std::uint8_t>(event.kind) &&
           row.number(5) == days_of(event.happened_on) && row.number(6) == event.received_at;
}

Result<bool> is_suppressed(Statement& rows, const Event& event) {
    rows.bind(1, std::span<const std::uint8_t>(event.person.bytes));
    rows.bind(2, std::string_view(event.channel));
    rows.bind(3, std::string_view(event.purpose));
    const bool has_row = LICET_TRY(rows.step());
    const bool is_there = has_row && rows.number(0) <= days_of(event.happened_on);
    if (has_row) LICET_TRY(rows.run());
    return is_there;
}

Result<std::uint64_t> verify_events(Connection& connection) {
    const std::string& path = connection.path();
    const auto heads = LICET_TRY(heads_of(connection));
    Statement suppressed = LICET_TRY(connection.prepare(
        "SELECT since FROM suppression WHERE token = ? AND channel = ? AND purpose = ?"));
    Statement rows = LICET_TRY(connection.prepare(
        "SELECT part, seq, key, person, kind, happened_on, received_at, payload FROM event "
        "ORDER BY part, seq"));
    std::map<std::uint32_t, Head> computed;
    std::uint64_t count = 0;
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) break;
        const auto part = static_cast<std::uint32_t>(rows.number(0));
        Head& head = computed[part];
        const auto event = ledger::event_of(rows.bytes(7));
        if (rows.number(1) != head.seq + 1 || !event || !columns_repeat(rows, *event, part))
            return tampered(path, part, head.seq + 1);
        head = next(head, part, rows.bytes(7));
        if (event->kind == EventKind::kObjectionRecorded) {
            const bool is_kept = LICET_TRY(is_suppressed(suppressed, *event));
            if (!is_kept) return tampered(path, part, head.seq);
        }
        ++count;
    }
    for (const auto& [part, head] : heads)
        if (computed[part].seq != head.seq || computed[part].hash != head.hash)
            return tampered(path, part, head.seq);
    // A chain without a head was already found when the file was opened.
    return count;
}

}  // namespace

Result<std::unique_ptr<ledger::Store>> open_sqlite_store(const std::string& path, Mode mode,
                                                         std::chrono::milliseconds patience) {
    auto connection = LICET_TRY(checked_connection(path, mode, patience));
    std::unique_ptr<ledger::Store> store =
        std::make_unique<SqliteStore>(std::move(connection), mode != Mode::kReadOnly);
    return store;
}

Result<std::uint64_t> verify_sqlite_store(const std::string& path) {
    const auto connection = LICET_TRY(checked_connection(path, Mode::kReadOnly, kPatience));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, "deferred"));
    // The library compares every index with its table; a look-up that misses is an objection lost.
    Statement check = LICET_TRY(connection->prepare("PRAGMA integrity_check(1)"));
    const bool has_row = LICET_TRY(check.step());
    if (!has_row || check.text(0) != "ok") return broken("store.corrupt", path);
    LICET_TRY(check.run());
    const auto count = LICET_TRY(verify_events(*connection));
    LICET_TRY(transaction.commit());
    return count;
}

}  // namespace licet::store
