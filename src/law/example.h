// SPDX-License-Identifier: Apache-2.0
//
// From a place in a diagram to a situation in the words of the pack.
//
//     diagram of a condition --widest_example--> (variable, code), ... --worded_example--> text
//
// The widest example is the one with the fewest conditions, so that a reader sees the point.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "law/diagram.h"

namespace licet::law {

using Steps = std::vector<std::pair<VarId, std::uint8_t>>;

/// Gives a shortest way to 1; empty if the function is 1 everywhere or nowhere. Cost: one visit of
/// each node.
[[nodiscard]] Steps widest_example(const Diagram& diagram, NodeRef where);

/// Words steps: "country = fr, channel = email, at from 2026-08-11".
[[nodiscard]] std::string worded(const Variables& variables, const Steps& steps);

/// Words the widest example: "country = fr, channel = email, at from 2026-08-11".
[[nodiscard]] std::string worded_example(const Variables& variables, const Diagram& diagram,
                                         NodeRef where);

/// Gives the share of all combinations of codes for which the function is 1, from 0 to 1.
[[nodiscard]] double share_of(const Diagram& diagram, NodeRef where);

}  // namespace licet::law
