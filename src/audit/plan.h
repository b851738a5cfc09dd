// SPDX-License-Identifier: Apache-2.0
//
// The plan: what to do about what an audit found, in the order of what it brings.
//
//     lacking questions ──by action──► points won / effort ──► owner, date ──► done, or overdue
//
// An action is open while one of its questions lacks something, and nothing else: when the answer
// or the measurement turns good it closes itself, and nobody can close it by saying so. Blocking
// findings come first.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/score.h"

namespace licet::audit {

struct PlannedAction {
    const Action* action = nullptr;
    std::vector<const Judged*> because;  ///< questions that lack something; empty: it is done
    int gain_hundredths = 0;             ///< of a point of the whole score
    int effort = 1;
    bool is_blocking = false;
    Severity severity = Severity::kMinor;  ///< the gravest
    std::string owner;
    Date due;
    std::optional<std::int64_t> cost;  ///< whole euros; nothing: nobody said
    bool is_begun = false;              ///< somebody said that it is under way
    bool is_overdue = false;
    bool is_closed = false;        ///< it was open before
    bool is_closed_by_us = false;  ///< by a measurement

    [[nodiscard]] int points_per_effort() const { return gain_hundredths / effort; }
};

/// What happened on a day, for the picture of what is left.
struct BurnDown {
    Date day;
    int shown = 0;
    int blocking = 0;
    int open = 0;  ///< questions that lack something
};

/// Gives the open actions in their order, then those that are done.
[[nodiscard]] std::vector<PlannedAction> plan_of(const ScoreInput& input, const Score& score);

/// How an action stands, as a text of the catalogue ("audit.state_open" and its like).
[[nodiscard]] const char* state_text_of(const PlannedAction& action);

/// Counts the major actions (and "partly" on blocking questions) that are overdue.
[[nodiscard]] int overdue_majors(const std::vector<PlannedAction>& plan);

/// Scores the sheet again after each day on which something was answered or measured.
[[nodiscard]] std::vector<BurnDown> burn_down(const ScoreInput& input);

}  // namespace licet::audit
