// SPDX-License-Identifier: Apache-2.0
//
// The tree over all entries of a ledger, kept in tiles, and the proofs that come out of it.
//
//     level 1   [ h0 h1 ...                    ]      a hash of level L+1 = the tree hash of a full
//     level 0   [ 256 leaves ][ 256 leaves ][..]      tile of level L; the last tile may be partial
//
// Sources: RFC 6962, section 2.1 (hashes and proofs), RFC 9162, sections 2.1.3 and 2.1.4 (checking
// proofs), C2SP tlog-tiles (tiles). Nothing here knows where tiles are kept.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "base/result.h"

namespace licet::ledger {

inline constexpr std::uint64_t kTileWidth = 256;

[[nodiscard]] Digest leaf_hash(std::span<const std::uint8_t> entry);
[[nodiscard]] Digest node_hash(const Digest& left, const Digest& right);
/// The root of the tree without entries.
[[nodiscard]] Digest empty_root();

/// Level and place of a tile.
using TilePlace = std::pair<unsigned, std::uint64_t>;
using Tile = std::vector<Digest>;

/// Where tiles are read from.
class Tiles {
  public:
    virtual ~Tiles() = default;
    /// Gives the hashes of a tile, as many as are there. Errors: those of the store.
    [[nodiscard]] virtual Result<Tile> read(TilePlace place) = 0;
};

/// Adds leaves on the right. The tiles that change are collected; the caller keeps them.
class TreeAppender {
  public:
    /// Reads the partial tiles of a tree of `size`. Errors: those of `tiles`; kBroken
    /// ("log.tile_size") if a tile has not the width that the size asks for.
    [[nodiscard]] static Result<TreeAppender> at(Tiles& tiles, std::uint64_t size);

    void add(const Digest& leaf);
    [[nodiscard]] std::uint64_t size() const { return size_; }
    /// Tree hash of what was added so far.
    [[nodiscard]] Digest root() const;
    /// The tiles that are not full yet, by level.
    [[nodiscard]] std::map<TilePlace, Tile> right_edge() const;
    /// Tiles that are new or grew since the last call.
    [[nodiscard]] std::map<TilePlace, Tile> take_changed();

  private:
    void push(unsigned level, const Digest& hash);

    std::uint64_t size_ = 0;
    std::vector<Tile> right_;            ///< by level: the tile that grows
    std::vector<std::uint64_t> places_;  ///< by level: its place
    std::vector<char> has_grown_;        ///< by level: since it was taken last
    std::map<TilePlace, Tile> full_;
};

/// Number of tiles of a tree, partial ones included.
[[nodiscard]] std::uint64_t tile_count(std::uint64_t size);

/// Tree hash of the first `size` entries. Errors: those of `tiles`, kBroken ("log.tile_size").
[[nodiscard]] Result<Digest> root_of(Tiles& tiles, std::uint64_t size);

/// Proof that entry `index` is in the tree of `size`; from the leaf's sibling upwards.
[[nodiscard]] Result<std::vector<Digest>> inclusion_proof(Tiles& tiles, std::uint64_t index,
                                                          std::uint64_t size);
/// Proof that the tree of `size` begins with the tree of `old_size` (1 <= old_size <= size).
[[nodiscard]] Result<std::vector<Digest>> consistency_proof(Tiles& tiles, std::uint64_t old_size,
                                                            std::uint64_t size);

/// Checks proofs; any input is allowed.
[[nodiscard]] bool is_included(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                               std::span<const Digest> proof, const Digest& root);
[[nodiscard]] bool is_consistent(std::uint64_t old_size, const Digest& old_root, std::uint64_t size,
                                 const Digest& root, std::span<const Digest> proof);

}  // namespace licet::ledger
