// SPDX-License-Identifier: Apache-2.0
#include "store/internal/postgres.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <thread>
#include <tuple>

#include "base/text.h"

namespace licet::store {
namespace {

using Answer = PostgresConnection::Answer;

// What is sent before the answers are taken: so little that neither side fills its buffers and
// waits for the other.
constexpr int kMostSent = 512;
// Rows that a cursor gives at once.
constexpr int kRowsAtOnce = 1024;
constexpr std::chrono::milliseconds kPause{50};
// Whatever the server's default is: what is read behind a lock must be what was committed before
// the lock was had, not what was there when the wait for it began.
const std::string kBeginWriting = "BEGIN ISOLATION LEVEL READ COMMITTED";

// Ours stand as '?', the server's as $1, $2, ... None of our texts holds a '?' that is not one.
std::string with_numbers(std::string_view sql) {
    std::string out;
    int number = 0;
    for (const char sign : sql) {
        if (sign == '?')
            out += "$" + std::to_string(++number);
        else
            out += sign;
    }
    return out;
}

std::string_view field(const PGresult* result, int which) {
    const char* text = PQresultErrorField(result, which);
    return text == nullptr ? std::string_view() : std::string_view(text);
}

bool is_failure(const PGresult* result) {
    switch (PQresultStatus(result)) {
        case PGRES_FATAL_ERROR:
        case PGRES_BAD_RESPONSE:
        case PGRES_PIPELINE_ABORTED:
            return true;
        case PGRES_EMPTY_QUERY:
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
        case PGRES_COPY_OUT:
        case PGRES_COPY_IN:
        case PGRES_NONFATAL_ERROR:
        case PGRES_COPY_BOTH:
        case PGRES_SINGLE_TUPLE:
        case PGRES_PIPELINE_SYNC:
            return false;
    }
    return true;
}

std::int64_t changed_by(PGresult* result) {
    const std::string_view text = PQcmdTuples(result);
    return whole_number(text).value_or(0);
}

// The values of a statement and the rows of its answer; what is asked differs.
class PostgresStatement : public Statement::Body {
  public:
    PostgresStatement(PostgresConnection* connection, std::string sql)
        : connection_(connection), sql_(std::move(sql)) {}

    void bind(int place, std::int64_t value) override {
        const auto at = static_cast<std::size_t>(place);
        if (numbers_.size() < at) numbers_.resize(at);
        numbers_[at - 1] = value;
        kinds_resize(at);
        is_number_[at - 1] = true;
    }
    void bind(int place, std::span<const std::uint8_t> bytes) override {
        // No address would be NULL to the library, and no bytes need not have one.
        values_.set(place, bytes.empty() ? "" : static_cast<const void*>(bytes.data()),
                    bytes.size());
        kinds_resize(static_cast<std::size_t>(place));
        is_number_[static_cast<std::size_t>(place) - 1] = false;
    }
    void bind(int place, std::string_view text) override {
        bind(place, std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
    }

    Result<bool> step() override {
        if (answer_ == nullptr) answer_ = LICET_TRY(first_rows(values()));
        if (++row_ < PQntuples(answer_.get())) return true;
        auto more = more_rows();
        row_ = -1;
        answer_.reset();
        if (!more) return more.error();
        answer_ = std::move(more).value();
        if (answer_ == nullptr) return false;
        row_ = 0;
        return true;
    }
    Result<Done> run() override {
        if (answer_ == nullptr) answer_ = LICET_TRY(first_rows(values()));
        answer_.reset();
        row_ = -1;
        return finish();
    }
    Result<Done> send() override { return connection_->send(sql_, values()); }

    std::int64_t number(int column) const override {
        // Two's complement of one, two, four or eight bytes.
        const auto value = bytes(column);
        std::int64_t out = !value.empty() && (value[0] & 0x80U) != 0 ? -1 : 0;
        for (const std::uint8_t byte : value)
            out = static_cast<std::int64_t>((static_cast<std::uint64_t>(out) << 8U) | byte);
        return out;
    }
    std::span<const std::uint8_t> bytes(int column) const override {
        if (answer_ == nullptr || row_ < 0) return {};
        const char* start = PQgetvalue(answer_.get(), row_, column);
        const int size = PQgetlength(answer_.get(), row_, column);
        if (start == nullptr || size <= 0) return {};
        return {reinterpret_cast<const std::uint8_t*>(start), static_cast<std::size_t>(size)};
    }

  protected:
    [[nodiscard]] virtual Result<Answer> first_rows(const PostgresConnection::Values& values) {
        return connection_->ask(sql_, values);
    }
    /// Gives rows that follow, at least one; nothing if there are none.
    [[nodiscard]] virtual Result<Answer> more_rows() { return Answer(); }
    [[nodiscard]] virtual Result<Done> finish() { return Done{}; }
    [[nodiscard]] PostgresConnection& connection() { return *connection_; }
    [[nodiscard]] const std::string& sql() const { return sql_; }

  private:
    void kinds_resize(std::size_t size) {
        if (is_number_.size() < size) is_number_.resize(size);
    }
    // Numbers are written down here, where their bytes have an address.
    [[nodiscard]] const PostgresConnection::Values& values() {
        number_bytes_.resize(numbers_.size());
        for (std::size_t i = 0; i < numbers_.size(); ++i) {
            if (!is_number_[i]) continue;
            auto value = static_cast<std::uint64_t>(numbers_[i]);
            for (std::size_t byte = 8; byte-- > 0; value >>= 8U)
                number_bytes_[i][byte] = static_cast<std::uint8_t>(value & 0xFFU);
            values_.set(static_cast<int>(i) + 1, number_bytes_[i].data(), 8);
        }
        return values_;
    }

    PostgresConnection* connection_;
    std::string sql_;
    PostgresConnection::Values values_;
    std::vector<std::int64_t> numbers_;
    std::vector<bool> is_number_;
    std::vector<std::array<std::uint8_t, 8>> number_bytes_;
    Answer answer_;
    int row_ = -1;
};

// Reads through a cursor, so that an answer of any size takes little memory and other statements
// can be asked meanwhile.
class PostgresScan final : public PostgresStatement {
  public:
    using PostgresStatement::PostgresStatement;

