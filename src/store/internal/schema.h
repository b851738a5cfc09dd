// SPDX-License-Identifier: Apache-2.0
//
// The SQLite file of docs/ledger-format.md, section 8: made, opened, checked.
//
// Private to the module. Everything that reads or writes the file goes through a connection from
// here, so that a file of another format or with something foreign in it is never touched.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "ledger/sealed_event.h"
#include "store/internal/sqlite.h"
#include "store/sqlite_store.h"

namespace licet::store {

using Heads = std::map<std::uint32_t, ledger::Head>;

/// Opens (or makes) the file and checks header, schema and the heads of all partitions.
[[nodiscard]] Result<std::unique_ptr<Connection>> checked_connection(
    const std::string& path, Mode mode, std::chrono::milliseconds patience);

[[nodiscard]] Result<Heads> heads_of(Connection& connection);

/// A row of the table of events, with columns in the order of kEventColumns.
struct EventRow {
    ledger::EventPlace place;
    std::vector<std::uint8_t> person;  ///< empty = erased
    std::uint8_t kind = 0;             ///< 0 = erased
    ledger::Era era = 0;               ///< 0 = erased
    ledger::SealedEvent event;         ///< sealed: the 32 bytes of its digest if erased

    [[nodiscard]] bool is_erased() const { return era == 0; }
    /// The person of a row that is not erased.
    [[nodiscard]] ledger::Token token() const;
    [[nodiscard]] Digest sealed_digest() const;
    [[nodiscard]] ledger::Entry entry() const;
};
inline constexpr std::string_view kEventColumns =
    "part, seq, person, name, kind, era, commitment, sealed";
/// Errors: kBroken ("store.corrupt") if a column has not the size that it must have.
[[nodiscard]] Result<EventRow> event_row(const Statement& rows, const std::string& path);

inline constexpr std::string_view kSuppressionColumns =
    "token, brand, channel, purpose, reason, since, last, until";
inline constexpr std::string_view kSuppressionOrder = " ORDER BY token, brand, channel, purpose";
/// Reads a row of the suppression list, with columns in that order. Errors: kBroken
/// ("store.corrupt").
[[nodiscard]] Result<ledger::Suppression> suppression_in(const Statement& row,
                                                         const std::string& path);

/// Binds them in that order; `one` must live until the statement has run.
void bind(Statement& row, const ledger::Suppression& one);

[[nodiscard]] std::span<const std::uint8_t> bytes_of_text(std::string_view text);
[[nodiscard]] inline std::int64_t days_of(Date date) { return date.time_since_epoch().count(); }
[[nodiscard]] inline Date date_of(std::int64_t days) {
    return Date{std::chrono::days{static_cast<std::int32_t>(days)}};
}
[[nodiscard]] Error broken(std::string_view id, const std::string& path);
/// kBroken ("store.tampered"): this entry is not the one that was written.
[[nodiscard]] Error tampered(const std::string& path, const ledger::EventPlace& place);

}  // namespace licet::store
