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
    const audit::Question* question = LICET_TRY(question_asked(desk, options.question));
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

Result<DelegatedQuestion> delegated_question(const AuditDesk& desk, const AuditOptions& options) {
    const LogKey key = LICET_TRY(log_key_of(desk.workspace()));
    const auto given = LICET_TRY(delegation_for(desk, options, key));
    return DelegatedQuestion{LICET_TRY(audit::delegation_token(given, key.private_pem)),
                             given.until};
}

Result<audit::Delegation> opened_delegation_of(const Workspace& workspace, std::string_view token,
                                               Date today) {
    const LogKey key = LICET_TRY(log_key_of(workspace));
    auto given = LICET_TRY(audit::opened_delegation(token, key.identity.origin, key.identity.key));
    if (today > given.until)
        return error(ErrorCode::kInput, "delegation.ended", {{"day", text_of(given.until)}});
    return given;
}

Result<Done> check_question_of(const audit::Questionnaire& questionnaire,
                               const audit::Delegation& given) {
    const audit::Question* question = questionnaire.question(given.question);
    if (question == nullptr || question->form != given.form)
        return error(ErrorCode::kInput, "delegation.changed", {{"question", given.question}});
    return Done{};
}

Result<AuditOptions> options_of_delegated(const Workspace& workspace,
                                          const audit::Questionnaire& questionnaire,
                                          const AuditOptions& options) {
    std::string token = options.delegated;
    if (token == "-") std::getline(std::cin, token);
    const auto given = LICET_TRY(opened_delegation_of(workspace, trimmed(token), now().day));
    if (!options.question.empty() && options.question != given.question)
        return error(ErrorCode::kInput, "delegation.other_question",
                     {{"question", given.question}});
    LICET_TRY(check_question_of(questionnaire, given));
    AuditOptions out = options;
    out.name = given.audit;
    out.question = given.question;
    out.by = given.role;
    return out;
}

}  // namespace licet
