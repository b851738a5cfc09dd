// SPDX-License-Identifier: Apache-2.0
#include "law/remedy.h"

#include <algorithm>
#include <map>

namespace licet::law {
namespace {

// What the person can only give together is changed together: a new consent has new particulars.
// What the passing hour changes is one thing as well. All else is changed alone.
std::string group_of(const Fact& fact) {
    if (fact.changer == Changer::kTime) return "time";
    if (fact.changer == Changer::kPerson) return fact.name.substr(0, fact.name.find('.'));
    return fact.name;
}

bool is_listed(const Fact& fact, const Facts& facts, FactId id) {
    const FactValue* value = facts.find(id);
    const Word* word = value == nullptr ? nullptr : std::get_if<Word>(value);
    return fact.is_register && word != nullptr && fact.values[word->index] == "listed";
}

// A change needs something known to change; what is unknown is missing, not wrong.
bool has_something_to_change(const Facts& facts, const std::vector<FactId>& group) {
    return std::any_of(group.begin(), group.end(),
                       [&](FactId id) { return facts.find(id) != nullptr; });
}

// Another hour need not be another day: what can stay as it is, stays.
void keep_what_can_stay(const Law& law, const QuestionTable& table,
                        const std::vector<FactId>& group, const Codes& codes, Codes& changed) {
    const int wanted = law.vocabulary().question(table.question)->answer_of("allowed");
    for (const FactId fact : group) {
        Codes tried = changed;
        for (const VarId id : law.variables().of_fact(fact)) tried[id] = codes[id];
        if (can_reach(law.rules(), table, tried, wanted)) changed = std::move(tried);
    }
}

// All hours that do, not only those between two thresholds of some country's rule: the codes beside
// the one that was found, as long as they allow it too.
std::string widest_condition(const Law& law, const QuestionTable& table, Codes codes,
                             const std::pair<VarId, std::uint8_t>& step, int wanted) {
    const VarId id = step.first;
    const std::uint8_t code = step.second;
    const Variable& variable = law.variables()[id];
    const auto does = [&](std::size_t other) {
        codes[id] = static_cast<std::uint8_t>(other);
        return answer_on(law.rules(), table, codes) == wanted;
    };
    if (variable.kind != VariableKind::kCount || code >= variable.real_size())
        return law.variables().condition(id, code);
    std::size_t first = code;
    std::size_t last = code;
    while (first > 0 && does(first - 1)) --first;
    while (last + 1 < variable.real_size() && does(last + 1)) ++last;
    return law.variables().condition(id, static_cast<std::uint8_t>(first),
                                     static_cast<std::uint8_t>(last));
}

std::vector<FactChange> changes_of(const Law& law, const QuestionTable& table, Codes codes,
                                   int wanted,
                                   const std::vector<std::pair<VarId, std::uint8_t>>& path,
                                   const std::vector<FactId>& group) {
    for (const auto& [id, code] : path) codes[id] = code;
    std::vector<FactChange> changes;
    const auto add = [&](VarId id, std::uint8_t code) {
        const Variable& variable = law.variables()[id];
        const Fact& fact = law.vocabulary().fact(variable.fact);
        const bool is_word = variable.kind == VariableKind::kWords && code < fact.values.size();
        changes.push_back(
            {variable.fact,
             is_word ? fact.values[code] : widest_condition(law, table, codes, {id, code}, wanted),
             is_word});
    };
    const auto is_in_group = [&](const auto& step) {
        const FactId fact = law.variables()[step.first].fact;
        return std::find(group.begin(), group.end(), fact) != group.end();
    };
    for (const auto& step : path)
        if (is_in_group(step)) add(step.first, step.second);
    // The thing itself before its particulars: "obtain consent" says more than "obtain recent
    // proof".
    std::stable_sort(changes.begin(), changes.end(), [&](const FactChange& a, const FactChange& b) {
        const auto dots = [&](const FactChange& change) {
            const std::string& name = law.vocabulary().fact(change.fact).name;
            return std::count(name.begin(), name.end(), '.');
        };
        return dots(a) < dots(b);
    });
    for (const auto& step : path)
        if (!is_in_group(step)) add(step.first, step.second);
    return changes;
}

}  // namespace

std::vector<ChangeGroup> change_groups(const Vocabulary& vocabulary, const Variables& variables,
                                       const QuestionTable& table) {
    std::map<std::pair<Changer, std::string>, ChangeGroup> groups;
    std::vector<FactId> seen;
    for (const VarId id : table.used) {
        const FactId of = variables[id].fact;
        if (std::find(seen.begin(), seen.end(), of) != seen.end()) continue;
        seen.push_back(of);
        const Fact& fact = vocabulary.fact(of);
        if (fact.changer == Changer::kNobody || of == variables.at()) continue;
        ChangeGroup& group = groups[{fact.changer, group_of(fact)}];
        group.by = fact.changer;
        group.facts.push_back(of);
        for (const VarId one : variables.of_fact(of))
            if (variables[one].fact == of || variables[one].other == of)
                group.variables.push_back(one);
    }
    std::vector<ChangeGroup> out;
    for (auto& [key, group] : groups) out.push_back(std::move(group));
    return out;
}

std::vector<Remedy> remedies(const Law& law, std::string_view question, const Facts& facts) {
    std::vector<Remedy> out;
    const QuestionTable* table = law.table(question);
    if (table == nullptr) return out;
    const int wanted = law.vocabulary().question(question)->answer_of("allowed");
    const Codes codes = law.variables().code(facts);
    if (wanted < 0 || answer_on(law.rules(), *table, codes) != 0) return out;
    Codes changed = codes;
    for (const ChangeGroup& group : table->changeable) {
        const bool undoes_listing =
            std::any_of(group.facts.begin(), group.facts.end(),
                        [&](FactId id) { return is_listed(law.vocabulary().fact(id), facts, id); });
        if (undoes_listing || !has_something_to_change(facts, group.facts)) continue;
        for (const VarId id : group.variables) changed[id] = kUnknown;
        if (group.by == Changer::kTime)
            keep_what_can_stay(law, *table, group.facts, codes, changed);
        if (const auto path = completion_to(law.rules(), *table, changed, wanted)) {
            std::vector<FactChange> changes =
                changes_of(law, *table, changed, wanted, *path, group.facts);
            if (!changes.empty()) out.push_back({group.by, std::move(changes)});
        }
        for (const VarId id : group.variables) changed[id] = codes[id];
    }
    return out;
}

std::optional<Date> changes_on(const Law& law, std::string_view question, const Facts& facts) {
    const QuestionTable* table = law.table(question);
    const FactValue* at = facts.find(law.variables().at());
    const Moment* now = at == nullptr ? nullptr : std::get_if<Moment>(at);
    if (table == nullptr || now == nullptr) return std::nullopt;
    const int answer = answer_on(law.rules(), *table, law.variables().code(facts));
    for (const Date day : law.variables().days_of_change(facts)) {
        Facts later = facts;
        later.set(law.variables().at(), Moment{day, now->clock});
        if (answer_on(law.rules(), *table, law.variables().code(later)) != answer) return day;
    }
    return std::nullopt;
}

}  // namespace licet::law