  private:
    Result<Answer> first_rows(const PostgresConnection::Values& values) override {
        cursor_ = connection().new_cursor();
        std::ignore = LICET_TRY(
            connection().ask_once("DECLARE " + cursor_ + " NO SCROLL CURSOR FOR " + sql(), values));
        return fetch();
    }
    Result<Answer> fetch() {
        auto rows = LICET_TRY(
            connection().ask_once("FETCH " + std::to_string(kRowsAtOnce) + " FROM " + cursor_, {}));
        is_at_end_ = PQntuples(rows.get()) < kRowsAtOnce;
        if (is_at_end_) LICET_TRY(close());
        return rows;
    }
    Result<Answer> more_rows() override {
        if (is_at_end_) return Answer();
        auto rows = LICET_TRY(fetch());
        return PQntuples(rows.get()) == 0 ? Answer() : std::move(rows);
    }
    Result<Done> finish() override { return is_at_end_ ? Done{} : close(); }
    Result<Done> close() {
        is_at_end_ = true;
        return connection().run("CLOSE " + cursor_);
    }

    std::string cursor_;
    bool is_at_end_ = true;
};

}  // namespace

void PostgresConnection::Values::set(int place, const void* start, std::size_t size) {
    const auto at = static_cast<std::size_t>(place);
    if (starts.size() < at) {
        starts.resize(at);
        sizes.resize(at);
        formats.resize(at, 1);
    }
    starts[at - 1] = static_cast<const char*>(start);
    sizes[at - 1] = static_cast<int>(size);
}

Error error_of_sqlstate(std::string_view state, const std::string& place) {
    const auto is = [&](std::string_view start) { return state.starts_with(start); };
    const auto broken = [&](std::string_view id) {
        return error(ErrorCode::kBroken, id, {}, place);
    };
    // Unknown first: a completion that is unknown is of class 40 too.
    if (state.empty() || is("08") || is("57P0") || is("40003") || is("57014"))
        return error(ErrorCode::kBusy, "store.outcome_unknown", {}, place);
    if (is("40")) return error(ErrorCode::kChanged, "store.conflict", {}, place);
    if (is("55P03") || is("53300")) return error(ErrorCode::kBusy, "store.locked", {}, place);
    if (is("53100")) return broken("store.full");
    if (is("25006")) return broken("store.read_only");
    if (is("3F000") || is("42P01")) return error(ErrorCode::kMissing, "store.missing", {}, place);
    // Our statements keep all constraints of a sound ledger, and know its columns.
    if (is("23") || is("42703") || is("22") || is("XX")) return broken("store.corrupt");
    if (is("28") || is("3D"))
        return error(ErrorCode::kBroken, "store.refused", {{"code", std::string(state)}}, place);
    return error(ErrorCode::kBroken, "store.failed", {{"code", std::string(state)}}, place);
}

// ---- connecting ---------------------------------------------------------------------------------

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const std::string& address,
                                                                     Options options) {
    std::unique_ptr<PostgresConnection> connection(new PostgresConnection(address, options));
    LICET_TRY(connection->connect());
    return connection;
}

namespace {

struct FreeOptions {
    void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};

// The parts of an address as the library takes them, with what we add to it.
struct AddressParts {
    std::vector<std::string> keywords;
    std::vector<std::string> values;

