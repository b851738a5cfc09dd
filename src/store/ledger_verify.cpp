// SPDX-License-Identifier: Apache-2.0
//
// One pass in the order of the log, so that no hash is computed twice:
//
//     run after run ──► row: seal, columns, entry ──► chain of the partition
//                                                 └─► tree ──► tiles, roots of all notes
//     then what is not in the log yet: chains to the heads
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "base/text.h"
#include "base/timestamp.h"
#include "store/internal/schema.h"
#include "store/internal/tables.h"
#include "store/internal/tile_table.h"
#include "store/ledger_log.h"
#include "store/person_key_file.h"

namespace licet::store {
namespace {

using ledger::Event;
using ledger::EventKind;
using ledger::EventPlace;
using ledger::Head;

constexpr std::uint64_t kProgressEvery = 4096;
constexpr std::uint64_t kTilesEvery = 16'384;  // leaves between two comparisons of tiles

// What the suppression list must be. Compact, because most events of a ledger may be objections:
// texts are few and kept once.
class SuppressionsFromEvents {
  public:
    explicit SuppressionsFromEvents(const ledger::TokenLayer& layer) : layer_(layer) {}
    // What an erasure kept is older than any objection that is still there.
    void add(const Event& objection) {
        add(ledger::suppression_of(objection), 1 + entries_.size());
    }
    void add(const ledger::Suppression& kept) { add(kept, 0); }

    /// In the order of stored token and scope.
    [[nodiscard]] std::vector<ledger::Suppression> all() {
        std::sort(entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) {
            return std::tie(a.stored, scopes_[a.scope], a.order) <
                   std::tie(b.stored, scopes_[b.scope], b.order);
        });
        std::vector<ledger::Suppression> out;
        for (const Entry& entry : entries_) {
            const ledger::Suppression one = suppression_of(entry);
            const bool is_same =
                !out.empty() && out.back().person == one.person && out.back().scope == one.scope;
            if (is_same)
                widen(out.back(), one);
            else
                out.push_back(one);
        }
        return out;
    }

  private:
    struct Entry {
        ledger::Token stored;  ///< what stands there for the person
        std::uint32_t scope = 0;
        std::uint32_t reason = 0;
        std::int32_t since = 0;
        std::int32_t last = 0;
        std::int32_t until = 0;
        std::uint64_t order = 0;
    };
    void add(const ledger::Suppression& one, std::uint64_t order) {
        entries_.push_back({layer_.over(one.person), number_in(scopes_, scope_numbers_, one.scope),
                            number_in(reasons_, reason_numbers_, one.reason),
                            static_cast<std::int32_t>(days_of(one.since)),
                            static_cast<std::int32_t>(days_of(one.last)),
                            one.until ? static_cast<std::int32_t>(days_of(*one.until)) : 0, order});
    }
    [[nodiscard]] ledger::Suppression suppression_of(const Entry& entry) const {
        ledger::Suppression out{layer_.under(entry.stored), scopes_[entry.scope],
                                reasons_[entry.reason],     date_of(entry.since),
                                date_of(entry.last),        {}};
        if (entry.until != 0) out.until = date_of(entry.until);
        return out;
    }
    template <typename T>
    [[nodiscard]] static std::uint32_t number_in(std::vector<T>& all,
                                                 std::map<T, std::uint32_t>& numbers,
                                                 const T& one) {
        const auto [place, is_new] = numbers.emplace(one, static_cast<std::uint32_t>(all.size()));
        if (is_new) all.push_back(one);
        return place->second;
    }
    const ledger::TokenLayer& layer_;
    std::vector<Entry> entries_;
    std::vector<ledger::Scope> scopes_;
    std::map<ledger::Scope, std::uint32_t> scope_numbers_;
    std::vector<std::string> reasons_;
    std::map<std::string, std::uint32_t> reason_numbers_;
};

class Verification {
  public:
    Verification(const LedgerFiles& files, const ledger::LogIdentity& identity,
                 Connection& connection, const PersonKeyFile& keys,
                 const std::optional<std::string>& trusted_pem)
        : files_(files),
          identity_(identity),
          trusted_pem_(trusted_pem),
          connection_(connection),
          keys_(keys),
          tiles_(connection),
          tree_(empty_tree(tiles_)),
          suppressions_(connection.layer()) {}

