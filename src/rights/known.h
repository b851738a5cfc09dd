// SPDX-License-Identifier: Apache-2.0
//
// What the ledger knows of the person of a link, for the pages and for a copy to take away.
//
//     events of the tokens, suppressions ──► Known ──► pages, JSON
//
// There is no name and no address in it: the ledger has none.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ledger/standing.h"
#include "rights/settings.h"

namespace licet::rights {

struct Known {
    std::vector<ledger::Event> events;  ///< by day; of loose tokens, objections alone
    std::vector<ledger::Suppression> suppressions;
    ledger::Standing standing;
};

/// `events` and `suppressions` are those of the strict and the loose tokens of the person, as a
/// store gives them.
[[nodiscard]] Known known_of(std::vector<ledger::Event> events,
                             std::vector<ledger::Suppression> suppressions,
                             const ledger::Token& strict, Date day);

/// All of it in a form that programs read (GDPR's copy and portability): JSON, UTF-8, the same
/// bytes for the same events.
[[nodiscard]] std::string copy_as_json(const Known& known, const Settings& settings, Date day);

}  // namespace licet::rights
