// SPDX-License-Identifier: Apache-2.0
//
// `licet audit delegate` and the answers that come of it: audit/delegation.h made and opened.
#include "main/command_delegate.h"

#include <iostream>

#include "audit/delegation.h"
#include "base/json.h"
#include "base/text.h"
#include "main/zones.h"

namespace licet {
namespace {

constexpr int kMostDelegationDays = 90;

Result<audit::Delegation> delegation_for(const AuditDesk& desk, const AuditOptions& options,
                                         const LogKey& key) {
    const audit::Question* question = desk.questionnaire().question(options.question);
    if (question == nullptr) {
        std::vector<std::string> ids;
        for (const audit::Question& one : desk.questionnaire().questions) ids.push_back(one.id);
        return error(ErrorCode::kInput, "audit.no_such_question",
                     {{"question", options.question}, {"near", nearest(options.question, ids)}});
    }
    if (desk.score().find(question->id) == nullptr)
        return error(ErrorCode::kInput, "audit.not_asked", {{"question", question->id}});
    if (options.by.empty() || !audit::is_small_name(options.by))
        return error(ErrorCode::kInput, "audit.by_form");
    if (options.days < 1 || options.days > kMostDelegationDays)
        return error(ErrorCode::kInput, "delegation.days",
                     {{"most", std::to_string(kMostDelegationDays)}});
    return audit::Delegation{key.identity.origin, desk.sheet().audit,
                             question->id,        question->form,
                             options.by,          desk.today() + std::chrono::days{options.days}};
}

}  // namespace

Result<DelegatedQuestion> delegated_question(const Terminal& terminal, const AuditDesk& desk,
                                             const AuditOptions& options) {
    const LogKey key = LICET_TRY(log_key_of(desk.workspace()));
    const auto given = LICET_TRY(delegation_for(desk, options, key));
    return DelegatedQuestion{LICET_TRY(audit::delegation_token(given, key.private_pem)),
                             worded(given.until, terminal.language())};
}

Result<AuditOptions> options_of_delegated(const Workspace& workspace,
                                          const audit::Questionnaire& questionnaire,
                                          const AuditOptions& options) {
    std::string token = options.delegated;
    if (token == "-") std::getline(std::cin, token);
    const LogKey key = LICET_TRY(log_key_of(workspace));
    const auto given =
        LICET_TRY(audit::opened_delegation(trimmed(token), key.identity.origin, key.identity.key));
    if (now().day > given.until)
        return error(ErrorCode::kInput, "delegation.ended", {{"day", text_of(given.until)}});
    if (!options.question.empty() && options.question != given.question)
        return error(ErrorCode::kInput, "delegation.other_question",
                     {{"question", given.question}});
    const audit::Question* question = questionnaire.question(given.question);
    if (question == nullptr || question->form != given.form)
        return error(ErrorCode::kInput, "delegation.changed", {{"question", given.question}});
    AuditOptions out = options;
    out.name = given.audit;
    out.question = given.question;
    out.by = given.role;
    return out;
}

}  // namespace licet
