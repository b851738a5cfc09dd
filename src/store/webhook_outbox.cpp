// SPDX-License-Identifier: Apache-2.0
#include "store/webhook_outbox.h"

#include <algorithm>

#include "store/internal/private_database.h"
#include "store/ledger_since.h"

namespace licet::store {
namespace {

constexpr std::int32_t kApplicationId = 0x6C776F62;  // "lwob"
constexpr std::string_view kSchema =
    "CREATE TABLE head(part INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT;"
    "CREATE TABLE subscription(name TEXT PRIMARY KEY, last INTEGER NOT NULL, "
    "rests_until INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE message(subscription TEXT NOT NULL, number INTEGER NOT NULL, "
    "turn TEXT NOT NULL, body TEXT NOT NULL, state INTEGER NOT NULL, tries INTEGER NOT NULL, "
    "due_at INTEGER NOT NULL, made_at INTEGER NOT NULL, PRIMARY KEY(subscription, number)) STRICT, "
    "WITHOUT ROWID;"
    "CREATE INDEX message_by_turn ON message(subscription, state, turn, number)";

constexpr auto kWaiting = static_cast<std::int64_t>(OutgoingState::kWaiting);
constexpr auto kTaken = static_cast<std::int64_t>(OutgoingState::kTaken);
constexpr auto kGivenUp = static_cast<std::int64_t>(OutgoingState::kGivenUp);

class Outbox final : public WebhookOutbox {
  public:
    explicit Outbox(std::unique_ptr<SqliteConnection> connection)
        : connection_(std::move(connection)) {}

    Result<std::size_t> take_in(const LedgerFiles& ledger,
                                const std::vector<std::string>& subscriptions,
                                const MakeMessage& make, std::int64_t now) override;
    Result<std::vector<OutgoingMessage>> due(const std::string& subscription, std::int64_t now,
                                             std::size_t most) override;
    Result<Done> taken(const OutgoingMessage& message) override {
        return settle(message, kTaken, message.tries, message.due_at);
    }
    Result<Done> failed(const OutgoingMessage& message, std::int64_t due_at) override {
        return settle(message, kWaiting, message.tries + 1, due_at);
    }
    Result<Done> give_up(const OutgoingMessage& message) override {
        return settle(message, kGivenUp, message.tries + 1, message.due_at);
    }
    Result<Done> rest_until(const std::string& subscription, std::int64_t moment) override;
    Result<std::size_t> replay(const std::string& subscription, std::int64_t number,
                               std::int64_t now) override;
    Result<OutboxCounts> counts(const std::string& subscription) override;
    Result<std::size_t> forget_before(std::int64_t moment) override;

  private:
    Result<LedgerPlaces> known_places();
    Result<Done> remember(const LedgerPlaces& places);
    Result<std::int64_t> last_of(const std::string& subscription);
    Result<Done> set_last(const std::string& subscription, std::int64_t last);
    Result<Done> settle(const OutgoingMessage& message, std::int64_t state, int tries,
                        std::int64_t due_at);

