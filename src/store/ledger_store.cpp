// SPDX-License-Identifier: Apache-2.0
#include "store/ledger_store.h"

#include <algorithm>
#include <bitset>
#include <tuple>

#include "base/text.h"
#include "ledger/merkle.h"
#include "store/internal/ledger_store_class.h"
#include "store/internal/rotation.h"

namespace licet::store {
namespace {

// Rows that are in memory while all are visited.
constexpr std::size_t kRowsAtOnce = 1024;

// What the person says must not be lost with a server; what we did ourselves may be, as far as the
// server was told that it may.
Access access_for(std::span<const Event> batch) {
    const auto is_ours = [](const Event& event) {
        switch (event.kind) {
            case EventKind::kCollected:
            case EventKind::kInformed:
            case EventKind::kConsentGiven:
            case EventKind::kInteraction:
            case EventKind::kContacted:
            case EventKind::kCallbackRequested:
            case EventKind::kVerdictGiven:
            case EventKind::kNoticePublished:
            case EventKind::kCertificateIssued:
            case EventKind::kProcessorAcknowledged:
            case EventKind::kAdministered:
            case EventKind::kAuditAnswered:
            case EventKind::kProcessor:
            case EventKind::kBreach:
            case EventKind::kComplaint:
            case EventKind::kSiteVisit:
            case EventKind::kLabel:
                return true;
            case EventKind::kConsentRefused:
            case EventKind::kConsentWithdrawn:
            case EventKind::kObjectionRecorded:
            case EventKind::kCallAttempt:  // it may have been refused
            case EventKind::kDoubleOptIn:
            case EventKind::kErased:
            case EventKind::kImportUndone:
            case EventKind::kRegisterChecked:  // somebody may be listed
            case EventKind::kPaused:
            case EventKind::kRequest:     // what a person asks is not to be lost
            case EventKind::kSiteChoice:  // it may be a refusal
            case EventKind::kPartnerList:
                return false;
        }
        LICET_ENSURE(false);
    };
    return std::all_of(batch.begin(), batch.end(), is_ours) ? Access::kWriteLocal : Access::kWrite;
}

// The condition that leaves the kinds of `which`; a row whose seal is gone has none (0).
std::string only(Which which) {
    if (which == Which::kAll) return "";
    // What a newer program wrote may forbid: of what standing needs, what is known is left out.
    const bool leaves_out = which == Which::kForStanding;
    std::vector<std::string> kinds;
    for (const EventKind kind : ledger::all_event_kinds())
        if (ledger::is_among(which, kind) != leaves_out)
            kinds.push_back(std::to_string(static_cast<int>(kind)));
    return std::string(" AND kind ") + (leaves_out ? "NOT IN (" : "IN (") + join(kinds, ", ") + ")";
}

std::set<std::uint32_t> partitions_of(std::span<const Event> batch) {
    std::bitset<ledger::kPartitions> are_there;
    for (const Event& event : batch) are_there.set(ledger::partition_of(event.person));
    std::set<std::uint32_t> parts;
    for (std::uint32_t part = 0; part < ledger::kPartitions; ++part)
        if (are_there[part]) parts.insert(part);
    return parts;
}

bool is_same_act(const Event& one, const Event& other) {
    return one.kind == other.kind && ledger::scope_of(one) == ledger::scope_of(other);
}

}  // namespace

// ---- reading ------------------------------------------------------------------------------------

// Gives nothing if the key is destroyed: the row waits for a program that may write to wipe it.
Result<std::optional<Event>> LedgerStore::opened(const EventRow& row) {
    if (row.is_erased()) return std::optional<Event>{};
    const Token person = row.token();
    auto key = keys_.keys().key_of(person, row.era);
    if (!key) {
        // Another program may have begun an era since the file was read.
        LICET_TRY(keys_.refresh());
        key = keys_.keys().key_of(person, row.era);
        if (!key && row.era > keys_.keys().newest_era())
            return error(ErrorCode::kBroken, "person_keys.older", {}, files_.person_keys);
        if (!key) return std::optional<Event>{};
    }
    auto event = ledger::open_seal(*key, row.event);
    if (!event || event->person != person) return broken("store.corrupt", connection_->path());
    return std::optional<Event>(std::move(event).value());
}

Result<std::vector<EventRow>> LedgerStore::rows_of(std::span<const Token> tokens) {
    if (!by_person_)
        by_person_ = LICET_TRY(connection_->prepare("SELECT " + std::string(kEventColumns) +
                                                    " FROM event WHERE part = ? AND person = ?"));
    // All tokens are read at one moment, so that an objection which is spread over several is seen
    // whole or not at all.
    Transaction transaction = LICET_TRY(Transaction::begin(*connection_, Access::kRead));
    std::vector<EventRow> found;
    for (const Token& token : std::set<Token>(tokens.begin(), tokens.end())) {
        by_person_->bind(1, std::int64_t{ledger::partition_of(token)});
        by_person_->bind(2, token);
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
    return found;
}

Result<std::vector<StoredEvent>> LedgerStore::events_of(std::span<const Token> tokens) {
    const auto found = LICET_TRY(repeated<std::vector<EventRow>>([&] { return rows_of(tokens); }));
    std::vector<StoredEvent> out;
    out.reserve(found.size());
    for (const EventRow& row : found) {
        auto event = LICET_TRY(opened(row));
        if (event) out.push_back({row.place, *std::move(event)});
    }
    return out;
}

Result<std::vector<Suppression>> LedgerStore::suppressed(std::span<const Token> tokens) {
    if (!suppressed_)
        suppressed_ = LICET_TRY(connection_->prepare("SELECT " + std::string(kSuppressionColumns) +
                                                     " FROM suppression WHERE token = ?" +
                                                     std::string(kSuppressionOrder)));
    std::vector<Suppression> out;
    for (const Token& token : std::set<Token>(tokens.begin(), tokens.end())) {
        suppressed_->bind(1, token);
        while (true) {
            const bool has_row = LICET_TRY(suppressed_->step());
            if (!has_row) break;
            out.push_back(LICET_TRY(suppression_in(*suppressed_, connection_->path())));
        }
    }
    return out;
}

Result<std::vector<Suppression>> LedgerStore::suppressions_of(std::span<const Token> tokens) {
    return repeated<std::vector<Suppression>>([&]() -> Result<std::vector<Suppression>> {
        Transaction transaction = LICET_TRY(Transaction::begin(*connection_, Access::kRead));
        auto found = LICET_TRY(suppressed(tokens));
        LICET_TRY(transaction.commit());
        return found;
    });
}

// Some rows at a time, and nothing is open while they are visited: visitors may ask the store other
// things, and write to it.
Result<std::vector<EventRow>> LedgerStore::rows_after(const ledger::EventPlace& place,
                                                      Which which) {
    Transaction transaction = LICET_TRY(Transaction::begin(*connection_, Access::kRead));
    Statement rows = LICET_TRY(connection_->prepare(
        "SELECT " + std::string(kEventColumns) + " FROM event WHERE (part, seq) > (?, ?)" +
        only(which) + " ORDER BY part, seq LIMIT " + std::to_string(kRowsAtOnce)));
    rows.bind(1, std::int64_t{place.part});
    rows.bind(2, place.seq);
    std::vector<EventRow> out;
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) break;
        out.push_back(LICET_TRY(event_row(rows, connection_->path())));
    }
    LICET_TRY(transaction.commit());
    return out;
}

