// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>

#include "ledger/merkle.h"
#include "store/internal/ledger_store_class.h"
#include "store/internal/standing_source.h"

namespace licet::store {
namespace {

std::vector<ledger::PersonKeys::Doomed> doomed_by(std::span<const Erasure> erasures) {
    std::vector<ledger::PersonKeys::Doomed> out;
    for (const Erasure& erasure : erasures) out.emplace_back(erasure.person, erasure.era);
    return out;
}

Error unfinished(const Error& why) {
    return error(ErrorCode::kBroken, "erasure.unfinished", {}, why.where);
}

}  // namespace

Result<std::uint64_t> LedgerStore::events_there(const Token& person) {
    Statement rows =
        LICET_TRY(connection_->prepare("SELECT count(*) FROM event WHERE part = ? AND person = ?"));
    rows.bind(1, std::int64_t{ledger::partition_of(person)});
    rows.bind(2, person);
    std::ignore = LICET_TRY(rows.step());
    return static_cast<std::uint64_t>(rows.number(0));
}

// All under one lock, so that no other program writes an event, a key or a line meanwhile. The
// order makes it safe to be cut off anywhere: once the register is written, every opening goes on
// where this ended.
Result<std::uint64_t> LedgerStore::erase(std::span<const Token> persons, Date on,
                                         ledger::ErasureReason reason, const IfStill& if_still) {
    if (!may_write_) return broken("store.read_only", connection_->path());
    std::uint64_t count = 0;
    bool is_registered = false;
    const auto once = [&]() -> Result<Done> {
        Transaction transaction = LICET_TRY(Transaction::begin(*connection_, Access::kWrite));
        Heads heads = LICET_TRY(lock_everything(*connection_));
        LICET_TRY(keys_.refresh());
        LICET_TRY(check_files());
        std::vector<Erasure> erasures;
        for (const Token& person : std::set<Token>(persons.begin(), persons.end())) {
            if (is_registered) break;
            const std::uint64_t events = LICET_TRY(events_there(person));
            const auto key = keys_.keys().key_of(person);
            const bool is_wanted = events > 0 && key && (!if_still || if_still(person, events));
            if (!is_wanted) continue;
            erasures.push_back({person, key->era, on, reason});
            count += events;
        }
        if (erasures.empty() && !is_registered) return Done{};
        if (!is_registered) LICET_TRY(append_erasures(files_, erasures, connection_->layer()));
        is_registered = true;
        LICET_TRY(finish_erasures(heads));
        return transaction.commit();
    };
    const auto done = repeated<Done>([&] {
        if (!is_registered) count = 0;
        return once();
    });
    // What is in the register is done at the next opening, whatever kept it from being done now.
    if (!done && is_registered) return unfinished(done.error());
    if (!done) return done.error();
    if (count > 0) LICET_TRY(connection_->forget_old_bytes());
    return count;
}

// Under the lock: destroys what the register names and is still there, keys before rows.
Result<Done> LedgerStore::finish_erasures(Heads& heads) {
    const auto done = LICET_TRY(connection_->number("SELECT max(lines) FROM replayed"));
    const auto erasures = LICET_TRY(register_with(done));
    LICET_TRY(keys_.refresh());
    forget_standings(files_);
    // Keys that are older than the register lack its eras; they are begun and destroyed, so that
    // nobody who comes back gets a key that the register has doomed already.
    ledger::Era newest = 0;
    for (const Erasure& erasure : erasures) newest = std::max(newest, erasure.era);
    LICET_TRY(keys_.begin_eras(newest));
    std::ignore = LICET_TRY(keys_.destroy(doomed_by(erasures), false));
    return destroy_rows(std::span(erasures).subspan(static_cast<std::size_t>(done)),
                        erasures.size(), heads);
}

// A server that took the place of another may lack what was acknowledged: a standby that lagged and
// was promoted. It must not go on from there, whatever it confirms.
Result<Done> LedgerStore::check_goes_on(const Heads& heads) const {
    for (const auto& [part, known] : acknowledged_) {
        const auto head = heads.find(part);
        const bool is_behind = head == heads.end() || head->second.seq < known.seq ||
                               (head->second.seq == known.seq && head->second != known);
        if (is_behind)
            return error(ErrorCode::kBroken, "store.rolled_back", {}, connection_->path());
    }
    return Done{};
}

Result<Done> LedgerStore::catch_up() {
    const int generation = connection_->generation();
    if (generation_ == generation) return Done{};
    const Heads heads = LICET_TRY(heads_of(*connection_));
    LICET_TRY(check_goes_on(heads));
    LICET_TRY(replay_once());
    generation_ = generation;
    return Done{};
}

// The register, of which the ledger has done so many lines.
Result<std::vector<Erasure>> LedgerStore::register_with(std::int64_t lines) const {
    auto erasures = LICET_TRY(erasures_in(files_));
    if (lines > std::ssize(erasures))
        return error(
            ErrorCode::kBroken, "erasure.cut",
            {{"found", std::to_string(erasures.size())}, {"expected", std::to_string(lines)}},
            files_.erasures);
    return erasures;
}

// Under the lock of a head: what other programs erased, and the eras that they began, are in the
// files here. On another machine these may be copies, or be seen late: what is sealed with a key
// that is destroyed elsewhere can be read by nobody.
Result<Done> LedgerStore::check_files() {
    Statement row = LICET_TRY(connection_->prepare("SELECT lines, era, persons FROM replayed"));
    const bool has_row = LICET_TRY(row.step());
    if (!has_row) return broken("store.corrupt", connection_->path());
    const std::int64_t lines = row.number(0);
    const std::int64_t era = row.number(1);
    const auto persons = static_cast<std::uint64_t>(row.number(2));
    LICET_TRY(row.run());
    LICET_TRY(keys_.check(persons));
    const Error older = error(ErrorCode::kBroken, "person_keys.older", {}, files_.person_keys);
    if (era > keys_.keys().newest_era()) return older;
    if (lines == lines_) return Done{};
    const auto erasures = LICET_TRY(register_with(lines));
    const auto done = std::span(erasures).first(static_cast<std::size_t>(lines));
    if (keys_.keys().reaches_any(doomed_by(done))) return older;
    lines_ = lines;
    return Done{};
}

Result<Done> LedgerStore::replay_once() {
    const auto done = LICET_TRY(connection_->number("SELECT max(lines) FROM replayed"));
    const auto era = LICET_TRY(connection_->number("SELECT max(era) FROM replayed"));
    const auto rows = LICET_TRY(connection_->number("SELECT count(*) FROM replayed"));
    const auto persons = LICET_TRY(named_persons(*connection_));
    if (rows != 1) return broken("store.corrupt", connection_->path());
    const auto erasures = LICET_TRY(register_with(done));
    LICET_TRY(keys_.refresh());
    LICET_TRY(keys_.check(persons));
    if (era > keys_.keys().newest_era())
        return error(ErrorCode::kBroken, "person_keys.older", {}, files_.person_keys);
    const auto doomed = doomed_by(erasures);
    if (!may_write_) {
        std::ignore = LICET_TRY(keys_.destroy(doomed, true));
        return Done{};
    }
    if (done == std::ssize(erasures) && !keys_.keys().reaches_any(doomed)) return Done{};
    Transaction transaction = LICET_TRY(Transaction::begin(*connection_, Access::kWrite));
    Heads heads = LICET_TRY(lock_everything(*connection_));
    LICET_TRY(finish_erasures(heads));
    LICET_TRY(transaction.commit());
    return connection_->forget_old_bytes();
}

// The suppressions of an erased person, as the event of the ledger keeps them: they rest on
// nothing else any more (docs/ledger-format.md, section 3).
Result<std::string> LedgerStore::kept_of(const Token& person) {
    std::string out;
    for (const Suppression& one : LICET_TRY(suppressed({&person, 1})))
        out += (out.empty() ? "" : ",") + text_of_kept(one);
    return out;
}

// Gives the places of the entries, as the event of the ledger names them.
Result<std::string> LedgerStore::destroy_rows_of(const Erasure& erasure) {
    Statement rows =
        LICET_TRY(connection_->prepare("SELECT " + std::string(kEventColumns) +
                                       " FROM event WHERE part = ? AND person = ? AND era <= ?"));
    rows.bind(1, std::int64_t{ledger::partition_of(erasure.person)});
    rows.bind(2, erasure.person);
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
        "UPDATE event SET person = ?, kind = 0, era = 0, sealed = ? WHERE part = ? AND seq = ?"));
    std::string places;
    for (const auto& [place, digest] : found) {
        wipe.bind(1, std::span<const std::uint8_t>());
        wipe.bind(2, std::span<const std::uint8_t>(digest));
        wipe.bind(3, std::int64_t{place.part});
        wipe.bind(4, place.seq);
        LICET_TRY(wipe.send());
        places += (places.empty() ? "" : ",") + ledger::text_of(place);
    }
    LICET_TRY(connection_->settle());
    return places;
}

Result<Done> LedgerStore::destroy_rows(std::span<const Erasure> erasures, std::size_t lines,
                                       Heads& heads) {
    LICET_TRY(prepare_statements());
    const Heads before = heads;
    for (const Erasure& erasure : erasures) {
        const std::string places = LICET_TRY(destroy_rows_of(erasure));
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
        Sealed sealed = sealed_by(LICET_TRY(key_to_write(event.person)), event);
        LICET_TRY(note_era(sealed.era));
        LICET_TRY(insert(event, std::move(sealed), heads));
    }
    LICET_TRY(put_heads(before, heads));
    return connection_->run("UPDATE replayed SET lines = " + std::to_string(lines));
}

}  // namespace licet::store
