// SPDX-License-Identifier: Apache-2.0
#include "store/log_keeper.h"

#include "store/internal/sqlite.h"
#include "store/ledger_files.h"

namespace licet::store {

LogKeeper::LogKeeper(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
LogKeeper::LogKeeper(LogKeeper&&) noexcept = default;
LogKeeper& LogKeeper::operator=(LogKeeper&&) noexcept = default;
LogKeeper::~LogKeeper() = default;

Result<LogKeeper> LogKeeper::open(const std::string& database) {
    if (is_server(database)) return LogKeeper(nullptr);
    // Pages go through the log's own buffer: hardly anything is kept in memory.
    auto connection = LICET_TRY(
        SqliteConnection::open(database, SQLITE_OPEN_READWRITE, std::chrono::milliseconds{0}));
    LICET_TRY(connection->run("PRAGMA synchronous = FULL"));
    return LogKeeper(std::move(connection));
}

Result<Done> LogKeeper::keep() {
    if (!connection_) return Done{};
    return connection_->run("PRAGMA wal_checkpoint(PASSIVE)");
}

}  // namespace licet::store
