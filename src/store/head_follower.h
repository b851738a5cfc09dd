// SPDX-License-Identifier: Apache-2.0
//
// How a gate that is elsewhere knows what the ledger knows: by following the heads of its
// partitions.
//
//     poll: heads that moved ──► their new entries ──► index of standings
//     hint: the server says that something was written ──► poll now
//
// Polling is the truth: heads and entries are read at one moment, and the entries must lead from
// the head that was known to the head that is there. A hint may be missed, late or false; it only
// shortens the wait. A gate that has not confirmed the heads for a while does not know whether
// somebody has objected meanwhile, and gets no index: it contacts nobody.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "store/standing_file.h"

namespace licet::store {

/// Threads: one follows; find(), list_count() and confirmed() may be called in any meanwhile, and
/// wait only for a few entries that are taken in.
class HeadFollower {
  public:
    using Moment = std::chrono::steady_clock::time_point;
    using Clock = std::function<Moment()>;

    /// Reads the whole ledger, which may be a file too; what is in the file of standings, if one is
    /// given, from there (fresh_standing_file). Errors: those of opening.
    [[nodiscard]] static Result<std::unique_ptr<HeadFollower>> open(
        const LedgerFiles& files, Clock clock, std::shared_ptr<const StandingFile> known = {});
    virtual ~HeadFollower() = default;

    /// Waits for a hint, at most so long, and takes in what is new; gives the number of entries.
    /// Errors: kBusy while the server does not answer (call it again); kBroken
    /// ("store.rolled_back") if the ledger has lost what was known here, as after the promotion of
    /// a copy that lagged; "store.tampered", "person_keys.older".
    [[nodiscard]] virtual Result<std::size_t> follow(std::chrono::milliseconds wait) = 0;

    /// How long the heads may be unconfirmed before nobody may be contacted any more.
    static constexpr std::chrono::milliseconds kMostSilence{2000};
    /// Gives the standing of a person as of at most kMostSilence ago; nothing if the ledger knows
    /// none of these contact points. Errors: kBusy ("store.heads_unconfirmed").
    [[nodiscard]] virtual Result<std::optional<ledger::Standing>> find(
        std::span<const ledger::ContactTokens> points, Date until) const = 0;
    /// How many lists from elsewhere were taken in (ledger/exchange.h): another number, and there
    /// may be another key to look people up with.
    [[nodiscard]] virtual std::size_t list_count() const = 0;
    /// Says whether find() answers. Errors: its own.
    [[nodiscard]] virtual Result<Done> confirmed() const = 0;
    /// All standings, for the thread that follows. Errors: those of find().
    [[nodiscard]] virtual Result<const ledger::StandingIndex*> index() const = 0;
};

}  // namespace licet::store
