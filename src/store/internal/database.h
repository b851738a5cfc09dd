// SPDX-License-Identifier: Apache-2.0
//
// A database in our words: a connection, a statement, a transaction. SQLite and PostgreSQL are
// behind it, and what is above it does not know which.
//
//     one SQL for both   $1, $2, ... in order; no min() of two values, no x'', CAST for sums
//     step()             asks, and waits for the answer
//     send() ... settle()   asks many things and waits once
//     a token           is bound and read as one: what is stored for it is under a layer
//
// Which layer that is, the ledger says (docs/ledger-format.md, section 2). It is asked at the
// beginning of every moment that is read, and behind the locks of whoever writes; a ledger whose
// layer is not at hand gives an error, never an empty answer.
//
// Private to the module. Values are bound and read by position, each by a method that names its
// type. No exceptions; destructors undo what was not finished.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "ledger/token_layer.h"
#include "store/internal/layer_keys.h"

namespace licet::store {

/// One run of one SQL text. Bind from 1, read columns from 0.
class Statement {
  public:
    /// What a database does for a statement.
    class Body {
      public:
        Body() = default;
        Body(const Body&) = delete;
        Body& operator=(const Body&) = delete;
        virtual ~Body() = default;
        virtual void bind(int place, std::int64_t value) = 0;
        virtual void bind(int place, std::span<const std::uint8_t> bytes) = 0;
        virtual void bind(int place, std::string_view text) = 0;
        [[nodiscard]] virtual Result<bool> step() = 0;
        [[nodiscard]] virtual Result<Done> run() = 0;
        [[nodiscard]] virtual Result<Done> send() = 0;
        [[nodiscard]] virtual std::int64_t number(int column) const = 0;
        [[nodiscard]] virtual std::span<const std::uint8_t> bytes(int column) const = 0;
    };
    /// `layer` outlives it.
    Statement(std::unique_ptr<Body> body, const ledger::TokenLayer* layer)
        : body_(std::move(body)), layer_(layer) {}

    void bind(int place, std::int64_t value) { body_->bind(place, value); }
    /// `bytes` must live until the statement is stepped for the last time; it is not copied.
    void bind(int place, std::span<const std::uint8_t> bytes) { body_->bind(place, bytes); }
    void bind(int place, std::string_view text) { body_->bind(place, text); }
    /// Binds what is stored for a token; it is copied.
    void bind(int place, const ledger::Token& token);

    /// Moves to the next row; false at the end, after which the statement can be bound again.
    [[nodiscard]] Result<bool> step() { return body_->step(); }
    /// Runs to the end and forgets the bindings.
    [[nodiscard]] Result<Done> run() { return body_->run(); }
    /// Runs without waiting for the answer, which Connection::settle gives. Must change one row.
    [[nodiscard]] Result<Done> send() { return body_->send(); }

    [[nodiscard]] std::int64_t number(int column) const { return body_->number(column); }
    [[nodiscard]] std::span<const std::uint8_t> bytes(int column) const {
        return body_->bytes(column);
    }
    [[nodiscard]] std::string_view text(int column) const {
        const auto span = bytes(column);
        return {reinterpret_cast<const char*>(span.data()), span.size()};
    }
    /// Gives the token of what is stored; nothing if that has not the size of one.
    [[nodiscard]] std::optional<ledger::Token> token(int column) const;

  private:
    std::unique_ptr<Body> body_;
    const ledger::TokenLayer* layer_;
    std::map<int, ledger::Token> stored_;  ///< for tokens that are bound; its places stay
};

/// What a transaction is for.
enum class Access {
    kRead,        ///< one moment of all tables
    kWrite,       ///< acknowledged when every copy that must have it has it
    kWriteLocal,  ///< acknowledged when it is durable on the server that was asked
};

/// A connection. Statements must die before it.
class Connection {
  public:
    explicit Connection(std::string place) : place_(std::move(place)) {}
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    virtual ~Connection() = default;

