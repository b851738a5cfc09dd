// SPDX-License-Identifier: Apache-2.0
#include "audit/tools.h"

#include <algorithm>
#include <array>

#include "audit/answer.h"
#include "base/date.h"
#include "base/text.h"

namespace licet::audit {
namespace {

constexpr std::string_view kHeader =
    "id;name;vendor;kind;hosting;parent;dpf;source;read_on;grade;note";

bool is_country_or_empty(std::string_view text) {
    return text.empty() || text == "eea" ||
           (text.size() == 2 && text == ascii_lower(text) && is_ascii_letter(text[0]) &&
            is_ascii_letter(text[1]));
}

bool is_well(const Tool& tool) {
    constexpr std::array<std::string_view, 4> kFramework = {"", "none", "inactive", "active"};
    constexpr std::array<std::string_view, 3> kGrades = {"P", "S", "M"};
    const auto has = [](const auto& all, std::string_view one) {
        return std::find(all.begin(), all.end(), one) != all.end();
    };
    const bool has_facts = !(tool.vendor + tool.hosting + tool.parent + tool.dpf).empty();
    const bool is_sourced =
        !tool.source.empty() && parse_date(tool.read_on).has_value() && has(kGrades, tool.grade);
    // What nobody has read says nothing of the tool but its name.
    return is_small_name(tool.id) && !tool.name.empty() && is_country_or_empty(tool.hosting) &&
           is_country_or_empty(tool.parent) && has(kFramework, tool.dpf) &&
           (is_sourced || !has_facts);
}

}  // namespace

Read<std::vector<Tool>> read_tools(std::string_view csv, const std::string& path) {
    Read<std::vector<Tool>> out;
    int number = 0;
    for (const std::string_view line : lines_of(csv)) {
        ++number;
        const auto problem = [&] {
            out.problems.push_back(error(ErrorCode::kInput, "tools.row",
                                         {{"header", std::string(kHeader)}},
                                         path + ":" + std::to_string(number)));
        };
        if (number == 1) {
            if (line != kHeader) problem();
            continue;
        }
        if (trimmed(line).empty() || line.starts_with('#')) continue;
        const auto cells = split(line, ';');
        if (cells.size() != 11) {
            problem();
            continue;
        }
        std::array<std::string, 11> texts;
        std::transform(cells.begin(), cells.end(), texts.begin(),
                       [](std::string_view cell) { return std::string(trimmed(cell)); });
        Tool tool{texts[0], texts[1], texts[2], texts[3], texts[4], texts[5],
                  texts[6], texts[7], texts[8], texts[9], texts[10]};
        if (!is_well(tool) || tool_of(out.value, tool.id) != nullptr)
            problem();
        else
            out.value.push_back(std::move(tool));
    }
    return out;
}

const Tool* tool_of(const std::vector<Tool>& tools, std::string_view id) {
    const auto found =
        std::find_if(tools.begin(), tools.end(), [&](const Tool& one) { return one.id == id; });
    return found == tools.end() ? nullptr : &*found;
}

}  // namespace licet::audit
