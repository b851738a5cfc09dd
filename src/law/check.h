// SPDX-License-Identifier: Apache-2.0
//
// What is wrong, or looks wrong, in packs that can be read: found on the diagram, hence exact.
//
//     faults     must be mended: a rule that can never speak, an exception that is dead, dates that
//                leave nothing, a rule that rests on one that ended
//     warnings   should be looked at: the law falls silent on a day, a source is due for review
//     notes      may be meant: a condition that changes nothing, a rule that changes nothing, how
//                much no rule regulates
//
// Conflicts, unknown names and house packs that are too lax do not come so far: read_law() refuses
// them.
#pragma once

#include <string>
#include <vector>

#include "law/law.h"

namespace licet::law {

enum class Severity { kFault, kWarning, kNote };

struct Finding {
    Severity severity = Severity::kFault;
    std::string kind;  ///< id of its text, "check.shadowed"
    Message message;   ///< holds an example where there is one
    std::string where;
};

/// Checks everything. `today` tells which sources are due. Cost: about as much as compiling.
[[nodiscard]] std::vector<Finding> check(const Law& law, Date today);

}  // namespace licet::law
