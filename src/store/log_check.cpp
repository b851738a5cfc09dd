// SPDX-License-Identifier: Apache-2.0
#include "store/internal/log_check.h"

#include <algorithm>

#include "base/timestamp.h"
#include "store/internal/tables.h"

namespace licet::store {
namespace {

constexpr std::uint64_t kTilesEvery = 64;  // tiles of leaves between two comparisons of those above

}  // namespace

Error LogCheck::bad_checkpoint(std::uint64_t size) const {
    return error(ErrorCode::kBroken, "log.bad_checkpoint", {{"size", std::to_string(size)}}, path_);
}

Error LogCheck::bad_tile(const ledger::TilePlace& place) const {
    return error(ErrorCode::kBroken, "log.bad_tile",
                 {{"level", std::to_string(place.first)}, {"place", std::to_string(place.second)}},
                 path_);
}

Result<Done> LogCheck::read(const std::optional<std::string>& kept,
                            const std::optional<std::string>& trusted_pem, Verified& done) {
    LICET_TRY(read_notes(trusted_pem, done));
    size_ = LICET_TRY(log_size(connection_));
    if (kept) {
        const auto checkpoint = LICET_TRY(ledger::checkpoint_of(*kept, identity_));
        notes_.emplace(checkpoint.size, Note{checkpoint.root, true});
        if (checkpoint.size > size_)
            return error(
                ErrorCode::kBroken, "log.rolled_back",
                {{"found", std::to_string(size_)}, {"expected", std::to_string(checkpoint.size)}},
                path_);
    }
    done.in_log = size_;
    return read_runs();
}

Result<Done> LogCheck::read_notes(const std::optional<std::string>& trusted_pem, Verified& done) {
    Statement rows = LICET_TRY(connection_.prepare(
        "SELECT size, note, signed_at, timestamp FROM checkpoint ORDER BY size"));
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return Done{};
        const auto size = static_cast<std::uint64_t>(rows.number(0));
        const auto checkpoint = ledger::checkpoint_of(rows.text(1), identity_);
        if (!checkpoint || checkpoint->size != size || checkpoint->signed_at != rows.number(2)) {
            const auto body = ledger::unverified_checkpoint_of(rows.text(1));
            // One note may be damaged; where none is of this key, it is the key.
            const bool is_ours = LICET_TRY(has_note_of(identity_.origin));
            if (body && !is_ours) return other_log_key(body->origin, identity_.origin, path_);
            return bad_checkpoint(size);
        }
        notes_.emplace(size, Note{checkpoint->root, false});
        newest_note_ = size;
        ++done.checkpoints;
        if (rows.bytes(3).empty()) continue;
        const Digest digest = sha256(rows.text(1));
        if (!checked_timestamp(rows.bytes(3), digest, std::nullopt)) return bad_checkpoint(size);
        // That it is not signed by those whom the user trusts says nothing against the ledger.
        if (trusted_pem)
            std::ignore = LICET_TRY(checked_timestamp(rows.bytes(3), digest, trusted_pem));
        ++done.timestamps;
    }
}

Result<bool> LogCheck::has_note_of(const std::string& origin) {
    Statement rows = LICET_TRY(connection_.prepare("SELECT note FROM checkpoint ORDER BY size"));
    while (true) {
        const bool has_row = LICET_TRY(rows.step());
        if (!has_row) return false;
        const auto body = ledger::unverified_checkpoint_of(rows.text(0));
        if (body && body->origin == origin) return true;
    }
}

Result<Done> LogCheck::read_runs() {
    std::uint64_t number = 0;
    const std::vector<Run> all = LICET_TRY(store::runs_of(connection_));
    for (const Run& run : all) {
        std::vector<Run>& before = runs_[run.part];
        const std::int64_t first = before.empty() ? 1 : before.back().last + 1;
        if (run.first != first || run.number != number) return tampered(path_, {run.part, first});
        number += static_cast<std::uint64_t>(run.last - run.first + 1);
        before.push_back(run);
    }
    return Done{};
}

Result<bool> LogCheck::has_leaf(std::uint64_t place, const Digest& leaf) {
    const ledger::TilePlace tile = tile_of(place);
    if (number_ != tile.second) {
        tile_ = LICET_TRY(tiles_.read(tile));
        number_ = tile.second;
    }
    const std::uint64_t inner = place % ledger::kTileWidth;
    return inner < tile_.size() && tile_[inner] == leaf;
}

Result<Done> LogCheck::check_tree() {
    auto tree = LICET_TRY(ledger::TreeAppender::at(tiles_, 0));
    LICET_TRY(check_root(tree));  // a note about the empty log
    for (std::uint64_t number = 0; tree.size() < size_; ++number) {
        LICET_TRY(add_tile(tree, number));
        if (number % kTilesEvery == 0) LICET_TRY(compare(tree.take_changed(), false));
    }
    auto rest = tree.take_changed();
    rest.merge(tree.right_edge());
    LICET_TRY(compare(rest, true));
    const auto stored = LICET_TRY(connection_.number("SELECT count(*) FROM tile"));
    if (static_cast<std::uint64_t>(stored) != ledger::tile_count(size_))
        return error(ErrorCode::kBroken, "log.bad_tile", {{"level", "0"}, {"place", "?"}}, path_);
    // Signing writes the log and its note together: a log without its newest note was cut.
    if (newest_note_ != size_) return bad_checkpoint(size_);
    if (!notes_.empty()) return bad_checkpoint(notes_.begin()->first);
    return Done{};
}

Result<Done> LogCheck::add_tile(ledger::TreeAppender& tree, std::uint64_t number) {
    const ledger::Tile leaves = LICET_TRY(tiles_.read({0, number}));
    if (leaves.size() != std::min(ledger::kTileWidth, size_ - tree.size()))
        return bad_tile({0, number});
    for (const Digest& leaf : leaves) {
        tree.add(leaf);
        LICET_TRY(check_root(tree));
    }
    return Done{};
}

// Takes the notes about the tree as it is now.
Result<Done> LogCheck::check_root(const ledger::TreeAppender& tree) {
    while (!notes_.empty() && notes_.begin()->first == tree.size()) {
        const Note& note = notes_.begin()->second;
        if (note.root != tree.root())
            return error(ErrorCode::kBroken, note.is_kept ? "log.forked" : "log.bad_checkpoint",
                         {{"size", std::to_string(tree.size())}}, path_);
        notes_.erase(notes_.begin());
    }
    return Done{};
}

// Full tiles are final; one that still grows is compared when everything was read. Those of level 0
// are where the leaves came from.
Result<Done> LogCheck::compare(const std::map<ledger::TilePlace, ledger::Tile>& tiles,
                               bool is_all) {
    for (const auto& [place, tile] : tiles) {
        if (place.first == 0 || (tile.size() < ledger::kTileWidth && !is_all)) continue;
        const ledger::Tile stored = LICET_TRY(tiles_.read(place));
        if (stored != tile) return bad_tile(place);
    }
    return Done{};
}

}  // namespace licet::store
