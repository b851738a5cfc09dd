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

Result<std::vector<ledger::Suppression>> suppressions_after(
    Connection& connection, const std::optional<ledger::Suppression>& last, std::size_t most) {
    Statement rows = LICET_TRY(connection.prepare(
        "SELECT " + std::string(kSuppressionColumns) + " FROM suppression" +
        (last ? " WHERE (" + std::string(kSuppressionKey) + ") > (?, ?, ?, ?)" : "") +
        std::string(kSuppressionOrder) + " LIMIT " + std::to_string(most)));
    if (last) {
        rows.bind(1, std::span<const std::uint8_t>(last->person.bytes));
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

Result<Done> lock_files(Connection& connection) {
    const auto row =
        connection.number("SELECT lines FROM replayed" + std::string(connection.for_update()));
    return row ? Result<Done>(Done{}) : Result<Done>(row.error());
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
    statement.bind(3, std::span<const std::uint8_t>(row.person));
    statement.bind(4, std::span<const std::uint8_t>(row.event.name));
    statement.bind(5, std::int64_t{row.kind});
    statement.bind(6, std::int64_t{row.era});
    statement.bind(7, std::span<const std::uint8_t>(row.event.commitment));
    statement.bind(8, std::span<const std::uint8_t>(row.event.sealed));
}

void bind_suppression(Statement& statement, const ledger::Suppression& one) {
    statement.bind(1, std::span<const std::uint8_t>(one.person.bytes));
    statement.bind(2, std::string_view(one.scope.brand));
    statement.bind(3, std::string_view(one.scope.channel));
    statement.bind(4, std::string_view(one.scope.purpose));
    statement.bind(5, std::string_view(one.reason));
    statement.bind(6, days_of(one.since));
    statement.bind(7, days_of(one.last));
    statement.bind(8, one.until ? days_of(*one.until) : 0);
}

}  // namespace licet::store
