// SPDX-License-Identifier: Apache-2.0
#include "store/ledger_files.h"

namespace licet::store {

LedgerFiles ledger_files_in(const std::string& folder) {
    const std::string start = folder.empty() ? "" : folder + "/";
    return {start + "ledger.db", start + "persons.keys", start + "erasures.txt"};
}

}  // namespace licet::store
