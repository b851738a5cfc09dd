// SPDX-License-Identifier: Apache-2.0
//
// Persons as commands name them: an address or a number, turned into tokens and looked up.
// The value goes no further than this; what comes back are tokens, events and a standing, in which
// nobody can be read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/reference.h"
#include "law/law.h"
#include "ledger/identity.h"
#include "ledger/standing.h"
#include "ledger/store.h"
#include "main/workspace.h"

namespace licet {

/// The carried lists of free-mail domains, generic mailboxes, regions and origins.
[[nodiscard]] gate::Reference carried_reference();

/// Gives the tokens of the points that are named; empty texts name none. Errors: kInput.
[[nodiscard]] Result<std::vector<ledger::ContactTokens>> tokens_of_person(
    const Workspace& workspace, const std::string& email, const std::string& phone);

/// Gives the tokens of an e-mail address (has an @) or a telephone number. Errors: kInput.
[[nodiscard]] Result<std::vector<ledger::ContactTokens>> tokens_of_address(
    const Workspace& workspace, const std::string& address);

/// All tokens of the points, strict and loose.
[[nodiscard]] std::vector<ledger::Token> all_tokens(
    const std::vector<ledger::ContactTokens>& points);

/// Gives the stored events of a person, loose tokens bringing objections only, in order of storage.
[[nodiscard]] Result<std::vector<ledger::StoredEvent>> events_of_person(
    ledger::ReadStore& store, const std::vector<ledger::ContactTokens>& points);

/// Looks a person up in the workspace's ledger.
[[nodiscard]] Result<ledger::Standing> standing_of_person(const Workspace& workspace,
                                                          const std::string& email,
                                                          const std::string& phone, Date until);

/// The day of the act that facts name; today if they name none.
[[nodiscard]] Date day_of(const law::Law& law, const law::Facts& facts);

}  // namespace licet
