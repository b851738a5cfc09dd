// SPDX-License-Identifier: Apache-2.0
#include "law/example.h"

#include <functional>
#include <limits>
#include <unordered_map>

namespace licet::law {

Steps widest_example(const Diagram& diagram, NodeRef where) {
    constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max() / 2;
    std::unordered_map<NodeRef, std::size_t> lengths;
    const std::function<std::size_t(NodeRef)> length = [&](NodeRef ref) -> std::size_t {
        if (is_terminal(ref)) return value_of(ref) == 1 ? 0 : kNever;
        if (const auto found = lengths.find(ref); found != lengths.end()) return found->second;
        std::size_t best = kNever;
        for (std::size_t code = 0; code < diagram.size_of(diagram.variable_of(ref)); ++code)
            best = std::min(best, length(diagram.child(ref, code)) + 1);
        lengths.emplace(ref, best);
        return best;
    };
    Steps steps;
    if (length(where) >= kNever) return steps;
    while (!is_terminal(where)) {
        const VarId variable = diagram.variable_of(where);
        std::size_t code = 0;
        while (length(diagram.child(where, code)) + 1 != length(where)) ++code;
        steps.emplace_back(variable, static_cast<std::uint8_t>(code));
        where = diagram.child(where, code);
    }
    return steps;
}

std::string worded(const Variables& variables, const Steps& steps) {
    std::string out;
    for (const auto& [variable, code] : steps) {
        if (!out.empty()) out += ", ";
        out += variables.condition(variable, code);
    }
    return out;
}

std::string worded_example(const Variables& variables, const Diagram& diagram, NodeRef where) {
    return worded(variables, widest_example(diagram, where));
}

double share_of(const Diagram& diagram, NodeRef where) {
    std::unordered_map<NodeRef, double> shares;
    const std::function<double(NodeRef)> share = [&](NodeRef ref) -> double {
        if (is_terminal(ref)) return value_of(ref) == 1 ? 1.0 : 0.0;
        if (const auto found = shares.find(ref); found != shares.end()) return found->second;
        const std::size_t size = diagram.size_of(diagram.variable_of(ref));
        double sum = 0;
        for (std::size_t code = 0; code < size; ++code) sum += share(diagram.child(ref, code));
        return shares.emplace(ref, sum / static_cast<double>(size)).first->second;
    };
    return share(where);
}

}  // namespace licet::law
