// SPDX-License-Identifier: Apache-2.0
#include "papers/text_diff.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace licet::papers {

std::vector<DiffLine> diff_of(const std::vector<std::string>& before,
                              const std::vector<std::string>& after) {
    constexpr std::size_t kMostCells = 40'000'000;
    std::vector<DiffLine> out;
    const std::size_t rows = before.size();
    const std::size_t columns = after.size();
    if ((rows + 1) * (columns + 1) > kMostCells) {
        for (const std::string& line : before) out.push_back({Change::kGone, line});
        for (const std::string& line : after) out.push_back({Change::kNew, line});
        return out;
    }
    // longest[i][j]: of the lines from i on of the one and from j on of the other.
    std::vector<std::uint32_t> longest((rows + 1) * (columns + 1), 0);
    const auto at = [&](std::size_t i, std::size_t j) -> std::uint32_t& {
        return longest[i * (columns + 1) + j];
    };
    for (std::size_t i = rows; i-- > 0;)
        for (std::size_t j = columns; j-- > 0;)
            at(i, j) =
                before[i] == after[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < rows || j < columns) {
        if (i < rows && j < columns && before[i] == after[j]) {
            out.push_back({Change::kKept, before[i++]});
            ++j;
        } else if (i < rows && (j == columns || at(i + 1, j) >= at(i, j + 1))) {
            out.push_back({Change::kGone, before[i++]});
        } else {
            out.push_back({Change::kNew, after[j++]});
        }
    }
    return out;
}

}  // namespace licet::papers
