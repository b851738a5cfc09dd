// SPDX-License-Identifier: Apache-2.0
//
// An event to test with, of an invented person in the partition that a test chooses, and how a
// failed comparison shows it. For tests only.
//
#pragma once

#include <ostream>
#include <string>
#include <utility>

#include "ledger/event.h"

namespace licet::ledger {

/// Gives an event of an invented person; `first` chooses the partition.
inline Event sample_event(std::uint8_t first, std::string key,
                          EventKind kind = EventKind::kInteraction) {
    Event event;
    event.kind = kind;
    event.person.bytes[0] = first;
    event.person.bytes[15] = 7;
    event.happened_on = Date{std::chrono::year{2026} / 3 / 2};
    event.received_at = 1'772'445'600;
    event.channel = "email";
    event.surface = "page";
    event.key = std::move(key);
    event.attributes = {{"act", "click"}};
    return event;
}

/// Shows what tells one event from another where the framework would show its bytes.
inline void PrintTo(const Event& event, std::ostream* out) {
    *out << name_of(event.kind) << " of " << static_cast<int>(event.person.bytes[0]) << ", key "
         << event.key;
}

}  // namespace licet::ledger
