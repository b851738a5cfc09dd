// SPDX-License-Identifier: Apache-2.0
//
// The database of docs/ledger-format.md, sections 8 and 12: made, opened, checked.
//
// Private to the module. Everything that reads or writes a ledger goes through a connection from
// here, so that one of another format or with something foreign in it is never touched.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "store/internal/database.h"
#include "store/ledger_store.h"

namespace licet::store {

/// Opens (or makes) the ledger and checks format, schema and the heads of all partitions.
[[nodiscard]] Result<std::unique_ptr<Connection>> checked_connection(
    const std::string& place, Mode mode, std::chrono::milliseconds patience);

[[nodiscard]] Result<std::unique_ptr<Connection>> checked_sqlite(
    const std::string& path, Mode mode, std::chrono::milliseconds patience);

[[nodiscard]] Result<std::unique_ptr<Connection>> checked_server(
    const std::string& address, Mode mode, std::chrono::milliseconds patience);

/// Connects to a server and looks at nothing.
[[nodiscard]] Result<std::unique_ptr<Connection>> server_connection(
    const std::string& address, Mode mode, std::chrono::milliseconds patience);
/// Within a transaction: makes the schema of an empty ledger. Errors: kInput ("store.exists").
[[nodiscard]] Result<Done> make_server_schema(Connection& connection);

}  // namespace licet::store
