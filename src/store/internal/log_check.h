// SPDX-License-Identifier: Apache-2.0
//
// The log by itself: runs without gaps, tiles that lead to the roots of all notes. The leaves are
// those of the tiles; whoever reads the events asks here whether theirs are the same.
//
//     runs ──► place of an event in the log ──► leaf in a tile of level 0
//     tiles of level 0 ──► tree ──► tiles above, roots of the notes
//
// So events can be read partition by partition, and the tree needs 32 bytes an event. Private to
// the module.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/internal/tile_table.h"
#include "store/ledger_log.h"

namespace licet::store {

class LogCheck {
  public:
    /// All outlive it.
    LogCheck(Connection& connection, const ledger::LogIdentity& identity, const std::string& path)
        : connection_(connection), identity_(identity), path_(path), tiles_(connection) {}

    /// Reads notes and runs, and checks what needs nothing else. `kept` and `trusted_pem` as in
    /// VerifyOptions; `done` gets what was counted. Errors: as verify_ledger.
    [[nodiscard]] Result<Done> read(const std::optional<std::string>& kept,
                                    const std::optional<std::string>& trusted_pem, Verified& done);
    /// The runs of a partition, in order.
    [[nodiscard]] const std::vector<Run>& runs_of(std::uint32_t part) const { return runs_[part]; }
    /// True if this leaf stands at a place of the log.
    [[nodiscard]] Result<bool> has_leaf(std::uint64_t place, const Digest& leaf);
    /// Errors: as verify_ledger.
    [[nodiscard]] Result<Done> check_tree();

    [[nodiscard]] Error bad_tile(const ledger::TilePlace& place) const;
    [[nodiscard]] static ledger::TilePlace tile_of(std::uint64_t place) {
        return {0, place / ledger::kTileWidth};
    }

  private:
    struct Note {
        Digest root{};
        bool is_kept = false;
    };
    [[nodiscard]] Result<Done> read_notes(const std::optional<std::string>& trusted_pem,
                                          Verified& done);
    [[nodiscard]] Result<bool> has_note_of(const std::string& origin);
    [[nodiscard]] Result<Done> read_runs();
    [[nodiscard]] Result<Done> add_tile(ledger::TreeAppender& tree, std::uint64_t number);
    [[nodiscard]] Result<Done> check_root(const ledger::TreeAppender& tree);
    [[nodiscard]] Result<Done> compare(const std::map<ledger::TilePlace, ledger::Tile>& tiles,
                                       bool is_all);
    [[nodiscard]] Error bad_checkpoint(std::uint64_t size) const;

    Connection& connection_;
    const ledger::LogIdentity& identity_;
    const std::string& path_;
    TileTable tiles_;
    std::vector<std::vector<Run>> runs_{ledger::kPartitions};  ///< by partition
    std::uint64_t size_ = 0;
    std::multimap<std::uint64_t, Note> notes_;  ///< by size; those that are not checked yet
    std::uint64_t newest_note_ = 0;
    std::optional<std::uint64_t> number_;  ///< of the tile that was read last
    ledger::Tile tile_;
};

}  // namespace licet::store
