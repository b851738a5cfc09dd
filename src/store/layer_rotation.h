// SPDX-License-Identifier: Apache-2.0
//
// Another key over the tokens of a ledger, without anybody's address.
//
//     lock ─► layer.key.new ─► register ─► every stored token, one transaction ─► layer.key
//
// Cut off anywhere, it is finished or undone by the next program that opens the ledger for writing,
// and until then whoever reads uses the key that the ledger names (docs/ledger-format.md, section
// 2). Others can read all the while and write again afterwards; they see the change by themselves.
#pragma once

#include <cstdint>
#include <functional>

#include "ledger/token.h"
#include "store/ledger_files.h"

namespace licet::store {

struct Rotated {
    std::uint64_t events = 0;        ///< whose stored token changed
    std::uint64_t suppressions = 0;  ///< likewise
    std::uint64_t erasures = 0;      ///< lines of the register, likewise
    bool has_old_key = false;        ///< there was a layer before: its key is layer.key.old now
    /// No copy of a stored token of before is left in the files of the database. Never so on a
    /// server; in a file, not while another program reads what was there before.
    bool has_forgotten = false;
};

/// Takes the layer off that is over the tokens, if there is one, and puts that of `key` on. What is
/// there may be a copy of before that was put back, if its layer key is layer.key.old or it has no
/// layer. `progress` is told how many of all rows are done. Errors: those of opening; kBusy
/// ("store.locked"), kBroken ("layer_key.unwritable", "store.full", ...): nothing is changed then,
/// or all is and the next opening finishes it.
[[nodiscard]] Result<Rotated> rotate_layer(
    const LedgerFiles& files, const ledger::TokenKey& key,
    const std::function<void(std::uint64_t done, std::uint64_t all)>& progress);

}  // namespace licet::store
