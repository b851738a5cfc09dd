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

namespace {

// Lines that went and came at one place, paired in their order.
void pair_lines(std::vector<std::string>& gone, std::vector<std::string>& fresh,
                std::vector<DiffRow>& rows) {
    for (std::size_t i = 0; i < std::max(gone.size(), fresh.size()); ++i) {
        DiffRow row{i < gone.size() ? Change::kGone : Change::kNew, {}, {}};
        if (i < gone.size()) row.before = gone[i];
        if (i < fresh.size()) row.after = fresh[i];
        rows.push_back(std::move(row));
    }
    gone.clear();
    fresh.clear();
}

std::vector<DiffRow> rows_of(const std::vector<DiffLine>& lines) {
    std::vector<DiffRow> rows;
    std::vector<std::string> gone;
    std::vector<std::string> fresh;
    for (const DiffLine& line : lines) {
        if (line.change == Change::kGone) gone.push_back(line.text);
        if (line.change == Change::kNew) fresh.push_back(line.text);
        if (line.change != Change::kKept) continue;
        pair_lines(gone, fresh, rows);
        rows.push_back({Change::kKept, line.text, line.text});
    }
    pair_lines(gone, fresh, rows);
    return rows;
}

}  // namespace

std::vector<DiffHunk> hunks_of(const std::vector<DiffLine>& lines, std::size_t around) {
    const std::vector<DiffRow> rows = rows_of(lines);
    std::vector<bool> is_shown(rows.size(), false);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].change == Change::kKept) continue;
        const std::size_t end = std::min(rows.size(), i + around + 1);
        for (std::size_t at = i - std::min(i, around); at < end; ++at) is_shown[at] = true;
    }
    std::vector<DiffHunk> out;
    std::size_t before = 1;
    std::size_t after = 1;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (is_shown[i]) {
            if (i == 0 || !is_shown[i - 1]) out.push_back({before, after, {}});
            out.back().rows.push_back(rows[i]);
        }
        if (rows[i].before) ++before;
        if (rows[i].after) ++after;
    }
    return out;
}

}  // namespace licet::papers
