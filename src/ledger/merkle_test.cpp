// SPDX-License-Identifier: Apache-2.0
// Goal: the tree in tiles is the tree of RFC 6962, and its proofs prove what they should and
//       nothing else.
// Method: the definition written out, slowly, against every size up to 600 and some around the
//         width of a tile; every proof checked, and each of its hashes changed; known roots.
#include "ledger/merkle.h"

#include <gtest/gtest.h>

#include <bit>

#include "base/text.h"

namespace licet::ledger {
namespace {

Digest leaf_number(std::uint64_t number) {
    return leaf_hash(std::vector<std::uint8_t>{static_cast<std::uint8_t>(number >> 8U),
                                               static_cast<std::uint8_t>(number)});
}

// RFC 6962, 2.1, as it is written there.
Digest tree_hash(std::span<const Digest> leaves) {
    if (leaves.empty()) return empty_root();
    if (leaves.size() == 1) return leaves.front();
    const std::size_t split = std::bit_floor(leaves.size() - 1);
    return node_hash(tree_hash(leaves.first(split)), tree_hash(leaves.subspan(split)));
}

class TilesInMemory final : public Tiles {
  public:
    Result<Tile> read(TilePlace place) override { return tiles[place]; }
    std::map<TilePlace, Tile> tiles;
};

// A log that grew to `size` in steps of 1, 2, 3, ... leaves.
struct Grown {
    TilesInMemory tiles;
    std::vector<Digest> leaves;
    void grow(std::uint64_t size) {
        std::uint64_t step = 1;
        while (leaves.size() < size) {
            auto appender = TreeAppender::at(tiles, leaves.size()).value();
            for (std::uint64_t i = 0; i < step && leaves.size() < size; ++i) {
                leaves.push_back(leaf_number(leaves.size()));
                appender.add(leaves.back());
            }
            for (auto& [place, tile] : appender.take_changed()) tiles.tiles[place] = tile;
            ++step;
        }
    }
};

constexpr std::array<std::uint64_t, 16> kSizes = {1,   2,   3,   4,   5,   7,   8,    9,
                                                  100, 255, 256, 257, 511, 512, 1000, 70'000};

TEST(Merkle, RootsAreThoseOfTheDefinition) {
    Grown log;
    log.grow(70'000);
    EXPECT_EQ(root_of(log.tiles, 0).value(), empty_root());
    for (std::uint64_t size = 1; size <= 600; ++size)
        EXPECT_EQ(root_of(log.tiles, size).value(), tree_hash(std::span(log.leaves).first(size)))
            << size;
    EXPECT_EQ(root_of(log.tiles, 70'000).value(), tree_hash(log.leaves));
}

TEST(Merkle, TheRootIsKnownWhileTheTreeGrows) {
    TilesInMemory none;
    auto appender = TreeAppender::at(none, 0).value();
    EXPECT_EQ(appender.root(), empty_root());
    std::vector<Digest> leaves;
    for (std::uint64_t size = 1; size <= 1100; ++size) {
        leaves.push_back(leaf_number(size - 1));
        appender.add(leaves.back());
        if (size < 300 || size % 64 < 3) {
            EXPECT_EQ(appender.root(), tree_hash(leaves)) << size;
        }
    }
    EXPECT_EQ(appender.right_edge().size(), 2U);  // 1100 = 4 full tiles, 76 hashes, 4 above
    EXPECT_EQ(tile_count(1100), 6U);
}

TEST(Merkle, TilesAreAsTheirSpecificationCountsThem) {
    Grown log;
    log.grow(70'000);
    // The example of C2SP tlog-tiles: 273 full tiles and one of 112; one full and one of 17; one.
    EXPECT_EQ(log.tiles.tiles.size(), 274U + 2U + 1U);
    EXPECT_EQ((log.tiles.tiles[{0, 273}].size()), 112U);
    EXPECT_EQ((log.tiles.tiles[{1, 0}].size()), 256U);
    EXPECT_EQ((log.tiles.tiles[{1, 1}].size()), 17U);
    EXPECT_EQ((log.tiles.tiles[{2, 0}].size()), 1U);
}

TEST(Merkle, TheEmptyTreeAndOneLeafAreThoseOfTheStandard) {
    EXPECT_EQ(hex_of(empty_root()),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex_of(leaf_hash({})),
              "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST(Merkle, InclusionIsProvedForWhatIsThereAndNothingElse) {
    Grown log;
    log.grow(70'000);
    for (const std::uint64_t size : kSizes) {
        const Digest root = root_of(log.tiles, size).value();
        for (std::uint64_t index = 0; index < size; index += 1 + size / 37) {
            auto proof = inclusion_proof(log.tiles, index, size).value();
            EXPECT_TRUE(is_included(log.leaves[index], index, size, proof, root)) << index;
            EXPECT_FALSE(is_included(leaf_number(99'999), index, size, proof, root));
            EXPECT_FALSE(is_included(log.leaves[index], index + size, size, proof, root));
            for (Digest& hash : proof) {
                hash[5] ^= 1U;
                EXPECT_FALSE(is_included(log.leaves[index], index, size, proof, root));
                hash[5] ^= 1U;
            }
            proof.push_back(root);
            EXPECT_FALSE(is_included(log.leaves[index], index, size, proof, root));
        }
    }
}

TEST(Merkle, ATreeContinuesWhatItWasAndNoOther) {
    Grown log;
    log.grow(70'000);
    for (const std::uint64_t size : kSizes) {
        const Digest root = root_of(log.tiles, size).value();
        EXPECT_TRUE(is_consistent(0, empty_root(), size, root, {}));
        for (std::uint64_t old_size = 1; old_size <= size; old_size += 1 + size / 37) {
            const Digest old_root = root_of(log.tiles, old_size).value();
            auto proof = consistency_proof(log.tiles, old_size, size).value();
            EXPECT_TRUE(is_consistent(old_size, old_root, size, root, proof)) << old_size;
            EXPECT_FALSE(is_consistent(old_size, leaf_number(1), size, root, proof));
            EXPECT_FALSE(is_consistent(size + 1, old_root, size, root, proof));
            for (Digest& hash : proof) {
                hash[5] ^= 1U;
                EXPECT_FALSE(is_consistent(old_size, old_root, size, root, proof));
                hash[5] ^= 1U;
            }
        }
    }
}

TEST(Merkle, ATileThatIsTooShortIsNamed) {
    Grown log;
    log.grow(300);
    log.tiles.tiles[{0, 1}].resize(10);
    EXPECT_EQ(root_of(log.tiles, 300).error().message.id, "log.tile_size");
    EXPECT_EQ(TreeAppender::at(log.tiles, 300).error().message.id, "log.tile_size");
}

}  // namespace
}  // namespace licet::ledger
