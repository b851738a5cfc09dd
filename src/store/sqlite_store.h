// SPDX-License-Identifier: Apache-2.0
//
// The embedded store: one SQLite file, write-ahead log, one fsync a batch.
//
//     append(batch) = one transaction { events, heads of their partitions, suppressions }
//
// The schema leads every key by the partition and uses no sequence, trigger or foreign key, so that
// the same schema serves PostgreSQL and its distributed kin; it is specified in
// docs/ledger-format.md. Each partition has a head: the number of its last event and a hash over
// all of them, which makes a gap, a change or a swap visible. Neither the tenant's key nor an
// address is in the file, only tokens.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "ledger/store.h"

namespace licet::store {

enum class Mode {
    kCreate,     ///< make a new file, readable by its owner alone; refuse an existing one
    kReadWrite,  ///< open an existing file
    kReadOnly,   ///< open an existing file; append answers "store.read_only"
};

/// How long a call waits for another program before it answers "store.locked".
inline constexpr std::chrono::milliseconds kPatience{5000};

/// Opens the ledger at `path`. A damaged file is found as far as its header, its schema and the
/// heads of its partitions show it; verify_sqlite_store reads everything. Errors, all with `path`
/// in `where`: kMissing ("store.missing"), kInput ("store.exists", "store.not_a_database"), kBusy
/// ("store.locked"), kBroken ("store.corrupt", "store.newer_version", "store.older_version",
/// "store.cannot_open", "store.full", "store.read_only", "store.failed"). Cost: some hundred
/// look-ups, whatever the size. Threads: one object per thread.
[[nodiscard]] Result<std::unique_ptr<ledger::Store>> open_sqlite_store(
    const std::string& path, Mode mode, std::chrono::milliseconds patience = kPatience);

/// Reads every byte of every event, computes the chains again and compares them with the heads, and
/// the columns with the events. Gives the number of events. Errors: those of open_sqlite_store;
/// kBroken ("store.tampered") names the first entry that is not what was written.
[[nodiscard]] Result<std::uint64_t> verify_sqlite_store(const std::string& path);

}  // namespace licet::store
