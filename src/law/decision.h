// SPDX-License-Identifier: Apache-2.0
//
// What the rules say of one act, before it is worded. The interpreter and the compiled table both
// give a Decision; they must be equal on every input (law_differential_test.cpp).
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "law/rules.h"

namespace licet::law {

/// A rule that spoke; `is_broken` if it did so because its conduct is known not to be kept.
struct Reason {
    RuleId rule = 0;
    bool is_broken = false;
    friend auto operator<=>(const Reason&, const Reason&) = default;
};

struct Decision {
    int answer = -1;               ///< index into the question's answers; -1 = undetermined
    std::vector<Reason> deciding;  ///< all that could decide, given what is unknown; sorted
    /// those that surely give the answer, in pack order
    std::vector<Reason> reasons;
    std::vector<Reason> supporting;   ///< rules that only add duties or lift another; sorted
    std::vector<std::string> duties;  ///< of an answer that is not the strictest; in pack order
    std::vector<FactId> missing;      ///< facts that would decide; empty unless undetermined
    Certainty certainty = Certainty::kSettled;

    friend bool operator==(const Decision&, const Decision&) = default;
};

/// Gives the answer that a reason stands for: the rule's own, or the strictest (0) for broken
/// conduct; -1 if the rule says nothing about the answer.
[[nodiscard]] inline int answer_of(const Rule& rule, bool is_broken) {
    return is_broken ? 0 : rule.answer;
}

/// Completes a decision from what each root may say. `by_root` holds, for each root of the question
/// in order, every reason that is possible; `is_certain` tells that one of them surely speaks.
struct RootOutcomes {
    std::vector<Reason> possible;
    bool may_be_silent = false;
};
void word_decision(const RuleSet& rules, const std::vector<RootOutcomes>& by_root,
                   Decision& decision);

}  // namespace licet::law
