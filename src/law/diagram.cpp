// SPDX-License-Identifier: Apache-2.0
#include "law/diagram.h"

#include <algorithm>

namespace licet::law {
namespace {

std::uint32_t hash_of(VarId variable, std::span<const NodeRef> children) {
    std::uint64_t hash = 0x9E3779B97F4A7C15ULL ^ variable;
    for (const NodeRef child : children) {
        hash ^= child + 0x9E3779B97F4A7C15ULL + (hash << 6) + (hash >> 2);
        hash *= 0xFF51AFD7ED558CCDULL;
    }
    return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

}  // namespace

Diagram::Diagram(std::vector<std::size_t> sizes, std::size_t node_cap)
    : sizes_(std::move(sizes)), cap_(node_cap), unique_(1024) {}

bool Diagram::is_node(NodeRef ref, VarId variable, std::span<const NodeRef> children) const {
    return variable_of(ref) == variable &&
           std::equal(children.begin(), children.end(),
                      cells_.begin() + static_cast<std::ptrdiff_t>(ref) + 1);
}

NodeRef Diagram::node(VarId variable, std::span<const NodeRef> children) {
    const NodeRef first = children[0];
    if (std::all_of(children.begin(), children.end(), [&](NodeRef c) { return c == first; }))
        return first;
    const std::size_t mask = unique_.size() - 1;
    const std::uint32_t hash = hash_of(variable, children);
    std::size_t place = hash & mask;
    for (; unique_[place].ref != kTerminalBit; place = (place + 1) & mask)
        if (unique_[place].hash == hash && is_node(unique_[place].ref, variable, children))
            return unique_[place].ref;
    if (is_full()) return terminal(0);
    const auto ref = static_cast<NodeRef>(cells_.size());
    cells_.push_back(variable);
    cells_.insert(cells_.end(), children.begin(), children.end());
    unique_[place] = {ref, hash};
    if (++count_ * 2 > unique_.size()) grow();
    return ref;
}

void Diagram::grow() {
    std::vector<Slot> larger(unique_.size() * 2);
    const std::size_t mask = larger.size() - 1;
    for (const Slot& slot : unique_) {
        if (slot.ref == kTerminalBit) continue;
        std::size_t place = slot.hash & mask;
        while (larger[place].ref != kTerminalBit) place = (place + 1) & mask;
        larger[place] = slot;
    }
    unique_ = std::move(larger);
}

NodeRef Diagram::of(const Expr& expr) {
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
            for (const Expr& part : expr.parts) out = both(out, of(part));
            return out;
        }
        case Expr::Kind::kOr: {
            NodeRef out = terminal(0);
            for (const Expr& part : expr.parts) out = either(out, of(part));
            return out;
        }
        case Expr::Kind::kNot:
            return without(terminal(1), of(expr.parts.front()));
        case Expr::Kind::kShared: {
            const auto found = shared_.find(expr.shared.get());
            if (found != shared_.end()) return found->second;
            const NodeRef out = of(*expr.shared);
            shared_.emplace(expr.shared.get(), out);
            return out;
        }
    }
    return terminal(0);
}

NodeRef Diagram::both(NodeRef left, NodeRef right) {
    return apply(
        left, right, [](std::uint32_t a, std::uint32_t b) { return a & b; },
        [](NodeRef a, NodeRef b) {
            if (a == terminal(0) || b == terminal(0)) return terminal(0);
            if (a == terminal(1) || a == b) return b;
            return b == terminal(1) ? a : kNoNode;
        });
}

NodeRef Diagram::either(NodeRef left, NodeRef right) {
    return apply(
        left, right, [](std::uint32_t a, std::uint32_t b) { return a | b; },
        [](NodeRef a, NodeRef b) {
            if (a == terminal(1) || b == terminal(1)) return terminal(1);
            if (a == terminal(0) || a == b) return b;
            return b == terminal(0) ? a : kNoNode;
        });
}

NodeRef Diagram::without(NodeRef left, NodeRef right) {
    return apply(
        left, right,
        [](std::uint32_t a, std::uint32_t b) {
            return static_cast<std::uint32_t>(a == 1 && b != 1);
        },
        [](NodeRef a, NodeRef b) {
            if (a == terminal(0) || b == terminal(1) || a == b) return terminal(0);
            return b == terminal(0) ? a : kNoNode;
        });
}

std::set<std::uint32_t> Diagram::values_of(NodeRef ref) const {
    std::set<std::uint32_t> values;
    std::set<NodeRef> seen;
    std::vector<NodeRef> open{ref};
    while (!open.empty()) {
        const NodeRef next = open.back();
        open.pop_back();
        if (is_terminal(next)) {
            values.insert(value_of(next));
            continue;
        }
        if (!seen.insert(next).second) continue;
        for (std::size_t code = 0; code < size_of(variable_of(next)); ++code)
            open.push_back(child(next, code));
    }
    return values;
}

NodeRef Diagram::fixed(NodeRef ref, std::span<const std::uint8_t> codes) {
    PairMap memo;
    return fixed_memo(ref, codes, memo);
}

NodeRef Diagram::fixed_memo(NodeRef ref, std::span<const std::uint8_t> codes, PairMap& memo) {
    while (!is_terminal(ref) && codes[variable_of(ref)] != kUnknown)
        ref = child(ref, codes[variable_of(ref)]);
    if (is_terminal(ref)) return ref;
    if (const std::uint32_t* known = memo.find(ref)) return *known;
    const VarId variable = variable_of(ref);
    const std::size_t start = stack_.size();
    for (std::size_t i = 0; i < sizes_[variable]; ++i) {
        const NodeRef next = fixed_memo(child(ref, i), codes, memo);
        stack_.push_back(next);
    }
    const NodeRef out = node(variable, std::span(stack_).subspan(start, sizes_[variable]));
    stack_.resize(start);
    memo.insert(ref, out);
    return out;
}

NodeRef Diagram::choose(NodeRef condition, NodeRef yes, NodeRef no) {
    // Two passes with a value that stands for "the other side decides".
    constexpr std::uint32_t kOther = 0x7FFFFFFD;
    const NodeRef marked = apply(
        condition, yes, [](std::uint32_t c, std::uint32_t y) { return c == 1 ? y : kOther; },
        [](NodeRef c, NodeRef y) {
            if (c == terminal(1)) return y;
            return c == terminal(0) ? terminal(kOther) : kNoNode;
        });
    return apply(
        marked, no, [](std::uint32_t m, std::uint32_t n) { return m == kOther ? n : m; },
        [](NodeRef m, NodeRef n) {
            if (m == terminal(kOther)) return n;
            return m == n || is_terminal(m) ? m : kNoNode;
        });
}

}  // namespace licet::law
