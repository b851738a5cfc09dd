// SPDX-License-Identifier: Apache-2.0
//
// The law as SQL that can be read: one boolean column a rule, then one CASE.
//
//     licet_guard    g12: the guard of rule 12 holds; k12: its conduct is kept. NULL = unknown
//     the answer     the strictest first; an answer is given only if every stricter one is
//                    certainly not the case, and `undetermined` is what is left
//
// SQL's own AND, OR and NOT over NULL do the work: what they call true is true whatever the unknown
// facts are. They see one condition at a time, so they sometimes call unknown what every value of a
// fact decides alike: the answer is then `undetermined` although licet decides. The reverse cannot
// happen. No IN is written: some databases make NULL IN (...) false.
#pragma once

#include <string>
#include <vector>

#include "law/slice.h"

namespace licet::law {

/// The rules that a scope needs, in order: those of the packs that speak for its countries.
[[nodiscard]] std::vector<RuleId> rules_in(const Law& law, const Scope& scope,
                                           std::string_view question);

/// The variables that these rules look at, in order.
[[nodiscard]] std::vector<VarId> variables_of(const Law& law, const std::vector<RuleId>& rules);

/// The steps ", licet_guard AS (...)" and the final SELECT (licet_id, answer, rule) after them.
/// They read licet_code (sql_codes.h).
[[nodiscard]] std::string case_form(const Law& law, const Question& question,
                                    const std::vector<RuleId>& rules, std::string_view materialized,
                                    Language language);

}  // namespace licet::law