    [[nodiscard]] Result<Verified> run(
        const std::optional<std::string>& kept,
        const std::function<void(std::uint64_t, std::uint64_t)>& progress);

  private:
    static ledger::TreeAppender empty_tree(TileTable& tiles) {
        return ledger::TreeAppender::at(tiles, 0).value();  // reads nothing
    }
    [[nodiscard]] Error tampered(const EventPlace& place) const {
        return store::tampered(files_.database, place);
    }
    [[nodiscard]] Result<Done> read_notes(const std::optional<std::string>& kept);
    [[nodiscard]] Result<Done> read_rows(std::uint32_t part, std::int64_t first, std::int64_t last,
                                         bool is_logged);
    [[nodiscard]] Result<Done> check_row(const EventRow& row);
    [[nodiscard]] Result<Done> check_seal(const EventRow& row);
    [[nodiscard]] Result<Done> check_suppressions();
    [[nodiscard]] Result<Done> check_root();
    [[nodiscard]] Result<Done> compare_tiles(bool is_all);
    [[nodiscard]] Result<Done> check_erased() const;

    const LedgerFiles& files_;
    const ledger::LogIdentity& identity_;
    const std::optional<std::string>& trusted_pem_;
    Connection& connection_;
    const PersonKeyFile& keys_;
    TileTable tiles_;
    ledger::TreeAppender tree_;
    std::map<std::uint32_t, Head> chains_;
    struct Note {
        Digest root{};
        bool is_kept = false;
    };
    std::multimap<std::uint64_t, Note> notes_;  ///< by size
    std::optional<std::uint64_t> kept_size_;
    std::uint64_t newest_note_ = 0;
    std::set<EventPlace> erased_;          ///< rows without seal
    std::set<EventPlace> told_as_erased_;  ///< places that the ledger's own events name
    std::optional<Statement> rows_;
    SuppressionsFromEvents suppressions_;
    std::uint64_t all_ = 0;
    const std::function<void(std::uint64_t, std::uint64_t)>* progress_ = nullptr;
    Verified done_;
};

Result<Verified> Verification::run(
    const std::optional<std::string>& kept,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    progress_ = &progress;
    const Heads heads = LICET_TRY(heads_of(connection_));
    for (const auto& [part, head] : heads) all_ += static_cast<std::uint64_t>(head.seq);
    LICET_TRY(read_notes(kept));
    const std::uint64_t size = LICET_TRY(log_size(connection_));
    if (kept_size_ && *kept_size_ > size)
        return error(ErrorCode::kBroken, "log.rolled_back",
                     {{"found", std::to_string(size)}, {"expected", std::to_string(*kept_size_)}},
                     files_.database);
    LICET_TRY(check_root());  // a note about the empty log
    for (const Run& run : LICET_TRY(runs_of(connection_))) {
        const Head& chain = chains_[run.part];
        if (run.first != chain.seq + 1 || run.number != tree_.size())
            return tampered({run.part, run.first});
        LICET_TRY(read_rows(run.part, run.first, run.last, true));
        if (chains_[run.part] != Head{run.last, run.hash}) return tampered({run.part, run.last});
    }
    LICET_TRY(compare_tiles(true));
    const auto stored_tiles = LICET_TRY(connection_.number("SELECT count(*) FROM tile"));
    if (static_cast<std::uint64_t>(stored_tiles) != ledger::tile_count(tree_.size()))
        return error(ErrorCode::kBroken, "log.bad_tile", {{"level", "0"}, {"place", "?"}},
                     files_.database);
    done_.in_log = tree_.size();
    // Signing writes the log and its note together: a log without its newest note was cut.
    if (newest_note_ != tree_.size())
        return error(ErrorCode::kBroken, "log.bad_checkpoint",
                     {{"size", std::to_string(tree_.size())}}, files_.database);
    if (!notes_.empty())
        return error(ErrorCode::kBroken, "log.bad_checkpoint",
                     {{"size", std::to_string(notes_.begin()->first)}}, files_.database);
    for (const auto& [part, head] : heads) {
        LICET_TRY(read_rows(part, chains_[part].seq + 1, head.seq, false));
        if (chains_[part] != head) return tampered({part, head.seq});
    }
    LICET_TRY(check_erased());
    LICET_TRY(check_suppressions());
    progress(all_, all_);
    return done_;
}

Result<Done> Verification::read_notes(const std::optional<std::string>& kept) {
    Statement rows = LICET_TRY(connection_.prepare(
        "SELECT size, note, signed_at, timestamp FROM checkpoint ORDER BY size"));
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) break;
        const auto checkpoint = ledger::checkpoint_of(rows.text(1), identity_);
        if (!checkpoint || static_cast<std::int64_t>(checkpoint->size) != rows.number(0) ||
            checkpoint->signed_at != rows.number(2))
            return error(ErrorCode::kBroken, "log.bad_checkpoint",
                         {{"size", std::to_string(rows.number(0))}}, files_.database);
        notes_.emplace(checkpoint->size, Note{checkpoint->root, false});
        newest_note_ = checkpoint->size;
        ++done_.checkpoints;
        if (rows.bytes(3).empty()) continue;
        const Digest digest = sha256(rows.text(1));
        if (!checked_timestamp(rows.bytes(3), digest, std::nullopt))
            return error(ErrorCode::kBroken, "log.bad_checkpoint",
                         {{"size", std::to_string(rows.number(0))}}, files_.database);
        // That it is not signed by those whom the user trusts says nothing against the ledger.
        if (trusted_pem_)
            std::ignore = LICET_TRY(checked_timestamp(rows.bytes(3), digest, trusted_pem_));
        ++done_.timestamps;
    }
    if (!kept) return Done{};
    const auto checkpoint = LICET_TRY(ledger::checkpoint_of(*kept, identity_));
    notes_.emplace(checkpoint.size, Note{checkpoint.root, true});
    kept_size_ = checkpoint.size;
    return Done{};
}