    void add(std::string keyword, std::string value) {
        if (std::find(keywords.begin(), keywords.end(), keyword) != keywords.end()) return;
        keywords.push_back(std::move(keyword));
        values.push_back(std::move(value));
    }
};

Result<AddressParts> parts_of_address(const std::string& address) {
    char* why = nullptr;
    const std::unique_ptr<PQconninfoOption, FreeOptions> options(
        PQconninfoParse(address.c_str(), &why));
    PQfreemem(why);
    // Where it stands is not said: the text may hold a password.
    if (options == nullptr) return error(ErrorCode::kInput, "store.address_form");
    AddressParts out;
    for (const PQconninfoOption* one = options.get(); one->keyword != nullptr; ++one) {
        if (one->val == nullptr) continue;
        if (std::string_view(one->keyword) == "password" ||
            std::string_view(one->keyword) == "sslpassword")
            return error(ErrorCode::kInput, "store.password_in_address");
        out.add(one->keyword, one->val);
    }
    return out;
}

}  // namespace

Result<Done> PostgresConnection::connect() {
    AddressParts parts = LICET_TRY(parts_of_address(path()));
    parts.add("connect_timeout", "3");
    parts.add("application_name", "licet");
    parts.add("client_encoding", "UTF8");
    // A network that swallows packets must not keep anybody waiting for the two hours of a system.
    parts.add("tcp_user_timeout", std::to_string(options_.patience.count()));
    // Of several servers the primary, after a failover another one. Readers ask it too: a standby
    // that lags would not know of an objection that was acknowledged.
    parts.add("target_session_attrs", options_.is_read_only ? "primary" : "read-write");
    std::vector<const char*> keywords;
    std::vector<const char*> values;
    for (const std::string& one : parts.keywords) keywords.push_back(one.c_str());
    for (const std::string& one : parts.values) values.push_back(one.c_str());
    keywords.push_back(nullptr);
    values.push_back(nullptr);
    names_.clear();
    sent_ = 0;
    handle_.reset(PQconnectdbParams(keywords.data(), values.data(), 0));
    if (is_lost()) {
        const std::string_view why = handle_ == nullptr ? "" : PQerrorMessage(handle_.get());
        // No code is given for what fails before a session stands; what the server says before it
        // is about the session and quotes no row.
        const std::string line(why.substr(0, why.find('\n')));
        const bool is_refusal =
            line.find("FATAL") != line.npos && line.find("starting up") == line.npos &&
            line.find("shutting down") == line.npos && line.find("recovery") == line.npos &&
            line.find("too many") == line.npos &&
            line.find("remaining connection slots") == line.npos;
        handle_.reset();
        return is_refusal ? error(ErrorCode::kBroken, "store.refused", {{"code", line}}, path())
                          : error(ErrorCode::kBusy, "store.unreachable", {{"why", line}}, path());
    }
    ++generation_;
    PQsetNoticeReceiver(handle_.get(), note_warning, this);
    LICET_TRY(run("SET search_path = licet"));
    LICET_TRY(run("SET lock_timeout = " + std::to_string(options_.patience.count())));
    if (options_.is_read_only) LICET_TRY(run("SET default_transaction_read_only = on"));
    const Answer answer = LICET_TRY(ask_once("SHOW synchronous_commit", {}));
    commits_remotely_ = std::string_view(PQgetvalue(answer.get(), 0, 0)) == "remote_apply";
    if (listens_) listen();
    return Done{};
}

void PostgresConnection::note_warning(void* self, const PGresult* notice) {
    if (field(notice, PG_DIAG_SEVERITY_NONLOCALIZED) == "WARNING")
        static_cast<PostgresConnection*>(self)->was_warned_ = true;
}

Error PostgresConnection::lost() const {
    return error(ErrorCode::kBusy, "store.outcome_unknown", {}, path());
}

// Who waits for an answer that does not come has waited long enough; who lost the connection or was
// beaten by somebody tries for about as long as one would wait.
bool PostgresConnection::recovers_from(const Error& error, int tries) {
    if (tries * kPause > options_.patience) return false;
    if (error.code == ErrorCode::kChanged) {
        // The longer it lasts the rarer, and not all at once.
        std::this_thread::sleep_for(std::chrono::microseconds(500) * (1U << std::min(tries, 6)) +
                                    std::chrono::microseconds(::getpid() % 1000));
        return true;
    }
    if (std::exchange(was_too_slow_, false)) return false;
    const std::string& id = error.message.id;
    const bool may_pass = id == "store.outcome_unknown" || id == "store.unreachable";
    if (!may_pass || !is_lost()) return false;
    std::this_thread::sleep_for(kPause);
    // If this fails, the next statement says so, and it is tried again.
    static_cast<void>(connect());
    return true;
}

// ---- asking -------------------------------------------------------------------------------------

Result<Answer> PostgresConnection::next_result() {
    while (PQisBusy(handle_.get()) == 1) {
        while (PQflush(handle_.get()) == 1) {
        }
        pollfd watched{PQsocket(handle_.get()), POLLIN, 0};
        // The server's own patience with locks ends first, and says more.
        const auto patience = is_writing_ ? options_.patience + kPause : options_.patience_to_read;
        const int ready = ::poll(&watched, 1, static_cast<int>(patience.count()));
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) {
            // Nobody knows what became of it, and whoever asks next must not get this answer.
            handle_.reset();
            was_too_slow_ = true;
            return lost();
        }
        if (PQconsumeInput(handle_.get()) != 1) return lost();
    }
    return Answer(PQgetResult(handle_.get()));
}

