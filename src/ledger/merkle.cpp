// SPDX-License-Identifier: Apache-2.0
#include "ledger/merkle.h"

#include <algorithm>
#include <bit>
#include <optional>

namespace licet::ledger {
namespace {

constexpr unsigned kTileHeight = 8;
constexpr std::uint8_t kLeafPrefix = 0x00;  // RFC 6962, 2.1
constexpr std::uint8_t kNodePrefix = 0x01;

// Tree hash of a power of two of hashes that stand side by side.
Digest folded(Tile row) {
    while (row.size() > 1) {
        for (std::size_t i = 0; i < row.size() / 2; ++i)
            row[i] = node_hash(row[2 * i], row[2 * i + 1]);
        row.resize(row.size() / 2);
    }
    return row.front();
}

// The largest power of two that is smaller than `count` (at least 2): where RFC 6962 splits.
std::uint64_t split_of(std::uint64_t count) { return std::bit_floor(count - 1); }

// Tree hash of any number of hashes (at least 1), of which only the last may be of a tree that is
// not full.
Digest uneven(std::span<const Digest> row) {
    if (row.size() == 1) return row.front();
    const std::size_t middle = split_of(row.size());
    return node_hash(uneven(row.first(middle)), uneven(row.subspan(middle)));
}

// The way from a leaf to the root that both checks of RFC 9162 (2.1.3.2, 2.1.4.2) walk.
struct Climb {
    std::uint64_t place;  ///< of the node, among those of its level
    std::uint64_t last;   ///< place of the last node of the level

