// SPDX-License-Identifier: Apache-2.0
#include "law/dense.h"

#include <set>

namespace licet::law {
namespace {

// Open variables that can be met while the fixed codes are followed.
void collect(const QuestionTable& table, NodeRef ref, const Codes& fixed, std::set<NodeRef>& seen,
             std::set<VarId>& open, const RuleSet& rules) {
    if (is_terminal(ref) || !seen.insert(ref).second) return;
    const auto variable = static_cast<VarId>(table.cells[ref]);
    if (fixed[variable] != kUnknown)
        return collect(table, table.cells[ref + 1 + fixed[variable]], fixed, seen, open, rules);
    open.insert(variable);
    for (std::size_t code = 0; code < (*rules.variables)[variable].size; ++code)
        collect(table, table.cells[ref + 1 + code], fixed, seen, open, rules);
}

}  // namespace

std::optional<DenseTable> dense_table(const RuleSet& rules, const QuestionTable& table,
                                      const Codes& fixed, std::size_t most) {
    std::set<NodeRef> seen;
    std::set<VarId> open;
    collect(table, table.decision, fixed, seen, open, rules);
    DenseTable dense;
    std::size_t cells = 1;
    for (const VarId variable : open) {
        dense.variables.push_back(variable);
        dense.strides.push_back(static_cast<std::uint32_t>(cells));
        cells *= (*rules.variables)[variable].size;
        if (cells > most) return std::nullopt;
    }
    dense.cells.resize(cells);
    Codes codes = fixed;
    for (std::size_t cell = 0; cell < cells; ++cell) {
        for (std::size_t i = 0; i < dense.variables.size(); ++i) {
            const std::size_t size = (*rules.variables)[dense.variables[i]].size;
            codes[dense.variables[i]] = static_cast<std::uint8_t>(cell / dense.strides[i] % size);
        }
        dense.cells[cell] = walk(table, table.decision, codes.data());
    }
    return dense;
}

}  // namespace licet::law
