// SPDX-License-Identifier: Apache-2.0
//
// What a file of standings is made from, and how it says so.
//
// Private to the module.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "store/internal/tables.h"
#include "store/ledger_files.h"
#include "store/person_key_file.h"

namespace licet::store {

/// What a ledger was: check value of the layer over its tokens, and heads.
struct StandingSource {
    std::uint64_t layer = 0;
    Heads heads;
};
/// As bytes, and back; nothing if they are none.
[[nodiscard]] std::string text_of(const StandingSource& source);
[[nodiscard]] std::optional<StandingSource> standing_source_of(std::string_view text);

/// Opens the seal of a row. Nothing for what is erased, or about to be. Errors: kBroken
/// ("store.tampered", "person_keys.older").
[[nodiscard]] Result<std::optional<ledger::Event>> unsealed(const EventRow& row,
                                                            const PersonKeyFile& keys,
                                                            const LedgerFiles& files);

/// Removes the file of standings, if there is one: somebody in it is to be forgotten, or the layer
/// over it is another now.
void forget_standings(const LedgerFiles& files);

/// Reads the whole ledger at one moment and writes the file of standings. Errors: those of reading;
/// those of StandingFileWriter.
[[nodiscard]] Result<Done> write_standings(
    Connection& connection, PersonKeyFile& keys, const LedgerFiles& files,
    const std::function<void(std::uint64_t done, std::uint64_t all)>& progress);

}  // namespace licet::store
