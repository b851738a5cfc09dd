// SPDX-License-Identifier: Apache-2.0
#include "papers/judgement.h"

#include <algorithm>

#include "base/text.h"

namespace licet::papers {
namespace {

// How an ask names a field of the register: {field}, {a.fact}, {-field}, {-field&more}, {-field+},
// {-field-}, {field:days}.
struct Asked {
    std::vector<std::string> fields;  ///< full names; several are summed
    bool is_before = false;           ///< the day so many months before
    bool is_in_days = false;
    int days = 0;  ///< after that day, or before it
};

// Nothing for a word of the law's own.
std::optional<Asked> asked_by(std::string_view text, const std::string& entry) {
    if (!text.starts_with('{') || !text.ends_with('}') || text == "{today}") return std::nullopt;
    std::string name(text.substr(1, text.size() - 2));
    Asked out;
    out.is_in_days = name.ends_with(":days");
    if (out.is_in_days) name.resize(name.size() - 5);
    out.is_before = name.starts_with('-');
    if (out.is_before) name.erase(0, 1);
    if (out.is_before && name.ends_with('+')) out.days = 1;
    if (out.is_before && name.ends_with('-')) out.days = -1;
    if (out.days != 0) name.pop_back();
    for (const std::string_view one : split(name, '&'))
        out.fields.push_back(one.find('.') == one.npos ? entry + "." + std::string(one)
                                                       : std::string(one));
    return out;
}

// Gives the value that a fact of the law gets. Nothing if the organisation has not said.
std::optional<std::string> value_of(const Organisation& organisation, const std::string& entry,
                                    std::string_view text, Date day) {
    if (text == "{today}") return licet::text_of(day);
    const auto asked = asked_by(text, entry);
    if (!asked) return std::string(text);
    const TomlValue* value = organisation.find(asked->fields.front());
    if (value == nullptr) return std::nullopt;
    if (!asked->is_before && !asked->is_in_days) return value->text;
    std::int64_t months = 0;
    for (const std::string& field : asked->fields)
        if (const TomlValue* one = organisation.find(field); one != nullptr)
            months += whole_number(one->text).value_or(0);
    if (asked->is_in_days) return std::to_string(months * 365 / 12);
    const Date before = plus_months(day, -static_cast<int>(months));
    return licet::text_of(before + std::chrono::days(asked->days));
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

AskFacts facts_for(const Organisation& organisation, const Ask& ask, const std::string& entry) {
    AskFacts out = ask.facts;
    if (const AskFacts* more = facts_by(organisation, ask, entry); more != nullptr)
        out.insert(out.end(), more->begin(), more->end());
    return out;
}

Result<Judgement> judge_one(const Organisation& organisation, const law::Law& law, const Ask& ask,
                            const std::string& entry, Date day) {
    law::Facts facts;
    for (const std::string& situation : ask.given)
        LICET_TRY(law::set_background(facts, law.vocabulary(), situation));
    facts.set(law.variables().at(), Moment{day, {}});
    for (const auto& [name, text] : facts_for(organisation, ask, entry)) {
        const auto value = value_of(organisation, entry, text, day);
        if (!value) continue;
        LICET_TRY(law::set_fact(facts, law.vocabulary(), name, *value));
    }
    const law::Decision decision = LICET_TRY(law.decide(ask.question, facts));
    return judgement_of(law, ask, decision);
}

// What is missing, in the words of the law, with the fact of the register that says it.
std::string missing_of(const law::Law& law, const Organisation& organisation, const Ask& ask,
                       const std::string& entry, const Judgement& judgement, Language language) {
    const AskFacts all = facts_for(organisation, ask, entry);
    std::vector<std::string> out;
    for (const law::FactId fact : judgement.missing) {
        const law::Fact& one = law.vocabulary().fact(fact);
        std::string name = one.name;
        for (const auto& [of_law, value] : all)
            if (const auto asked = asked_by(value, entry); of_law == one.name && asked)
                name = asked->fields.front();
        out.push_back(one.words.in(language) + " (" + name + ")");
    }
    return join(out, "; ");
}

}  // namespace

bool holds(const Organisation& organisation, std::string_view entry, std::string_view field,
           const std::vector<std::string>& values) {
    const std::string fact = fact_of(entry, field);
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
                            {"facts",
                             missing_of(law, organisation, ask, key.second, judgement, language)}},
                           where));
            else if (!judgement.rule.empty())
                tell(error(ErrorCode::kInput, "papers.against_law",
                           {{"entry", entry},
                            {"tell", judgement.tell.in(language)},
                            {"cites", join(judgement.cites, "; ")}},
                           where));
        }
    }
    return out;
}

std::vector<Error> silences_of(const Shelf& shelf, const Organisation& organisation,
                               const Judgements& judgements) {
    std::vector<Error> out;
    for (const Ask& ask : shelf.asks)
        for (const auto& [key, judgement] : judgements)
            if (ask.is_held && key.first == ask.id && !judgement.is_good &&
                judgement.answer != "undetermined" && judgement.rule.empty())
                out.push_back(error(ErrorCode::kInput, "papers.unregulated",
                                    {{"entry", key.second}, {"question", ask.question}},
                                    organisation.where(key.second + ".")));
    return out;
}

}  // namespace licet::papers
