// SPDX-License-Identifier: Apache-2.0
//
// What would make a forbidden act lawful, and until when an answer holds.
//
// A remedy changes one thing that somebody can still change: our own conduct, a new act of the
// person (asked for, never made up), or the hour. Objections are nobody's to undo, and a listing on
// a register is not ours to lift. What is unknown beside it is named as far as it matters.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "law/law.h"

namespace licet::law {

/// One fact of a change and the value it would need.
struct FactChange {
    FactId fact = kNoFact;
    std::string value;     ///< a word of the vocabulary, or a condition in the words of the rules
    bool is_word = false;  ///< true if `value` can be given to parse_value
};

struct Remedy {
    Changer by = Changer::kUs;
    std::vector<FactChange> changes;  ///< the first is the one that is changed
};

/// Gives what can be changed of the facts that `table` looks at, in groups that are changed
/// together: ours first, then the person's, then those of time.
[[nodiscard]] std::vector<ChangeGroup> change_groups(const Vocabulary& vocabulary,
                                                     const Variables& variables,
                                                     const QuestionTable& table);

/// Gives the single changes that lead from `facts` to the least strict answer before `otherwise`
/// ("allowed" of the question contact): ours first, then the person's, then those of time. Empty
/// unless the answer is the strictest.
[[nodiscard]] std::vector<Remedy> remedies(const Law& law, std::string_view question,
                                           const Facts& facts);

/// Gives the next day on which the answer changes if all facts stay; nothing if it never does.
[[nodiscard]] std::optional<Date> changes_on(const Law& law, std::string_view question,
                                             const Facts& facts);

}  // namespace licet::law
