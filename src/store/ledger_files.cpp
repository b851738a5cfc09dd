// SPDX-License-Identifier: Apache-2.0
#include "store/ledger_files.h"

namespace licet::store {

LedgerFiles ledger_files_in(const std::string& folder, const std::string& database) {
    const std::string start = folder.empty() ? "" : folder + "/";
    return {database.empty() ? start + "ledger.db" : database,
            start + "persons.keys",
            start + "erasures.txt",
            start + "persons.index",
            start + "layer.key",
            0};
}

bool is_server(std::string_view database) {
    return database.starts_with("postgresql://") || database.starts_with("postgres://");
}

}  // namespace licet::store
