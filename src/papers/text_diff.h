// SPDX-License-Identifier: Apache-2.0
//
// The difference between two texts, line by line: what went, what came, and what stands around it.
//
//     - Nous gardons ces données trois ans.
//     + Nous gardons ces données deux ans.
//
// By the longest common sequence of lines; documents have some hundreds, so a table is enough.
#pragma once

#include <string>
#include <vector>

namespace licet::papers {

enum class Change { kKept, kGone, kNew };

struct DiffLine {
    Change change = Change::kKept;
    std::string text;
    friend bool operator==(const DiffLine&, const DiffLine&) = default;
};

/// Gives all lines of both, in order. Cost: the product of their numbers; texts of more than 20 000
/// lines are shown whole, as gone and new.
[[nodiscard]] std::vector<DiffLine> diff_of(const std::vector<std::string>& before,
                                            const std::vector<std::string>& after);

}  // namespace licet::papers
