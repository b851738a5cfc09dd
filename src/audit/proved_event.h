// SPDX-License-Identifier: Apache-2.0
//
// One event with all that somebody needs to check it without us, as files.
//
//     17-3.json         the event in words, its bytes, and what opens its commitment
//     17-3.tlog-proof   the way from its entry to a signed root
//
// docs/ledger.md, "Prove one event"; the bytes are those of docs/ledger-format.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/json.h"
#include "ledger/store.h"

namespace licet::audit {

struct ProvedEvent {
    ledger::StoredEvent event;
    std::vector<std::uint8_t> bytes;  ///< of the event
    Digest blind{};
    Digest sealed_digest{};
    std::string proof;  ///< text of the tlog-proof
};

/// The event in words, without its place.
[[nodiscard]] json::object words_of(const ledger::Event& event);

/// What stands in the file beside the proof, canonical, with a line feed.
[[nodiscard]] std::string opening_of(const ProvedEvent& proved);

}  // namespace licet::audit
