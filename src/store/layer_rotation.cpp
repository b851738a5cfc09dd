// SPDX-License-Identifier: Apache-2.0
#include "store/layer_rotation.h"

#include <memory>
#include <optional>
#include <tuple>

#include "store/erasure_register.h"
#include "store/internal/rotation.h"
#include "store/internal/schema.h"
#include "store/internal/standing_source.h"
#include "store/internal/tables.h"

namespace licet::store {
namespace {

using ledger::Token;
using ledger::TokenLayer;

constexpr std::chrono::minutes kPatienceOfServer{30};  // a whole ledger is committed at once
constexpr std::uint64_t kProgressEvery = 4096;

// The rows of before, while they are changed. A server's cursor shows what was there when it was
// opened; an SQLite file shows it to another connection.
struct Before {
    std::unique_ptr<Connection> second;  ///< null on a server
    std::optional<Transaction> moment;   ///< of the second
    Connection* rows = nullptr;
};

Result<Before> rows_before(Connection& writer, const LedgerFiles& files) {
    Before out;
    out.rows = &writer;
    if (is_server(files.database)) return out;
    out.second = LICET_TRY(checked_connection(files, Mode::kReadOnly, kPatience, Layers::kKnown));
    out.moment.emplace(LICET_TRY(Transaction::begin(*out.second, Access::kRead)));
    out.rows = out.second.get();
    return out;
}

// Puts a layer over every stored token, within a transaction that holds all locks.
class Relayer {
  public:
    Relayer(Connection& writer, Connection& before, const TokenLayer& fresh,
            const std::function<void(std::uint64_t, std::uint64_t)>& progress)
        : writer_(writer), before_(before), fresh_(fresh), progress_(progress) {}

    Result<Done> run() {
        const auto events = LICET_TRY(writer_.number("SELECT count(*) FROM event WHERE era > 0"));
        const auto suppressions = LICET_TRY(writer_.number("SELECT count(*) FROM suppression"));
        all_ = static_cast<std::uint64_t>(events + suppressions);
        LICET_TRY(change_events());
        LICET_TRY(change_suppressions());
        LICET_TRY(writer_.settle());
        // A row that was passed over would be one that nobody finds again.
        if (events_ != static_cast<std::uint64_t>(events) || done_ != all_)
            return broken("store.corrupt", writer_.path());
        LICET_TRY(writer_.run("UPDATE replayed SET layer = " +
                              std::to_string(static_cast<std::int64_t>(fresh_.check_value()))));
        progress_(done_, all_);
        return Done{};
    }
    [[nodiscard]] std::uint64_t events() const { return events_; }
    [[nodiscard]] std::uint64_t suppressions() const { return done_ - events_; }

  private:
    Result<Done> change_events() {
        Statement rows = LICET_TRY(
            before_.scan("SELECT person, part, seq FROM event WHERE era > 0 ORDER BY part, seq"));
        Statement change =
            LICET_TRY(writer_.prepare("UPDATE event SET person = ? WHERE part = ? AND seq = ?"));
        while (LICET_TRY(rows.step())) {
            const Token stored = LICET_TRY(fresh_of(rows));
            change.bind(1, std::span<const std::uint8_t>(stored.bytes));
            change.bind(2, rows.number(1));
            change.bind(3, rows.number(2));
            LICET_TRY(change.send());
            ++events_;
            count();
        }
        return Done{};
    }
    Result<Done> change_suppressions() {
        Statement rows =
            LICET_TRY(before_.scan("SELECT " + std::string(kSuppressionKey) + " FROM suppression" +
                                   std::string(kSuppressionOrder)));
        Statement change = LICET_TRY(
            writer_.prepare("UPDATE suppression SET token = ? WHERE token = ? AND brand = ? AND "
                            "channel = ? AND purpose = ?"));
        while (LICET_TRY(rows.step())) {
            const Token stored = LICET_TRY(fresh_of(rows));
            change.bind(1, std::span<const std::uint8_t>(stored.bytes));
            change.bind(2, rows.bytes(0));
            for (const int column : {1, 2, 3}) change.bind(2 + column, rows.text(column));
            LICET_TRY(change.send());
            count();
        }
        return Done{};
    }
    // What is to be stored for the token of the first column.
    Result<Token> fresh_of(const Statement& row) const {
        const auto token = row.token(0);
        if (!token) return broken("store.corrupt", writer_.path());
        return fresh_.over(*token);
    }
    void count() {
        if (++done_ % kProgressEvery == 0) progress_(done_, all_);
    }