Result<Done> LedgerStore::for_each(Which which, const std::function<void(const Event&)>& visit) {
    ledger::EventPlace last;
    while (true) {
        const auto rows =
            LICET_TRY(repeated<std::vector<EventRow>>([&] { return rows_after(last, which); }));
        for (const EventRow& row : rows) {
            const auto event = LICET_TRY(opened(row));
            if (event) visit(*event);
        }
        if (rows.size() < kRowsAtOnce) return Done{};
        last = rows.back().place;
    }
}

// In the order in which they are stored, which is another under another layer: who went on in it
// would pass over some.
Result<std::vector<Suppression>> LedgerStore::suppressions_from(
    const std::optional<Suppression>& last, std::optional<std::uint64_t>& layer) {
    Transaction transaction = LICET_TRY(Transaction::begin(*connection_, Access::kRead));
    const std::uint64_t now = connection_->layer().check_value();
    if (layer.value_or(now) != now)
        return error(ErrorCode::kBusy, "store.layer_changed", {}, connection_->path());
    layer = now;
    auto some = LICET_TRY(suppressions_after(*connection_, last, kRowsAtOnce));
    LICET_TRY(transaction.commit());
    return some;
}

Result<Done> LedgerStore::for_each_suppression(
    const std::function<void(const Suppression&)>& visit) {
    std::optional<Suppression> last;
    std::optional<std::uint64_t> layer;
    while (true) {
        const auto some = LICET_TRY(
            repeated<std::vector<Suppression>>([&] { return suppressions_from(last, layer); }));
        for (const Suppression& one : some) visit(one);
        if (some.size() < kRowsAtOnce) return Done{};
        last = some.back();
    }
}

Result<std::uint64_t> LedgerStore::count() {
    // Numbers have no gaps, so the heads know; counting rows would read them all.
    const auto sum = LICET_TRY(repeated<std::int64_t>([&] {
        return connection_->number("SELECT CAST(coalesce(sum(seq), 0) AS BIGINT) FROM head");
    }));
    return static_cast<std::uint64_t>(sum);
}

