// SPDX-License-Identifier: Apache-2.0
//
// The dialogue of `licet explain --ask`: asks only for facts that matter, the most telling first,
// and stops as soon as the answer is certain. Questions go to standard error and answers come from
// standard input, so that a script can give them too.
#pragma once

#include "gate/gate.h"
#include "main/terminal.h"

namespace licet {

/// Completes `request` by asking until the verdict is certain, nothing is left to ask, or the input
/// ends. Errors: those of gate::check().
[[nodiscard]] Result<gate::Verdict> ask_for_facts(const Terminal& terminal, const law::Law& law,
                                                  gate::Request& request);

}  // namespace licet
