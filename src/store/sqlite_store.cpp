// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_store.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "ledger/merkle.h"
#include "store/erasure_register.h"
#include "store/internal/schema.h"
#include "store/person_key_file.h"

namespace licet::store {
namespace {

using ledger::Appended;
using ledger::Event;
using ledger::EventKind;
using ledger::Head;
using ledger::PersonKey;
using ledger::StoredEvent;
using ledger::Suppression;
using ledger::Token;
using ledger::Which;

// Persons who write or are read again and again keep their derived key for a while.
constexpr std::size_t kKeysKept = 64;

class SqliteStore final : public ledger::Store {
  public:
    SqliteStore(std::unique_ptr<Connection> connection, LedgerFiles files, PersonKeyFile keys,
                bool may_write)
        : connection_(std::move(connection)),
          files_(std::move(files)),
          keys_(std::move(keys)),
          may_write_(may_write) {}

    /// Does again what the register says and the database has not seen.
    [[nodiscard]] Result<Done> replay_erasures();

    Result<std::vector<StoredEvent>> events_of(std::span<const Token> tokens) override;
    Result<std::vector<Suppression>> suppressions_of(std::span<const Token> tokens) override;
    Result<Done> for_each(Which which, const std::function<void(const Event&)>& visit) override;
    Result<Done> for_each_suppression(
        const std::function<void(const Suppression&)>& visit) override;
    Result<std::uint64_t> count() override;
    Result<Appended> append(std::span<const Event> batch) override;
    Result<std::uint64_t> erase(std::span<const Token> persons, Date on,
                                ledger::ErasureReason reason, const IfStill& if_still) override;

  private:
    struct Statements {
        Statement insert;
        Statement same_name;
        Statement head;
        Statement put_head;
        Statement suppress;
    };

    [[nodiscard]] Result<Done> prepare_statements();
    [[nodiscard]] Result<Done> load_head(std::uint32_t part, Heads& heads);
    [[nodiscard]] Result<bool> insert(const Event& event, Heads& heads);
    [[nodiscard]] Result<Done> refuse_other_act(const Event& event, const ledger::EventName& name);
    [[nodiscard]] Result<Done> suppress(const Event& event);
    [[nodiscard]] Result<Done> put_heads(const Heads& heads);
    [[nodiscard]] Result<std::optional<Event>> opened(const EventRow& row);
    [[nodiscard]] Result<std::uint64_t> finish_erasures();
    [[nodiscard]] Result<std::uint64_t> destroy_rows(std::span<const Erasure> erasures,
                                                     std::size_t lines);
    [[nodiscard]] Result<PersonKey> key_to_write(const Token& person);
    [[nodiscard]] Result<std::string> destroy_rows_of(const Erasure& erasure, std::uint64_t& count);
    [[nodiscard]] Result<std::uint64_t> events_there(const Token& person);
    [[nodiscard]] Result<std::string> kept_of(const Token& person);

