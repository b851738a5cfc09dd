// SPDX-License-Identifier: Apache-2.0
//
// Reads the rows of tables that are data of the law: words in both languages, days, euros, grades.
// What a column may not hold is told with its place; reading goes on.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "base/text.h"
#include "law/markdown.h"
#include "law/vocabulary.h"

namespace licet::law {

/// Tells of a table that is none of those which `path` may hold: its first column is misspelt, and
/// all of it would be lost without a word.
inline void tell_unknown_table(const std::string& path, const Table& table,
                               std::string_view expected, std::vector<Error>& problems) {
    const Cell first = table.header.empty() ? Cell{{}, 1} : table.header.front();
    problems.push_back(error(ErrorCode::kInput, "law.unknown_table",
                             {{"text", first.text}, {"expected", std::string(expected)}},
                             Place{path, table.line, std::max(first.column, 1)}.text()));
}

/// One row of such a table, and where its faults are told.
class RowReader {
  public:
    RowReader(const std::string& path, const Table& table, const Row& row,
              std::vector<Error>& problems)
        : path_(path), table_(table), row_(row), problems_(problems) {}

    Cell cell(std::string_view column) const {
        const int index = table_.column_of(column);
        const bool is_there = index >= 0 && static_cast<std::size_t>(index) < row_.cells.size();
        return is_there ? row_.cells[static_cast<std::size_t>(index)] : Cell{{}, 1};
    }
    std::string text(std::string_view column) const { return cell(column).text; }
    std::string place() const { return Place{path_, row_.line, 1}.text(); }
    Place where(std::string_view column) const {
        return {path_, row_.line, std::max(cell(column).column, 1)};
    }

    std::string needed(std::string_view column) {
        const Cell one = cell(column);
        if (one.text.empty()) fault(Cell{std::string(column), one.column}, "law.cell_required");
        return one.text;
    }
    Words words(std::string_view french, std::string_view english) {
        return {needed(french), needed(english)};
    }
    std::string day(std::string_view column) {
        const Cell one = cell(column);
        if (!one.text.empty() && !parse_date(one.text)) fault(one, "law.date_expected");
        return one.text;
    }
    // A day, or as much of it as is known: "2025-05", "2021".
    std::string day_or_part(std::string_view column) {
        const Cell one = cell(column);
        const std::string whole = one.text + (one.text.size() == 4   ? "-01-01"
                                              : one.text.size() == 7 ? "-01"
                                                                     : "");
        if (!parse_date(whole)) fault(one, "law.date_expected");
        return one.text;
    }
    // The day in `last` ends what begins on the one in `first`.
    void in_order(std::string_view first, std::string_view last) {
        const auto from = parse_date(text(first));
        const auto until = parse_date(text(last));
        if (from && until && *until <= *from) fault(cell(last), "law.row_dates");
    }
    // "1 500 000" or "1500000", in euros.
    std::optional<std::int64_t> amount(std::string_view column) {
        const Cell one = cell(column);
        if (one.text.empty()) return std::nullopt;
        std::string digits;
        for (const char c : one.text)
            if (c != ' ') digits += c;
        const auto number = whole_number(digits);
        if (!number) fault(one, "law.amount_expected");
        return number ? std::optional<std::int64_t>(*number) : std::nullopt;
    }
    int percent(std::string_view column) {
        const Cell one = cell(column);
        if (one.text.empty()) return 0;
        const auto number = one.text.ends_with(" %")
                                ? whole_number(one.text.substr(0, one.text.size() - 2))
                                : std::nullopt;
        if (!number || *number > 100) fault(one, "law.percent_expected");
        return number ? static_cast<int>(*number) : 0;
    }
    // Cut at `separator`, without empty parts.
    std::vector<std::string> parts(std::string_view column, char separator) const {
        std::vector<std::string> out;
        const std::string whole = text(column);
        for (const std::string_view part : split(whole, separator))
            if (!trimmed(part).empty()) out.emplace_back(trimmed(part));
        return out;
    }
    std::string grade() {
        const Cell one = cell("grade");
        if (one.text != "P" && one.text != "S" && one.text != "M") fault(one, "law.source_grade");
        return one.text;
    }

    void fault(const Cell& at, std::string_view id) {
        problems_.push_back(error(ErrorCode::kInput, id, {{"text", at.text}},
                                  Place{path_, row_.line, std::max(at.column, 1)}.text()));
    }

  private:
    const std::string& path_;
    const Table& table_;
    const Row& row_;
    std::vector<Error>& problems_;
};

}  // namespace licet::law
