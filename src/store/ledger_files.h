// SPDX-License-Identifier: Apache-2.0
//
// The files of one ledger. They are apart because they live differently:
//
//     database      events and suppressions; copied into backups
//     person_keys   the keys that open the events; a backup of it is a decision of its own
//     erasures      what must never come back; only ever grows; belongs to the newest state
#pragma once

#include <string>

namespace licet::store {

struct LedgerFiles {
    std::string database;
    std::string person_keys;
    std::string erasures;
};

/// The usual names in a folder ("" = the current one).
[[nodiscard]] LedgerFiles ledger_files_in(const std::string& folder);

}  // namespace licet::store
