// SPDX-License-Identifier: Apache-2.0
//
// What changes between two laws, two dates, two countries or two readings, exactly.
//
//     decision before, decision after --> pairs (deciding rule before, deciding rule after)
//                                         each with its share of situations and one example
//
// A list of all situations that differ has hundreds of lines; pairs of deciding rules have few, and
// are what a lawyer asks for. The example is the widest: the one with the fewest conditions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "law/example.h"
#include "law/law.h"

namespace licet::law {

/// What is fixed on one side before comparing.
struct Side {
    std::string country;      ///< empty: all countries
    std::optional<Date> day;  ///< the day of the act; nothing: all days
};

/// All situations in which one rule decided before and another does now.
struct Change {
    std::optional<Reason> before;  ///< nothing: no rule spoke
    std::optional<Reason> after;
    int answer_before = -1;
    int answer_after = -1;
    double share = 0;  ///< of all combinations of codes on both sides, from 0 to 1
    Steps example;     ///< the widest
};

/// A duty that comes or goes where the answer stays one that may be acted on.
struct DutyChange {
    std::string duty;
    bool is_new = false;
    double share = 0;
    Steps example;
};

struct Diff {
    std::vector<RuleId> gone;       ///< rules that could speak before and cannot now
    std::vector<RuleId> new_rules;  ///< rules that can speak now and could not before
    std::vector<Change> answers;    ///< where the answer changes, widest first
    std::vector<Change> reasons;    ///< where only the deciding rule does, widest first
    std::vector<DutyChange> duties;
    [[nodiscard]] bool is_empty() const {
        return answers.empty() && reasons.empty() && duties.empty();
    }
};

/// Compares two laws on one question. Both must come from read_two_laws(), or be the same law.
/// Errors: kMissing ("law.no_rules_for") if neither answers the question.
[[nodiscard]] Result<Diff> diff(const Law& before, const Side& side_before, const Law& after,
                                const Side& side_after, std::string_view question);

}  // namespace licet::law