    std::unique_ptr<SqliteConnection> connection_;
};

Result<LedgerPlaces> Outbox::known_places() {
    LedgerPlaces out;
    Statement rows = LICET_TRY(connection_->prepare("SELECT part, seq FROM head"));
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return out;
        out[static_cast<std::uint32_t>(rows.number(0))] = rows.number(1);
    }
}

Result<Done> Outbox::remember(const LedgerPlaces& places) {
    Statement put =
        LICET_TRY(connection_->prepare("INSERT INTO head(part, seq) VALUES(?, ?) "
                                       "ON CONFLICT(part) DO UPDATE SET seq = excluded.seq"));
    for (const auto& [part, seq] : places) {
        put.bind(1, std::int64_t{part});
        put.bind(2, seq);
        LICET_TRY(put.run());
    }
    return Done{};
}

Result<std::int64_t> Outbox::last_of(const std::string& subscription) {
    Statement row = LICET_TRY(connection_->prepare("SELECT last FROM subscription WHERE name = ?"));
    row.bind(1, std::string_view(subscription));
    const bool has_row = LICET_TRY(row.step());
    return has_row ? row.number(0) : std::int64_t{0};
}

Result<Done> Outbox::set_last(const std::string& subscription, std::int64_t last) {
    Statement put = LICET_TRY(
        connection_->prepare("INSERT INTO subscription(name, last, rests_until) VALUES(?, ?, 0) "
                             "ON CONFLICT(name) DO UPDATE SET last = excluded.last"));
    put.bind(1, std::string_view(subscription));
    put.bind(2, last);
    return put.run();
}

Result<std::size_t> Outbox::take_in(const LedgerFiles& ledger,
                                    const std::vector<std::string>& subscriptions,
                                    const MakeMessage& make, std::int64_t now) {
    Transaction transaction = LICET_TRY(Transaction::begin(*connection_, Access::kWrite));
    LedgerPlaces places = LICET_TRY(known_places());
    std::size_t added = 0;
    if (places.empty()) {
        // From here on: what was before, nobody had asked for.
        places = LICET_TRY(places_of(ledger));
        // A ledger without events has no place: partition 0 stands for having looked.
        places.try_emplace(0, 0);
    } else {
        std::vector<std::int64_t> last;
        for (const std::string& name : subscriptions) last.push_back(LICET_TRY(last_of(name)));
        Statement insert = LICET_TRY(connection_->prepare(
            "INSERT INTO message(subscription, number, turn, body, state, tries, due_at, made_at) "
            "VALUES(?, ?, ?, ?, ?, 0, ?, ?)"));
        Result<Done> written = Done{};
        const auto add = [&](const ledger::Event& event) {
            for (std::size_t i = 0; i < subscriptions.size() && written; ++i) {
                const auto wanted = make(subscriptions[i], last[i] + 1, event);
                if (!wanted) continue;
                insert.bind(1, std::string_view(subscriptions[i]));
                insert.bind(2, ++last[i]);
                insert.bind(3, std::string_view(wanted->order));
                insert.bind(4, std::string_view(wanted->body));
                insert.bind(5, kWaiting);
                insert.bind(6, now);
                insert.bind(7, now);
                written = insert.run();
                ++added;
            }
            return written.has_value();
        };
        LICET_TRY(for_each_after(ledger, places, add));
        if (!written) return written.error();
        for (std::size_t i = 0; i < subscriptions.size(); ++i)
            LICET_TRY(set_last(subscriptions[i], last[i]));
    }
    LICET_TRY(remember(places));
    LICET_TRY(transaction.commit());
    return added;
}

Result<std::vector<OutgoingMessage>> Outbox::due(const std::string& subscription, std::int64_t now,
                                                 std::size_t most) {
    Statement rows = LICET_TRY(connection_->prepare(
        "SELECT m.number, m.turn, m.body, m.tries, m.due_at FROM message m "
        "WHERE m.subscription = ? AND m.state = ? AND m.due_at <= ? "
        "AND NOT EXISTS (SELECT 1 FROM subscription s WHERE s.name = m.subscription "
        "AND s.rests_until > ?) "
        "AND NOT EXISTS (SELECT 1 FROM message e WHERE e.subscription = m.subscription "
        "AND e.state = m.state AND e.turn = m.turn AND e.number < m.number) "
        "ORDER BY m.number LIMIT ?"));
    rows.bind(1, std::string_view(subscription));
    rows.bind(2, kWaiting);
    rows.bind(3, now);
    rows.bind(4, now);
    rows.bind(5, static_cast<std::int64_t>(most));
    std::vector<OutgoingMessage> out;
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return out;
        out.push_back({subscription, rows.number(0), std::string(rows.text(1)),
                       std::string(rows.text(2)), static_cast<int>(rows.number(3)),
                       rows.number(4)});
    }
}

