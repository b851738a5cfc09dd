// SPDX-License-Identifier: Apache-2.0
//
// Multi-terminal decision diagrams over multi-valued variables, hash-consed.
//
//     country ─┬─ fr ────► channel ─┬─ email ► ...
//              ├─ eu ────► ...      └─ post ─► ...
//              └─ other ─► silent
//
// A node has one child per code of its variable; equal nodes are one node, and a node whose
// children are all equal does not exist. So the same function is always the same reference, and
// "are these equal?" is a comparison of two numbers.
//
// Source: Bryant 1986 (reduced ordered diagrams), Fujita, McGeer, Yang 1997 (multi-terminal).
// A cap on nodes turns a runaway pack into an error instead of a stopped machine.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <unordered_map>
#include <vector>

#include "law/internal/pair_map.h"
#include "law/rules.h"

namespace licet::law {

/// A node, or a terminal if the top bit is set.
using NodeRef = std::uint32_t;
inline constexpr NodeRef kTerminalBit = 0x80000000U;
inline constexpr NodeRef kNoNode = 0xFFFFFFFFU;  ///< no function at all

[[nodiscard]] constexpr NodeRef terminal(std::uint32_t value) { return kTerminalBit | value; }
[[nodiscard]] constexpr bool is_terminal(NodeRef ref) { return (ref & kTerminalBit) != 0; }
[[nodiscard]] constexpr std::uint32_t value_of(NodeRef ref) { return ref & ~kTerminalBit; }

class Diagram {
  public:
    /// `sizes` holds the number of codes of each variable; variables are tested in this order.
    explicit Diagram(std::vector<std::size_t> sizes, std::size_t node_cap = 4'000'000);

    [[nodiscard]] NodeRef node(VarId variable, std::span<const NodeRef> children);
    /// Builds the function that is 1 where `expr` holds and 0 elsewhere.
    [[nodiscard]] NodeRef of(const Expr& expr);
    /// Combines two functions value by value. `operation` maps two values to one and must depend on
    /// its arguments alone. Cost: at most the product of the sizes.
    template <typename Operation>
    [[nodiscard]] NodeRef apply(NodeRef left, NodeRef right, const Operation& operation) {
        return apply(left, right, operation, [](NodeRef, NodeRef) { return kNoNode; });
    }
    /// The same, with `known` giving the result for two functions where it can be told at once, and
    /// kNoNode elsewhere: it cuts off whole branches.
    template <typename Operation, typename Known>
    [[nodiscard]] NodeRef apply(NodeRef left, NodeRef right, const Operation& operation,
                                const Known& known) {
        PairMap memo;
        return apply_memo(left, right, operation, known, memo);
    }
    /// Maps each value of a function.
    template <typename Operation>
    [[nodiscard]] NodeRef map(NodeRef ref, const Operation& operation) {
        return apply(ref, terminal(0),
                     [&](std::uint32_t value, std::uint32_t) { return operation(value); });
    }
    /// Gives `yes` where `condition` is 1, `no` where it is 0.
    [[nodiscard]] NodeRef choose(NodeRef condition, NodeRef yes, NodeRef no);
    [[nodiscard]] NodeRef both(NodeRef left, NodeRef right);
    [[nodiscard]] NodeRef either(NodeRef left, NodeRef right);
    /// 1 where `left` is 1 and `right` is not.
    [[nodiscard]] NodeRef without(NodeRef left, NodeRef right);

    /// Fixes what `codes` knows; what is unknown there stays open.
    [[nodiscard]] NodeRef fixed(NodeRef ref, std::span<const std::uint8_t> codes);

    /// Gives all values that a function has, sorted.
    [[nodiscard]] std::set<std::uint32_t> values_of(NodeRef ref) const;

    [[nodiscard]] VarId variable_of(NodeRef ref) const { return cells_[ref] & 0xFFFF; }
    [[nodiscard]] NodeRef child(NodeRef ref, std::size_t code) const {
        return cells_[ref + 1 + code];
    }
    [[nodiscard]] std::size_t size_of(VarId variable) const { return sizes_[variable]; }
    [[nodiscard]] std::size_t variables() const { return sizes_.size(); }
    [[nodiscard]] std::size_t node_count() const { return count_; }
    /// True once the cap was reached; the functions built since are meaningless.
    [[nodiscard]] bool is_full() const { return count_ >= cap_; }

    /// Nodes as they lie in memory: variable, then one child per code.
    [[nodiscard]] const std::vector<std::uint32_t>& cells() const { return cells_; }

  private:
    NodeRef fixed_memo(NodeRef ref, std::span<const std::uint8_t> codes, PairMap& memo);
    template <typename Operation, typename Known>
    NodeRef apply_memo(NodeRef left, NodeRef right, const Operation& operation, const Known& known,
                       PairMap& memo) {
        if (const NodeRef told = known(left, right); told != kNoNode) return told;
        if (is_terminal(left) && is_terminal(right))
            return terminal(operation(value_of(left), value_of(right)));
        const std::uint64_t key = static_cast<std::uint64_t>(left) << 32 | right;
        if (const std::uint32_t* found = memo.find(key)) return *found;
        if (is_full()) return terminal(0);
        const VarId variable = top(left) < top(right) ? top(left) : top(right);
        const std::size_t size = sizes_[variable];
        const std::size_t start = stack_.size();
        for (std::size_t i = 0; i < size; ++i) {
            const NodeRef child = apply_memo(cofactor(left, variable, i),
                                             cofactor(right, variable, i), operation, known, memo);
            stack_.push_back(child);
        }
        const NodeRef out = node(variable, std::span(stack_).subspan(start, size));
        stack_.resize(start);
        memo.insert(key, out);
        return out;
    }
    [[nodiscard]] NodeRef cofactor(NodeRef ref, VarId variable, std::size_t code) const {
        return is_terminal(ref) || variable_of(ref) != variable ? ref : child(ref, code);
    }
    [[nodiscard]] VarId top(NodeRef ref) const {
        return is_terminal(ref) ? static_cast<VarId>(0xFFFF) : variable_of(ref);
    }
    [[nodiscard]] bool is_node(NodeRef ref, VarId variable,
                               std::span<const NodeRef> children) const;
    void grow();

    std::vector<std::size_t> sizes_;
    std::size_t cap_;
    std::size_t count_ = 0;
    std::vector<std::uint32_t> cells_;
    /// A node and its hash, so that cells are only looked at where the hash fits.
    struct Slot {
        NodeRef ref = kTerminalBit;  ///< kTerminalBit = empty
        std::uint32_t hash = 0;
    };
    std::vector<Slot> unique_;    ///< open addressing; its size is a power of two
    std::vector<NodeRef> stack_;  ///< children of the nodes being made
    std::unordered_map<const Expr*, NodeRef> shared_;
};

}  // namespace licet::law
