// SPDX-License-Identifier: Apache-2.0
//
// Proofs of events, out of the store and into the form in which they are given to others
// (audit/proved_event.h). store and audit do not know each other; main carries between them.
#pragma once

#include <span>
#include <vector>

#include "audit/proved_event.h"
#include "main/workspace.h"

namespace licet {

/// Proofs of all these events, in their order, under one checkpoint. Errors: kMissing
/// ("log.no_such_event", "log.event_erased", "log.not_signed_yet").
[[nodiscard]] Result<std::vector<audit::ProvedEvent>> proved_events(
    const Workspace& workspace, std::span<const ledger::EventPlace> places);

}  // namespace licet