// Takes the notes about the tree as it is now.
Result<Done> Verification::check_root() {
    const auto [begin, end] = notes_.equal_range(tree_.size());
    if (begin == end) return Done{};
    const Digest root = tree_.root();
    for (auto note = begin; note != end; ++note) {
        if (note->second.root == root) continue;
        return error(ErrorCode::kBroken, note->second.is_kept ? "log.forked" : "log.bad_checkpoint",
                     {{"size", std::to_string(tree_.size())}}, files_.database);
    }
    notes_.erase(begin, end);
    return Done{};
}

Result<Done> Verification::read_rows(std::uint32_t part, std::int64_t first, std::int64_t last,
                                     bool is_logged) {
    if (!rows_)
        rows_ = LICET_TRY(
            connection_.scan("SELECT " + std::string(kEventColumns) +
                             " FROM event WHERE part = ? AND seq BETWEEN ? AND ? ORDER BY seq"));
    rows_->bind(1, std::int64_t{part});
    rows_->bind(2, first);
    rows_->bind(3, last);
    for (std::int64_t seq = first; seq <= last; ++seq) {
        const bool has_row = LICET_TRY(rows_->step());
        auto row = has_row ? event_row(*rows_, files_.database) : tampered({part, seq});
        if (!row || row->place.seq != seq) return tampered({part, seq});
        LICET_TRY(check_row(*row));
        const Digest leaf = ledger::leaf_hash(row->entry());
        Head& chain = chains_[part];
        chain = ledger::next(chain, leaf);
        if (is_logged) {
            tree_.add(leaf);
            LICET_TRY(check_root());
            if (tree_.size() % kTilesEvery == 0) LICET_TRY(compare_tiles(false));
        }
        if (++done_.events % kProgressEvery == 0) (*progress_)(done_.events, all_);
    }
    return rows_->run();
}

Result<Done> Verification::check_row(const EventRow& row) {
    done_.bytes += row.event.sealed.size();
    if (!row.is_erased()) return check_seal(row);
    ++done_.erased;
    erased_.insert(row.place);
    return Done{};
}

