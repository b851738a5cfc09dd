// SPDX-License-Identifier: Apache-2.0
//
// The sheet of one audit: what was answered, folded from the events of the one ledger.
//
//     events audit_answered ──sheet_of──► answers in force, history, conflicts, owners of actions
//
// The later answer wins: by moment, then by how many answers it was given after, then by key,
// so the order in which events come does not matter. An answer says over which one it was given:
// if that was no longer the answer in force, two people answered at once, and both are told.
// Answers to another version of the questionnaire are carried over where they still mean
// something, and refused with the reason where not.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "audit/answer.h"
#include "ledger/event.h"

namespace licet::audit {

/// Two answers to one question, given without knowing of each other.
struct Conflict {
    Answer earlier;
    Answer later;  ///< it counts
};

/// Why an answer to another version does not count any more.
enum class Refusal {
    kQuestionGone,  ///< no question of that name
    kNotPossible,   ///< no answer of the question as it is now
};
struct RefusedAnswer {
    Answer answer;
    Refusal why = Refusal::kQuestionGone;
};

/// Who does an action, by when, whether it is under way, and what it is thought to cost.
struct Assignment {
    std::string owner;
    std::string due;  ///< a day; empty: as the severity has it
    bool is_begun = false;
    std::string cost;  ///< whole euros; empty: nobody said
    std::int64_t at = 0;
    int after = 0;  ///< how many there were before: the order within a second
};

struct Sheet {
    std::string audit;
    Date started_on;
    std::int64_t started_at = 0;
    std::string version;                                  ///< of the questionnaire at the start
    std::map<std::string, Answer, std::less<>> answers;   ///< in force, by question
    std::map<std::string, Answer, std::less<>> measured;  ///< the newest that licet measured
    std::vector<Answer> history;                          ///< all, oldest first
    std::vector<Conflict> conflicts;                      ///< of answers in force
    std::vector<RefusedAnswer> refused;
    std::vector<std::string> to_confirm;  ///< questions that have changed since they were answered
    std::map<std::string, Assignment, std::less<>> assignments;  ///< by action
    int assigned = 0;                                            ///< how often

    [[nodiscard]] const Answer* find(std::string_view question) const;
    [[nodiscard]] Profile profile(const Questionnaire& questionnaire) const;
};

/// Folds the events of the ledger itself; others are passed over.
/// Errors: kMissing ("audit.no_such") if no audit of that name was started.
[[nodiscard]] Result<Sheet> sheet_of(std::string_view audit, std::span<const ledger::Event> events,
                                     const Questionnaire& questionnaire);

/// Names of all audits that were started, oldest first.
[[nodiscard]] std::vector<std::string> audits_of(std::span<const ledger::Event> events);

/// The moment at which something is said.
struct Said {
    Date on;
    std::int64_t at = 0;
};
[[nodiscard]] ledger::Event start_event(std::string_view audit, const Questionnaire& questionnaire,
                                        const Said& said);
[[nodiscard]] ledger::Event answer_event(std::string_view audit, const Answer& answer,
                                         const Said& said);
[[nodiscard]] ledger::Event assignment_event(std::string_view audit, std::string_view action,
                                             const Assignment& assignment, const Said& said);

}  // namespace licet::audit