    void up() {
        place >>= 1U;
        last >>= 1U;
    }
    [[nodiscard]] bool is_at_top() const { return last == 0; }
    /// Goes past the next hash of the proof; true if that hash stands on the left.
    [[nodiscard]] bool step_up() {
        const bool is_on_the_left = (place & 1U) != 0 || place == last;
        // The last of a level that is not full has no sibling there: it rises as it is.
        if (is_on_the_left)
            while ((place & 1U) == 0 && place != 0) up();
        up();
        return is_on_the_left;
    }
};

Error wrong_size() { return error(ErrorCode::kBroken, "log.tile_size"); }

// Tree hash of the 2^height entries from `first`, which is a multiple of that number.
Result<Digest> full_subtree(Tiles& tiles, std::uint64_t first, unsigned height) {
    const unsigned level = height / kTileHeight;
    const std::uint64_t start = first >> (kTileHeight * level);
    const std::uint64_t count = std::uint64_t{1} << (height % kTileHeight);
    const Tile tile = LICET_TRY(tiles.read({level, start / kTileWidth}));
    const std::uint64_t inner = start % kTileWidth;
    if (tile.size() < inner + count) return wrong_size();
    const auto begin = tile.begin() + static_cast<std::ptrdiff_t>(inner);
    return folded(Tile(begin, begin + static_cast<std::ptrdiff_t>(count)));
}

// Tree hash of entries [first, end); `first` is a multiple of every full subtree in it.
Result<Digest> subtree(Tiles& tiles, std::uint64_t first, std::uint64_t end) {
    const std::uint64_t count = end - first;
    if (std::has_single_bit(count))
        return full_subtree(tiles, first, static_cast<unsigned>(std::countr_zero(count)));
    const std::uint64_t middle = first + split_of(count);
    const Digest left = LICET_TRY(subtree(tiles, first, middle));
    const Digest right = LICET_TRY(subtree(tiles, middle, end));
    return node_hash(left, right);
}

Result<Done> add_path(Tiles& tiles, std::uint64_t index, std::uint64_t first, std::uint64_t end,
                      std::vector<Digest>& out) {
    if (end - first == 1) return Done{};
    const std::uint64_t middle = first + split_of(end - first);
    const bool is_left = index < middle;
    LICET_TRY(is_left ? add_path(tiles, index, first, middle, out)
                      : add_path(tiles, index, middle, end, out));
    out.push_back(LICET_TRY(is_left ? subtree(tiles, middle, end) : subtree(tiles, first, middle)));
    return Done{};
}

// RFC 6962, 2.1.2: SUBPROOF; `is_whole` while the old tree is a subtree of its own.
Result<Done> add_subproof(Tiles& tiles, std::uint64_t old_end, std::uint64_t first,
                          std::uint64_t end, bool is_whole, std::vector<Digest>& out) {
    if (old_end == end) {
        if (!is_whole) out.push_back(LICET_TRY(subtree(tiles, first, end)));
        return Done{};
    }
    const std::uint64_t middle = first + split_of(end - first);
    if (old_end <= middle) {
        LICET_TRY(add_subproof(tiles, old_end, first, middle, is_whole, out));
        out.push_back(LICET_TRY(subtree(tiles, middle, end)));
    } else {
        LICET_TRY(add_subproof(tiles, old_end, middle, end, false, out));
        out.push_back(LICET_TRY(subtree(tiles, first, middle)));
    }
    return Done{};
}

}  // namespace

Digest leaf_hash(std::span<const std::uint8_t> entry) {
    return Hasher().add(kLeafPrefix).add(entry).digest();
}

Digest node_hash(const Digest& left, const Digest& right) {
    return Hasher().add(kNodePrefix).add(left).add(right).digest();
}

Digest empty_root() { return sha256(std::string_view{}); }

Result<TreeAppender> TreeAppender::at(Tiles& tiles, std::uint64_t size) {
    TreeAppender out;
    out.size_ = size;
    for (std::uint64_t hashes = size; hashes > 0; hashes /= kTileWidth) {
        const auto level = static_cast<unsigned>(out.right_.size());
        Tile partial;
        if (hashes % kTileWidth != 0) {
            partial = LICET_TRY(tiles.read({level, hashes / kTileWidth}));
            if (partial.size() < hashes % kTileWidth) return wrong_size();
            partial.resize(hashes % kTileWidth);
        }
        out.right_.push_back(std::move(partial));
        out.places_.push_back(hashes / kTileWidth);
    }
    return out;
}

void TreeAppender::add(const Digest& leaf) {
    ++size_;
    push(0, leaf);
}

void TreeAppender::push(unsigned level, const Digest& hash) {
    if (level == right_.size()) {
        right_.emplace_back();
        places_.push_back(0);
    }
    has_grown_.resize(right_.size());
    right_[level].push_back(hash);
    has_grown_[level] = right_[level].size() < kTileWidth;
    if (has_grown_[level]) return;
    const Digest above = folded(right_[level]);
    full_[{level, places_[level]}] = std::move(right_[level]);
    right_[level].clear();
    ++places_[level];
    push(level + 1, above);
}

std::map<TilePlace, Tile> TreeAppender::take_changed() {
    std::map<TilePlace, Tile> out = std::exchange(full_, {});
    for (unsigned level = 0; level < has_grown_.size(); ++level)
        if (std::exchange(has_grown_[level], 0))
            out.emplace(TilePlace{level, places_[level]}, right_[level]);
    return out;
}

std::map<TilePlace, Tile> TreeAppender::right_edge() const {
    std::map<TilePlace, Tile> out;
    for (unsigned level = 0; level < right_.size(); ++level)
        if (!right_[level].empty()) out.emplace(TilePlace{level, places_[level]}, right_[level]);
    return out;
}

Digest TreeAppender::root() const {
    std::optional<Digest> below;  // tree hash of what is not yet a hash of the next level
    for (const Tile& tile : right_) {
        if (tile.empty()) continue;
        Tile row = tile;
        if (below) row.push_back(*below);
        below = uneven(row);
    }
    return below.value_or(empty_root());
}

std::uint64_t tile_count(std::uint64_t size) {
    std::uint64_t count = 0;
    for (std::uint64_t hashes = size; hashes > 0; hashes /= kTileWidth)
        count += (hashes + kTileWidth - 1) / kTileWidth;
    return count;
}

Result<Digest> root_of(Tiles& tiles, std::uint64_t size) {
    if (size == 0) return empty_root();
    return subtree(tiles, 0, size);
}

Result<std::vector<Digest>> inclusion_proof(Tiles& tiles, std::uint64_t index, std::uint64_t size) {
    LICET_ENSURE(index < size);
    std::vector<Digest> out;
    LICET_TRY(add_path(tiles, index, 0, size, out));
    return out;
}

Result<std::vector<Digest>> consistency_proof(Tiles& tiles, std::uint64_t old_size,
                                              std::uint64_t size) {
    LICET_ENSURE(old_size >= 1 && old_size <= size);
    std::vector<Digest> out;
    LICET_TRY(add_subproof(tiles, old_size, 0, size, true, out));
    return out;
}

bool is_included(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                 std::span<const Digest> proof, const Digest& root) {
    if (index >= size) return false;
    Climb climb{index, size - 1};
    Digest hash = leaf;
    for (const Digest& other : proof) {
        if (climb.is_at_top()) return false;
        hash = climb.step_up() ? node_hash(other, hash) : node_hash(hash, other);
    }
    return climb.is_at_top() && hash == root;
}

bool is_consistent(std::uint64_t old_size, const Digest& old_root, std::uint64_t size,
                   const Digest& root, std::span<const Digest> proof) {
    if (old_size > size) return false;
    if (old_size == 0) return old_root == empty_root() && proof.empty();
    if (old_size == size) return old_root == root && proof.empty();
    std::vector<Digest> path(proof.begin(), proof.end());
    if (std::has_single_bit(old_size)) path.insert(path.begin(), old_root);
    if (path.empty()) return false;
    Climb climb{old_size - 1, size - 1};
    while ((climb.place & 1U) != 0) climb.up();
    Digest old_hash = path.front();
    Digest hash = path.front();
    for (const Digest& other : std::span(path).subspan(1)) {
        if (climb.is_at_top()) return false;
        const bool is_on_the_left = climb.step_up();
        if (is_on_the_left) old_hash = node_hash(other, old_hash);
        hash = is_on_the_left ? node_hash(other, hash) : node_hash(hash, other);
    }
    return climb.is_at_top() && old_hash == old_root && hash == root;
}

}  // namespace licet::ledger
