// SPDX-License-Identifier: Apache-2.0
//
// Everybody's standing, for whoever looks up many persons: from the file of standings and what the
// ledger has got since. A ledger that has grown much, or lost somebody, gets a new file first.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "store/standing_file.h"

namespace licet::store {

/// Told how many entries of how many were read, now and then.
using ReadingProgress = std::function<void(std::uint64_t done, std::uint64_t all)>;

/// Gives the file of standings, made anew if the ledger has grown too much for it; null if a ledger
/// is too small for one, the file cannot be written, or may not be asked for `day`. Errors: those
/// of reading the ledger.
[[nodiscard]] Result<std::shared_ptr<const StandingFile>> fresh_standing_file(
    const LedgerFiles& files, Date day, const ReadingProgress& progress);

/// Gives the standings as of now, which can be asked for days from `day` on. Errors: those of
/// HeadFollower::open.
[[nodiscard]] Result<ledger::StandingIndex> standings_of(const LedgerFiles& files, Date day,
                                                         const ReadingProgress& progress);

}  // namespace licet::store
