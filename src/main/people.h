// SPDX-License-Identifier: Apache-2.0
//
// Persons as commands name them: an address or a number, turned into tokens and looked up.
// The value goes no further than this; what comes back are tokens, events and a standing, in which
// nobody can be read.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gate/reference.h"
#include "law/law.h"
#include "ledger/exchange.h"
#include "ledger/identity.h"
#include "ledger/standing.h"
#include "ledger/store.h"
#include "main/workspace.h"

namespace licet {

/// The carried lists of free-mail domains, generic mailboxes, regions and origins.
[[nodiscard]] gate::Reference carried_reference();

/// What addresses are known by in the lists that were taken in. `lists` says which there are; null
/// = any. Errors: those of reading the keys of partners.
[[nodiscard]] Result<ledger::ForeignNames> foreign_names(
    const Workspace& workspace, const std::set<std::string, std::less<>>* lists = nullptr);

/// By what a person is named; empty texts name nothing.
struct PersonNames {
    std::string email;
    std::string phone;
    std::string company;  ///< SIREN or SIRET
};

/// Gives the tokens of the points that are named. Errors: kInput.
[[nodiscard]] Result<std::vector<ledger::ContactTokens>> tokens_of_person(
    const Workspace& workspace, const PersonNames& names);

/// The same without what lists from elsewhere know: for whoever only records what somebody says,
/// which must not wait for a key of a list. Errors: kInput.
[[nodiscard]] Result<ledger::ContactTokens> own_tokens_of_address(const Workspace& workspace,
                                                                  const std::string& address);

/// Gives the tokens under which lists from elsewhere know this address alone: not those of its
/// domain. Errors: as tokens_of_address().
[[nodiscard]] Result<std::vector<ledger::Token>> foreign_tokens_of(const Workspace& workspace,
                                                                   const std::string& address);

/// Gives the tokens of what ledger::contact_point_of() reads. Errors: kInput.
[[nodiscard]] Result<std::vector<ledger::ContactTokens>> tokens_of_address(
    const Workspace& workspace, const std::string& address);

/// Reads a file of addresses, one a line, and hands each line and its point to `visit`. Errors:
/// those of the file and of `visit`; kInput with line and masked value for the first that is none.
[[nodiscard]] Result<Done> for_each_address(
    const std::string& path, const std::string& country,
    const std::function<Result<Done>(std::string_view line, const ledger::ContactPoint& point)>&
        visit);

/// True if a text holds what looks like an address or a number of somebody: a '@', or more digits
/// than `most_digits`.
[[nodiscard]] bool looks_personal(std::string_view text, std::ptrdiff_t most_digits);
/// As many digits as the reference of a case has ("inspection 2026-114"), and fewer than a
/// telephone number.
inline constexpr std::ptrdiff_t kDigitsOfReason = 8;

/// All tokens of the points: strict, loose and wide.
[[nodiscard]] std::vector<ledger::Token> all_tokens(
    const std::vector<ledger::ContactTokens>& points);

/// Gives the stored events of a person, in order of storage. Loose and wide tokens bring objections
/// only.
[[nodiscard]] Result<std::vector<ledger::StoredEvent>> events_of_person(
    ledger::ReadStore& store, const std::vector<ledger::ContactTokens>& points);

/// All that the ledger knows of a person.
struct PersonHistory {
    std::vector<ledger::StoredEvent> events;  ///< by day; as events_of_person() gives them
    std::vector<ledger::Suppression> suppressions;
};
[[nodiscard]] Result<PersonHistory> history_of(ledger::ReadStore& store,
                                               const std::vector<ledger::ContactTokens>& points);

/// Looks a person up in the workspace's ledger.
[[nodiscard]] Result<ledger::Standing> standing_of_person(
    const Workspace& workspace, const std::vector<ledger::ContactTokens>& points, Date until);

/// The day of the act that facts name; today if they name none.
[[nodiscard]] Date day_of(const law::Law& law, const law::Facts& facts);

}  // namespace licet
