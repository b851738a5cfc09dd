// SPDX-License-Identifier: Apache-2.0
#include "gate/actions.h"

#include <algorithm>

#include "gate/verdict_json.h"

namespace licet::gate {
namespace {

using law::FactId;
using law::FactValue;

// Asks the law again with some facts changed.
class Trial {
  public:
    Trial(const law::Law& law, const law::QuestionTable& table, const law::Facts& facts)
        : law_(law),
          table_(table),
          facts_(facts),
          allowed_(law.vocabulary().question(table.question)->answer_of("allowed")) {}

    [[nodiscard]] int answer_with(FactId fact, const FactValue& value) const {
        law::Facts changed(&facts_);
        changed.set(fact, value);
        return answer_of(changed);
    }
    [[nodiscard]] bool allows(const law::Facts& changed) const {
        return answer_of(changed) == allowed_;
    }
    [[nodiscard]] int allowed() const { return allowed_; }

    /// Values that differ for the law: all words; of dates and counts, those at its thresholds.
    [[nodiscard]] std::vector<FactValue> values_of(FactId id) const {
        const law::Fact& fact = law_.vocabulary().fact(id);
        std::vector<FactValue> out;
        for (std::size_t i = 0; i < fact.values.size(); ++i)
            out.emplace_back(law::Word{static_cast<std::uint16_t>(i)});
        if (!out.empty()) return out;
        const FactValue* at = facts_.find(law_.variables().at());
        const Moment* now = at == nullptr ? nullptr : std::get_if<Moment>(at);
        for (const law::VarId variable : law_.variables().of_fact(id))
            for (const std::int64_t threshold : law_.variables()[variable].thresholds) {
                if (law_.variables()[variable].kind != law::VariableKind::kCount) continue;
                out.emplace_back(law::Count{threshold});
                if (threshold > 0) out.emplace_back(law::Count{threshold - 1});
            }
        const bool is_date =
            fact.type == law::FactType::kDate || fact.type == law::FactType::kMoment;
        if (is_date && now != nullptr) out.emplace_back(*now);  // a new act is one of today
        if (is_date) out.emplace_back(law::Never{});
        return out;
    }

  private:
    [[nodiscard]] int answer_of(const law::Facts& changed) const {
        return law::answer_on(law_.rules(), table_, law_.variables().code(changed));
    }

    const law::Law& law_;
    const law::QuestionTable& table_;
    const law::Facts& facts_;
    int allowed_;
};

std::string text_of(const law::Law& law, FactId id, const FactValue& value) {
    return law::value_text(law.vocabulary().fact(id), value);
}

// What belongs to the thing that is changed; what else the remedy names is unknown beside it.
std::vector<law::FactChange> own_changes(const law::QuestionTable& table,
                                         const law::Remedy& remedy) {
    const auto has = [](const law::ChangeGroup& group, FactId fact) {
        return std::find(group.facts.begin(), group.facts.end(), fact) != group.facts.end();
    };
    for (const law::ChangeGroup& group : table.changeable) {
        if (!has(group, remedy.changes.front().fact)) continue;
        std::vector<law::FactChange> own;
        for (const law::FactChange& change : remedy.changes)
            if (has(group, change.fact)) own.push_back(change);
        return own;
    }
    return {remedy.changes.front()};
}

// Words are set as the remedy has them. A date or a count has no value there: each that differs for
// the law is tried, one fact after the other.
bool is_enough(const law::Law& law, const Trial& trial, const law::Facts& facts,
               const std::vector<law::FactChange>& changes) {
    law::Facts changed(&facts);
    std::vector<FactId> open;
    for (const law::FactChange& change : changes) {
        const auto value = law::parse_value(law.vocabulary().fact(change.fact), change.value);
        if (change.is_word && value)
            changed.set(change.fact, *value);
        else
            open.push_back(change.fact);
    }
    for (const FactId fact : open) {
        const std::vector<FactValue> values = trial.values_of(fact);
        if (values.empty()) return false;
        changed.set(fact, values.front());
        for (const FactValue& value : values) {
            law::Facts tried(&changed);
            tried.set(fact, value);
            if (!trial.allows(tried)) continue;
            changed.set(fact, value);
            break;
        }
    }
    return trial.allows(changed);
}

// A check that can find what allows is enough. One after which the act may still be allowed, if
// more is found out, is not, but it is a beginning.
std::optional<Action> finding_out(const law::Law& law, const Trial& trial, FactId fact) {
    Action action;
    action.is_to_find_out = true;
    action.changes.push_back({fact, "", true});
    bool leaves_it_open = false;
    for (const FactValue& value : trial.values_of(fact)) {
        const int answer = trial.answer_with(fact, value);
        leaves_it_open = leaves_it_open || answer < 0;
        if (answer != trial.allowed()) continue;
        action.changes.front().value = text_of(law, fact, value);
        action.is_enough = true;
        return action;
    }
    if (!leaves_it_open) return std::nullopt;
    return action;
}

}  // namespace

std::vector<Action> actions_for(const law::Law& law, const law::Facts& facts,
                                const Verdict& verdict) {
    std::vector<Action> out;
    const law::QuestionTable* table = law.table(verdict.question);
    const bool has_answer = table != nullptr && !verdict.note;
    if (!has_answer || law.vocabulary().question(table->question)->answer_of("allowed") < 0)
        return out;
    const Trial trial(law, *table, facts);
    for (const law::Remedy& remedy : verdict.remedies) {
        std::vector<law::FactChange> own = own_changes(*table, remedy);
        const bool does = is_enough(law, trial, facts, own);
        out.push_back({remedy.by, false, std::move(own), does});
    }
    for (const FactId fact : verdict.missing) {
        if (fact == law.variables().at()) continue;
        if (auto action = finding_out(law, trial, fact)) out.push_back(*std::move(action));
    }
    return out;
}

std::string worded(const law::Law& law, const Action& action, const Catalogue& say) {
    if (!action.is_to_find_out)
        return worded(law, law::Remedy{action.by, action.changes}, say.language());
    const law::Fact& fact = law.vocabulary().fact(action.changes.front().fact);
    for (const law::Register& one : law.registers())
        if (fact.is_register && fact.name == "register." + one.key)
            return say("action.check_register", {{"register", one.name.in(say.language())}});
    return say("action.find_out", {{"fact", fact.words.in(say.language())}});
}

}  // namespace licet::gate