// ---- writing ------------------------------------------------------------------------------------

Result<Done> LedgerStore::prepare_statements() {
    if (statements_) return Done{};
    Statement insert = LICET_TRY(connection_->prepare(kPutEvent));
    Statement same_name =
        LICET_TRY(connection_->prepare("SELECT " + std::string(kEventColumns) +
                                       " FROM event WHERE part = ? AND person = ? AND name = ?"));
    // A head that is not where it was read was moved by somebody who should have waited for us.
    Statement put_head = LICET_TRY(connection_->prepare(
        "INSERT INTO head(part, seq, hash) VALUES(?, ?, ?) ON CONFLICT(part) DO UPDATE SET "
        "seq = excluded.seq, hash = excluded.hash WHERE head.seq = ?"));
    Statement suppress = LICET_TRY(connection_->prepare(kPutSuppression));
    statements_.emplace(Statements{std::move(insert), std::move(same_name), std::move(put_head),
                                   std::move(suppress)});
    return Done{};
}

Result<Appended> LedgerStore::append(std::span<const Event> batch) {
    for (const Event& event : batch)
        if (event.key.empty()) return error(ErrorCode::kInput, "event.no_key");
    if (batch.empty()) return Appended{};
    if (!may_write_) return broken("store.read_only", connection_->path());
    return repeated<Appended>([&]() -> Result<Appended> {
        // Most batches repeat nothing; only one that does is looked up event by event.
        const auto done = append_once(batch, false);
        if (done || done.error().message.id != "store.other_rows") return done;
        return append_once(batch, true);
    });
}

Result<Appended> LedgerStore::append_once(std::span<const Event> batch, bool looks_up) {
    LICET_TRY(prepare_statements());
    Transaction transaction = LICET_TRY(Transaction::begin(*connection_, access_for(batch)));
    Heads heads = LICET_TRY(lock_heads(*connection_, partitions_of(batch)));
    const Heads before = heads;
    // Behind the lock: a key that another program destroyed must not seal anything more.
    LICET_TRY(keys_.refresh());
    LICET_TRY(check_files());
    const auto fresh = LICET_TRY(new_ones(batch, looks_up));
    AheadSealer sealer(keys_.keys(), fresh);
    ledger::Era newest = 1;
    for (const Event* event : fresh) {
        std::optional<Sealed> sealed = sealer.take();
        if (!sealed) {
            sealer.wait();
            sealed = sealed_by(LICET_TRY(key_to_write(event->person)), *event);
        }
        newest = std::max(newest, sealed->era);
        LICET_TRY(insert(*event, *std::move(sealed), heads));
        if (ledger::is_objection(event->kind)) LICET_TRY(suppress(*event));
    }
    LICET_TRY(note_era(newest));
    LICET_TRY(put_heads(before, heads));
    // From here on the batch is durable or it is not there: the commit waits for the disk.
    LICET_TRY(transaction.commit());
    for (const auto& [part, head] : heads)
        if (head.seq > 0) acknowledged_[part] = head;
    return Appended{fresh.size(), batch.size() - fresh.size()};
}

// Those that are not repeats of each other nor, if it is looked up, of what is there. In the order
// of the tables' keys, so that neighbours are written together; the events of one person keep
// theirs.
Result<std::vector<const Event*>> LedgerStore::new_ones(std::span<const Event> batch,
                                                        bool looks_up) {
    std::vector<const Event*> sorted;
    sorted.reserve(batch.size());
    for (const Event& event : batch) sorted.push_back(&event);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Event* a, const Event* b) { return a->person < b->person; });
    std::vector<const Event*> out;
    out.reserve(batch.size());
    for (auto first = sorted.begin(); first != sorted.end();) {
        const auto last = std::find_if(first, sorted.end(), [&](const Event* event) {
            return event->person != (*first)->person;
        });
        std::map<std::string_view, const Event*> seen;  // of one person, by key
        for (; first != last; ++first) {
            const auto [same, is_first] = seen.emplace((*first)->key, *first);
            if (!is_first && !is_same_act(*same->second, **first))
                return error(ErrorCode::kInput, "event.key_reused");
            if (!is_first) continue;
            const bool is_there = looks_up ? LICET_TRY(has(**first)) : false;
            if (!is_there) out.push_back(*first);
        }
    }
    return out;
}

Result<Done> LedgerStore::insert(const Event& event, Sealed sealed, Heads& heads) {
    const std::uint32_t part = ledger::partition_of(event.person);
    Head& head = heads.at(part);
    const ledger::Entry entry =
        ledger::entry_of(part, head.seq + 1, sealed.event.commitment, sealed.digest);
    const EventRow row{{part, head.seq + 1},
                       {event.person.bytes.begin(), event.person.bytes.end()},
                       static_cast<std::uint8_t>(event.kind),
                       sealed.era,
                       std::move(sealed.event)};
    bind_event(statements_->insert, row);
    LICET_TRY(statements_->insert.send());
    head = ledger::next(head, ledger::leaf_hash(entry));
    return Done{};
}

