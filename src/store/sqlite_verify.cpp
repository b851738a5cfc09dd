// SPDX-License-Identifier: Apache-2.0
//
// One pass in the order of the log, so that no hash is computed twice:
//
//     run after run ──► row: seal, columns, entry ──► chain of the partition
//                                                 └─► tree ──► tiles, roots of all notes
//     then what is not in the log yet: chains to the heads
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/timestamp.h"
#include "store/internal/schema.h"
#include "store/internal/tile_table.h"
#include "store/person_key_file.h"
#include "store/sqlite_log.h"

namespace licet::store {
namespace {

using ledger::Event;
using ledger::EventKind;
using ledger::EventPlace;
using ledger::Head;

constexpr std::uint64_t kProgressEvery = 4096;
constexpr std::uint64_t kTilesEvery = 16'384;  // leaves between two comparisons of tiles

class Verification {
  public:
    Verification(const LedgerFiles& files, const ledger::LogIdentity& identity,
                 Connection& connection, const PersonKeyFile& keys)
        : files_(files),
          identity_(identity),
          connection_(connection),
          keys_(keys),
          tiles_(connection),
          tree_(empty_tree(tiles_)) {}

    [[nodiscard]] Result<Verified> run(
        const std::string& kept, const std::function<void(std::uint64_t, std::uint64_t)>& progress);

  private:
    static ledger::TreeAppender empty_tree(TileTable& tiles) {
        return ledger::TreeAppender::at(tiles, 0).value();  // reads nothing
    }
    [[nodiscard]] Error tampered(const EventPlace& place) const;
    [[nodiscard]] Result<Done> read_notes(const std::string& kept);
    [[nodiscard]] Result<Done> read_rows(std::uint32_t part, std::int64_t first, std::int64_t last,
                                         bool is_logged);
    [[nodiscard]] Result<Done> check_row(const EventRow& row);
    [[nodiscard]] Result<Done> check_seal(const EventRow& row);
    [[nodiscard]] Result<bool> is_suppressed(const Event& event);
    [[nodiscard]] Result<Done> check_root();
    [[nodiscard]] Result<Done> compare_tiles(bool is_all);
    [[nodiscard]] Result<Done> check_erased() const;

    const LedgerFiles& files_;
    const ledger::LogIdentity& identity_;
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
    std::set<EventPlace> erased_;          ///< rows without seal
    std::set<EventPlace> told_as_erased_;  ///< places that the ledger's own events name
    std::optional<Statement> rows_;
    std::optional<Statement> suppressed_;
    std::uint64_t all_ = 0;
    const std::function<void(std::uint64_t, std::uint64_t)>* progress_ = nullptr;
    Verified done_;
};

Error Verification::tampered(const EventPlace& place) const {
    return error(
        ErrorCode::kBroken, "store.tampered",
        {{"partition", std::to_string(place.part)}, {"sequence", std::to_string(place.seq)}},
        files_.database);
}

Result<Verified> Verification::run(
    const std::string& kept, const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
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
    if (!notes_.empty())
        return error(ErrorCode::kBroken, "log.bad_checkpoint",
                     {{"size", std::to_string(notes_.begin()->first)}}, files_.database);
    for (const auto& [part, head] : heads) {
        LICET_TRY(read_rows(part, chains_[part].seq + 1, head.seq, false));
        if (chains_[part] != head) return tampered({part, head.seq});
    }
    LICET_TRY(check_erased());
    progress(all_, all_);
    return done_;
}

Result<Done> Verification::read_notes(const std::string& kept) {
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
        ++done_.checkpoints;
        if (rows.bytes(3).empty()) continue;
        if (!checked_timestamp(rows.bytes(3), sha256(rows.text(1)), ""))
            return error(ErrorCode::kBroken, "log.bad_checkpoint",
                         {{"size", std::to_string(rows.number(0))}}, files_.database);
        ++done_.timestamps;
    }
    if (kept.empty()) return Done{};
    const auto checkpoint = LICET_TRY(ledger::checkpoint_of(kept, identity_));
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
            connection_.prepare("SELECT " + std::string(kEventColumns) +
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
    ledger::Token person;
    std::copy(row.person.begin(), row.person.end(), person.bytes.begin());
    const auto key = keys_.keys().key_of(person, row.era);
    if (!key) return tampered(row.place);  // erasures were done again when the file was opened
    const auto event = ledger::open_seal(*key, row.event);
    const bool is_sound = event && event->person == person &&
                          ledger::partition_of(person) == row.place.part &&
                          static_cast<std::uint8_t>(event->kind) == row.kind &&
                          ledger::name_of_key(*key, event->key) == row.event.name;
    if (!is_sound) return tampered(row.place);
    if (event->kind == EventKind::kObjectionRecorded) {
        const bool is_kept = LICET_TRY(is_suppressed(*event));
        if (!is_kept) return tampered(row.place);
    }
    if (event->kind != EventKind::kErased) return Done{};
    const auto places = event->attributes.find("places");
    std::string_view rest;
    if (places != event->attributes.end()) rest = places->second;
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        const auto place = ledger::event_place_of(rest.substr(0, comma));
        if (!place) return tampered(row.place);
        told_as_erased_.insert(*place);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return Done{};
}

Result<bool> Verification::is_suppressed(const Event& event) {
    if (!suppressed_)
        suppressed_ = LICET_TRY(connection_.prepare(
            "SELECT since, last FROM suppression WHERE token = ? AND channel = ? AND purpose = ?"));
    suppressed_->bind(1, std::span<const std::uint8_t>(event.person.bytes));
    suppressed_->bind(2, std::string_view(event.channel));
    suppressed_->bind(3, std::string_view(event.purpose));
    const bool has_row = LICET_TRY(suppressed_->step());
    const std::int64_t day = days_of(event.happened_on);
    const bool is_there = has_row && suppressed_->number(0) <= day && day <= suppressed_->number(1);
    if (has_row) LICET_TRY(suppressed_->run());
    return is_there;
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
    const LedgerFiles& files, const ledger::LogIdentity& identity, const std::string& kept,
    const std::function<void(std::uint64_t done, std::uint64_t all)>& progress) {
    // Erasures that an old copy brought back are done again first, where that is allowed.
    if (auto writer = open_sqlite_store(files, Mode::kReadWrite); !writer) {
        if (writer.error().message.id != "store.read_only") return writer.error();
        std::ignore = LICET_TRY(open_sqlite_store(files, Mode::kReadOnly));
    }
    const auto connection =
        LICET_TRY(checked_connection(files.database, Mode::kReadOnly, kPatience));
    const PersonKeyFile keys = LICET_TRY(PersonKeyFile::open(files.person_keys));
    Transaction transaction = LICET_TRY(Transaction::begin(*connection, "deferred"));
    // The library compares every index with its table; a look-up that misses is an objection lost.
    Statement check = LICET_TRY(connection->prepare("PRAGMA integrity_check(1)"));
    const bool has_row = LICET_TRY(check.step());
    if (!has_row || check.text(0) != "ok") return broken("store.corrupt", files.database);
    LICET_TRY(check.run());
    const Verified done =
        LICET_TRY(Verification(files, identity, *connection, keys).run(kept, progress));
    LICET_TRY(transaction.commit());
    return done;
}

}  // namespace licet::store
