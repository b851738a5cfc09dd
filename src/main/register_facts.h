// SPDX-License-Identifier: Apache-2.0
//
// What the ledger's registers say of the organisation, as facts of its documents.
//
//     processor added crisp country=fr ──► processor.crisp.country = fr ─┐
//     organisation.toml ─────────────────────────────────────────────────┴─► one register
//
// So a vendor is entered once: by `licet processor`, in the console or in the file. What the file
// leaves open the ledger says; where both speak otherwise, no document is published.
#pragma once

#include <string>

#include "audit/book.h"
#include "ledger/store.h"
#include "main/family.h"
#include "papers/organisation.h"

namespace licet {

/// Reads the registers of a ledger: processors, breaches, complaints. Errors: those of the store.
[[nodiscard]] Result<audit::Book> book_in(ledger::ReadStore& store);

/// Gives the processors of the workspace's ledger as facts; none if there is no workspace. Errors:
/// those of the workspace and its ledger.
[[nodiscard]] Result<papers::Organisation> facts_of_ledger(const Common& common,
                                                           const papers::Fields& fields);

/// Reads the text of organisation.toml, above the facts of the ledger. Problems: those of
/// read_organisation().
[[nodiscard]] Read<papers::Organisation> read_register(const papers::Organisation& of_ledger,
                                                       std::string_view text, std::string path);

}  // namespace licet
