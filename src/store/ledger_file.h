// SPDX-License-Identifier: Apache-2.0
//
// A whole ledger as one file, for a backup or a move to another machine or another kind of store.
//
//     export: one moment of the ledger ──► rows, still sealed ──► file, digest at the end
//     import: file ──► new database; chains, tree and heads are computed again, and must fit
//
// The keys are not in it: they travel apart. Who has the file alone can read the suppression list
// and nothing else. docs/ledger-format.md, section 10.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "store/ledger_files.h"

namespace licet::store {

struct Moved {
    std::uint64_t events = 0;
    std::uint64_t suppressions = 0;
    std::uint64_t checkpoints = 0;
    std::uint64_t erasures = 0;
};

/// Writes the ledger into a file (mode 0600), which is replaced as a whole if it is there. Others
/// may go on writing to the ledger meanwhile: what comes after the beginning is not in it. Errors:
/// those of opening; kBroken ("file.unwritable").
[[nodiscard]] Result<Moved> export_ledger(const LedgerFiles& files, const std::string& path);

/// Makes a database out of such a file; the keys of persons must be in their place already, and a
/// register of erasures that is there is kept if it is the longer one. All or nothing. Errors:
/// kMissing ("file.missing", "person_keys.missing"), kInput ("store.exists", "ledger_file.form"),
/// kBroken ("ledger_file.damaged", "store.tampered", "log.bad_checkpoint").
[[nodiscard]] Result<Moved> import_ledger(const std::string& path, const LedgerFiles& files);

}  // namespace licet::store