Result<Done> Outbox::settle(const OutgoingMessage& message, std::int64_t state, int tries,
                            std::int64_t due_at) {
    Statement update =
        LICET_TRY(connection_->prepare("UPDATE message SET state = ?, tries = ?, due_at = ? "
                                       "WHERE subscription = ? AND number = ?"));
    update.bind(1, state);
    update.bind(2, std::int64_t{tries});
    update.bind(3, due_at);
    update.bind(4, std::string_view(message.subscription));
    update.bind(5, message.number);
    return update.run();
}

Result<Done> Outbox::rest_until(const std::string& subscription, std::int64_t moment) {
    Statement update = LICET_TRY(
        connection_->prepare("INSERT INTO subscription(name, last, rests_until) VALUES(?, 0, ?) "
                             "ON CONFLICT(name) DO UPDATE SET rests_until = excluded.rests_until"));
    update.bind(1, std::string_view(subscription));
    update.bind(2, moment);
    return update.run();
}

Result<std::size_t> Outbox::replay(const std::string& subscription, std::int64_t number,
                                   std::int64_t now) {
    const std::int64_t last = LICET_TRY(last_of(subscription));
    std::size_t count = 0;
    {
        Transaction transaction = LICET_TRY(Transaction::begin(*connection_, Access::kWrite));
        Statement update =
            LICET_TRY(connection_->prepare("UPDATE message SET state = ?, tries = 0, due_at = ? "
                                           "WHERE subscription = ? AND number >= ?"));
        update.bind(1, kWaiting);
        update.bind(2, now);
        update.bind(3, std::string_view(subscription));
        update.bind(4, number);
        LICET_TRY(update.run());
        count = static_cast<std::size_t>(connection_->rows_changed());
        // Half a replay would hide the gap from whoever asked for it.
        const std::int64_t wanted =
            last < number ? 0 : last - std::max<std::int64_t>(number, 1) + 1;
        if (static_cast<std::int64_t>(count) < wanted)
            return error(ErrorCode::kMissing, "outbox.no_longer_kept",
                         {{"number", std::to_string(number)},
                          {"first", std::to_string(last - static_cast<std::int64_t>(count) + 1)}});
        LICET_TRY(transaction.commit());
    }
    LICET_TRY(rest_until(subscription, 0));
    return count;
}

Result<OutboxCounts> Outbox::counts(const std::string& subscription) {
    OutboxCounts out;
    Statement rows = LICET_TRY(connection_->prepare(
        "SELECT state, count(*), min(due_at) FROM message WHERE subscription = ? GROUP BY state"));
    rows.bind(1, std::string_view(subscription));
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) break;
        const auto count = static_cast<std::uint64_t>(rows.number(1));
        if (rows.number(0) == kWaiting) {
            out.waiting = count;
            out.oldest_due = rows.number(2);
        } else {
            (rows.number(0) == kTaken ? out.taken : out.given_up) = count;
        }
    }
    Statement row = LICET_TRY(
        connection_->prepare("SELECT last, rests_until FROM subscription WHERE name = ?"));
    row.bind(1, std::string_view(subscription));
    const bool has_row = LICET_TRY(row.step());
    if (has_row) {
        out.last = row.number(0);
        out.rests_until = row.number(1);
    }
    return out;
}

Result<std::size_t> Outbox::forget_before(std::int64_t moment) {
    Statement remove =
        LICET_TRY(connection_->prepare("DELETE FROM message WHERE state <> ? AND made_at < ?"));
    remove.bind(1, kWaiting);
    remove.bind(2, moment);
    LICET_TRY(remove.run());
    return static_cast<std::size_t>(connection_->rows_changed());
}

}  // namespace

Result<std::unique_ptr<WebhookOutbox>> WebhookOutbox::open(const std::string& path,
                                                           std::chrono::milliseconds patience) {
    auto connection = LICET_TRY(private_database({path, kApplicationId, 1, kSchema}, patience));
    return std::unique_ptr<WebhookOutbox>(new Outbox(std::move(connection)));
}

}  // namespace licet::store