Result<Answer> PostgresConnection::last_result() {
    Answer last;
    while (true) {
        Answer answer = LICET_TRY(next_result());
        if (answer == nullptr) break;
        // The first failure says why; what follows only says that there was one.
        if (last == nullptr || !is_failure(last.get())) last = std::move(answer);
    }
    if (last == nullptr || is_lost()) return lost();
    if (is_failure(last.get()))
        return error_of_sqlstate(field(last.get(), PG_DIAG_SQLSTATE), path());
    rows_changed_ = changed_by(last.get());
    return last;
}

Result<Done> PostgresConnection::run(const std::string& sql) {
    LICET_TRY(settle());
    if (is_lost() || PQsendQuery(handle_.get(), sql.c_str()) != 1) return lost();
    std::ignore = LICET_TRY(last_result());
    return Done{};
}

Result<Answer> PostgresConnection::ask_once(const std::string& sql, const Values& values) {
    LICET_TRY(settle());
    const int count = static_cast<int>(values.starts.size());
    if (is_lost() ||
        PQsendQueryParams(handle_.get(), sql.c_str(), count, nullptr, values.starts.data(),
                          values.sizes.data(), values.formats.data(), 1) != 1)
        return lost();
    return last_result();
}

// The same text is prepared once a connection, whoever asks it.
Result<std::string> PostgresConnection::name_of(const std::string& sql) {
    const auto known = names_.find(sql);
    if (known != names_.end()) return known->second;
    LICET_TRY(settle());
    const std::string name = "s" + std::to_string(names_.size());
    if (is_lost() || PQsendPrepare(handle_.get(), name.c_str(), sql.c_str(), 0, nullptr) != 1)
        return lost();
    std::ignore = LICET_TRY(last_result());
    names_.emplace(sql, name);
    return name;
}

Result<Answer> PostgresConnection::ask(const std::string& sql, const Values& values) {
    LICET_TRY(settle());
    const std::string name = LICET_TRY(name_of(sql));
    if (PQsendQueryPrepared(handle_.get(), name.c_str(), static_cast<int>(values.starts.size()),
                            values.starts.data(), values.sizes.data(), values.formats.data(),
                            1) != 1)
        return lost();
    return last_result();
}

