// SPDX-License-Identifier: Apache-2.0
#include <cerrno>

#include "store/internal/sqlite.h"

namespace licet::store {
namespace {

// The library calls a full disk SQLITE_FULL only if the system said ENOSPC to a write.
// Others (a quota, a limit on the size of files) are asked of the file that was written: the
// database or its log.
bool is_lack_of_room(sqlite3* handle) {
    const auto says_so = [](int system_error) {
        return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
    };
    if (says_so(sqlite3_system_errno(handle))) return true;
    for (const int which : {SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_JOURNAL_POINTER}) {
        sqlite3_file* file = nullptr;
        sqlite3_file_control(handle, "main", which, static_cast<void*>(&file));
        if (file == nullptr || file->pMethods == nullptr) continue;
        int last = 0;
        file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &last);
        if (says_so(last)) return true;
    }
    return false;
}

}  // namespace

Error failure(sqlite3* handle, const std::string& path) {
    const int code = handle == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(handle);
    const auto broken = [&](std::string_view id) {
        return error(ErrorCode::kBroken, id, {}, path);
    };
    switch (code & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return error(ErrorCode::kBusy, "store.locked", {}, path);
        case SQLITE_FULL:
            return broken("store.full");
        case SQLITE_IOERR:
            if (is_lack_of_room(handle)) return broken("store.full");
            // A page that is only half there.
            if (code == SQLITE_IOERR_SHORT_READ) return broken("store.corrupt");
            break;
        case SQLITE_READONLY:
            return broken("store.read_only");
        case SQLITE_NOTADB:
            return error(ErrorCode::kInput, "store.not_a_database", {}, path);
        case SQLITE_CORRUPT:
        case SQLITE_CONSTRAINT:  // our statements keep all constraints of a sound file
        case SQLITE_MISMATCH:
        case SQLITE_ERROR:
            return broken("store.corrupt");  // a table or column is not there
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return error(ErrorCode::kBroken, "store.cannot_open", {{"code", std::to_string(code)}},
                         path);
        default:
            break;
    }
    return error(ErrorCode::kBroken, "store.failed", {{"code", std::to_string(code)}}, path);
}

// Binding fails only for a wrong place or a statement that is running: both are bugs of ours.
void Statement::bind(int place, std::int64_t value) {
    LICET_ENSURE(sqlite3_bind_int64(statement_.get(), place, value) == SQLITE_OK);
}

void Statement::bind(int place, std::span<const std::uint8_t> bytes) {
    // No address would be NULL to the library, and no bytes need not have one.
    const void* start = bytes.empty() ? "" : static_cast<const void*>(bytes.data());
    LICET_ENSURE(sqlite3_bind_blob64(statement_.get(), place, start, bytes.size(), SQLITE_STATIC) ==
                 SQLITE_OK);
}

void Statement::bind(int place, std::string_view text) {
    // An empty view may have no address, and none would be NULL to the library.
    const char* start = text.empty() ? "" : text.data();
    LICET_ENSURE(sqlite3_bind_text64(statement_.get(), place, start, text.size(), SQLITE_STATIC,
                                     SQLITE_UTF8) == SQLITE_OK);
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(statement_.get());
        return false;
    }
    Error why = failure(sqlite3_db_handle(statement_.get()), *path_);
    sqlite3_reset(statement_.get());
    return why;
}

Result<Done> Statement::run() {
    bool has_row = true;
    while (has_row) has_row = LICET_TRY(step());
    sqlite3_clear_bindings(statement_.get());
    return Done{};
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::span<const std::uint8_t> Statement::bytes(int column) const {
    const void* start = sqlite3_column_blob(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    if (start == nullptr || size <= 0) return {};
    return {static_cast<const std::uint8_t*>(start), static_cast<std::size_t>(size)};
}

std::string_view Statement::text(int column) const {
    const auto span = bytes(column);
    return {reinterpret_cast<const char*>(span.data()), span.size()};
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, int flags,
                                                     std::chrono::milliseconds patience) {
    std::unique_ptr<Connection> connection(new Connection(path));
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    connection->handle_.reset(handle);
    if (code != SQLITE_OK) return failure(handle, path);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, static_cast<int>(patience.count()));
    // A file that was made to harm must not run anything: no functions in its schema, no odd
    // schema.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    return connection;
}

Result<Done> Connection::run(const std::string& sql) {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure(handle_.get(), path_);
    return Done{};
}

Result<Statement> Connection::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        return failure(handle_.get(), path_);
    return Statement(statement, &path_);
}

Result<std::int64_t> Connection::number(std::string_view sql) {
    Statement statement = LICET_TRY(prepare(sql));
    const bool has_row = LICET_TRY(statement.step());
    return has_row ? statement.number(0) : 0;
}

Result<Transaction> Transaction::begin(Connection& connection, std::string_view kind) {
    LICET_TRY(connection.run("BEGIN " + std::string(kind)));
    return Transaction(&connection);
}

Transaction::~Transaction() {
    // Fails harmlessly if the library has already undone the transaction after an error.
    if (connection_ != nullptr) static_cast<void>(connection_->run("ROLLBACK"));
}

Result<Done> Transaction::commit() {
    LICET_TRY(connection_->run("COMMIT"));
    connection_ = nullptr;
    return Done{};
}

}  // namespace licet::store
