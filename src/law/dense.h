// SPDX-License-Identifier: Apache-2.0
//
// A block of the law as a plain array.
//
//     known for a whole campaign: country, channel, purpose, day, ...   -> fixed once
//     open from row to row:       objection, consent, ...               -> mixed-radix index
//     cell = sum of code x stride                                       -> outcome
//
// For blocks of at most 64 Ki cells; wider ones are walked (table.h). Both give the same outcome
// for every combination of codes (dense_test.cpp). No allocation, no branch while looking up.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "law/table.h"

namespace licet::law {

inline constexpr std::size_t kMaxDenseCells = 64 * 1024;

struct DenseTable {
    std::vector<VarId> variables;        ///< open variables that still matter
    std::vector<std::uint32_t> strides;  ///< one a variable
    std::vector<std::uint32_t> cells;    ///< outcomes

    /// Looks up codes whose open variables are all known. Cost: one load and one product a
    /// variable.
    [[nodiscard]] std::uint32_t operator[](const std::uint8_t* codes) const {
        std::uint32_t place = 0;
        for (std::size_t i = 0; i < variables.size(); ++i)
            place += codes[variables[i]] * strides[i];
        return cells[place];
    }
};

/// Fixes the known codes of `fixed` and lays the rest out; kUnknown marks an open variable. Nothing
/// if there would be more than `most` cells.
[[nodiscard]] std::optional<DenseTable> dense_table(const RuleSet& rules,
                                                    const QuestionTable& table, const Codes& fixed,
                                                    std::size_t most = kMaxDenseCells);

}  // namespace licet::law