    [[nodiscard]] virtual Result<Done> run(const std::string& sql) = 0;
    /// For answers that fit in memory.
    [[nodiscard]] virtual Result<Statement> prepare(std::string_view sql) = 0;
    /// For answers of any size; to be stepped within a transaction.
    [[nodiscard]] virtual Result<Statement> scan(std::string_view sql) { return prepare(sql); }
    /// Waits for all that was sent. Errors: kChanged ("store.other_rows") if a statement did not
    /// change exactly one row: the transaction is to be given up.
    [[nodiscard]] virtual Result<Done> settle() = 0;
    /// Number of rows that the last run changed.
    [[nodiscard]] virtual std::int64_t rows_changed() const = 0;
    /// What makes rows of a SELECT ours until the transaction ends, where reading them within a
    /// transaction that writes does not.
    [[nodiscard]] virtual std::string_view for_update() const { return ""; }
    /// Compares what only the database itself can compare, such as an index with its table. Asks
    /// now and then whether it `goes_on`. Errors: kBusy ("verification.stopped") if not.
    [[nodiscard]] virtual Result<Done> check_integrity(const std::function<bool()>& goes_on) = 0;
    /// Empties what holds bytes of before the last change, as far as that can be asked for.
    [[nodiscard]] virtual Result<Done> forget_old_bytes() { return Done{}; }
    /// Writes all anew, so that no byte of before is left anywhere. False if that cannot be known
    /// or done now; nothing is lost by it.
    [[nodiscard]] virtual bool rewrite() { return false; }
    /// Counts the connections that were made: another number, and what was known of the database
    /// may have changed.
    [[nodiscard]] virtual int generation() const { return 0; }
    /// After an error: waits a while and connects again if need be. False if the error will stay,
    /// or this was tried often enough.
    [[nodiscard]] virtual bool recovers_from(const Error&, int /*tries*/) { return false; }

    /// Asks for hints that somebody wrote, where the database gives any.
    virtual void listen() {}
    /// Waits for a hint, at most so long; true if one came. Without hints it only waits. Errors:
    /// kBusy if the connection is lost.
    [[nodiscard]] virtual Result<bool> hinted_within(std::chrono::milliseconds time);
    /// How long answers are waited for from here on.
    virtual void set_patience(std::chrono::milliseconds) {}

    /// Gives the first number of the first row, or 0.
    [[nodiscard]] Result<std::int64_t> number(std::string_view sql);
    /// The file or the address, for errors.
    [[nodiscard]] const std::string& path() const { return place_; }

    /// Has the layer looked at from here on; before, what is stored is taken for tokens. `tenant`:
    /// check value of the key of tokens, looked at with it if the ledger names one; 0 = not known.
    void guard_layer(LayerKeys keys, Layers which, std::uint64_t tenant);
    /// Asks under which layer tokens are stored, and has it put on and taken off from here on.
    /// Errors: those of LayerKeys::layer; kInput ("tenant_key.other").
    [[nodiscard]] Result<Done> agree_on_layer();
    /// The one that was agreed on last.
    [[nodiscard]] const ledger::TokenLayer& layer() const { return layer_; }

  protected:
    [[nodiscard]] Statement statement_of(std::unique_ptr<Statement::Body> body) const {
        return {std::move(body), &layer_};
    }
    /// For a destructor whose statements need what dies with it.
    void drop_own_statement() { layer_row_.reset(); }

  private:
    friend class Transaction;
    [[nodiscard]] virtual Result<Done> begin(Access access) = 0;
    [[nodiscard]] virtual Result<Done> commit() = 0;
    virtual void roll_back() = 0;

    std::string place_;
    int depth_ = 0;  ///< of transactions: a reading one may stand within another
    std::optional<LayerKeys> layer_keys_;
    Layers which_layers_ = Layers::kInForce;
    std::uint64_t tenant_ = 0;
    bool has_agreed_ = false;
    ledger::TokenLayer layer_ = ledger::TokenLayer::none();
    std::optional<Statement> layer_row_;
};

/// Undone when it dies, unless it was committed. One for reading within another is part of it. One
/// for reading begins with agreeing on the layer; whoever writes tokens agrees behind the locks.
class Transaction {
  public:
    [[nodiscard]] static Result<Transaction> begin(Connection& connection, Access access);
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

}  // namespace licet::store
