// SPDX-License-Identifier: Apache-2.0
#include "store/internal/private_database.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace licet::store {
namespace {

Result<Done> make_file(const std::string& path) {
    // Before the library sees it, so that the file is never, not even for a moment, open to others.
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);  // NOLINT
    if (file >= 0) {
        ::close(file);
        return Done{};
    }
    if (errno == ENOSPC || errno == EDQUOT)
        return error(ErrorCode::kBroken, "store.full", {}, path);
    return error(ErrorCode::kBroken, "store.cannot_open", {{"code", std::to_string(errno)}}, path);
}

Result<Done> make_schema(SqliteConnection& connection, const PrivateDatabase& database) {
    Transaction transaction = LICET_TRY(Transaction::begin(connection, Access::kWrite));
    // Another process may have made it meanwhile.
    const auto format = LICET_TRY(connection.number("PRAGMA user_version"));
    if (format == 0) {
        LICET_TRY(connection.run(std::string(database.schema)));
        LICET_TRY(
            connection.run("PRAGMA application_id = " + std::to_string(database.application_id)));
        LICET_TRY(connection.run("PRAGMA user_version = " + std::to_string(database.format)));
    }
    return transaction.commit();
}

}  // namespace

Result<std::unique_ptr<SqliteConnection>> private_database(const PrivateDatabase& database,
                                                           std::chrono::milliseconds patience) {
    LICET_TRY(make_file(database.path));
    auto connection =
        LICET_TRY(SqliteConnection::open(database.path, SQLITE_OPEN_READWRITE, patience));
    LICET_TRY(connection->run("PRAGMA journal_mode = WAL"));
    LICET_TRY(connection->run("PRAGMA synchronous = FULL"));
    LICET_TRY(connection->run("PRAGMA secure_delete = ON"));
    const auto is_made = LICET_TRY(connection->number("PRAGMA user_version"));
    if (is_made == 0) LICET_TRY(make_schema(*connection, database));
    const auto application = LICET_TRY(connection->number("PRAGMA application_id"));
    const auto format = LICET_TRY(connection->number("PRAGMA user_version"));
    if (application != database.application_id || format != database.format)
        return error(ErrorCode::kInput, "store.not_a_database", {}, database.path);
    return connection;
}

}  // namespace licet::store
