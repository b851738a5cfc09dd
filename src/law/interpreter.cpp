// SPDX-License-Identifier: Apache-2.0
#include "law/interpreter.h"

#include <algorithm>
#include <set>

namespace licet::law {
namespace {

std::vector<RuleId> roots_of(const RuleSet& rules, std::string_view question) {
    std::vector<RuleId> roots;
    for (std::size_t i = 0; i < rules.rules.size(); ++i)
        if (rules.rules[i].is_root && rules.rules[i].question == question)
            roots.push_back(static_cast<RuleId>(i));
    return roots;
}

// One way to complete what is unknown, and what it led to.
struct Trial {
    std::vector<std::optional<Reason>> by_root;
    std::optional<Reason> deciding;
    int answer = -1;
};

Trial try_codes(const RuleSet& rules, const Question& question, const std::vector<RuleId>& roots,
                const Codes& codes) {
    Trial trial;
    trial.answer = question.answer_of(question.otherwise);
    bool is_answered = false;
    for (const RuleId root : roots) {
        const std::optional<Reason> reason = outcome_of(rules, root, codes);
        trial.by_root.push_back(reason);
        if (!reason) continue;
        const int answer = answer_of(rules.rules[reason->rule], reason->is_broken);
        // Answers are listed strictest first; the first root wins among equals.
        if (answer >= 0 && (!is_answered || answer < trial.answer)) {
            trial.answer = answer;
            trial.deciding = reason;
            is_answered = true;
        }
    }
    return trial;
}

class Supervaluation {
  public:
    Supervaluation(const RuleSet& rules, const Question& question, const std::vector<bool>& used,
                   const Codes& codes)
        : rules_(rules), question_(question), codes_(codes), roots_(roots_of(rules, question.id)) {
        for (std::size_t i = 0; i < codes.size(); ++i)
            if (codes[i] == kUnknown && used[i]) unknown_.push_back(static_cast<VarId>(i));
    }

    std::optional<Decision> decide(std::size_t most) {
        std::size_t combinations = 1;
        for (const VarId id : unknown_) {
            combinations *= (*rules_.variables)[id].real_size();
            if (combinations > most) return std::nullopt;
        }
        possible_.resize(roots_.size());
        complete(0);
        Decision decision;
        decision.deciding.assign(deciding_.begin(), deciding_.end());
        if (answers_.size() == 1)
            decision.answer = *answers_.begin();
        else
            decision.missing = missing();
        std::vector<RootOutcomes> by_root;
        for (const auto& outcomes : possible_) {
            RootOutcomes root;
            root.may_be_silent = outcomes.contains(std::nullopt);
            for (const auto& outcome : outcomes)
                if (outcome) root.possible.push_back(*outcome);
            by_root.push_back(std::move(root));
        }
        word_decision(rules_, by_root, decision);
        return decision;
    }

  private:
    void complete(std::size_t next) {
        if (next == unknown_.size()) {
            const bool is_impossible =
                std::any_of(rules_.impossible.begin(), rules_.impossible.end(),
                            [&](const Expr& expr) { return holds(expr, codes_); });
            if (is_impossible) return;
            const Trial trial = try_codes(rules_, question_, roots_, codes_);
            answers_.insert(trial.answer);
            if (trial.deciding) deciding_.insert(*trial.deciding);
            for (std::size_t i = 0; i < roots_.size(); ++i) possible_[i].insert(trial.by_root[i]);
            trials_.emplace(codes_, trial.answer);
            return;
        }
        const VarId id = unknown_[next];
        for (std::size_t code = 0; code < (*rules_.variables)[id].real_size(); ++code) {
            codes_[id] = static_cast<std::uint8_t>(code);
            complete(next + 1);
        }
        codes_[id] = kUnknown;
    }

    // A fact is missing if changing it alone can change the answer.
    std::vector<FactId> missing() const {
        std::set<FactId> facts;
        for (const auto& [codes, answer] : trials_) {
            for (const VarId id : unknown_) {
                Codes other = codes;
                for (std::size_t code = 0; code < (*rules_.variables)[id].real_size(); ++code) {
                    other[id] = static_cast<std::uint8_t>(code);
                    const auto found = trials_.find(other);
                    if (found != trials_.end() && found->second != answer)
                        facts.insert((*rules_.variables)[id].fact);
                }
            }
        }
        return {facts.begin(), facts.end()};
    }

    const RuleSet& rules_;
    const Question& question_;
    Codes codes_;
    std::vector<RuleId> roots_;
    std::vector<VarId> unknown_;
    std::set<int> answers_;
    std::set<Reason> deciding_;
    std::vector<std::set<std::optional<Reason>>> possible_;
    std::map<Codes, int> trials_;
};

}  // namespace

std::optional<Reason> outcome_of(const RuleSet& rules, RuleId id, const Codes& codes) {
    const Rule& rule = rules.rules[id];
    if (!holds(rule.guard, codes)) return std::nullopt;
    std::optional<Reason> chosen;
    for (const RuleId exception : rule.exceptions) {
        const std::optional<Reason> reason = outcome_of(rules, exception, codes);
        if (!reason) continue;
        if (!chosen) {
            chosen = reason;
            continue;
        }
        // Siblings with different answers are a fault of the pack; until it is mended, the
        // strictest.
        const int answer = answer_of(rules.rules[reason->rule], reason->is_broken);
        const int before = answer_of(rules.rules[chosen->rule], chosen->is_broken);
        if (answer >= 0 && (before < 0 || answer < before)) chosen = reason;
    }
    if (chosen) return chosen;
    const bool is_broken = rule.has_kept_by && !holds(rule.kept_by, codes);
    return Reason{id, is_broken};
}

std::optional<Decision> interpret(const RuleSet& rules, const Question& question,
                                  const std::vector<bool>& used, const Codes& codes,
                                  std::size_t most) {
    return Supervaluation(rules, question, used, codes).decide(most);
}

std::vector<bool> variables_used(const RuleSet& rules, std::string_view question) {
    std::set<VarId> looked_at;
    for (const Rule& rule : rules.rules) {
        if (rule.question != question) continue;
        add_variables(rule.guard, looked_at);
        add_variables(rule.kept_by, looked_at);
    }
    for (const Expr& expr : rules.impossible) add_variables(expr, looked_at);
    std::vector<bool> used(rules.variables->size(), false);
    for (const VarId id : looked_at) used[id] = true;
    return used;
}

}  // namespace licet::law
