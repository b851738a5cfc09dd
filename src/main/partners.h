// SPDX-License-Identifier: Apache-2.0
//
// Whose lists of objections were taken in, and the keys of these lists.
//
//     partners/NAME-CHECK.key    a key; CHECK: the first digits of its check value
//     ledger, partner_list       which keys are needed, and until when (docs/ledger-format.md)
//
// Without its key nobody would be found on a list, and every objection on it would seem not to
// exist: a key that is not there, or is another one, is an error wherever people are looked up.
#pragma once

#include <string>
#include <vector>

#include "ledger/event.h"
#include "main/workspace.h"

namespace licet {

struct Partner {
    std::string name;  ///< of the key's file: the partner's, and which key it is
    ledger::TokenKey key;
};

/// The keys of all lists that were taken in. Errors: kMissing ("partner_key.missing"), kInput
/// ("partner_key.other", "workspace.key_open_to_others", "workspace.key_form"), those of the
/// ledger.
[[nodiscard]] Result<std::vector<Partner>> partners_of(const Workspace& workspace);

/// Keeps the key of a partner's list, and gives the name under which it is kept. Errors: kBroken.
[[nodiscard]] Result<std::string> add_partner(const Workspace& workspace, const std::string& from,
                                              const ledger::TokenKey& key);

/// What the ledger says of a list that was taken in: `name` as add_partner() gives it.
[[nodiscard]] ledger::Event partner_list_event(const std::string& name, Date until);

}  // namespace licet
