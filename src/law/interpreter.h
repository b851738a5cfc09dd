// SPDX-License-Identifier: Apache-2.0
//
// The slow, obvious way to an answer: read the rules, try every value of what is unknown.
//
// It exists to be believed. The compiled table is tested against it, case by case and on random
// facts.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "law/decision.h"

namespace licet::law {

/// Gives what one root says on codes that are all known; nothing if it is silent.
[[nodiscard]] std::optional<Reason> outcome_of(const RuleSet& rules, RuleId rule,
                                               const Codes& codes);

/// Gives the variables that the question's rules can look at.
[[nodiscard]] std::vector<bool> variables_used(const RuleSet& rules, std::string_view question);

/// Decides `question`; `used` is variables_used() of it, which is the same for all codes. Tries all
/// values of the unknown variables, so it is exponential in their number: nothing is returned if
/// there would be more than `most` combinations.
[[nodiscard]] std::optional<Decision> interpret(const RuleSet& rules, const Question& question,
                                                const std::vector<bool>& used, const Codes& codes,
                                                std::size_t most = 200'000);

}  // namespace licet::law
