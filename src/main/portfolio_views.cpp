// SPDX-License-Identifier: Apache-2.0
//
// `licet portfolio list`, `map`, `calendar`: what stands where, in a glance.
#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "main/files.h"
#include "main/portfolio.h"
#include "main/zones.h"

namespace licet {
namespace {

// A cell of a table for a screen, filled up with blanks.
std::string filled(std::string text, std::size_t width) {
    const std::size_t used = utf8_count(text);
    if (used < width) text.append(width - used, ' ');
    return text;
}

struct Gathered {
    std::vector<audit::ClientState> states;
    PortfolioRun run;
};

Gathered gathered_states(const Portfolio& portfolio) {
    Gathered out;
    out.run = portfolio.visit([&](const Client& client, const AuditDesk& desk) -> Result<Done> {
        out.states.push_back(LICET_TRY(state_of(client, desk)));
        return Done{};
    });
    return out;
}

json::object json_of_gathered(const Gathered& gathered) {
    json::array clients;
    for (const audit::ClientState& one : gathered.states) clients.push_back(audit::json_of(one));
    return {{"clients", std::move(clients)},
            {"skipped", json::array(gathered.run.skipped.begin(), gathered.run.skipped.end())}};
}

Colour colour_of_heat(int heat) {
    if (heat < 0) return Colour::kDim;
    return heat <= 1 ? Colour::kRed : heat == 2 ? Colour::kYellow : Colour::kGreen;
}

std::size_t longest_name(const std::vector<audit::ClientState>& states) {
    std::size_t out = 0;
    for (const audit::ClientState& one : states) out = std::max(out, utf8_count(one.name));
    return out;
}

void print_list(const Terminal& terminal, const std::vector<audit::ClientState>& states) {
    const std::size_t width = longest_name(states) + 2;
    for (const audit::ClientState& one : states) {
        std::string line = terminal.colour(Colour::kBold, filled(one.name, width));
        line += one.has_audit ? terminal.text()("portfolio.line",
                                                {{"score", std::to_string(one.shown)},
                                                 {"assurance", std::to_string(one.assurance)},
                                                 {"blocking", std::to_string(one.blocking)},
                                                 {"overdue", std::to_string(one.overdue)}})
                              : terminal.text()("portfolio.no_audit");
        line += terminal.text()(
            "portfolio.line_requests",
            {{"waiting", std::to_string(one.waiting)}, {"late", std::to_string(one.late)}});
        if (!one.label_until.empty())
            line += terminal.text()("portfolio.line_label", {{"day", one.label_until}});
        terminal.print(line);
    }
}

void print_map(const Portfolio& portfolio, const std::vector<audit::ClientState>& states) {
    constexpr std::size_t kCell = 6;
    const Terminal& terminal = portfolio.terminal();
    const std::size_t width = longest_name(states) + 2;
    std::string head(width, ' ');
    for (const audit::Theme& theme : portfolio.questionnaire().themes)
        if (theme.weight > 0) head += filled(theme.id, kCell);
    terminal.print(terminal.colour(Colour::kDim, head));
    for (const audit::ClientState& client : states) {
        std::string line = filled(client.name, width);
        for (const audit::Theme& theme : portfolio.questionnaire().themes) {
            if (theme.weight == 0) continue;
            const auto found =
                std::find_if(client.themes.begin(), client.themes.end(),
                             [&](const audit::ThemeState& one) { return one.theme == theme.id; });
            const bool is_there = found != client.themes.end() && found->points >= 0;
            const std::string text =
                !is_there ? "-" : std::to_string(found->points) + (found->is_blocked ? "!" : "");
            line +=
                terminal.colour(is_there ? colour_of_heat(audit::heat_of(*found)) : Colour::kDim,
                                filled(text, kCell));
        }
        terminal.print(line);
    }
    terminal.note(terminal.text()("portfolio.legend_text"));
}

}  // namespace

void sort_by_day(std::vector<audit::CalendarEntry>& entries) {
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
        return std::tie(a.day, a.about) < std::tie(b.day, b.about);
    });
}

json::array json_of_days(const std::vector<audit::CalendarEntry>& entries) {
    json::array out;
    for (const audit::CalendarEntry& one : entries)
        out.push_back(json::object{{"about", one.about},
                                   {"day", text_of(one.day)},
                                   {"category", one.category},
                                   {"summary", one.summary}});
    return out;
}

int run_portfolio_list(const Portfolio& portfolio) {
    const Gathered gathered = gathered_states(portfolio);
    if (portfolio.terminal().wants_json())
        portfolio.terminal().print(json::serialize(json_of_gathered(gathered)));
    else
        print_list(portfolio.terminal(), gathered.states);
    return gathered.run.status();
}

int run_portfolio_map(const Portfolio& portfolio, const PortfolioOptions& options) {
    const Terminal& terminal = portfolio.terminal();
    const Gathered gathered = gathered_states(portfolio);
    if (!options.html.empty()) {
        const std::string page = audit::portfolio_page(
            {gathered.states, gathered.run.skipped, portfolio.questionnaire(), now().day},
            terminal.text());
        // Names of clients are the firm's own business: for its owner's eyes.
        auto writer = ByteWriter::create(options.html);
        if (!writer) return fail(terminal, writer.error());
        auto written = (*writer)->write(page);
        if (written) written = (*writer)->finish();
        if (!written) return fail(terminal, written.error());
        terminal.note(terminal.text()("portfolio.written", {{"path", options.html}}));
    }
    if (terminal.wants_json())
        terminal.print(json::serialize(json_of_gathered(gathered)));
    else if (options.html.empty())
        print_map(portfolio, gathered.states);
    return gathered.run.status();
}

int run_portfolio_calendar(const Portfolio& portfolio, const PortfolioOptions& options) {
    const Terminal& terminal = portfolio.terminal();
    std::vector<audit::CalendarEntry> entries;
    const PortfolioRun run =
        portfolio.visit([&](const Client& client, const AuditDesk& desk) -> Result<Done> {
            const auto some = LICET_TRY(days_of(client, desk, terminal.text()));
            entries.insert(entries.end(), some.begin(), some.end());
            return Done{};
        });
    sort_by_day(entries);
    if (!options.out.empty()) {
        const auto written = write_file(
            options.out,
            audit::calendar_of(entries, terminal.text()("portfolio.title"), now_seconds()));
        if (!written) return fail(terminal, written.error());
        terminal.note(terminal.text()("portfolio.written", {{"path", options.out}}));
    }
    if (terminal.wants_json()) {
        terminal.print(json::serialize(json_of_days(entries)));
    } else if (options.out.empty()) {
        for (const audit::CalendarEntry& one : entries)
            terminal.print(text_of(one.day) + "  " + one.summary);
    }
    return run.status();
}

}  // namespace licet