    // Declared in this order so that statements die before their connection.
    std::unique_ptr<Connection> connection_;
    LedgerFiles files_;
    PersonKeyFile keys_;
    bool may_write_;
    std::optional<Statement> by_person_;
    std::optional<Statement> suppressed_;
    std::optional<Statements> statements_;
    std::map<Token, PersonKey> keys_at_hand_;  ///< for writing, within one transaction
};

// ---- reading ------------------------------------------------------------------------------------

// Gives nothing if the key is destroyed: the row waits for a program that may write to wipe it.
Result<std::optional<Event>> SqliteStore::opened(const EventRow& row) {
    if (row.is_erased()) return std::optional<Event>{};
    const Token person = row.token();
    auto key = keys_.keys().key_of(person, row.era);
    if (!key) {
        // Another program may have begun an era since the file was read.
        LICET_TRY(keys_.refresh());
        key = keys_.keys().key_of(person, row.era);
        if (!key) return std::optional<Event>{};
    }
    auto event = ledger::open_seal(*key, row.event);
    if (!event || event->person != person) return broken("store.corrupt", connection_->path());
    return std::optional<Event>(std::move(event).value());
}

Result<std::vector<StoredEvent>> SqliteStore::events_of(std::span<const Token> tokens) {
    if (!by_person_)
        by_person_ = LICET_TRY(connection_->prepare("SELECT " + std::string(kEventColumns) +
                                                    " FROM event WHERE part = ? AND person = ?"));
    // All tokens are read at one moment, so that an objection which is spread over several is seen
    // whole or not at all.
    Transaction transaction = LICET_TRY(Transaction::begin(*connection_, "deferred"));
    std::vector<EventRow> found;
    for (const Token& token : std::set<Token>(tokens.begin(), tokens.end())) {
        by_person_->bind(1, std::int64_t{ledger::partition_of(token)});
        by_person_->bind(2, std::span<const std::uint8_t>(token.bytes));
        while (true) {
            const bool has_row = LICET_TRY(by_person_->step());
            if (!has_row) break;
            auto row = event_row(*by_person_, connection_->path());
            // A statement that stays in the middle of its rows would keep the transaction open.
            if (!row) {
                static_cast<void>(by_person_->run());
                return std::move(row).error();
            }
            found.push_back(std::move(row).value());
        }
    }
    LICET_TRY(transaction.commit());
    std::sort(found.begin(), found.end(),
              [](const EventRow& a, const EventRow& b) { return a.place < b.place; });
    std::vector<StoredEvent> out;
    out.reserve(found.size());
    for (const EventRow& row : found) {
        auto event = LICET_TRY(opened(row));
        if (event) out.push_back({row.place, *std::move(event)});
    }
    return out;
}

Result<std::vector<Suppression>> SqliteStore::suppressions_of(std::span<const Token> tokens) {
    if (!suppressed_)
        suppressed_ = LICET_TRY(connection_->prepare("SELECT " + std::string(kSuppressionColumns) +
                                                     " FROM suppression WHERE token = ?" +
                                                     std::string(kSuppressionOrder)));
    std::vector<Suppression> out;
    for (const Token& token : std::set<Token>(tokens.begin(), tokens.end())) {
        suppressed_->bind(1, std::span<const std::uint8_t>(token.bytes));
        while (true) {
            const bool has_row = LICET_TRY(suppressed_->step());
            if (!has_row) break;
            out.push_back(LICET_TRY(suppression_in(*suppressed_, connection_->path())));
        }
    }
    return out;
}

Result<Done> SqliteStore::for_each(Which which, const std::function<void(const Event&)>& visit) {
    // A statement of its own: visitors may ask the store other things meanwhile.
    const std::string without =
        which == Which::kAll
            ? ""
            : " WHERE kind NOT IN (" +
                  std::to_string(static_cast<int>(EventKind::kObjectionRecorded)) + ", " +
                  std::to_string(static_cast<int>(EventKind::kVerdictGiven)) + ")";
    Statement rows = LICET_TRY(connection_->prepare(
        "SELECT " + std::string(kEventColumns) + " FROM event" + without + " ORDER BY part, seq"));
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return Done{};
        const EventRow row = LICET_TRY(event_row(rows, connection_->path()));
        const auto event = LICET_TRY(opened(row));
        if (event) visit(*event);
    }
}

Result<Done> SqliteStore::for_each_suppression(
    const std::function<void(const Suppression&)>& visit) {
    Statement rows =
        LICET_TRY(connection_->prepare("SELECT " + std::string(kSuppressionColumns) +
                                       " FROM suppression" + std::string(kSuppressionOrder)));
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return Done{};
        visit(LICET_TRY(suppression_in(rows, connection_->path())));
    }
}