Result<Done> PostgresConnection::send(const std::string& sql, const Values& values) {
    if (sent_ >= kMostSent) LICET_TRY(settle());
    const std::string name = LICET_TRY(name_of(sql));
    if (sent_ == 0 && (is_lost() || PQenterPipelineMode(handle_.get()) != 1)) return lost();
    ++sent_;
    if (PQsendQueryPrepared(handle_.get(), name.c_str(), static_cast<int>(values.starts.size()),
                            values.starts.data(), values.sizes.data(), values.formats.data(),
                            1) != 1)
        return lost();
    return Done{};
}

Result<Done> PostgresConnection::settle() {
    if (sent_ == 0) return Done{};
    const int sent = std::exchange(sent_, 0);
    if (is_lost() || PQpipelineSync(handle_.get()) != 1) return lost();
    std::optional<Error> first;
    for (int i = 0; i < sent; ++i) {
        auto answer = last_result();
        if (is_lost()) return lost();
        if (answer && rows_changed_ != 1)
            answer = error(ErrorCode::kChanged, "store.other_rows", {}, path());
        if (!answer && !first) first = answer.error();
    }
    const Answer sync = LICET_TRY(next_result());
    if (sync == nullptr || PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC ||
        PQexitPipelineMode(handle_.get()) != 1) {
        handle_.reset();
        return lost();
    }
    if (first) return *first;
    return Done{};
}

Result<Statement> PostgresConnection::prepare(std::string_view sql) {
    return statement_of(std::make_unique<PostgresStatement>(this, with_numbers(sql)));
}

Result<Statement> PostgresConnection::scan(std::string_view sql) {
    return statement_of(std::make_unique<PostgresScan>(this, with_numbers(sql)));
}

// ---- transactions -------------------------------------------------------------------------------

Result<Done> PostgresConnection::begin(Access access) {
    is_writing_ = access != Access::kRead;
    switch (access) {
        case Access::kRead:
            return run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        case Access::kWriteLocal:
            return run(kBeginWriting + "; SET LOCAL synchronous_commit = local");
        case Access::kWrite:
            // A server that asks for more than this keeps its own word.
            return run(commits_remotely_ ? kBeginWriting
                                         : kBeginWriting + "; SET LOCAL synchronous_commit = on");
    }
    LICET_ENSURE(false);
}

Result<Done> PostgresConnection::commit() {
    LICET_TRY(settle());
    was_warned_ = false;
    if (is_lost() || PQsendQuery(handle_.get(), "COMMIT") != 1) return lost();
    const Answer answer = LICET_TRY(last_result());
    const bool was_writing = std::exchange(is_writing_, false);
    if (was_warned_) return lost();
    // A transaction that has failed is undone by COMMIT, without an error.
    if (std::string_view(PQcmdStatus(answer.get())) != "COMMIT")
        return error(ErrorCode::kChanged, "store.conflict", {}, path());
    // Apart from the transaction, which would keep all others of the database waiting for it.
    if (was_writing && gives_hints_)
        gives_hints_ = run("NOTIFY licet_heads").has_value() || is_lost();
    return Done{};
}

void PostgresConnection::roll_back() {
    static_cast<void>(settle());
    if (!is_lost()) static_cast<void>(run("ROLLBACK"));
    is_writing_ = false;
}

// ---- hints --------------------------------------------------------------------------------------

void PostgresConnection::listen() {
    listens_ = true;
    // A standby gives no hints, some databases have none.
    if (!is_lost()) static_cast<void>(run("LISTEN licet_heads"));
}

Result<bool> PostgresConnection::hinted_within(std::chrono::milliseconds time) {
    LICET_TRY(settle());
    if (is_lost()) return lost();
    const auto taken = [&] {
        bool was_any = false;
        while (PGnotify* one = PQnotifies(handle_.get())) {
            PQfreemem(one);
            was_any = true;
        }
        return was_any;
    };
    if (taken()) return true;
    pollfd watched{PQsocket(handle_.get()), POLLIN, 0};
    const int ready = ::poll(&watched, 1, static_cast<int>(time.count()));
    if (ready > 0 && PQconsumeInput(handle_.get()) != 1) return lost();
    if (ready > 0 && is_lost()) return lost();
    return ready > 0 && taken();
}

}  // namespace licet::store
