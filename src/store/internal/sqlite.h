// SPDX-License-Identifier: Apache-2.0
//
// SQLite behind internal/database.h, and its error codes as Errors.
//
// Private to the module; the library is seen by nobody else.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "store/internal/database.h"

namespace licet::store {

/// Statements that were asked for before, by their text: taking a text apart costs as much as
/// running it. Those that are kept are reset.
class KeptStatements {
  public:
    KeptStatements() = default;
    KeptStatements(const KeptStatements&) = delete;
    KeptStatements& operator=(const KeptStatements&) = delete;
    ~KeptStatements();
    /// Null if none of that text is kept.
    [[nodiscard]] sqlite3_stmt* take(std::string_view sql);
    /// Takes over a statement that nobody runs any more.
    void keep(sqlite3_stmt* statement);

  private:
    std::map<std::string, sqlite3_stmt*, std::less<>> by_text_;
};

class SqliteConnection final : public Connection {
  public:
    /// Errors: what `failure` makes of the library's code.
    [[nodiscard]] static Result<std::unique_ptr<SqliteConnection>> open(
        const std::string& path, int flags, std::chrono::milliseconds patience);
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;
    ~SqliteConnection() override { drop_own_statement(); }

    Result<Done> run(const std::string& sql) override;
    Result<Statement> prepare(std::string_view sql) override;
    /// What was sent was answered at once.
    Result<Done> settle() override { return Done{}; }
    std::int64_t rows_changed() const override { return sqlite3_changes64(handle_.get()); }
    Result<Done> check_integrity(const std::function<bool()>& goes_on) override;
    /// Empties the write-ahead log. A reader that is at work keeps it; the next call empties it.
    Result<Done> forget_old_bytes() override;
    /// Needs room for the ledger twice more. A reader that is at work keeps what it reads.
    bool rewrite() override;

    [[nodiscard]] bool is_read_only() const {
        return sqlite3_db_readonly(handle_.get(), "main") == 1;
    }

  private:
    explicit SqliteConnection(const std::string& path) : Connection(path) {}
    /// Moves the log into the file and cuts it to nothing; false if a reader kept it.
    [[nodiscard]] Result<bool> empty_log();
    [[nodiscard]] Result<Done> run_kept(std::string_view sql);
    Result<Done> begin(Access access) override;
    Result<Done> commit() override { return run_kept("COMMIT"); }
    void roll_back() override;

    struct Close {
        void operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
    };
    std::unique_ptr<sqlite3, Close> handle_;
    KeptStatements kept_;  // dies first
};

/// Makes an Error of the last failure of `handle`.
[[nodiscard]] Error failure(sqlite3* handle, const std::string& path);

}  // namespace licet::store
