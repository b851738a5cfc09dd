// SPDX-License-Identifier: Apache-2.0
//
// Which published documents are still what would be published today: for the audit, which asks
// whether a company's documents are there and up to date.
//
//     notices of the ledger, organisation.toml, law ──► kind of document ──► 2 of 3 in force
#pragma once

#include <map>
#include <string>

#include "audit/measure.h"
#include "ledger/store.h"
#include "main/family.h"
#include "papers/papers.h"

namespace licet {

/// By kind ("record", "interest_assessment"): how many published documents are in force, of how
/// many, both languages counted. Empty where there is no register of facts, or where it has faults:
/// what cannot be built cannot be compared. Errors: those of the store.
[[nodiscard]] Result<audit::PublishedShares> published_shares(const Common& common,
                                                              ledger::ReadStore& store, Date day);

}  // namespace licet