    Connection& writer_;
    Connection& before_;
    const TokenLayer& fresh_;
    const std::function<void(std::uint64_t, std::uint64_t)>& progress_;
    std::uint64_t all_ = 0;
    std::uint64_t done_ = 0;
    std::uint64_t events_ = 0;
};

// Steps 1 to 4 of docs/ledger-format.md, section 2.
Result<Rotated> change_layer(Connection& connection, const LedgerFiles& files,
                             const ledger::TokenKey& key,
                             const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    const TokenLayer fresh = LICET_TRY(TokenLayer::create(key));
    const LayerKeys keys(files);
    Transaction transaction = LICET_TRY(Transaction::begin(connection, Access::kWrite));
    std::ignore = LICET_TRY(lock_everything(connection));
    const auto erasures = LICET_TRY(erasures_in(files));
    // On disk before anything is under it.
    LICET_TRY(keys.put_fresh(key));
    LICET_TRY(replace_erasures(files, erasures, fresh));
    forget_standings(files);  // it would be of no use, and holds tokens of before
    Rotated out;
    {
        const Before before = LICET_TRY(rows_before(connection, files));
        Relayer relayer(connection, *before.rows, fresh, progress);
        LICET_TRY(relayer.run());
        out.events = relayer.events();
        out.suppressions = relayer.suppressions();
    }
    out.erasures = erasures.size();
    out.has_old_key = LICET_TRY(keys.current()).check_value() != 0;
    LICET_TRY(transaction.commit());
    return out;
}

// Steps 6 and 7. Another program that opened the ledger meanwhile may have done them.
Result<Done> promote(Connection& connection, const LedgerFiles& files) {
    const LayerKeys keys(files);
    Transaction transaction = LICET_TRY(Transaction::begin(connection, Access::kWrite));
    std::ignore = LICET_TRY(lock_everything(connection));
    const auto fresh = LICET_TRY(keys.fresh());
    if (!fresh || fresh->check_value() != connection.layer().check_value()) return Done{};
    forget_standings(files);  // of somebody who read what was there before
    return keys.promote_fresh();
}

// True if the layer of layer.key.new is over the ledger; if not, and nobody is at it any more, that
// key goes.
Result<bool> is_to_be_finished(Connection& connection, const LedgerFiles& files) {
    const LayerKeys keys(files);
    Transaction transaction = LICET_TRY(Transaction::begin(connection, Access::kWrite));
    std::ignore = LICET_TRY(lock_everything(connection));
    const auto fresh = LICET_TRY(keys.fresh());
    if (!fresh) return false;
    if (fresh->check_value() == connection.layer().check_value()) return true;
    const auto erasures = LICET_TRY(erasures_in(files));
    LICET_TRY(replace_erasures(files, erasures, connection.layer()));
    LICET_TRY(keys.drop_fresh());
    return false;
}

}  // namespace

Result<Done> settle_rotation(Connection& connection, const LedgerFiles& files) {
    if (!LICET_TRY(LayerKeys(files).fresh())) return Done{};
    if (!LICET_TRY(is_to_be_finished(connection, files))) return Done{};
    std::ignore = connection.rewrite();
    return promote(connection, files);
}

Result<Rotated> rotate_layer(
    const LedgerFiles& files, const ledger::TokenKey& key,
    const std::function<void(std::uint64_t done, std::uint64_t all)>& progress) {
    const std::chrono::milliseconds patience =
        is_server(files.database) ? kPatienceOfServer : kPatience;
    const auto connection =
        LICET_TRY(checked_connection(files, Mode::kReadWrite, patience, Layers::kKnown));
    LICET_TRY(settle_rotation(*connection, files));
    auto done = change_layer(*connection, files, key, progress);
    if (!done) {
        // Undone at once if that can be; else by whoever opens the ledger next.
        static_cast<void>(settle_rotation(*connection, files));
        return done;
    }
    done->has_forgotten = connection->rewrite();
    LICET_TRY(promote(*connection, files));
    return done;
}

}  // namespace licet::store
