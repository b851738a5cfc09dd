// SPDX-License-Identifier: Apache-2.0
//
// One question of an audit handed to somebody, and what they answer.
//
//     licet audit delegate SEC-02 --by dsi --days 14      ──► a token, to be sent like a password
//     licet audit answer --delegated TOKEN -a yes         ──► the answer of that role
//
// A server takes the token from the address of a page (serve/delegated_pages.h).
#pragma once

#include "audit/delegation.h"
#include "main/audit_desk.h"
#include "main/command_audit.h"

namespace licet {

struct DelegatedQuestion {
    std::string token;
    Date until;  ///< last day
};

/// Makes a token for `options.question`, role `options.by`, `options.days` days. Errors: kInput
/// ("audit.no_such_question", "audit.not_asked", "audit.by_form", "delegation.days"), those of the
/// key.
[[nodiscard]] Result<DelegatedQuestion> delegated_question(const AuditDesk& desk,
                                                           const AuditOptions& options);

/// Opens a token of this workspace that has not ended on `today`. Errors: kInput
/// ("delegation.invalid", "delegation.ended"), those of the key.
[[nodiscard]] Result<audit::Delegation> opened_delegation_of(const Workspace& workspace,
                                                             std::string_view token, Date today);
/// Errors: kInput ("delegation.changed") unless the question is still the one that was handed over.
[[nodiscard]] Result<Done> check_question_of(const audit::Questionnaire& questionnaire,
                                             const audit::Delegation& given);

/// Opens `options.delegated` ("-": a line of standard input) and gives options that name its audit,
/// question and role alone. Errors: kInput ("delegation.invalid", "delegation.ended",
/// "delegation.other_question", "delegation.changed"), those of the key.
[[nodiscard]] Result<AuditOptions> options_of_delegated(const Workspace& workspace,
                                                        const audit::Questionnaire& questionnaire,
                                                        const AuditOptions& options);

}  // namespace licet
