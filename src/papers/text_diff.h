// SPDX-License-Identifier: Apache-2.0
//
// The difference between two texts, line by line: what went, what came, and what stands around it.
//
//     - Nous gardons ces données trois ans.
//     + Nous gardons ces données deux ans.
//
// By the longest common sequence of lines; documents have some hundreds, so a table is enough.
#pragma once

#include <cstddef>
#include <optional>
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

/// A line and what stands in its place, side by side; one that is alone has no other side.
struct DiffRow {
    Change change = Change::kKept;  ///< of a line that became another: kGone, with both sides
    std::optional<std::string> before;
    std::optional<std::string> after;
    friend bool operator==(const DiffRow&, const DiffRow&) = default;
};

/// Rows that stand together, with some that were kept around them. Lines are counted from 1.
struct DiffHunk {
    std::size_t before_line = 1;
    std::size_t after_line = 1;
    std::vector<DiffRow> rows;
};

/// Gives what differs, each with up to `around` kept lines on either side; nothing if nothing does.
/// Of lines that went and came at one place, the first stands beside the first, and so on.
[[nodiscard]] std::vector<DiffHunk> hunks_of(const std::vector<DiffLine>& lines,
                                             std::size_t around);

}  // namespace licet::papers
