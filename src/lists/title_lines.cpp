// SPDX-License-Identifier: Apache-2.0
#include "lists/title_lines.h"

#include <algorithm>

#include "base/text.h"
#include "lists/cells.h"
#include "lists/columns.h"

namespace licet::lists {
namespace {

constexpr std::size_t kMostLines = 20;
constexpr std::size_t kMostLineBytes = 16384;

std::string_view bare(std::string_view cell) {
    cell = trimmed(cell);
    if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"')
        cell = cell.substr(1, cell.size() - 2);
    return cell;
}

enum class Kind { kTitle, kNames, kPerson };

// A column of addresses is named by its whole name, or by a part of it beside other columns.
bool has_names(const std::vector<std::string_view>& cells) {
    constexpr int kLeastOthers = 2;
    int whole = 0;
    bool has_contact = false;
    for (const std::string_view cell : cells) {
        const auto named = named_column(bare(cell));
        if (!named) continue;
        if (named->is_whole && named->is_contact) return true;
        has_contact = has_contact || named->is_contact;
        if (named->is_whole) ++whole;
    }
    return has_contact && whole >= kLeastOthers;
}

Kind kind_of(std::string_view line) {
    bool is_names = false;
    for (const char separator : {';', ',', '\t', '|'}) {
        const std::vector<std::string_view> cells = split(line, separator);
        for (const std::string_view cell : cells)
            if (may_be_contact(bare(cell)) || cell.find('@') != cell.npos) return Kind::kPerson;
        is_names = is_names || has_names(cells);
    }
    return is_names ? Kind::kNames : Kind::kTitle;
}

}  // namespace

TitleLines title_lines_of(std::string_view text) {
    TitleLines found;
    std::size_t filled = 0;
    while (found.lines < kMostLines) {
        const std::size_t end = text.find_first_of("\r\n", found.bytes);
        if (end == text.npos) return {};  // the last line is nobody's name of a column
        const std::string_view line = text.substr(found.bytes, end - found.bytes);
        // A quote may go on in the next line: then lines are no rows.
        if (std::count(line.begin(), line.end(), '"') % 2 != 0) return {};
        if (line.size() > kMostLineBytes) return {};
        const Kind kind = kind_of(line);
        if (kind == Kind::kNames) return filled > 0 ? found : TitleLines{};
        if (kind == Kind::kPerson) return {};
        if (!trimmed(line).empty()) ++filled;
        ++found.lines;
        found.bytes = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
    }
    return {};
}

}  // namespace licet::lists
