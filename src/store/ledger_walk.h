// SPDX-License-Identifier: Apache-2.0
//
// Every entry of the log in its order, up to a checkpoint, and what is sealed in those that are
// wanted: for archives that prove many events at once.
//
//     leaf 0, leaf 1, ... ──► the root of the checkpoint, computed by whoever holds all leaves
//     bytes, blind        ──► the leaf of an event that is shown
//
// The leaves of events that are not shown tell nothing of them (docs/ledger-format.md, section 5).
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "base/digest.h"
#include "ledger/event.h"
#include "ledger/store.h"
#include "store/ledger_files.h"

namespace licet::store {

struct LoggedEntry {
    std::uint64_t index = 0;  ///< in the log
    ledger::EventPlace place;
    Digest leaf{};
    bool is_erased = false;
    std::span<const std::uint8_t>
        bytes;  ///< of the event, until `visit` returns; empty: not wanted
    Digest blind{};
    Digest sealed_digest{};
};

struct LogWalk {
    std::uint64_t size = 0;  ///< of the checkpoint: entries after it are not visited
    /// Whether an event is to be opened.
    std::function<bool(ledger::EventKind kind, const ledger::Token& person)> wants;
    std::function<Result<Done>(const LoggedEntry& entry)> visit;
};

/// Visits the first `size` entries in their order. Memory does not grow with the ledger. Errors:
/// those of opening and of `visit`; kBroken ("store.tampered") for an entry that is not what was
/// written, or if there are fewer.
[[nodiscard]] Result<Done> walk_log(const LedgerFiles& files, const LogWalk& walk);

}  // namespace licet::store
