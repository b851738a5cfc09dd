// SPDX-License-Identifier: Apache-2.0
#include "law/diagram.h"

#include <algorithm>

namespace licet::law {

Diagram::Diagram(std::vector<std::size_t> sizes, std::size_t node_cap)
    : sizes_(std::move(sizes)), cap_(node_cap) {}

std::uint64_t Diagram::hash_of(VarId variable, std::span<const NodeRef> children) const {
    std::uint64_t hash = 0x9E3779B97F4A7C15ULL ^ variable;
    for (const NodeRef child : children) {
        hash ^= child + 0x9E3779B97F4A7C15ULL + (hash << 6) + (hash >> 2);
        hash *= 0xFF51AFD7ED558CCDULL;
    }
    return hash;
}

NodeRef Diagram::node(VarId variable, std::span<const NodeRef> children) {
    const NodeRef first = children[0];
    if (std::all_of(children.begin(), children.end(), [&](NodeRef c) { return c == first; }))
        return first;
    const std::uint64_t hash = hash_of(variable, children);
    const auto [begin, end] = unique_.equal_range(hash);
    for (auto it = begin; it != end; ++it) {
        const NodeRef ref = it->second;
        const bool is_same = variable_of(ref) == variable &&
                             std::equal(children.begin(), children.end(),
                                        cells_.begin() + static_cast<std::ptrdiff_t>(ref) + 1);
        if (is_same) return ref;
    }
    if (is_full()) return terminal(0);
    const auto ref = static_cast<NodeRef>(cells_.size());
    cells_.push_back(variable);
    cells_.insert(cells_.end(), children.begin(), children.end());
    unique_.emplace(hash, ref);
    ++count_;
    return ref;
}

NodeRef Diagram::of(const Expr& expr) {
    const auto both = [](std::uint32_t a, std::uint32_t b) { return a & b; };
    const auto either = [](std::uint32_t a, std::uint32_t b) { return a | b; };
    switch (expr.kind) {
        case Expr::Kind::kTrue:
            return terminal(1);
        case Expr::Kind::kLeaf: {
            std::vector<NodeRef> children(sizes_[expr.variable]);
            for (std::size_t i = 0; i < children.size(); ++i)
                children[i] = terminal(expr.codes.test(i) ? 1 : 0);
            return node(expr.variable, children);
        }
        case Expr::Kind::kAnd: {
            NodeRef out = terminal(1);
            for (const Expr& part : expr.parts) out = apply(out, of(part), both);
            return out;
        }
        case Expr::Kind::kOr: {
            NodeRef out = terminal(0);
            for (const Expr& part : expr.parts) out = apply(out, of(part), either);
            return out;
        }
        case Expr::Kind::kNot:
            return choose(of(expr.parts.front()), terminal(0), terminal(1));
    }
    return terminal(0);
}

NodeRef Diagram::apply(
    NodeRef left, NodeRef right,
    const std::function<std::uint32_t(std::uint32_t, std::uint32_t)>& operation) {
    PairMemo memo;
    return apply_memo(left, right, operation, memo);
}

NodeRef Diagram::apply_memo(
    NodeRef left, NodeRef right,
    const std::function<std::uint32_t(std::uint32_t, std::uint32_t)>& operation, PairMemo& memo) {
    if (is_terminal(left) && is_terminal(right))
        return terminal(operation(value_of(left), value_of(right)));
    const std::uint64_t key = static_cast<std::uint64_t>(left) << 32 | right;
    if (const auto found = memo.find(key); found != memo.end()) return found->second;
    if (is_full()) return terminal(0);
    const VarId variable = std::min(top(left), top(right));
    std::vector<NodeRef> children(sizes_[variable]);
    for (std::size_t i = 0; i < children.size(); ++i)
        children[i] =
            apply_memo(cofactor(left, variable, i), cofactor(right, variable, i), operation, memo);
    const NodeRef out = node(variable, children);
    memo.emplace(key, out);
    return out;
}

NodeRef Diagram::choose(NodeRef condition, NodeRef yes, NodeRef no) {
    // Two passes with a value that stands for "the other side decides".
    constexpr std::uint32_t kOther = 0x7FFFFFFF;
    const NodeRef marked =
        apply(condition, yes, [](std::uint32_t c, std::uint32_t y) { return c == 1 ? y : kOther; });
    return apply(marked, no, [](std::uint32_t m, std::uint32_t n) { return m == kOther ? n : m; });
}

}  // namespace licet::law
