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
#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

#include "law/rules.h"

namespace licet::law {

/// A node, or a terminal if the top bit is set.
using NodeRef = std::uint32_t;
inline constexpr NodeRef kTerminalBit = 0x80000000U;

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
    /// Combines two functions value by value. `operation` must depend on its arguments alone.
    [[nodiscard]] NodeRef apply(
        NodeRef left, NodeRef right,
        const std::function<std::uint32_t(std::uint32_t, std::uint32_t)>& operation);
    /// Gives `yes` where `condition` is 1, `no` where it is 0.
    [[nodiscard]] NodeRef choose(NodeRef condition, NodeRef yes, NodeRef no);

    [[nodiscard]] VarId variable_of(NodeRef ref) const { return cells_[ref] & 0xFFFF; }
    [[nodiscard]] NodeRef child(NodeRef ref, std::size_t code) const {
        return cells_[ref + 1 + code];
    }
    [[nodiscard]] std::size_t size_of(VarId variable) const { return sizes_[variable]; }
    [[nodiscard]] std::size_t node_count() const { return count_; }
    /// True once the cap was reached; the functions built since are meaningless.
    [[nodiscard]] bool is_full() const { return count_ >= cap_; }

    /// Nodes as they lie in memory: variable, then one child per code.
    [[nodiscard]] const std::vector<std::uint32_t>& cells() const { return cells_; }

  private:
    using PairMemo = std::unordered_map<std::uint64_t, NodeRef>;
    [[nodiscard]] NodeRef apply_memo(
        NodeRef left, NodeRef right,
        const std::function<std::uint32_t(std::uint32_t, std::uint32_t)>& operation,
        PairMemo& memo);
    [[nodiscard]] NodeRef cofactor(NodeRef ref, VarId variable, std::size_t code) const {
        return is_terminal(ref) || variable_of(ref) != variable ? ref : child(ref, code);
    }
    [[nodiscard]] VarId top(NodeRef ref) const {
        return is_terminal(ref) ? static_cast<VarId>(0xFFFF) : variable_of(ref);
    }
    [[nodiscard]] std::uint64_t hash_of(VarId variable, std::span<const NodeRef> children) const;

    std::vector<std::size_t> sizes_;
    std::size_t cap_;
    std::size_t count_ = 0;
    std::vector<std::uint32_t> cells_;
    std::unordered_multimap<std::uint64_t, NodeRef> unique_;
};

}  // namespace licet::law
