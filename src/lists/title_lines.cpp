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

Kind kind_of(std::string_view line) {
    bool has_name = false;
    for (const char separator : {';', ',', '\t', '|'})
        for (const std::string_view cell : split(line, separator)) {
            if (looks_like_email(bare(cell)) || looks_like_phone(bare(cell))) return Kind::kPerson;
            has_name = has_name || names_a_contact(bare(cell));
        }
    return has_name ? Kind::kNames : Kind::kTitle;
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
