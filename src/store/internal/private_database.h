// SPDX-License-Identifier: Apache-2.0
//
// Small databases of a workspace beside the ledger: queues of what came in and of what goes out.
//
// Each is an SQLite file of its own, mode 0600 from its first byte, with a mark that says whose it
// is. It survives kill -9 and a full disk as the ledger does; what was deleted is overwritten.
//
// Private to the module.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "store/internal/sqlite.h"

namespace licet::store {

struct PrivateDatabase {
    std::string path;
    std::int32_t application_id = 0;  ///< four letters: which of our files it is
    std::int32_t format = 1;
    std::string_view schema;  ///< statements, made once
};

/// Opens it, and makes it if it is not there. Errors: kBroken ("store.full", "store.cannot_open",
/// "store.corrupt"), kInput ("store.not_a_database") for a file that is another's, kBusy
/// ("store.locked").
[[nodiscard]] Result<std::unique_ptr<SqliteConnection>> private_database(
    const PrivateDatabase& database, std::chrono::milliseconds patience);

}  // namespace licet::store
