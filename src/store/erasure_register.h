// SPDX-License-Identifier: Apache-2.0
//
// What was erased and must not come back: a text file that only grows, written before anything is
// destroyed and read at every open.
//
//     1 TOKEN ERA DAY REASON CHECK
//     2 LAYER TOKEN ERA DAY REASON CHECK      the token under a layer
//
// Every line says its layer, so a register can be read with any layer key that is at hand; only a
// change of the layer writes lines anew.
//
// A backup that is older than a line of it brings rows and keys back; the line destroys them again.
// docs/ledger-format.md, section 9.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ledger/person_keys.h"
#include "ledger/store.h"
#include "ledger/token_layer.h"
#include "store/ledger_files.h"

namespace licet::store {

struct Erasure {
    ledger::Token person;
    ledger::Era era = 0;  ///< the newest whose key is destroyed
    Date on;
    ledger::ErasureReason reason = ledger::ErasureReason::kRequest;
    friend bool operator==(const Erasure&, const Erasure&) = default;
};

/// Reads the register; a file that is not there is an empty one, and a last line that was cut is
/// dropped. Errors: kBroken ("erasure.line") with file and line; those of a layer key that is not
/// at hand: kMissing ("layer_key.missing"), kInput ("layer_key.other").
[[nodiscard]] Result<std::vector<Erasure>> erasures_in(const LedgerFiles& files);

/// Reads lines that were a register elsewhere; layer keys and errors are those of `files`.
[[nodiscard]] Result<std::vector<Erasure>> erasures_of_text(std::string_view text,
                                                            const LedgerFiles& files);

/// Appends lines, under a layer; durable when it returns. Errors: kBroken ("erasure.unwritable").
[[nodiscard]] Result<Done> append_erasures(const LedgerFiles& files,
                                           std::span<const Erasure> erasures,
                                           const ledger::TokenLayer& layer);

/// Replaces the register as a whole by these lines. Errors: as append_erasures.
[[nodiscard]] Result<Done> replace_erasures(const LedgerFiles& files,
                                            std::span<const Erasure> erasures,
                                            const ledger::TokenLayer& layer);

}  // namespace licet::store
