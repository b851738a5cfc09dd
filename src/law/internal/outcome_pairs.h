// SPDX-License-Identifier: Apache-2.0
//
// Where two decisions over the same variables differ, by pair of outcomes: a list that people can
// read, and not one of all situations.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "law/rule_diagrams.h"

namespace licet::law {

/// All situations of which `before` is the outcome on one side and `after` on the other.
struct OutcomePair {
    std::uint32_t before = outcome::kSilent;
    std::uint32_t after = outcome::kSilent;
    NodeRef where = terminal(0);  ///< 1 where they meet
};

/// Gives the pairs for which `differs(before, after)` is true, sorted. What cannot be is left out.
template <typename Differs>
[[nodiscard]] std::vector<OutcomePair> outcome_pairs(Diagram& diagram, NodeRef before,
                                                     NodeRef after, const Differs& differs) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> numbers;
    const NodeRef pairs =
        diagram.apply(before, after, [&](std::uint32_t a, std::uint32_t b) -> std::uint32_t {
            if (a == outcome::kImpossible || b == outcome::kImpossible || !differs(a, b)) return 0;
            const auto next = static_cast<std::uint32_t>(numbers.size()) + 1;
            return numbers.emplace(std::pair{a, b}, next).first->second;
        });
    std::vector<OutcomePair> out;
    for (const auto& [pair, number] : numbers) {
        const NodeRef where = diagram.map(pairs, [wanted = number](std::uint32_t value) {
            return static_cast<std::uint32_t>(value == wanted);
        });
        out.push_back({pair.first, pair.second, where});
    }
    return out;
}

}  // namespace licet::law
