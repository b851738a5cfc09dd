// SPDX-License-Identifier: Apache-2.0
#include "store/internal/sqlite.h"

#include <cerrno>
#include <thread>

namespace licet::store {
namespace {

// Of the library's machine: some thousandths of a second.
constexpr int kStepsBetweenQuestions = 100'000;

constexpr int kTriesToForget = 100;
constexpr std::chrono::milliseconds kBetweenTries{10};

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

class SqliteStatement final : public Statement::Body {
  public:
    SqliteStatement(sqlite3_stmt* statement, const std::string* path, KeptStatements* kept)
        : statement_(statement), path_(path), kept_(kept) {}
    SqliteStatement(const SqliteStatement&) = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;
    ~SqliteStatement() override { kept_->keep(statement_); }

    void bind(int place, std::int64_t value) override;
    void bind(int place, std::span<const std::uint8_t> bytes) override;
    void bind(int place, std::string_view text) override;
    Result<bool> step() override;
    Result<Done> run() override;
    Result<Done> send() override;
    std::int64_t number(int column) const override;
    std::span<const std::uint8_t> bytes(int column) const override;

  private:
    sqlite3_stmt* statement_;
    const std::string* path_;
    KeptStatements* kept_;
};

// Binding fails only for a wrong place or a statement that is running: both are bugs of ours.
void SqliteStatement::bind(int place, std::int64_t value) {
    LICET_ENSURE(sqlite3_bind_int64(statement_, place, value) == SQLITE_OK);
}

void SqliteStatement::bind(int place, std::span<const std::uint8_t> bytes) {
    // No address would be NULL to the library, and no bytes need not have one.
    const void* start = bytes.empty() ? "" : static_cast<const void*>(bytes.data());
    LICET_ENSURE(sqlite3_bind_blob64(statement_, place, start, bytes.size(), SQLITE_STATIC) ==
                 SQLITE_OK);
}

void SqliteStatement::bind(int place, std::string_view text) {
    // An empty view may have no address, and none would be NULL to the library.
    const char* start = text.empty() ? "" : text.data();
    LICET_ENSURE(sqlite3_bind_text64(statement_, place, start, text.size(), SQLITE_STATIC,
                                     SQLITE_UTF8) == SQLITE_OK);
}

Result<bool> SqliteStatement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(statement_);
        return false;
    }
    Error why = failure(sqlite3_db_handle(statement_), *path_);
    sqlite3_reset(statement_);
    return why;
}

Result<Done> SqliteStatement::run() {
    bool has_row = true;
    while (has_row) has_row = LICET_TRY(step());
    sqlite3_clear_bindings(statement_);
    return Done{};
}

Result<Done> SqliteStatement::send() {
    LICET_TRY(run());
    if (sqlite3_changes64(sqlite3_db_handle(statement_)) == 1) return Done{};
    return error(ErrorCode::kChanged, "store.other_rows", {}, *path_);
}

std::int64_t SqliteStatement::number(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::span<const std::uint8_t> SqliteStatement::bytes(int column) const {
    const void* start = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    if (start == nullptr || size <= 0) return {};
    return {static_cast<const std::uint8_t*>(start), static_cast<std::size_t>(size)};
}

}  // namespace

KeptStatements::~KeptStatements() {
    for (const auto& [text, statement] : by_text_) sqlite3_finalize(statement);
}

sqlite3_stmt* KeptStatements::take(std::string_view sql) {
    const auto found = by_text_.find(sql);
    if (found == by_text_.end()) return nullptr;
    sqlite3_stmt* statement = found->second;
    by_text_.erase(found);
    return statement;
}

void KeptStatements::keep(sqlite3_stmt* statement) {
    constexpr std::size_t kMost = 320;  // heads are locked by as many texts as there are partitions
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);  // what was bound may be gone
    const std::string_view text = sqlite3_sql(statement);
    const bool is_kept = !text.starts_with("PRAGMA") && by_text_.size() < kMost &&
                         by_text_.try_emplace(std::string(text), statement).second;
    if (!is_kept) sqlite3_finalize(statement);
}

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

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(
    const std::string& path, int flags, std::chrono::milliseconds patience) {
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(path));
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
    // What is changed or erased must not be left in files that the library makes for a moment.
    LICET_TRY(connection->run("PRAGMA temp_store = MEMORY"));
    return connection;
}

Result<Done> SqliteConnection::run(const std::string& sql) {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure(handle_.get(), path());
    return Done{};
}

Result<Statement> SqliteConnection::prepare(std::string_view sql) {
    sqlite3_stmt* statement = kept_.take(sql);
    if (statement == nullptr &&
        sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        return failure(handle_.get(), path());
    return statement_of(std::make_unique<SqliteStatement>(statement, &path(), &kept_));
}

Result<Done> SqliteConnection::run_kept(std::string_view sql) {
    Statement statement = LICET_TRY(prepare(sql));
    return statement.run();
}

Result<Done> SqliteConnection::check_integrity(const std::function<bool()>& goes_on) {
    struct Asking {
        const std::function<bool()>& goes_on;
        sqlite3* handle;
        bool is_stopped = false;
        ~Asking() { sqlite3_progress_handler(handle, 0, nullptr, nullptr); }
    } asking{goes_on, handle_.get()};
    const auto stops = [](void* self) -> int {
        auto& one = *static_cast<Asking*>(self);
        one.is_stopped = !one.goes_on();
        return one.is_stopped ? 1 : 0;
    };
    sqlite3_progress_handler(handle_.get(), kStepsBetweenQuestions, stops, &asking);
    Statement check = LICET_TRY(prepare("PRAGMA integrity_check(1)"));
    const auto has_row = check.step();
    if (asking.is_stopped) return error(ErrorCode::kBusy, "verification.stopped");
    if (!has_row) return has_row.error();
    if (!*has_row || check.text(0) != "ok")
        return error(ErrorCode::kBroken, "store.corrupt", {}, path());
    return check.run();
}

bool SqliteConnection::rewrite() {
    // The copy is as large as the ledger, so it is not made in memory; it holds nothing of before.
    const bool is_new = run("PRAGMA temp_store = DEFAULT") && run("VACUUM");
    static_cast<void>(run("PRAGMA temp_store = MEMORY"));
    if (!is_new) return false;
    // Somebody who reads may keep it from being emptied.
    const auto is_empty = empty_log();
    return is_empty && *is_empty;
}

Result<Done> SqliteConnection::forget_old_bytes() {
    std::ignore = LICET_TRY(empty_log());
    return Done{};
}

Result<bool> SqliteConnection::empty_log() {
    Statement empties = LICET_TRY(prepare("PRAGMA wal_checkpoint(TRUNCATE)"));
    for (int tries = 0; tries < kTriesToForget; ++tries) {
        std::ignore = LICET_TRY(empties.step());
        // The library waits for readers as long as it may, and says how long the log is. For
        // another one who moves the log into the file it does not wait; that one is done soon.
        const bool is_busy = empties.number(0) != 0;
        const bool is_moved_by_another = is_busy && empties.number(1) < 0;
        LICET_TRY(empties.run());
        if (!is_moved_by_another) return !is_busy;
        std::this_thread::sleep_for(kBetweenTries);
    }
    return false;
}

Result<Done> SqliteConnection::begin(Access access) {
    return run_kept(access == Access::kRead ? "BEGIN DEFERRED" : "BEGIN IMMEDIATE");
}

void SqliteConnection::roll_back() {
    // Fails harmlessly if the library has already undone the transaction after an error.
    static_cast<void>(run_kept("ROLLBACK"));
}

}  // namespace licet::store
