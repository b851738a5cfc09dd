// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/page_parts.h"

#include <algorithm>
#include <array>

#include "base/number.h"
#include "base/text.h"
#include "lists/internal/pictures.h"

namespace licet::lists::internal {
namespace {

// A sign for each outcome, so that no meaning hangs on a colour alone.
constexpr std::array<std::string_view, kOutcomeCount> kSigns = {"✓", "✕", "?", "–", "!"};

}  // namespace

std::string PageParts::said(std::string_view id, Arguments arguments) const {
    return html_escaped(say_(message(id, std::move(arguments))));
}

std::string PageParts::said_with_stars(std::string_view id, Arguments arguments) const {
    std::string text = said(id, std::move(arguments));
    for (std::size_t count = 0; true; ++count) {
        const std::size_t star = text.find('*');
        if (star == text.npos) return text;
        text.replace(star, 1, count % 2 == 0 ? "<strong>" : "</strong>");
    }
}

std::string PageParts::shown(std::string_view text) { return html_escaped(text); }

std::string PageParts::number(std::uint64_t value) const { return worded(value, say_.language()); }

std::string PageParts::number_cell(std::uint64_t value) const {
    const std::string zero = value == 0 ? " zero" : "";
    return "<td class=\"number" + zero + "\">" + number(value) + "</td>";
}

std::string PageParts::sign(Outcome outcome) {
    return "<span class=\"sign " + std::string(name_of(outcome)) + "\" aria-hidden=\"true\">" +
           std::string(kSigns.at(static_cast<std::size_t>(outcome))) + "</span>";
}

std::string PageParts::verdict(Outcome outcome) const {
    return shown(say_("verdict." + std::string(name_of(outcome))));
}

std::string PageParts::sign_and_word(Outcome outcome) const {
    return "<span class=\"outcome\">" + sign(outcome) + verdict(outcome) + "</span>";
}

std::string PageParts::header_cells(std::initializer_list<std::string_view> ids,
                                    std::initializer_list<std::string_view> numeric) const {
    std::string cells;
    for (const std::string_view id : ids) {
        const bool is_number = std::find(numeric.begin(), numeric.end(), id) != numeric.end();
        cells +=
            std::string(is_number ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">") +
            said(id) + "</th>";
    }
    return "<thead><tr>" + cells + "</tr></thead>";
}

void PageParts::open_section(std::string_view name, const std::string& note) {
    const std::string id(name);
    out_ += "<section aria-labelledby=\"" + id + "\"><h2 id=\"" + id + "\">" + said(id) + "</h2>\n";
    if (!note.empty()) out_ += "<p class=\"note\">" + note + "</p>\n";
}

void PageParts::close_section() { out_ += "</section>\n"; }

}  // namespace licet::lists::internal