// A key that is reused for another act is no repeat. Taking it for one would lose the event, and
// that event may be an objection, or a wider one.
Result<bool> LedgerStore::has(const Event& event) {
    const auto key = keys_.keys().key_of(event.person);
    if (!key) return false;  // all that the person had is erased
    const ledger::EventName name = ledger::name_of_key(*key, event.key);
    Statement& rows = statements_->same_name;
    rows.bind(1, std::int64_t{ledger::partition_of(event.person)});
    rows.bind(2, event.person);
    rows.bind(3, std::span<const std::uint8_t>(name));
    const bool has_row = LICET_TRY(rows.step());
    if (!has_row) return false;
    const auto row = event_row(rows, connection_->path());
    LICET_TRY(rows.run());
    if (!row) return row.error();
    const auto stored = LICET_TRY(opened(*row));
    if (!stored || !is_same_act(*stored, event))
        return error(ErrorCode::kInput, "event.key_reused");
    return true;
}

// The file of keys is changed behind a lock alone, or one of two programs that begin an era would
// lose its own.
Result<PersonKey> LedgerStore::key_to_write(const Token& person) {
    if (!keys_.keys().key_of(person)) {
        LICET_TRY(lock_files(*connection_));
        LICET_TRY(keys_.refresh());
    }
    return keys_.key_to_write(person);
}

// The newest era that seals something here is written down with it, whoever began that era: so keys
// that are older are known for such.
Result<Done> LedgerStore::note_era(ledger::Era newest) {
    if (newest <= 1) return Done{};
    const std::string era = std::to_string(newest);
    return connection_->run("UPDATE replayed SET era = " + era + " WHERE era < " + era);
}

Result<Done> LedgerStore::suppress(const Event& event) {
    const Suppression one = ledger::suppression_of(event);
    bind_suppression(statements_->suppress, one);
    return statements_->suppress.send();
}

// Waits for all that was sent.
Result<Done> LedgerStore::put_heads(const Heads& before, const Heads& heads) {
    Statement& row = statements_->put_head;
    for (const auto& [part, head] : heads) {
        const Head& old = before.at(part);
        if (head == old) continue;
        row.bind(1, std::int64_t{part});
        row.bind(2, head.seq);
        row.bind(3, std::span<const std::uint8_t>(head.hash));
        row.bind(4, old.seq);
        LICET_TRY(row.send());
    }
    return connection_->settle();
}

// Of a ledger that was just made, or by a program that did not do it yet.
Result<Done> LedgerStore::name_keys() {
    const auto missing = LICET_TRY(connection_->number(
        "SELECT CASE WHEN max(persons) = 0 THEN 1 WHEN max(tenant) = 0 THEN 2 ELSE 0 END "
        "FROM replayed"));
    const bool can_name = missing == 1 || (missing == 2 && files_.tenant != 0);
    if (!can_name) return Done{};
    Transaction transaction = LICET_TRY(Transaction::begin(*connection_, Access::kWrite));
    LICET_TRY(lock_files(*connection_));
    LICET_TRY(connection_->agree_on_layer());
    LICET_TRY(keys_.refresh());
    // The first keys that come are not believed: the right ones would be shut out for ever.
    LICET_TRY(check_opens_something(*connection_, keys_.keys(), files_.person_keys));
    LICET_TRY(store::name_keys(*connection_, files_.tenant, keys_.keys().check_value()));
    return transaction.commit();
}

Result<std::unique_ptr<ledger::Store>> open_ledger_store(const LedgerFiles& files, Mode mode,
                                                         std::chrono::milliseconds patience) {
    auto connection = LICET_TRY(checked_connection(files, mode, patience));
    // What a rotation that was cut off left; whoever only reads finds the key that is in force.
    if (mode == Mode::kReadWrite) LICET_TRY(settle_rotation(*connection, files));
    PersonKeyFile keys = LICET_TRY(mode == Mode::kCreate ? PersonKeyFile::create(files.person_keys)
                                                         : PersonKeyFile::open(files.person_keys));
    auto store = std::make_unique<LedgerStore>(std::move(connection), files, std::move(keys),
                                               mode != Mode::kReadOnly);
    if (mode != Mode::kReadOnly) LICET_TRY(store->name_keys());
    LICET_TRY(store->replay_erasures());
    return std::unique_ptr<ledger::Store>(std::move(store));
}

}  // namespace licet::store
