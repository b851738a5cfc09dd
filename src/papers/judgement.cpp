// SPDX-License-Identifier: Apache-2.0
#include "papers/judgement.h"

#include <algorithm>

#include "base/text.h"

namespace licet::papers {
namespace {

// Gives the value that a fact of the law gets: a word, {field}, {a.fact}, {-field}, the day so many
// months before, {-field+}, the day after that, or {-field-}, the day before; {today} is the day of
// the question, {field:days} a number of months in days. Nothing if the organisation has not said.
std::optional<std::string> value_of(const Organisation& organisation, const std::string& entry,
                                    std::string_view text, Date day) {
    if (!text.starts_with('{') || !text.ends_with('}')) return std::string(text);
    if (text == "{today}") return licet::text_of(day);
    std::string name(text.substr(1, text.size() - 2));
    const bool is_in_days = name.ends_with(":days");
    if (is_in_days) name.resize(name.size() - 5);
    const bool is_before = name.starts_with('-');
    const int days = !is_before ? 0 : name.ends_with('+') ? 1 : name.ends_with('-') ? -1 : 0;
    if (is_before) name.erase(0, 1);
    if (days != 0) name.pop_back();
    const std::string fact = name.find('.') == name.npos ? entry + "." + name : name;
    const TomlValue* value = organisation.find(fact);
    if (value == nullptr) return std::nullopt;
    if (is_in_days) return std::to_string(whole_number(value->text).value_or(0) * 365 / 12);
    if (!is_before) return value->text;
    const auto months = whole_number(value->text);
    if (!months) return std::nullopt;
    const Date before = plus_months(day, -static_cast<int>(*months));
    return licet::text_of(before + std::chrono::days(days));
}

// The rule that wants one of the duties that an ask waits for the end of; nullptr if none does.
const law::Rule* rule_that_holds(const law::Law& law, const Ask& ask,
                                 const law::Decision& decision) {
    const auto is_awaited = [&](const std::string& duty) {
        return std::find(ask.until.begin(), ask.until.end(), duty) != ask.until.end();
    };
    if (std::none_of(decision.duties.begin(), decision.duties.end(), is_awaited)) return nullptr;
    for (const auto* all : {&decision.reasons, &decision.supporting, &decision.deciding})
        for (const law::Reason& one : *all) {
            const law::Rule& rule = law.rules().rules[one.rule];
            if (std::any_of(rule.duties.begin(), rule.duties.end(), is_awaited)) return &rule;
        }
    return nullptr;
}

Judgement judgement_of(const law::Law& law, const Ask& ask, const law::Decision& decision) {
    Judgement out;
    const law::Question* question = law.vocabulary().question(ask.question);
    out.answer = question == nullptr ? "undetermined" : question->answer_name(decision.answer);
    out.is_good = std::find(ask.good.begin(), ask.good.end(), out.answer) != ask.good.end();
    out.missing = decision.missing;
    if (const law::Rule* holder = rule_that_holds(law, ask, decision); holder != nullptr) {
        out.is_good = false;
        out.rule = holder->id;
        out.tell = holder->tell;
        out.cites = holder->cites;
        return out;
    }
    const auto& reasons = decision.reasons.empty() ? decision.deciding : decision.reasons;
    if (reasons.empty()) return out;
    const law::Rule& rule = law.rules().rules[reasons.front().rule];
    out.rule = rule.id;
    out.tell = rule.tell;
    out.cites = rule.cites;
    return out;
}

// The facts that go along with what an entry is; nullptr if there are none for it.
const AskFacts* facts_by(const Organisation& organisation, const Ask& ask,
                         const std::string& entry) {
    const TomlValue* value = organisation.find(entry + "." + ask.by);
    if (ask.by.empty() || value == nullptr) return nullptr;
    const auto found = ask.facts_of.find(value->text);
    return found == ask.facts_of.end() ? nullptr : &found->second;
}

Result<Judgement> judge_one(const Organisation& organisation, const law::Law& law, const Ask& ask,
                            const std::string& entry, Date day) {
    law::Facts facts;
    for (const std::string& situation : ask.given)
        LICET_TRY(law::set_background(facts, law.vocabulary(), situation));
    facts.set(law.variables().at(), Moment{day, {}});
    AskFacts all = ask.facts;
    if (const AskFacts* more = facts_by(organisation, ask, entry); more != nullptr)
        all.insert(all.end(), more->begin(), more->end());
    for (const auto& [name, text] : all) {
        const auto value = value_of(organisation, entry, text, day);
        if (!value) continue;
        LICET_TRY(law::set_fact(facts, law.vocabulary(), name, *value));
    }
    const law::Decision decision = LICET_TRY(law.decide(ask.question, facts));
    return judgement_of(law, ask, decision);
}

// What is missing, in the words of the law, with the fact of the register that says it.
std::string missing_of(const law::Law& law, const Ask& ask, const std::string& entry,
                       const Judgement& judgement, Language language) {
    std::vector<std::string> out;
    for (const law::FactId fact : judgement.missing) {
        const law::Fact& one = law.vocabulary().fact(fact);
        std::string name = one.name;
        for (const auto& [of_law, value] : ask.facts) {
            const bool is_field = of_law == name && value.starts_with('{');
            if (!is_field) continue;
            const std::string field = value.substr(1, value.size() - 2);
            name = field.find('.') == field.npos ? entry + "." + field : field;
            break;
        }
        out.push_back(one.words.in(language) + " (" + name + ")");
    }
    return join(out, "; ");
}

}  // namespace

bool holds(const Organisation& organisation, std::string_view entry, std::string_view field,
           const std::vector<std::string>& values) {
    const bool is_full = field.find('.') != field.npos || entry.empty();
    const std::string fact =
        is_full ? std::string(field) : std::string(entry) + "." + std::string(field);
    const TomlValue* value = organisation.find(fact);
    for (const char* language : {".fr", ".en"})
        if (value == nullptr) value = organisation.find(fact + language);
    if (value == nullptr) return false;
    if (values.empty()) return value->text != "no";
    const auto is_wanted = [&](const std::string& text) {
        return std::find(values.begin(), values.end(), text) != values.end();
    };
    return value->is_array ? std::any_of(value->items.begin(), value->items.end(), is_wanted)
                           : is_wanted(value->text);
}

bool holds(const Organisation& organisation, std::string_view entry,
           std::span<const Condition> conditions) {
    return std::all_of(conditions.begin(), conditions.end(), [&](const Condition& one) {
        return holds(organisation, entry, one.field, one.values);
    });
}

Result<Judgements> judge(const Shelf& shelf, const Organisation& organisation, const law::Law& law,
                         Date day) {
    Judgements out;
    for (const Ask& ask : shelf.asks) {
        const bool is_once = ask.each.empty();
        const std::vector<std::string> names =
            is_once ? std::vector<std::string>{""} : organisation.entries(ask.each);
        for (const std::string& name : names) {
            const std::string entry = is_once ? std::string() : ask.each + "." + name;
            if (!holds(organisation, entry, ask.where)) continue;
            if (!ask.by.empty() && facts_by(organisation, ask, entry) == nullptr) continue;
            Judgement judgement = LICET_TRY(judge_one(organisation, law, ask, entry, day));
            out.emplace(std::pair(ask.id, entry), std::move(judgement));
        }
    }
    return out;
}

std::vector<Error> contradictions_of(const Shelf& shelf, const Organisation& organisation,
                                     const law::Law& law, const Judgements& judgements,
                                     Language language) {
    std::vector<Error> out;
    for (const Organisation::Difference& one : organisation.differences())
        out.push_back(error(ErrorCode::kInput, "papers.register_differs",
                            {{"name", one.fact},
                             {"file", organisation.text(one.fact, language).value_or("")},
                             {"ledger", one.below}},
                            organisation.where(one.fact)));
    const auto tell = [&](Error one) {
        if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(std::move(one));
    };
    for (const Ask& ask : shelf.asks) {
        if (!ask.is_held) continue;
        for (const auto& [key, judgement] : judgements) {
            if (key.first != ask.id || judgement.is_good) continue;
            // What is asked once is told of the fact that asked for it.
            const std::string entry =
                key.second.empty() && !ask.where.empty() ? ask.where.front().field : key.second;
            const std::string where = organisation.where(key.second.empty() ? entry : entry + ".");
            if (judgement.answer == "undetermined")
                tell(error(ErrorCode::kInput, "papers.undetermined",
                           {{"entry", entry},
                            {"facts", missing_of(law, ask, key.second, judgement, language)}},
                           where));
            else if (judgement.rule.empty())
                tell(error(ErrorCode::kInput, "papers.unregulated",
                           {{"entry", entry}, {"question", ask.question}}, where));
            else
                tell(error(ErrorCode::kInput, "papers.against_law",
                           {{"entry", entry},
                            {"tell", judgement.tell.in(language)},
                            {"cites", join(judgement.cites, "; ")}},
                           where));
        }
    }
    return out;
}

}  // namespace licet::papers
