// SPDX-License-Identifier: Apache-2.0
//
// The tiles of the log in their table, and the runs that say which entries stand where.
//
//     tile(level, place) = up to 256 hashes
//     run = events first..last of a partition, in order, from a number of the log on
//
// Private to the module. docs/ledger-format.md, sections 7 and 8.
#pragma once

#include <map>
#include <optional>

#include "ledger/merkle.h"
#include "ledger/store.h"
#include "store/internal/database.h"

namespace licet::store {

class TileTable final : public ledger::Tiles {
  public:
    explicit TileTable(Connection& connection) : connection_(connection) {}
    [[nodiscard]] Result<ledger::Tile> read(ledger::TilePlace place) override;
    [[nodiscard]] Result<Done> write(const std::map<ledger::TilePlace, ledger::Tile>& tiles);

  private:
    Connection& connection_;
    std::optional<Statement> read_;
    std::optional<Statement> write_;
};

/// Events `first` to `last` of a partition stand in the log from `number` on.
struct Run {
    std::uint32_t part = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::uint64_t number = 0;
    Digest hash{};  ///< of the chain of the partition at `last`
};
[[nodiscard]] Result<std::vector<Run>> runs_of(Connection& connection);
[[nodiscard]] Result<Done> put_run(Connection& connection, const Run& run);
/// Number of entries in the log.
[[nodiscard]] Result<std::uint64_t> log_size(Connection& connection);

}  // namespace licet::store
