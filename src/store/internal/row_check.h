// SPDX-License-Identifier: Apache-2.0
//
// What one row must be by itself, whatever stands before it: the seal opens, is held to its
// commitment, and the columns repeat what is in it.
//
//     rows of a partition ──► leaves, suppressions, places that the ledger names as erased
//
// Most of the work of a verification is here, and no row needs another: batches can be checked by
// several threads (checking_pool.h). Private to the module.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/person_keys.h"
#include "ledger/suppression.h"
#include "store/internal/tables.h"

namespace licet::store {

/// Rows of one partition that follow one another, and what was found in them.
struct RowBatch {
    std::uint32_t part = 0;
    std::vector<EventRow> rows;
    bool is_last = false;          ///< of its partition
    std::optional<Error> failure;  ///< what came instead of the next row

    std::vector<Digest> leaves;                   ///< of the rows before the first unsound one
    std::vector<ledger::Suppression> objections;  ///< in the order of the rows
    std::vector<ledger::Suppression> kept;        ///< by erasures
    std::vector<ledger::EventPlace> told_as_erased;
    std::vector<std::int64_t> erased;  ///< numbers of the rows without seal
};

/// Threads: one object per thread.
class RowChecker {
  public:
    /// `keys` outlives it and does not change.
    explicit RowChecker(const ledger::PersonKeys& keys) : keys_(keys) {}
    void check(RowBatch& batch);

  private:
    [[nodiscard]] bool is_sound(const EventRow& row, RowBatch& batch);
    [[nodiscard]] static bool take_erasure(const ledger::Event& event, RowBatch& batch);

    const ledger::PersonKeys& keys_;
    ledger::UpperLevels upper_;
    ledger::SealOpener opener_;
};

}  // namespace licet::store
