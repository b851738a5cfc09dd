// SPDX-License-Identifier: Apache-2.0
//
// What a client may see of its processor: the audit pack of GDPR 28(3)(h), where we act on behalf
// of others.
//
//     organisation.toml ──► [client.ID] ──► its agreement, what we do for it, who of ours serves it
//     ledger            ──► the events that concern it, and nothing of anybody else
//
// No person, no other client, no answer of our own audit is in it: of that its score by theme.
#pragma once

#include <set>
#include <string>

#include "audit/report.h"
#include "base/json.h"
#include "ledger/event.h"
#include "papers/organisation.h"

namespace licet {

struct ClientShare {
    std::string id;
    std::string name;
    std::string document;              ///< its agreement, as documents are named
    std::set<std::string> processors;  ///< of ours, that serve it
    json::object facts;                ///< what the register says of it, in both languages
};

/// Errors: kMissing ("authority.no_client").
[[nodiscard]] Result<ClientShare> client_share(const papers::Organisation& organisation,
                                               const std::string& id);

/// True for an event of the ledger itself that is about its agreement, who serves it, or a breach
/// of its data.
[[nodiscard]] bool concerns(const ClientShare& client, const ledger::Event& event);

/// Score, how sure it is and each theme's points: no question, no answer.
[[nodiscard]] json::object score_for_client(const audit::AuditReport& report);

}  // namespace licet
