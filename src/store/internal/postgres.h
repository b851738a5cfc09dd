// SPDX-License-Identifier: Apache-2.0
//
// PostgreSQL behind internal/database.h: libpq, binary values, pipelines, and what its errors mean
// for whoever asked.
//
//     40001, 40P01             somebody was faster: again                       kChanged
//     08..., 57P01-03, 40003,
//     57014, no answer in time,
//     a warning at COMMIT      unknown whether it was done: again, same keys    kBusy
//     55P03, 53300             locked, or no connection left                    kBusy
//     others                   full, read-only, damaged, no right               kBroken
//
// A warning at COMMIT says that the wait for the synchronous standby was cancelled: the rows are
// there, but not where they must be. Errors hold the five signs of SQLSTATE and never the server's
// sentence, which may quote rows.
//
// Private to the module; the library is seen by nobody else.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/internal/database.h"

namespace licet::store {

/// What the code of a failed statement means. `place` is the server's address.
[[nodiscard]] Error error_of_sqlstate(std::string_view state, const std::string& place);

class PostgresConnection final : public Connection {
  public:
    struct Options {
        bool is_read_only = false;
        std::chrono::milliseconds patience{5000};  ///< for each answer to a writer
        /// For each answer to a reader: a first row can wait for a whole table to be sorted.
        std::chrono::milliseconds patience_to_read{120'000};
    };
    /// Connects. Errors: kInput ("store.address_form", "store.password_in_address"); kBusy
    /// ("store.unreachable") if no server answers, kBroken ("store.refused") if it does not let us
    /// in.
    [[nodiscard]] static Result<std::unique_ptr<PostgresConnection>> open(
        const std::string& address, Options options);

    Result<Done> run(const std::string& sql) override;
    Result<Statement> prepare(std::string_view sql) override;
    Result<Statement> scan(std::string_view sql) override;
    Result<Done> settle() override;
    std::int64_t rows_changed() const override { return rows_changed_; }
    std::string_view for_update() const override { return " FOR UPDATE"; }
    Result<Done> check_integrity(const std::function<bool()>&) override { return Done{}; }
    int generation() const override { return generation_; }
    bool recovers_from(const Error& error, int tries) override;
    void listen() override;
    Result<bool> hinted_within(std::chrono::milliseconds time) override;
    void set_patience(std::chrono::milliseconds time) override {
        options_.patience = options_.patience_to_read = time;
    }

    // ---- for the statements of this file -------------------------------------------------
    struct Clear {
        void operator()(PGresult* result) const noexcept { PQclear(result); }
        void operator()(PGconn* handle) const noexcept { PQfinish(handle); }
        void operator()(char* text) const noexcept { PQfreemem(text); }
    };
    using Answer = std::unique_ptr<PGresult, Clear>;
    /// Values of one execution, as the library wants them.
    struct Values {
        std::vector<const char*> starts;
        std::vector<int> sizes;
        std::vector<int> formats;
        void set(int place, const void* start, std::size_t size);
    };
    /// Asks a prepared statement and waits for its answer.
    [[nodiscard]] Result<Answer> ask(const std::string& sql, const Values& values);
    /// Asks a statement that is asked once, and waits for its answer.
    [[nodiscard]] Result<Answer> ask_once(const std::string& sql, const Values& values);
    /// Sends a prepared statement into the pipeline.
    [[nodiscard]] Result<Done> send(const std::string& sql, const Values& values);
    /// A name that no other cursor of this connection has.
    [[nodiscard]] std::string new_cursor() { return "c" + std::to_string(++cursors_); }

  private:
    PostgresConnection(const std::string& address, Options options)
        : Connection(address), options_(options) {}
    Result<Done> begin(Access access) override;
    Result<Done> commit() override;
    void roll_back() override;

    [[nodiscard]] Result<Done> connect();
    [[nodiscard]] Result<std::string> name_of(const std::string& sql);
    /// Gives the next result of what was sent, or nothing at its end.
    [[nodiscard]] Result<Answer> next_result();
    /// Takes all results of one question; gives the last.
    [[nodiscard]] Result<Answer> last_result();
    [[nodiscard]] Error lost() const;
    [[nodiscard]] bool is_lost() const {
        return handle_ == nullptr || PQstatus(handle_.get()) != CONNECTION_OK;
    }
    static void note_warning(void* self, const PGresult* notice);

    Options options_;
    std::unique_ptr<PGconn, Clear> handle_;
    std::map<std::string, std::string, std::less<>> names_;  ///< of what this connection prepared
    std::int64_t rows_changed_ = 0;
    int sent_ = 0;  ///< statements in the pipeline
    int generation_ = 0;
    int cursors_ = 0;
    bool listens_ = false;
    bool gives_hints_ = true;
    bool is_writing_ = false;
    bool was_warned_ = false;
    bool was_too_slow_ = false;
    bool commits_remotely_ = false;  ///< the server asks for more than a flush of its standbys
};

}  // namespace licet::store
