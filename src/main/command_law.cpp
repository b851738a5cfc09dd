// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/json.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/resources.h"

namespace licet {
law::Reading reading_of(std::string_view name) {
    if (name == "authority") return law::Reading::kAuthority;
    return name == "text" ? law::Reading::kText : law::Reading::kStrict;
}

std::string worded_period(const Terminal& terminal, const law::Rule& rule) {
    const auto day = [&](const std::string& text) {
        const auto date = parse_date(text);
        return date ? worded(*date, terminal.language()) : text;
    };
    if (rule.from.empty() && rule.until.empty()) return {};
    if (rule.until.empty()) return terminal.text()("law.in_force_from", {{"from", day(rule.from)}});
    if (rule.from.empty())
        return terminal.text()("law.in_force_until", {{"until", day(rule.until)}});
    return terminal.text()("law.in_force", {{"from", day(rule.from)}, {"until", day(rule.until)}});
}

int run_law_facts(const Terminal& terminal, const Common& common, const std::string& beginning) {
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    json::array out;
    for (const law::Fact& fact : law->vocabulary().facts()) {
        if (!fact.name.starts_with(beginning)) continue;
        std::string values;
        for (const std::string& value : fact.values) values += (values.empty() ? "" : " ") + value;
        if (terminal.wants_json())
            out.push_back(json::object{{"name", fact.name},
                                       {"values", values},
                                       {"supplier", fact.supplier},
                                       {"tell", fact.words.in(terminal.language())}});
        else
            terminal.print(terminal.colour(Colour::kBold, fact.name) + "  " +
                           fact.words.in(terminal.language()) +
                           (values.empty() ? "" : "  " + terminal.colour(Colour::kDim, values)));
    }
    if (terminal.wants_json()) terminal.print(json::serialize(out));
    return 0;
}

Result<std::vector<law::SourceFile>> pack_files(const Common& common) {
    if (common.packs.empty()) return carried_packs();
    return read_packs(common.packs);
}

std::shared_ptr<const law::Law> load_law(const Terminal& terminal, const Common& common) {
    if (common.law) return common.law;
    const auto files = pack_files(common);
    if (!files) {
        terminal.print_error(files.error());
        return nullptr;
    }
    auto read = law::read_law(*files, reading_of(common.reading), carried_tables());
    terminal.print_errors(read.problems);
    if (!read.value)
        terminal.note(
            terminal.text()("law.not_usable", {{"count", std::to_string(read.problems.size())}}));
    return std::move(read.value);
}

int run_law_list(const Terminal& terminal, const Common& common) {
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    json::array out;
    for (const law::Pack& pack : law->packs()) {
        const auto count =
            std::count_if(law->rules().rules.begin(), law->rules().rules.end(),
                          [&](const law::Rule& rule) { return rule.pack == pack.id; });
        if (terminal.wants_json()) {
            out.push_back(json::object{{"id", pack.id},
                                       {"version", pack.version},
                                       {"title", pack.title.in(terminal.language())},
                                       {"status", pack.status},
                                       {"rules", count},
                                       {"identity", pack.identity()}});
            continue;
        }
        terminal.print(terminal.colour(Colour::kBold, pack.id + " " + pack.version) + "  " +
                       pack.title.in(terminal.language()));
        terminal.print("  " +
                       terminal.text()("law.list_line",
                                       {{"rules", std::to_string(count)},
                                        {"status", terminal.text()("law.status_" + pack.status)},
                                        {"digest", pack.digest.substr(0, 16)}}));
    }
    if (terminal.wants_json()) terminal.print(json::serialize(out));
    return 0;
}

}  // namespace licet