// The seal opens, and the columns that repeat what is in it do so.
Result<Done> Verification::check_seal(const EventRow& row) {
    const ledger::Token person = row.token();
    const auto key = keys_.keys().key_of(person, row.era);
    if (!key) return tampered(row.place);  // erasures were done again when the file was opened
    const auto event = ledger::open_seal(*key, row.event);
    const bool is_sound = event && event->person == person &&
                          ledger::partition_of(person) == row.place.part &&
                          static_cast<std::uint8_t>(event->kind) == row.kind &&
                          ledger::name_of_key(*key, event->key) == row.event.name;
    if (!is_sound) return tampered(row.place);
    if (event->kind == EventKind::kObjectionRecorded) suppressions_.add(*event);
    if (event->kind != EventKind::kErased) return Done{};
    const auto places = event->attributes.find("places");
    if (places != event->attributes.end())
        for (const std::string_view text : split(places->second, ',')) {
            const auto place = ledger::event_place_of(text);
            if (!place) return tampered(row.place);
            told_as_erased_.insert(*place);
        }
    const auto kept = event->attributes.find("kept");
    if (kept != event->attributes.end())
        for (const std::string_view text : split(kept->second, ',')) {
            const auto one = ledger::suppression_of_kept(text);
            if (!one) return tampered(row.place);
            suppressions_.add(*one);
        }
    return Done{};
}

// The table is what comes out of the objections and of what erasures kept, and nothing else.
Result<Done> Verification::check_suppressions() {
    const std::vector<ledger::Suppression> expected = suppressions_.all();
    auto next = expected.begin();
    Statement rows =
        LICET_TRY(connection_.scan("SELECT " + std::string(kSuppressionColumns) +
                                   " FROM suppression" + std::string(kSuppressionOrder)));
    const auto wrong = [&] {
        return error(ErrorCode::kBroken, "store.suppressions_changed", {}, files_.database);
    };
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) break;
        const auto stored = suppression_in(rows, files_.database);
        const bool is_same = stored && next != expected.end() && *stored == *next;
        if (!is_same) return wrong();
        ++next;
    }
    if (next != expected.end()) return wrong();
    return Done{};
}

// Full tiles are final; one that still grows is compared when everything was read.
Result<Done> Verification::compare_tiles(bool is_all) {
    std::map<ledger::TilePlace, ledger::Tile> changed = tree_.take_changed();
    if (is_all) changed.merge(tree_.right_edge());
    for (const auto& [place, tile] : changed) {
        if (tile.size() < ledger::kTileWidth && !is_all) continue;
        const ledger::Tile stored = LICET_TRY(tiles_.read(place));
        if (stored != tile)
            return error(
                ErrorCode::kBroken, "log.bad_tile",
                {{"level", std::to_string(place.first)}, {"place", std::to_string(place.second)}},
                files_.database);
    }
    return Done{};
}

// A seal that is gone without a word of the ledger was destroyed by somebody else.
Result<Done> Verification::check_erased() const {
    for (const EventPlace& place : erased_)
        if (!told_as_erased_.contains(place)) return tampered(place);
    return Done{};
}

}  // namespace

Result<Verified> verify_ledger(
    const LedgerFiles& files, const ledger::LogIdentity& identity,
    const std::optional<std::string>& kept,
    const std::function<void(std::uint64_t done, std::uint64_t all)>& progress,
    const std::optional<std::string>& trusted_pem) {
    // Erasures that an old copy brought back are done again first, where that is allowed.
    if (auto writer = open_ledger_store(files, Mode::kReadWrite); !writer) {
        if (writer.error().message.id != "store.read_only") return writer.error();
        std::ignore = LICET_TRY(open_ledger_store(files, Mode::kReadOnly));
    }
    const auto connection = LICET_TRY(checked_connection(files, Mode::kReadOnly, kPatience));
    // The moment first, then the keys: a program that begins an era now is not in this moment.
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, Access::kRead));
    std::ignore = LICET_TRY(connection->number("SELECT max(lines) FROM replayed"));
    const PersonKeyFile keys = LICET_TRY(PersonKeyFile::open(files.person_keys));
    // The library compares every index with its table; a look-up that misses is an objection lost.
    LICET_TRY(connection->check_integrity());
    const Verified done = LICET_TRY(
        Verification(files, identity, *connection, keys, trusted_pem).run(kept, progress));
    LICET_TRY(transaction.commit());
    return done;
}

}  // namespace licet::store
