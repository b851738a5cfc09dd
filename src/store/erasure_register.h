// SPDX-License-Identifier: Apache-2.0
//
// What was erased and must not come back: a text file that only grows, written before anything is
// destroyed and read at every open.
//
//     1 TOKEN ERA DAY REASON CHECK
//
// A backup that is older than a line of it brings rows and keys back; the line destroys them again.
// docs/ledger-format.md, section 9.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/person_keys.h"
#include "ledger/store.h"

namespace licet::store {

struct Erasure {
    ledger::Token person;
    ledger::Era era = 0;  ///< the newest whose key is destroyed
    Date on;
    ledger::ErasureReason reason = ledger::ErasureReason::kRequest;
    friend bool operator==(const Erasure&, const Erasure&) = default;
};

/// Reads the register; a file that is not there is an empty one, and a last line that was cut is
/// dropped. Errors: kBroken ("erasure.line") with file and line.
[[nodiscard]] Result<std::vector<Erasure>> erasures_in(const std::string& path);

/// True if the line (without its line feed) is one of a register.
[[nodiscard]] bool is_erasure_line(std::string_view line);

/// Appends lines; durable when it returns. Errors: kBroken ("erasure.unwritable").
[[nodiscard]] Result<Done> append_erasures(const std::string& path,
                                           std::span<const Erasure> erasures);

}  // namespace licet::store
