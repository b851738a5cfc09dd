// SPDX-License-Identifier: Apache-2.0
//
// The files of one ledger. They are apart because they live differently:
//
//     database      events and suppressions; copied into backups. The path of an SQLite file, or
//                   the address of a PostgreSQL server
//     person_keys   the keys that open the events; a backup of it is a decision of its own
//     erasures      what must never come back; belongs to the newest state
//     standings     an index, made anew when it is missing; belongs into no backup
//     layer_key     the key of the layer over stored tokens, if there is one; beside it for a while
//                   those of the layers that follow (".new") and precede (".old")
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace licet::store {

struct LedgerFiles {
    std::string database;
    std::string person_keys;
    std::string erasures;
    std::string standings;
    std::string layer_key;
    /// Check value of the key that tokens are made with, which the ledger must name too; 0 = not
    /// known to whoever opens it.
    std::uint64_t tenant = 0;
};

/// The usual names in a folder ("" = the current one); `database` is the address of a server, or
/// empty for the file of the folder.
[[nodiscard]] LedgerFiles ledger_files_in(const std::string& folder,
                                          const std::string& database = "");

/// True for the address of a server: "postgresql://..." or "postgres://...".
[[nodiscard]] bool is_server(std::string_view database);

}  // namespace licet::store
