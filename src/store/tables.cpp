// SPDX-License-Identifier: Apache-2.0
#include "store/internal/tables.h"

#include <algorithm>
#include <array>

#include "ledger/merkle.h"

namespace licet::store {
namespace {

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
    const auto token = row.token(0);
    if (!token) return broken("store.corrupt", path);
    out.person = *token;
    out.scope = {std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))};
    out.reason = row.text(4);
    out.since = date_of(row.number(5));
    out.last = date_of(row.number(6));
    if (row.number(7) != 0) out.until = date_of(row.number(7));
    return out;
}

Result<std::vector<ledger::Suppression>> suppressions_after(
    Connection& connection, const std::optional<ledger::Suppression>& last, std::size_t most) {
    Statement rows = LICET_TRY(connection.prepare(
        "SELECT " + std::string(kSuppressionColumns) + " FROM suppression" +
        (last ? " WHERE (" + std::string(kSuppressionKey) + ") > (?, ?, ?, ?)" : "") +
        std::string(kSuppressionOrder) + " LIMIT " + std::to_string(most)));
    if (last) {
        rows.bind(1, last->person);
        rows.bind(2, std::string_view(last->scope.brand));
        rows.bind(3, std::string_view(last->scope.channel));
        rows.bind(4, std::string_view(last->scope.purpose));
    }
    std::vector<ledger::Suppression> out;
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return out;
        out.push_back(LICET_TRY(suppression_in(rows, connection.path())));
    }
}

Error other_log_key(const std::string& signed_as, const std::string& key_of,
                    const std::string& path) {
    return error(ErrorCode::kInput, "log.other_key", {{"found", key_of}, {"expected", signed_as}},
                 path);
}

Result<std::uint64_t> named_persons(Connection& connection) {
    const auto value = LICET_TRY(connection.number("SELECT max(persons) FROM replayed"));
    return static_cast<std::uint64_t>(value);
}

Result<Done> name_keys(Connection& connection, std::uint64_t tenant, std::uint64_t persons) {
    const auto name = [&](const std::string& column, std::uint64_t value) {
        const std::string number = std::to_string(static_cast<std::int64_t>(value));
        return connection.run("UPDATE replayed SET " + column + " = " + number + " WHERE " +
                              column + " = 0");
    };
    LICET_TRY(name("tenant", tenant));
    return name("persons", persons);
}

// One row may be damaged; where none of some opens, it is the key.
Result<Done> check_opens_something(Connection& connection, const ledger::PersonKeys& keys,
                                   const std::string& path) {
    Statement rows =
        LICET_TRY(connection.prepare("SELECT " + std::string(kEventColumns) +
                                     " FROM event WHERE era > 0 ORDER BY part, seq LIMIT 16"));
    bool was_tried = false;
    bool has_opened = false;
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) break;
        const auto row = event_row(rows, connection.path());
        const auto key = row ? keys.key_of(row->token(), row->era) : std::nullopt;
        was_tried = was_tried || key.has_value();
        has_opened = has_opened || (key && ledger::open_seal(*key, row->event));
    }
    if (has_opened || !was_tried) return Done{};
    return error(ErrorCode::kInput, "person_keys.other", {}, path);
}

Result<PersonKeyFile> person_keys_of(Connection& connection, const LedgerFiles& files) {
    const auto named = LICET_TRY(named_persons(connection));
    PersonKeyFile keys = LICET_TRY(PersonKeyFile::open(files.person_keys));
    LICET_TRY(keys.check(named));
    return keys;
}

Result<Done> lock_files(Connection& connection) {
    const auto row =
        connection.number("SELECT lines FROM replayed" + std::string(connection.for_update()));
    return row ? Result<Done>(Done{}) : Result<Done>(row.error());
}

// In the order of their numbers, so that two batches never wait for each other. Whoever holds the
// head of a partition is alone in writing to it. Locking counts as writing: also a batch that only
// repeats is acknowledged when the copies that must have it have it.
Result<Heads> lock_heads(Connection& connection, const std::set<std::uint32_t>& parts) {
    std::string list;
    Heads heads;
    for (const std::uint32_t part : parts) {
        list += list.empty() ? "?" : ", ?";
        heads.emplace(part, ledger::Head{});
    }
    Statement rows =
        LICET_TRY(connection.prepare("SELECT part, seq, hash FROM head WHERE part IN (" + list +
                                     ") ORDER BY part" + std::string(connection.for_update())));
    int place = 0;
    for (const std::uint32_t part : parts) rows.bind(++place, std::int64_t{part});
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) break;
        ledger::Head& head = heads[static_cast<std::uint32_t>(rows.number(0))];
        head.seq = rows.number(1);
        if (!copy_exactly(rows.bytes(2), head.hash))
            return broken("store.corrupt", connection.path());
    }
    // Whoever changes the layer holds all heads, so from here on it stays.
    LICET_TRY(connection.agree_on_layer());
    return heads;
}

Result<Heads> lock_everything(Connection& connection) {
    std::set<std::uint32_t> parts;
    for (std::uint32_t part = 0; part < ledger::kPartitions; ++part) parts.insert(part);
    Heads heads = LICET_TRY(lock_heads(connection, parts));
    LICET_TRY(lock_files(connection));
    return heads;
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
    const auto person = rows.token(2);
    const auto sealed = rows.bytes(7);
    row.kind = static_cast<std::uint8_t>(rows.number(4));
    row.era = static_cast<ledger::Era>(rows.number(5));
    const bool is_sound = copy_exactly(rows.bytes(3), row.event.name) &&
                          copy_exactly(rows.bytes(6), row.event.commitment) &&
                          rows.number(4) == row.kind && rows.number(5) == row.era &&
                          (row.is_erased() ? rows.bytes(2).empty() : person.has_value()) &&
                          (!row.is_erased() || (row.kind == 0 && sealed.size() == sizeof(Digest)));
    if (!is_sound) return broken("store.corrupt", path);
    if (!row.is_erased()) row.person.assign(person->bytes.begin(), person->bytes.end());
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
        if (part < 0 || part >= ledger::kPartitions || head.seq < 0 ||
            hash.size() != head.hash.size())
            return broken("store.corrupt", connection.path());
        if (head.seq == 0) continue;  // a row that waits for its first event
        std::copy(hash.begin(), hash.end(), head.hash.begin());
        heads.emplace(static_cast<std::uint32_t>(part), head);
    }
}

void bind_event(Statement& statement, const EventRow& row) {
    statement.bind(1, std::int64_t{row.place.part});
    statement.bind(2, row.place.seq);
    if (row.person.empty())
        statement.bind(3, std::span<const std::uint8_t>());
    else
        statement.bind(3, row.token());
    statement.bind(4, std::span<const std::uint8_t>(row.event.name));
    statement.bind(5, std::int64_t{row.kind});
    statement.bind(6, std::int64_t{row.era});
    statement.bind(7, std::span<const std::uint8_t>(row.event.commitment));
    statement.bind(8, std::span<const std::uint8_t>(row.event.sealed));
}

void bind_suppression(Statement& statement, const ledger::Suppression& one) {
    statement.bind(1, one.person);
    statement.bind(2, std::string_view(one.scope.brand));
    statement.bind(3, std::string_view(one.scope.channel));
    statement.bind(4, std::string_view(one.scope.purpose));
    statement.bind(5, std::string_view(one.reason));
    statement.bind(6, days_of(one.since));
    statement.bind(7, days_of(one.last));
    statement.bind(8, one.until ? days_of(*one.until) : 0);
}

}  // namespace licet::store
