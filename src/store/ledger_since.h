// SPDX-License-Identifier: Apache-2.0
//
// What came into a ledger after a checkpoint: for whoever rests on that moment and asks whether it
// still holds.
#pragma once

#include <cstdint>
#include <functional>
#include <map>

#include "ledger/checkpoint.h"
#include "ledger/event.h"
#include "store/ledger_files.h"

namespace licet::store {

/// Hands every event over that is not under `checkpoint`, partition by partition, those of the
/// ledger itself too; of what was erased since, only the event that says so. `visit` gives false
/// to see no more. Errors: those of opening; kBroken if the ledger does not continue the
/// checkpoint ("log.rolled_back", "log.forked") or is not what was written ("store.corrupt").
[[nodiscard]] Result<Done> for_each_since(const LedgerFiles& files,
                                          const ledger::Checkpoint& checkpoint,
                                          const std::function<bool(const ledger::Event&)>& visit);

/// How far each partition is: its number, and that of its last event.
using LedgerPlaces = std::map<std::uint32_t, std::int64_t>;
/// Where the ledger is now. Errors: those of opening.
[[nodiscard]] Result<LedgerPlaces> places_of(const LedgerFiles& files);
/// Hands every event over that came after `places`, partition by partition and in each in the order
/// of storage, those that were erased since left out; then `places` is where the ledger is. `visit`
/// gives false to see no more. Errors: those of opening; kBroken if the ledger has lost what was
/// there ("log.rolled_back").
[[nodiscard]] Result<Done> for_each_after(const LedgerFiles& files, LedgerPlaces& places,
                                          const std::function<bool(const ledger::Event&)>& visit);

}  // namespace licet::store
