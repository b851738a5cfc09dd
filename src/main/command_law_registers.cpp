// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "law/in_force.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/zones.h"

namespace licet {
namespace {

// The rules of a day that look at a register: at it, the day it was consulted or that of the entry.
std::vector<std::string> rules_on(const law::Law& law, const law::Register& wanted, Date day) {
    const std::string fact = "register." + wanted.key;
    std::vector<std::string> out;
    for (const law::Rule& rule : law.rules().rules) {
        if (!law::is_in_force(rule.from, rule.until, day)) continue;
        std::set<law::VarId> variables;
        law::add_variables(rule.guard, variables);
        law::add_variables(rule.kept_by, variables);
        for (const law::VarId id : variables) {
            const law::FactId of = law.variables()[id].fact;
            const std::string& name = law.vocabulary().fact(of).name;
            if (name != fact && !name.starts_with(fact + ".")) continue;
            out.push_back(rule.id);
            break;
        }
    }
    return out;
}

json::object json_of(const law::Register& one, const std::vector<std::string>& rules,
                     Language language) {
    return {{"register", one.key},
            {"name", one.name.in(language)},
            {"kind", one.kind},
            {"from", one.from},
            {"until", one.until},
            {"serves", one.serves},
            {"takes_effect", one.takes_effect},
            {"overridden_by", one.overridden_by},
            {"channels", json::value_from(one.channels)},
            {"grade", one.grade},
            {"rules", json::value_from(rules)}};
}

// "15 days" in the reader's words.
std::string period_of(const Catalogue& say, const std::string& text) {
    const std::size_t space = text.find(' ');
    const std::string count = text.substr(0, space);
    std::string unit = text.substr(space + 1);
    if (!unit.ends_with('s')) unit += 's';
    return say(Message("period." + unit + (count == "1" ? "_one" : ""), {{"count", count}}));
}

void print(const Terminal& terminal, const law::Register& one,
           const std::vector<std::string>& rules) {
    const Catalogue& say = terminal.text();
    const auto day = [&](const std::string& text) {
        const auto date = parse_date(text);
        return date ? worded(*date, terminal.language()) : text;
    };
    terminal.print(terminal.colour(Colour::kBold, one.key) + "  " +
                   one.name.in(terminal.language()));
    std::vector<std::string> parts{say("registers.kind_" + one.kind)};
    if (!one.from.empty()) parts.push_back(say("registers.from", {{"day", day(one.from)}}));
    if (!one.until.empty()) parts.push_back(say("registers.until", {{"day", day(one.until)}}));
    terminal.print("  " + join(parts, ", "));
    terminal.print("  " + (one.serves.empty() ? say("registers.serves_once")
                                              : say("registers.serves",
                                                    {{"period", period_of(say, one.serves)}})));
    if (!one.takes_effect.empty())
        terminal.print(
            "  " + say("registers.takes_effect", {{"period", period_of(say, one.takes_effect)}}));
    terminal.print("  " + say("registers.overridden_" + one.overridden_by));
    if (!rules.empty()) terminal.print("  " + terminal.colour(Colour::kDim, join(rules, " ")));
}

}  // namespace

int run_law_registers(const Terminal& terminal, const Common& common, const std::string& at) {
    const auto day = day_or_today(at);
    if (!day) return fail(terminal, day.error());
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    json::array out;
    for (const law::Register& one : law->registers()) {
        if (!one.is_in_force(*day)) continue;
        const std::vector<std::string> rules = rules_on(*law, one, *day);
        if (terminal.wants_json())
            out.push_back(json_of(one, rules, terminal.language()));
        else
            print(terminal, one, rules);
    }
    if (terminal.wants_json()) terminal.print(json::serialize(out));
    return 0;
}

}  // namespace licet
