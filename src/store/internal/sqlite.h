// SPDX-License-Identifier: Apache-2.0
//
// SQLite in our words: a connection, a statement, a transaction, and its error codes as Errors.
//
// Private to the module; the library is seen by nobody else. Values are bound and read by position,
// each by a method that names its type. No exceptions; destructors undo what was not finished.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace licet::store {

/// One run of one SQL text. Bind from 1, read columns from 0, as the library does.
class Statement {
  public:
    Statement(sqlite3_stmt* statement, const std::string* path)
        : statement_(statement), path_(path) {}

    void bind(int place, std::int64_t value);
    /// `bytes` must live until the statement is stepped for the last time; it is not copied.
    void bind(int place, std::span<const std::uint8_t> bytes);
    void bind(int place, std::string_view text);

    /// Moves to the next row; false at the end, after which the statement can be bound again.
    [[nodiscard]] Result<bool> step();
    /// Runs to the end and forgets the bindings.
    [[nodiscard]] Result<Done> run();

    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] std::span<const std::uint8_t> bytes(int column) const;
    [[nodiscard]] std::string_view text(int column) const;

  private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    const std::string* path_;
};

/// A connection. Statements must die before it.
class Connection {
  public:
    /// Errors: what `failure` makes of the library's code.
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(
        const std::string& path, int flags, std::chrono::milliseconds patience);

    [[nodiscard]] Result<Done> run(const std::string& sql);
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    /// Gives the first number of the first row.
    [[nodiscard]] Result<std::int64_t> number(std::string_view sql);

    [[nodiscard]] std::int64_t rows_changed() const { return sqlite3_changes64(handle_.get()); }
    [[nodiscard]] bool is_read_only() const {
        return sqlite3_db_readonly(handle_.get(), "main") == 1;
    }
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    explicit Connection(std::string path) : path_(std::move(path)) {}

    struct Close {
        void operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
    };
    std::string path_;
    std::unique_ptr<sqlite3, Close> handle_;
};

/// Undone when it dies, unless it was committed.
class Transaction {
  public:
    /// `kind` is "immediate" to write or "deferred" to read.
    [[nodiscard]] static Result<Transaction> begin(Connection& connection, std::string_view kind);
    Transaction(Transaction&& other) noexcept
        : connection_(std::exchange(other.connection_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    [[nodiscard]] Result<Done> commit();

  private:
    explicit Transaction(Connection* connection) : connection_(connection) {}
    Connection* connection_;
};

/// Makes an Error of the last failure of `handle`.
[[nodiscard]] Error failure(sqlite3* handle, const std::string& path);

}  // namespace licet::store