Result<std::uint64_t> SqliteStore::count() {
    // Numbers have no gaps, so the heads know; counting rows would read them all.
    const auto sum = LICET_TRY(connection_->number("SELECT coalesce(sum(seq), 0) FROM head"));
    return static_cast<std::uint64_t>(sum);
}

// ---- writing ------------------------------------------------------------------------------------

Result<Done> SqliteStore::prepare_statements() {
    if (statements_) return Done{};
    Statement insert = LICET_TRY(connection_->prepare(
        "INSERT INTO event(part, seq, person, name, kind, era, commitment, sealed) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(part, person, name) DO NOTHING"));
    Statement same_name =
        LICET_TRY(connection_->prepare("SELECT " + std::string(kEventColumns) +
                                       " FROM event WHERE part = ? AND person = ? AND name = ?"));
    Statement head = LICET_TRY(connection_->prepare("SELECT seq, hash FROM head WHERE part = ?"));
    Statement put_head = LICET_TRY(connection_->prepare(
        "INSERT INTO head(part, seq, hash) VALUES(?, ?, ?) ON CONFLICT(part) DO UPDATE SET "
        "seq = excluded.seq, hash = excluded.hash"));
    Statement suppress = LICET_TRY(
        connection_->prepare("INSERT INTO suppression(" + std::string(kSuppressionColumns) +
                             ") VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(token, brand, channel, "
                             "purpose) DO UPDATE SET "
                             "since = min(since, excluded.since), last = max(last, excluded.last), "
                             "until = CASE WHEN min(until, excluded.until) = 0 THEN 0 "
                             "ELSE max(until, excluded.until) END"));
    statements_.emplace(Statements{std::move(insert), std::move(same_name), std::move(head),
                                   std::move(put_head), std::move(suppress)});
    return Done{};
}

Result<Appended> SqliteStore::append(std::span<const Event> batch) {
    for (const Event& event : batch)
        if (event.key.empty()) return error(ErrorCode::kInput, "event.no_key");
    if (batch.empty()) return Appended{};
    if (!may_write_) return broken("store.read_only", connection_->path());
    LICET_TRY(prepare_statements());
    Transaction transaction = LICET_TRY(Transaction::begin(*connection_, "immediate"));
    // Behind the lock: a key that another program destroyed must not seal anything more.
    keys_at_hand_.clear();
    LICET_TRY(keys_.refresh());
    Appended done;
    Heads heads;
    for (const Event& event : batch) {
        const bool is_new = LICET_TRY(insert(event, heads));
        if (is_new && event.kind == EventKind::kObjectionRecorded) LICET_TRY(suppress(event));
        ++(is_new ? done.added : done.already_there);
    }
    if (done.added > 0) LICET_TRY(put_heads(heads));
    // From here on the batch is durable or it is not there: the commit waits for the disk.
    LICET_TRY(transaction.commit());
    return done;
}

Result<Done> SqliteStore::load_head(std::uint32_t part, Heads& heads) {
    if (heads.contains(part)) return Done{};
    Statement& rows = statements_->head;
    rows.bind(1, std::int64_t{part});
    const bool has_row = LICET_TRY(rows.step());
    Head head;
    if (has_row) {
        head.seq = rows.number(0);
        const auto hash = rows.bytes(1);
        const bool is_whole = hash.size() == head.hash.size();
        if (is_whole) std::copy(hash.begin(), hash.end(), head.hash.begin());
        LICET_TRY(rows.run());
        if (!is_whole) return broken("store.corrupt", connection_->path());
    }
    heads.emplace(part, head);
    return Done{};
}

