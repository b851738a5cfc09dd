// SPDX-License-Identifier: Apache-2.0
//
// The rows of docs/ledger-format.md, section 8, whatever database they are in: read, checked,
// bound.
//
// Private to the module.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/sealed_event.h"
#include "ledger/store.h"
#include "store/internal/database.h"
#include "store/ledger_files.h"
#include "store/person_key_file.h"

namespace licet::store {

using Heads = std::map<std::uint32_t, ledger::Head>;

/// Heads of the partitions that have events.
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
inline constexpr std::string_view kPutEvent =
    "INSERT INTO event(part, seq, person, name, kind, era, commitment, sealed) "
    "VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(part, person, name) DO NOTHING";
/// Errors: kBroken ("store.corrupt") if a column has not the size that it must have.
[[nodiscard]] Result<EventRow> event_row(const Statement& rows, const std::string& path);
/// Binds the values of kPutEvent; `row` must live until the statement has run.
void bind_event(Statement& statement, const EventRow& row);

inline constexpr std::string_view kSuppressionColumns =
    "token, brand, channel, purpose, reason, since, last, until";
inline constexpr std::string_view kSuppressionKey = "token, brand, channel, purpose";
/// The order in which suppressions are read: that of the bytes.
inline constexpr std::string_view kSuppressionOrder = " ORDER BY token, brand, channel, purpose";
/// Adds a suppression; what is suppressed already becomes wider, never narrower.
inline constexpr std::string_view kPutSuppression =
    "INSERT INTO suppression(token, brand, channel, purpose, reason, since, last, until) "
    "VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(token, brand, channel, purpose) DO UPDATE SET "
    "since = CASE WHEN excluded.since < suppression.since THEN excluded.since "
    "ELSE suppression.since END, "
    "last = CASE WHEN excluded.last > suppression.last THEN excluded.last "
    "ELSE suppression.last END, "
    "until = CASE WHEN excluded.until = 0 OR suppression.until = 0 THEN 0 "
    "WHEN excluded.until > suppression.until THEN excluded.until ELSE suppression.until END";
/// Reads a row of the suppression list, with columns in the order of kSuppressionColumns. Errors:
/// kBroken ("store.corrupt").
[[nodiscard]] Result<ledger::Suppression> suppression_in(const Statement& row,
                                                         const std::string& path);
/// Reads at most so many suppressions that follow one, or the first ones.
[[nodiscard]] Result<std::vector<ledger::Suppression>> suppressions_after(
    Connection& connection, const std::optional<ledger::Suppression>& last, std::size_t most);
/// Binds the values of kPutSuppression; `one` must live until the statement has run.
void bind_suppression(Statement& statement, const ledger::Suppression& one);

/// Within a transaction that writes: locks the heads of these partitions, gives them, and agrees on
/// the layer, which then stays. Errors: as Connection::agree_on_layer.
[[nodiscard]] Result<Heads> lock_heads(Connection& connection,
                                       const std::set<std::uint32_t>& parts);

/// Check value of the keys of persons that the ledger names; 0 = it names none yet.
[[nodiscard]] Result<std::uint64_t> named_persons(Connection& connection);
/// Within a transaction that writes: has a ledger that names no keys yet name these.
[[nodiscard]] Result<Done> name_keys(Connection& connection, std::uint64_t tenant,
                                     std::uint64_t persons);
/// Within a transaction, of a ledger that names no keys: those at hand must open something that is
/// sealed there, if anything is. Errors: kInput ("person_keys.other"), with `path`.
[[nodiscard]] Result<Done> check_opens_something(Connection& connection,
                                                 const ledger::PersonKeys& keys,
                                                 const std::string& path);
/// The keys of persons of `files`, held to what the ledger names. Errors: those of
/// PersonKeyFile::open and PersonKeyFile::check.
[[nodiscard]] Result<PersonKeyFile> person_keys_of(Connection& connection,
                                                   const LedgerFiles& files);

/// Within a transaction that writes: keeps others out of what only one may do at a time, which is
/// changing the files beside the database and growing the log. To be locked after any head.
[[nodiscard]] Result<Done> lock_files(Connection& connection);
/// Both: all heads, then the files. Errors: as lock_heads.
[[nodiscard]] Result<Heads> lock_everything(Connection& connection);

[[nodiscard]] std::span<const std::uint8_t> bytes_of_text(std::string_view text);
[[nodiscard]] inline std::int64_t days_of(Date date) { return date.time_since_epoch().count(); }
[[nodiscard]] inline Date date_of(std::int64_t days) {
    return Date{std::chrono::days{static_cast<std::int32_t>(days)}};
}
[[nodiscard]] Error broken(std::string_view id, const std::string& path);
/// kInput ("log.other_key"): what is signed as one log is not to be signed or read as another.
[[nodiscard]] Error other_log_key(const std::string& signed_as, const std::string& key_of,
                                  const std::string& path);
/// kBroken ("store.tampered"): this entry is not the one that was written.
[[nodiscard]] Error tampered(const std::string& path, const ledger::EventPlace& place);

}  // namespace licet::store
