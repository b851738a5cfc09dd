// SPDX-License-Identifier: Apache-2.0
//
// What came into a ledger after a checkpoint: for whoever rests on that moment and asks whether it
// still holds.
#pragma once

#include <cstdint>
#include <functional>

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

}  // namespace licet::store