Result<bool> SqliteStore::insert(const Event& event, Heads& heads) {
    const std::uint32_t part = ledger::partition_of(event.person);
    LICET_TRY(load_head(part, heads));
    Head& head = heads.at(part);
    auto at_hand = keys_at_hand_.find(event.person);
    if (at_hand == keys_at_hand_.end()) {
        if (keys_at_hand_.size() >= kKeysKept) keys_at_hand_.clear();
        const PersonKey key = LICET_TRY(key_to_write(event.person));
        at_hand = keys_at_hand_.emplace(event.person, key).first;
    }
    const PersonKey& key = at_hand->second;
    const ledger::SealedEvent sealed = ledger::seal(key, event);
    Statement& row = statements_->insert;
    row.bind(1, std::int64_t{part});
    row.bind(2, head.seq + 1);
    row.bind(3, std::span<const std::uint8_t>(event.person.bytes));
    row.bind(4, std::span<const std::uint8_t>(sealed.name));
    row.bind(5, std::int64_t{static_cast<std::uint8_t>(event.kind)});
    row.bind(6, std::int64_t{key.era});
    row.bind(7, std::span<const std::uint8_t>(sealed.commitment));
    row.bind(8, std::span<const std::uint8_t>(sealed.sealed));
    LICET_TRY(row.run());
    if (connection_->rows_changed() == 0) {
        LICET_TRY(refuse_other_act(event, sealed.name));
        return false;
    }
    const ledger::Entry entry =
        ledger::entry_of(part, head.seq + 1, sealed.commitment, sha256(sealed.sealed));
    head = ledger::next(head, ledger::leaf_hash(entry));
    return true;
}

// A key that is reused for another act is no repeat. Taking it for one would lose the event, and
// that event may be an objection, or a wider one.
Result<Done> SqliteStore::refuse_other_act(const Event& event, const ledger::EventName& name) {
    Statement& rows = statements_->same_name;
    rows.bind(1, std::int64_t{ledger::partition_of(event.person)});
    rows.bind(2, std::span<const std::uint8_t>(event.person.bytes));
    rows.bind(3, std::span<const std::uint8_t>(name));
    const bool has_row = LICET_TRY(rows.step());
    if (!has_row) return broken("store.corrupt", connection_->path());
    const auto row = event_row(rows, connection_->path());
    LICET_TRY(rows.run());
    if (!row) return row.error();
    const auto stored = LICET_TRY(opened(*row));
    const bool is_same = stored && stored->kind == event.kind &&
                         ledger::scope_of(*stored) == ledger::scope_of(event);
    if (!is_same) return error(ErrorCode::kInput, "event.key_reused");
    return Done{};
}

// The newest era that seals something here is written down with it, whoever began that era: so keys
// that are older are known for such.
Result<PersonKey> SqliteStore::key_to_write(const Token& person) {
    const PersonKey key = LICET_TRY(keys_.key_to_write(person));
    if (key.era > 1)
        LICET_TRY(connection_->run("UPDATE replayed SET era = max(era, " + std::to_string(key.era) +
                                   ")"));
    return key;
}

Result<Done> SqliteStore::suppress(const Event& event) {
    const Suppression one = ledger::suppression_of(event);
    bind(statements_->suppress, one);
    return statements_->suppress.run();
}

Result<Done> SqliteStore::put_heads(const Heads& heads) {
    Statement& row = statements_->put_head;
    for (const auto& [part, head] : heads) {
        if (head.seq == 0) continue;
        row.bind(1, std::int64_t{part});
        row.bind(2, head.seq);
        row.bind(3, std::span<const std::uint8_t>(head.hash));
        LICET_TRY(row.run());
    }
    return Done{};
}

// ---- erasing ------------------------------------------------------------------------------------

Result<std::uint64_t> SqliteStore::events_there(const Token& person) {
    Statement rows =
        LICET_TRY(connection_->prepare("SELECT count(*) FROM event WHERE part = ? AND person = ?"));
    rows.bind(1, std::int64_t{ledger::partition_of(person)});
    rows.bind(2, std::span<const std::uint8_t>(person.bytes));
    std::ignore = LICET_TRY(rows.step());
    return static_cast<std::uint64_t>(rows.number(0));
}

