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

/// Opens (or makes) the ledger and checks format, schema, the heads of all partitions and that the
/// key of the layer over its tokens is at hand.
[[nodiscard]] Result<std::unique_ptr<Connection>> checked_connection(
    const LedgerFiles& files, Mode mode, std::chrono::milliseconds patience,
    Layers layers = Layers::kInForce);

/// `layer`: check value of the layer under which a ledger is made. Tokens are not guarded yet.
[[nodiscard]] Result<std::unique_ptr<Connection>> checked_sqlite(const std::string& path, Mode mode,
                                                                 std::chrono::milliseconds patience,
                                                                 std::uint64_t layer);

[[nodiscard]] Result<std::unique_ptr<Connection>> checked_server(const std::string& address,
                                                                 Mode mode,
                                                                 std::chrono::milliseconds patience,
                                                                 std::uint64_t layer);

/// Connects to a server and looks at nothing.
[[nodiscard]] Result<std::unique_ptr<Connection>> server_connection(
    const std::string& address, Mode mode, std::chrono::milliseconds patience);
/// Within a transaction: makes the schema of an empty ledger whose tokens are to be under the layer
/// with this check value. Errors: kInput ("store.exists").
[[nodiscard]] Result<Done> make_server_schema(Connection& connection, std::uint64_t layer);

}  // namespace licet::store
