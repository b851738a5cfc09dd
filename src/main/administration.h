// SPDX-License-Identifier: Apache-2.0
//
// Acts of administration, as the ledger keeps them: who changed what, and never what it says.
//
//     organisation_changed, by nora, sha256 of the text ──► event administered
#pragma once

#include <cstdint>
#include <string>

#include "ledger/event.h"

namespace licet {

/// What was done: `act` by `by` on `what`, a name or a digest.
struct Administration {
    std::string act;  ///< "organisation_changed", "user_added", ...
    std::string by;
    bool is_by_token = false;
    std::string what;
};

/// Its event, without a key. `received_at`: seconds since 1970-01-01T00:00Z.
[[nodiscard]] inline ledger::Event event_of(const Administration& done, Date day,
                                            std::int64_t received_at) {
    ledger::Event event;
    event.kind = ledger::EventKind::kAdministered;
    event.happened_on = day;
    event.received_at = received_at;
    event.attributes = {{"act", done.act},
                        {"by", done.by},
                        {"by_token", done.is_by_token ? "yes" : "no"},
                        {"what", done.what}};
    return event;
}

}  // namespace licet
