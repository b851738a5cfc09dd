// SPDX-License-Identifier: Apache-2.0
#include "audit/portfolio.h"

#include <algorithm>

#include "base/page.h"
#include "base/text.h"

namespace licet::audit {
namespace {

// Text on these has a contrast of 4.5:1 and more, on paper and on night.
constexpr std::string_view kHeatStyle =
    ".h0{--f:#f6c9c0;--t:#5c1206}.h1{--f:#f9dfc0;--t:#573302}.h2{--f:#f5efc4;--t:#443a00}"
    ".h3{--f:#dcebc9;--t:#22400a}.h4{--f:#bfe3d2;--t:#093d28}.hx{--f:transparent;--t:var(--soft)}"
    "@media(prefers-color-scheme:dark){.h0{--f:#5c1a10;--t:#fbd9d2}.h1{--f:#553708;--t:#fae3c4}"
    ".h2{--f:#484008;--t:#f6f0c8}.h3{--f:#2b4415;--t:#dff0cd}.h4{--f:#124632;--t:#c6ead9}}"
    ".heat rect{fill:var(--f);stroke:var(--line)}.heat .n{fill:var(--t);font-size:12px}"
    ".heat .a{fill:var(--ink);font-size:12px}table{border-collapse:collapse;font-size:.9rem}"
    "th,td{padding:.3rem .5rem;border-bottom:1px solid var(--line);text-align:right}"
    "th:first-child{text-align:left}td.cell{background:var(--f);color:var(--t)}"
    ".scroll{overflow-x:auto}.heat{min-width:44rem;width:100%;height:auto}"
    "header,main,footer{max-width:76rem}"
    "@media print{.scroll{overflow:visible}*{print-color-adjust:exact}}";

std::string heat_class(const ThemeState& theme) {
    const int heat = heat_of(theme);
    return heat < 0 ? "hx" : "h" + std::to_string(heat);
}

std::string cell_text(const ThemeState& theme) {
    if (theme.points < 0) return "–";
    return std::to_string(theme.points) + (theme.is_blocked ? " ■" : "");
}

const ThemeState* theme_of(const ClientState& client, const std::string& id) {
    const auto found = std::find_if(client.themes.begin(), client.themes.end(),
                                    [&](const ThemeState& one) { return one.theme == id; });
    return found == client.themes.end() ? nullptr : &*found;
}

// Themes that count; that of the profile has no weight.
std::vector<const Theme*> weighed_themes(const Questionnaire& questionnaire) {
    std::vector<const Theme*> out;
    for (const Theme& one : questionnaire.themes)
        if (one.weight > 0) out.push_back(&one);
    return out;
}

std::string heat_svg(const PortfolioPage& page, const Catalogue& say) {
    constexpr int kName = 210;
    constexpr int kCell = 44;
    constexpr int kRow = 26;
    constexpr std::size_t kMostName = 28;
    const auto themes = weighed_themes(page.questionnaire);
    const int width = kName + kCell * static_cast<int>(themes.size());
    const int height = kRow * (static_cast<int>(page.clients.size()) + 1);
    std::string out = "<svg class=\"heat\" role=\"img\" aria-label=\"" +
                      html_escaped(say("portfolio.map_label")) + "\" viewBox=\"0 0 " +
                      std::to_string(width) + " " + std::to_string(height) + "\">\n";
    const auto text = [&](int x, int y, std::string_view style, std::string_view what) {
        out += "<text class=\"" + std::string(style) + "\" x=\"" + std::to_string(x) + "\" y=\"" +
               std::to_string(y) + "\">" + html_escaped(what) + "</text>";
    };
    int x = kName;
    for (const Theme* theme : themes) {
        text(x + 6, kRow - 8, "a", theme->id);
        x += kCell;
    }
    int y = kRow;
    for (const ClientState& client : page.clients) {
        std::string name = client.name;
        if (utf8_count(name) > kMostName) {
            std::size_t at = 0;
            for (std::size_t i = 0; i + 1 < kMostName; ++i) at += utf8_length_at(name, at);
            name = name.substr(0, at) + "…";
        }
        text(0, y + kRow - 8, "a", name);
        x = kName;
        for (const Theme* theme : themes) {
            const ThemeState* state = theme_of(client, theme->id);
            const ThemeState none{theme->id, -1, false};
            const ThemeState& shown = state == nullptr ? none : *state;
            out += "<g class=\"" + heat_class(shown) + "\"><rect x=\"" + std::to_string(x) +
                   "\" y=\"" + std::to_string(y) + "\" width=\"" + std::to_string(kCell - 2) +
                   "\" height=\"" + std::to_string(kRow - 2) + "\" rx=\"3\"/>";
            text(x + 5, y + kRow - 9, "n", cell_text(shown));
            out += "</g>";
            x += kCell;
        }
        out += "\n";
        y += kRow;
    }
    return out + "</svg>\n";
}

std::string state_row(const ClientState& client, const std::vector<const Theme*>& themes,
                      const Catalogue& say) {
    const auto cell = [](const std::string& text) { return "<td>" + html_escaped(text) + "</td>"; };
    std::string out = "<tr><th scope=\"row\">" + html_escaped(client.name) + "</th>";
    if (!client.has_audit) {
        out += "<td colspan=\"4\">" + html_escaped(say("portfolio.no_audit")) + "</td>";
    } else {
        out += cell(std::to_string(client.shown)) + cell(std::to_string(client.assurance) + " %") +
               cell(std::to_string(client.blocking)) + cell(std::to_string(client.overdue));
    }
    out += cell(std::to_string(client.waiting)) + cell(std::to_string(client.late)) +
           cell(client.label_until.empty() ? "–" : client.label_until);
    for (const Theme* theme : themes) {
        const ThemeState* state = theme_of(client, theme->id);
        const ThemeState none{theme->id, -1, false};
        const ThemeState& shown = state == nullptr ? none : *state;
        out += "<td class=\"cell " + heat_class(shown) + "\">" + cell_text(shown) + "</td>";
    }
    return out + "</tr>\n";
}

std::string state_table(std::span<const ClientState> clients, const Questionnaire& questionnaire,
                        const Catalogue& say) {
    const auto themes = weighed_themes(questionnaire);
    std::string out = "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" +
                      html_escaped(say("portfolio.table")) + "\"><table>\n<thead><tr>";
    for (const char* id :
         {"portfolio.column_client", "portfolio.column_score", "portfolio.column_assurance",
          "portfolio.column_blocking", "portfolio.column_overdue", "portfolio.column_waiting",
          "portfolio.column_late", "portfolio.column_label"})
        out += "<th scope=\"col\">" + html_escaped(say(id)) + "</th>";
    for (const Theme* theme : themes)
        out += "<th scope=\"col\"><abbr title=\"" + html_escaped(theme->words.in(say.language())) +
               "\">" + html_escaped(theme->id) + "</abbr></th>";
    out += "</tr></thead>\n<tbody>\n";
    for (const ClientState& client : clients) out += state_row(client, themes, say);
    return out + "</tbody></table></div>\n";
}

}  // namespace

json::object json_of(const ClientState& state) {
    json::object themes;
    for (const ThemeState& one : state.themes) {
        json::object said{{"blocked", one.is_blocked}};
        if (one.points >= 0) said["points"] = one.points;
        themes[one.theme] = std::move(said);
    }
    return {{"client", state.id},
            {"name", state.name},
            {"has_audit", state.has_audit},
            {"score", state.shown},
            {"assurance", state.assurance},
            {"level", state.level},
            {"blocking", state.blocking},
            {"overdue", state.overdue},
            {"unanswered", state.unanswered},
            {"waiting", state.waiting},
            {"late", state.late},
            {"audited_on", state.audited_on},
            {"label_until", state.label_until},
            {"themes", std::move(themes)}};
}

int heat_of(const ThemeState& theme) {
    if (theme.points < 0) return -1;
    constexpr int kSteps = 5;
    return std::min(theme.points * kSteps / 100, kSteps - 1);
}

std::string portfolio_page(const PortfolioPage& page, const Catalogue& say) {
    const std::string title = say("portfolio.title");
    std::string out = page_head(say.language(), title, kHeatStyle);
    out += "<main>\n<h1>" + html_escaped(title) + "</h1>\n<p class=\"facts\">" +
           html_escaped(say("portfolio.as_of", {{"day", worded(page.today, say.language())},
                                                {"count", std::to_string(page.clients.size())}})) +
           "</p>\n";
    for (const std::string& one : page.skipped)
        out += "<p><strong>" + html_escaped(say("portfolio.skipped", {{"client", one}})) +
               "</strong></p>\n";
    out += "<p>" + html_escaped(say("portfolio.legend")) +
           "</p>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" +
           html_escaped(say("portfolio.map_label")) + "\">\n" + heat_svg(page, say) +
           "</div>\n<h2>" + html_escaped(say("portfolio.table")) + "</h2>\n" +
           state_table(page.clients, page.questionnaire, say) + "<h2>" +
           html_escaped(say("portfolio.themes")) + "</h2>\n<ul>\n";
    for (const Theme* theme : weighed_themes(page.questionnaire))
        out +=
            "<li>" + html_escaped(theme->id + " — " + theme->words.in(say.language())) + "</li>\n";
    return out + "</ul>\n</main>\n</body>\n</html>\n";
}

std::string client_report_page(const ClientYear& year, const Catalogue& say) {
    const std::string title = say("portfolio.report_title", {{"client", year.state.name},
                                                             {"year", std::to_string(year.year)}});
    std::string out = page_head(say.language(), title, kHeatStyle);
    out +=
        "<main>\n<h1>" + html_escaped(title) + "</h1>\n<p class=\"facts\">" +
        html_escaped(say("portfolio.report_made", {{"day", worded(year.today, say.language())}})) +
        "</p>\n" + state_table({&year.state, 1}, year.questionnaire, say);
    for (const auto& [heading, lines] : year.sections) {
        out += "<section>\n<h2>" + html_escaped(heading) + "</h2>\n";
        if (lines.empty()) {
            out += "<p>" + html_escaped(say("portfolio.nothing")) + "</p>\n";
        } else {
            out += "<ul>\n";
            for (const std::string& line : lines) out += "<li>" + html_escaped(line) + "</li>\n";
            out += "</ul>\n";
        }
        out += "</section>\n";
    }
    return out + "</main>\n</body>\n</html>\n";
}

}  // namespace licet::audit
