// SPDX-License-Identifier: Apache-2.0
//
// What `licet audit` can be told, and the functions behind it (family_audit.cpp declares them).
//
//     start ─► answer, one card after another ─► score ─► plan ─► report
//
// `show` reads a questionnaire and shows its questions; it needs no workspace.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "main/audit_desk.h"
#include "main/commands.h"

namespace licet {

struct AuditOptions {
    std::string name;           ///< of the audit; "" = the newest
    std::string questionnaire;  ///< file; "" = the carried one
    std::string law_day;        ///< "" = today
    std::string question;
    std::string answer;
    std::string proof;
    std::string reason;     ///< a key of the questionnaire, or words (kept out of the ledger)
    std::string evidence;   ///< file
    std::string by;         ///< role
    std::string over;       ///< key of the answer that the caller saw
    bool asks_all = false;  ///< also what is answered
    std::string versus;     ///< another day of the law
    std::string action;
    // Of an action; what is not there stays as it was.
    std::optional<std::string> owner;
    std::optional<std::string> due;
    std::optional<std::string> cost;  ///< whole euros
    std::optional<bool> begun;
    std::string out;
    bool wants_pdf = false;
    std::string delegated;  ///< token of `audit delegate`, "-" = on standard input
    int days = 14;          ///< how long a delegation can be answered
};

int run_audit_start(const Terminal& terminal, const Common& common, const AuditOptions& options);
int run_audit_answer(const Terminal& terminal, const Common& common, const AuditOptions& options);
int run_audit_delegate(const Terminal& terminal, const Common& common, const AuditOptions& options);
int run_audit_score(const Terminal& terminal, const Common& common, const AuditOptions& options);
int run_audit_plan(const Terminal& terminal, const Common& common, const AuditOptions& options);
int run_audit_report(const Terminal& terminal, const Common& common, const AuditOptions& options);
int run_audit_show(const Terminal& terminal, const Common& common, const AuditOptions& options);

/// The question of that name, if this audit asks it. Errors: kInput
/// ("audit.no_such_question", "audit.no_such_question_near", "audit.not_asked").
[[nodiscard]] Result<const audit::Question*> question_asked(const AuditDesk& desk,
                                                            const std::string& id);

/// What is said of an action of the plan: what is not there stays as it was, "" takes it back.
struct SaidOfAction {
    std::optional<std::string> owner;  ///< a role
    std::optional<std::string> due;    ///< a day
    std::optional<std::string> begun;  ///< yes, no
    std::optional<std::string> cost;   ///< whole euros
};

/// What is said of an action, as an event of now. Errors: kInput ("audit.no_such_action",
/// "audit.by_form", "audit.begun_form", "audit.cost_form", those of parse_date).
[[nodiscard]] Result<ledger::Event> assignment_from(const AuditDesk& desk,
                                                    const std::string& action,
                                                    const SaidOfAction& said);

/// Makes an answer of what was said, and keeps its document and its reason. Errors: kInput
/// ("audit.no_such_question", "audit.not_asked", "audit.reason_needed", "audit.proof_form",
/// "audit.document_needed", "audit.by_form", those of checked_value), those of files.
[[nodiscard]] Result<audit::Answer> answer_from(const AuditDesk& desk, const AuditOptions& options);

/// What is to be recorded of an answer whose author saw the one of key `seen` ("": none): the
/// answer and what was measured; nothing if it is what is in force already. Errors: kChanged
/// ("audit.answered_meanwhile").
[[nodiscard]] Result<std::vector<ledger::Event>> events_of_answer(const AuditDesk& desk,
                                                                  const audit::Answer& given,
                                                                  std::string_view seen);

/// Asks question after question on the terminal, until the last or until the end of the input.
[[nodiscard]] Result<Done> ask_audit(const Terminal& terminal, AuditDesk& desk,
                                     const AuditOptions& options);

/// One question as a card for a program: what is asked and why, by which rules, what may be
/// answered, what was answered and measured. docs/openapi.json has its form ("Card").
[[nodiscard]] json::object card_json(const AuditDesk& desk, const audit::Judged& one,
                                     const Catalogue& say);

/// Prints one question as a card: what, why it is asked, which law, what may be answered.
void print_card(const Terminal& terminal, const audit::Questionnaire& questionnaire,
                const audit::Question& question, const audit::Profile& profile);

}  // namespace licet
