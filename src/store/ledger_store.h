// SPDX-License-Identifier: Apache-2.0
//
// The embedded store: one SQLite file, write-ahead log, one fsync a batch.
//
//     append(batch) = one transaction { sealed events, heads of their partitions, suppressions }
//
// The schema leads every key by the partition and uses no sequence, trigger or foreign key, so that
// the same schema serves PostgreSQL and its distributed kin; it is specified in
// docs/ledger-format.md. Each partition has a head: the number of its last event and a hash over
// all of them, which makes a gap, a change or a swap visible; what others can check is in
// ledger_log.h. Neither the tenant's key, nor a key of a person, nor an address is in the file.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "ledger/store.h"
#include "store/ledger_files.h"

namespace licet::store {

enum class Mode {
    kCreate,     ///< make a new file, readable by its owner alone; refuse an existing one
    kReadWrite,  ///< open an existing file
    kReadOnly,   ///< open an existing file; append answers "store.read_only"
};

/// How long a call waits for another program before it answers "store.locked".
inline constexpr std::chrono::milliseconds kPatience{5000};

/// Opens the ledger; before it answers anything, a rotation that was cut off is finished or undone,
/// and erasures that the database has not seen yet are done again. A damaged file is found as far
/// as its header, its schema and the heads of its partitions show it; verify_ledger reads
/// everything. Errors, with the file in `where`: kMissing ("store.missing", "person_keys.missing",
/// "layer_key.missing"), kInput ("store.exists", "store.not_a_database", "person_keys.form",
/// "layer_key.other", "workspace.key_form", "workspace.key_open_to_others"), kBusy
/// ("store.locked"), kBroken ("store.corrupt", "store.newer_version", "store.older_version",
/// "store.cannot_open", "store.full", "store.read_only", "store.failed", "erasure.line",
/// "erasure.cut"). Cost: some hundred look-ups, whatever the size. Threads: one object per thread.
[[nodiscard]] Result<std::unique_ptr<ledger::Store>> open_ledger_store(
    const LedgerFiles& files, Mode mode, std::chrono::milliseconds patience = kPatience);

}  // namespace licet::store