// All under one lock, so that no other program writes an event, a key or a line meanwhile. The
// order makes it safe to be cut off anywhere: once the register is written, every opening goes on
// where this ended.
Result<std::uint64_t> SqliteStore::erase(std::span<const Token> persons, Date on,
                                         ledger::ErasureReason reason, const IfStill& if_still) {
    if (!may_write_) return broken("store.read_only", connection_->path());
    std::uint64_t count = 0;
    {
        Transaction transaction = LICET_TRY(Transaction::begin(*connection_, "immediate"));
        LICET_TRY(keys_.refresh());
        std::vector<Erasure> erasures;
        for (const Token& person : std::set<Token>(persons.begin(), persons.end())) {
            const std::uint64_t events = LICET_TRY(events_there(person));
            const auto key = keys_.keys().key_of(person);
            const bool is_wanted = events > 0 && key && (!if_still || if_still(person, events));
            if (is_wanted) erasures.push_back({person, key->era, on, reason});
        }
        if (erasures.empty()) return count;
        LICET_TRY(append_erasures(files_.erasures, erasures));
        count = LICET_TRY(finish_erasures());
        LICET_TRY(transaction.commit());
    }
    // What the pages held before stands in the write-ahead log until it is emptied. A reader that
    // is at work keeps it; no byte of it can be read without the key, and the next erasure empties
    // it.
    LICET_TRY(connection_->run("PRAGMA wal_checkpoint(TRUNCATE)"));
    return count;
}

std::vector<ledger::PersonKeys::Doomed> doomed_by(std::span<const Erasure> erasures) {
    std::vector<ledger::PersonKeys::Doomed> out;
    for (const Erasure& erasure : erasures) out.emplace_back(erasure.person, erasure.era);
    return out;
}

// Within a transaction: destroys what the register names and is still there, keys before rows.
Result<std::uint64_t> SqliteStore::finish_erasures() {
    const auto erasures = LICET_TRY(erasures_in(files_.erasures));
    const auto done = LICET_TRY(connection_->number("SELECT max(lines) FROM replayed"));
    LICET_TRY(keys_.refresh());
    // Keys that are older than the register lack its eras; they are begun and destroyed, so that
    // nobody who comes back gets a key that the register has doomed already.
    ledger::Era newest = 0;
    for (const Erasure& erasure : erasures) newest = std::max(newest, erasure.era);
    LICET_TRY(keys_.begin_eras(newest));
    std::ignore = LICET_TRY(keys_.destroy(doomed_by(erasures), false));
    return destroy_rows(std::span(erasures).subspan(static_cast<std::size_t>(done)),
                        erasures.size());
}

Result<Done> SqliteStore::replay_erasures() {
    const auto erasures = LICET_TRY(erasures_in(files_.erasures));
    const auto done = LICET_TRY(connection_->number("SELECT max(lines) FROM replayed"));
    const auto era = LICET_TRY(connection_->number("SELECT max(era) FROM replayed"));
    const auto rows = LICET_TRY(connection_->number("SELECT count(*) FROM replayed"));
    if (rows != 1) return broken("store.corrupt", connection_->path());
    if (done > std::ssize(erasures))
        return error(
            ErrorCode::kBroken, "erasure.cut",
            {{"found", std::to_string(erasures.size())}, {"expected", std::to_string(done)}},
            files_.erasures);
    if (era > keys_.keys().newest_era())
        return error(ErrorCode::kBroken, "person_keys.older", {}, files_.person_keys);
    const auto doomed = doomed_by(erasures);
    if (!may_write_) {
        std::ignore = LICET_TRY(keys_.destroy(doomed, true));
        return Done{};
    }
    if (done == std::ssize(erasures) && !keys_.keys().reaches_any(doomed)) return Done{};
    Transaction transaction = LICET_TRY(Transaction::begin(*connection_, "immediate"));
    std::ignore = LICET_TRY(finish_erasures());
    LICET_TRY(transaction.commit());
    LICET_TRY(connection_->run("PRAGMA wal_checkpoint(TRUNCATE)"));
    return Done{};
}

