// SPDX-License-Identifier: Apache-2.0
//
// What one action alone would do for contacts that may not be made.
//
//     forbidden ── a remedy ──► its own facts changed ──► decided anew: allowed, or more is lacking
//     to be checked ── a missing fact ──► each value tried ──► decided anew
//
// Nothing is guessed: an action counts as enough only if the law, asked again with nothing but that
// changed, says `allowed`. What the person would answer, or a check would find, is not known: so
// all this is what can be gained at most. An objection is nobody's to undo, and has no action.
#pragma once

#include <vector>

#include "gate/gate.h"

namespace licet::gate {

struct Action {
    law::Changer by = law::Changer::kUs;  ///< who finds out is `us`
    bool is_to_find_out = false;          ///< the fact is unknown; else it is known and to change
    /// What is changed together, as in law::Remedy. The value of a fact to find out is the one that
    /// would allow; empty if none does alone.
    std::vector<law::FactChange> changes;
    bool is_enough = false;  ///< with nothing else changed the answer is `allowed`
};

/// Gives the actions for an act with these facts, of which `verdict` was given. `facts` are
/// complete (facts_of). Empty unless the verdict is forbidden or undetermined.
/// Cost: a decision for each value that is tried.
[[nodiscard]] std::vector<Action> actions_for(const law::Law& law, const law::Facts& facts,
                                              const Verdict& verdict);

/// Words an action: "obtenir son consentement", "vérifier : l'inscription sur Bloctel".
[[nodiscard]] std::string worded(const law::Law& law, const Action& action, const Catalogue& say);

}  // namespace licet::gate
