// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "base/text.h"
#include "law/cost_of_breach.h"
#include "main/commands.h"
#include "main/cost_words.h"
#include "main/files.h"
#include "main/zones.h"

namespace licet {
namespace {

// What the command line asks, and the law that it asks about.
struct Shown {
    const Terminal& terminal;
    const law::Law& law;
    Turnover turnover;
    Date day;
};

json::array texts_of(const std::vector<std::string>& texts) {
    json::array out;
    for (const std::string& text : texts) out.emplace_back(text);
    return out;
}

json::array conditions_json(const std::vector<law::Condition>& conditions) {
    json::array out;
    for (const law::Condition& condition : conditions) out.emplace_back(condition.text);
    return out;
}

json::value number_or_null(std::optional<std::int64_t> number) {
    return number ? json::value(*number) : json::value(nullptr);
}

json::array ceilings_json(const Shown& shown, const law::Rule& rule) {
    json::array out;
    for (const law::Ceiling* one : law::ceilings_of(shown.law, rule, shown.day))
        out.push_back(json::object{{"body", one->body.in(shown.terminal.language())},
                                   {"company", one->company},
                                   {"turnover_percent", one->turnover_percent},
                                   {"person", number_or_null(one->person)},
                                   {"at_most", one->for_company(shown.turnover)},
                                   {"grade", one->grade}});
    return out;
}

json::array decisions_json(const Shown& shown, const law::Rule& rule) {
    json::array out;
    for (const law::PastSanction* one : law::decisions_about(shown.law, rule.id))
        out.push_back(json::object{{"reference", one->reference},
                                   {"on", one->on},
                                   {"against", one->against},
                                   {"amount", number_or_null(one->amount)},
                                   {"annulled", one->annulled},
                                   {"lesson", one->lesson.in(shown.terminal.language())},
                                   {"grade", one->grade}});
    return out;
}

void print_json(const Shown& shown, const law::Rule& rule) {
    shown.terminal.print(
        json::serialize(json::object{{"rule", rule.id},
                                     {"tell", rule.tell.in(shown.terminal.language())},
                                     {"cites", texts_of(rule.cites)},
                                     {"from", rule.from},
                                     {"until", rule.until},
                                     {"when", conditions_json(rule.conditions)},
                                     {"kept_by", conditions_json(rule.conduct)},
                                     {"duties", texts_of(rule.duties)},
                                     {"ceilings", ceilings_json(shown, rule)},
                                     {"decisions", decisions_json(shown, rule)},
                                     {"place", rule.place.text()}}));
}

void print_list(const Shown& shown, std::string_view title, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    shown.terminal.print();
    shown.terminal.print("  " + shown.terminal.colour(Colour::kBold, shown.terminal.text()(title)));
    for (const std::string& line : lines) shown.terminal.print("  - " + line);
}

void print_brief(const Shown& shown, const law::Rule& rule) {
    const Terminal& terminal = shown.terminal;
    terminal.print(terminal.colour(Colour::kBold, rule.id) + "  " +
                   terminal.colour(Colour::kDim, rule.place.text()));
    terminal.print("  " + rule.tell.in(terminal.language()));
    terminal.print("  " + terminal.colour(Colour::kBlue, join(rule.cites, "; ")));
    const std::string period = worded_period(terminal, rule);
    if (!period.empty()) terminal.print("  " + period);
}

// What only a rule that is asked for by its name shows: how it is written, what a breach costs.
void print_details(const Shown& shown, const law::Rule& rule) {
    const Terminal& terminal = shown.terminal;
    std::vector<std::string> lines;
    for (const law::Condition& one : rule.conditions) lines.push_back(one.text);
    print_list(shown, "show.when", lines);
    lines.clear();
    for (const law::Condition& one : rule.conduct) lines.push_back(one.text);
    print_list(shown, "show.kept_by", lines);
    lines.clear();
    for (const std::string& id : rule.duties)
        lines.push_back(shown.law.vocabulary().duty(id)->worded("", terminal.language()));
    print_list(shown, "show.duties", lines);
    lines.clear();
    for (const law::PastSanction* one : law::decisions_about(shown.law, rule.id))
        lines.push_back(worded(*one, terminal.text()));
    print_list(shown, "cost.decisions", lines);
    lines.clear();
    for (const law::Ceiling* one : law::ceilings_of(shown.law, rule, shown.day))
        lines.push_back(worded(*one, shown.turnover, terminal.text()));
    print_list(shown, "cost.ceilings", lines);
    if (!lines.empty())
        terminal.print("  " + terminal.colour(Colour::kDim, terminal.text()("cost.caveat")));
}

}  // namespace

int run_law_show(const Terminal& terminal, const Common& common, const LawShowOptions& options) {
    const auto day = day_or_today(options.at);
    if (!day) return fail(terminal, day.error());
    const Turnover turnover = whole_number(options.turnover);
    if (!options.turnover.empty() && !turnover)
        return fail(terminal, error(ErrorCode::kInput, "cost.turnover_form"));
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    const Shown shown{terminal, *law, turnover, *day};
    const std::string& wanted = options.rule;
    bool is_found = false;
    for (const law::Rule& rule : law->rules().rules) {
        if (!wanted.empty() && rule.id != wanted && !rule.id.starts_with(wanted + ".")) continue;
        is_found = true;
        if (terminal.wants_json()) {
            print_json(shown, rule);
            continue;
        }
        print_brief(shown, rule);
        if (rule.id == wanted) print_details(shown, rule);
    }
    if (is_found) return 0;
    return fail(terminal, error(ErrorCode::kMissing, "law.no_such_rule", {{"name", wanted}}));
}

}  // namespace licet