// The suppressions of an erased person, as the event of the ledger keeps them: they rest on
// nothing else any more (docs/ledger-format.md, section 3).
Result<std::string> SqliteStore::kept_of(const Token& person) {
    std::string out;
    for (const Suppression& one : LICET_TRY(suppressions_of({&person, 1})))
        out += (out.empty() ? "" : ",") + text_of_kept(one);
    return out;
}

// Gives the places of the entries, as the event of the ledger names them.
Result<std::string> SqliteStore::destroy_rows_of(const Erasure& erasure, std::uint64_t& count) {
    Statement rows =
        LICET_TRY(connection_->prepare("SELECT " + std::string(kEventColumns) +
                                       " FROM event WHERE part = ? AND person = ? AND era <= ?"));
    rows.bind(1, std::int64_t{ledger::partition_of(erasure.person)});
    rows.bind(2, std::span<const std::uint8_t>(erasure.person.bytes));
    rows.bind(3, std::int64_t{erasure.era});
    std::vector<std::pair<ledger::EventPlace, Digest>> found;
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) break;
        const EventRow row = LICET_TRY(event_row(rows, connection_->path()));
        found.emplace_back(row.place, row.sealed_digest());
    }
    std::sort(found.begin(), found.end());
    Statement wipe = LICET_TRY(connection_->prepare(
        "UPDATE event SET person = x'', kind = 0, era = 0, sealed = ? WHERE part = ? AND seq = ?"));
    std::string places;
    for (const auto& [place, digest] : found) {
        wipe.bind(1, std::span<const std::uint8_t>(digest));
        wipe.bind(2, std::int64_t{place.part});
        wipe.bind(3, place.seq);
        LICET_TRY(wipe.run());
        places += (places.empty() ? "" : ",") + ledger::text_of(place);
        ++count;
    }
    return places;
}

Result<std::uint64_t> SqliteStore::destroy_rows(std::span<const Erasure> erasures,
                                                std::size_t lines) {
    LICET_TRY(prepare_statements());
    std::uint64_t count = 0;
    keys_at_hand_.clear();
    Heads heads;
    for (const Erasure& erasure : erasures) {
        const std::string places = LICET_TRY(destroy_rows_of(erasure, count));
        if (places.empty()) continue;
        // Of the ledger, not of the person: it says which entries have lost their seal, and when.
        Event event;
        event.kind = EventKind::kErased;
        event.happened_on = erasure.on;
        event.received_at = days_of(erasure.on) * 86'400;
        event.surface = "ledger";
        event.attributes = {{"places", places},
                            {"reason", std::string(ledger::name_of(erasure.reason))}};
        if (std::string kept = LICET_TRY(kept_of(erasure.person)); !kept.empty())
            event.attributes.emplace("kept", std::move(kept));
        event.key = ledger::content_key(event);
        std::ignore = LICET_TRY(insert(event, heads));
    }
    LICET_TRY(put_heads(heads));
    LICET_TRY(connection_->run("UPDATE replayed SET lines = " + std::to_string(lines)));
    return count;
}

}  // namespace

Result<std::unique_ptr<ledger::Store>> open_sqlite_store(const LedgerFiles& files, Mode mode,
                                                         std::chrono::milliseconds patience) {
    auto connection = LICET_TRY(checked_connection(files.database, mode, patience));
    PersonKeyFile keys = LICET_TRY(mode == Mode::kCreate ? PersonKeyFile::create(files.person_keys)
                                                         : PersonKeyFile::open(files.person_keys));
    auto store = std::make_unique<SqliteStore>(std::move(connection), files, std::move(keys),
                                               mode != Mode::kReadOnly);
    LICET_TRY(store->replay_erasures());
    return std::unique_ptr<ledger::Store>(std::move(store));
}

}  // namespace licet::store
