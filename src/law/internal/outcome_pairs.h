// SPDX-License-Identifier: Apache-2.0
//
// Where two decisions over the same variables differ, by pair of outcomes: a list that people can
// read, and not one of all situations.
#pragma once

#include <cstdint>
#include <map>
#include <unordered_map>
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

/// Which values, counted from 0, each node of a function leads to.
class ValuesBelow {
  public:
    ValuesBelow(const Diagram& diagram, NodeRef root, std::size_t value_count)
        : words_((value_count + 63) / 64) {
        if (!is_terminal(root)) collect(diagram, root);
    }

    [[nodiscard]] bool has(NodeRef ref, std::uint32_t value) const {
        if (is_terminal(ref)) return value_of(ref) == value;
        return (bits_[places_.at(ref) + value / 64] >> (value % 64) & 1U) != 0;
    }

  private:
    std::size_t collect(const Diagram& diagram, NodeRef ref) {
        if (const auto found = places_.find(ref); found != places_.end()) return found->second;
        std::vector<std::uint64_t> own(words_, 0);
        for (std::size_t code = 0; code < diagram.size_of(diagram.variable_of(ref)); ++code) {
            const NodeRef child = diagram.child(ref, code);
            if (is_terminal(child)) {
                own[value_of(child) / 64] |= std::uint64_t{1} << (value_of(child) % 64);
                continue;
            }
            const std::size_t place = collect(diagram, child);
            for (std::size_t i = 0; i < words_; ++i) own[i] |= bits_[place + i];
        }
        const std::size_t place = bits_.size();
        bits_.insert(bits_.end(), own.begin(), own.end());
        places_.emplace(ref, place);
        return place;
    }

    std::size_t words_;
    std::vector<std::uint64_t> bits_;  ///< words_ a node
    std::unordered_map<NodeRef, std::size_t> places_;
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
    // Each pair lies in a small part of the whole: the rest is cut off where it begins.
    const ValuesBelow below(diagram, pairs, numbers.size() + 1);
    std::vector<OutcomePair> out;
    for (const auto& [pair, number] : numbers) {
        const auto is_wanted = [wanted = number](std::uint32_t value, std::uint32_t) {
            return static_cast<std::uint32_t>(value == wanted);
        };
        const auto cut = [&, wanted = number](NodeRef ref, NodeRef) {
            return below.has(ref, wanted) ? kNoNode : terminal(0);
        };
        out.push_back({pair.first, pair.second, diagram.apply(pairs, terminal(0), is_wanted, cut)});
    }
    return out;
}

}  // namespace licet::law
