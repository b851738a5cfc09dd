// SPDX-License-Identifier: Apache-2.0
#include "law/rule_diagrams.h"

#include <algorithm>

namespace licet::law {

Diagram RuleDiagrams::diagram_for(const RuleSet& rules, std::size_t node_cap) {
    std::vector<std::size_t> sizes;
    for (std::size_t i = 0; i < rules.variables->size(); ++i)
        sizes.push_back((*rules.variables)[static_cast<VarId>(i)].size);
    return Diagram(std::move(sizes), node_cap);
}

RuleDiagrams::RuleDiagrams(const RuleSet& rules, const Question& question, Diagram& diagram)
    : rules_(rules),
      question_(question),
      diagram_(diagram),
      guards_(rules.rules.size(), kNotMade),
      kept_(rules.rules.size(), kNotMade) {
    for (const Expr& expr : rules.impossible)
        possible_ = diagram_.without(possible_, diagram_.of(expr));
    for (std::size_t i = 0; i < rules.rules.size(); ++i)
        if (rules.rules[i].is_root && rules.rules[i].question == question.id)
            roots_.push_back(static_cast<RuleId>(i));
}

NodeRef RuleDiagrams::guard_of(RuleId id) {
    if (guards_[id] == kNotMade) guards_[id] = diagram_.of(rules_.rules[id].guard);
    return guards_[id];
}

NodeRef RuleDiagrams::kept_by(RuleId id) {
    if (kept_[id] == kNotMade) kept_[id] = diagram_.of(rules_.rules[id].kept_by);
    return kept_[id];
}

void RuleDiagrams::forget(RuleId id) {
    guards_[id] = kNotMade;
    kept_[id] = kNotMade;
    only_answers_.clear();  // an answer may be another one now
}

int RuleDiagrams::answer(std::uint32_t outcome) const {
    if (outcome < 2) return -1;
    const Reason reason = outcome::reason_of(outcome);
    return answer_of(rules_.rules[reason.rule], reason.is_broken);
}

int RuleDiagrams::final_answer(std::uint32_t outcome) const {
    const int given = answer(outcome);
    return given < 0 ? question_.answer_of(question_.otherwise) : given;
}

NodeRef RuleDiagrams::answers_of(NodeRef outcomes) {
    return diagram_.map(outcomes, [&](std::uint32_t outcome) {
        return static_cast<std::uint32_t>(final_answer(outcome));
    });
}

NodeRef RuleDiagrams::where_due(std::span<const NodeRef> roots, const std::string& duty) {
    NodeRef out = terminal(0);
    for (const NodeRef root : roots) {
        const NodeRef due = diagram_.map(root, [&](std::uint32_t value) {
            if (value < 2) return 0U;
            const Reason reason = outcome::reason_of(value);
            const std::vector<std::string>& all = rules_.rules[reason.rule].duties;
            const bool has = std::find(all.begin(), all.end(), duty) != all.end();
            return static_cast<std::uint32_t>(!reason.is_broken && has);
        });
        out = diagram_.either(out, due);
    }
    return out;
}

NodeRef RuleDiagrams::where_not_strictest(NodeRef decision) {
    return diagram_.map(decision, [&](std::uint32_t value) {
        return static_cast<std::uint32_t>(value != outcome::kImpossible && answer(value) != 0);
    });
}

std::vector<std::string> RuleDiagrams::duties() const {
    std::vector<std::string> out;
    for (const Rule& rule : rules_.rules)
        if (rule.question == question_.id)
            for (const std::string& duty : rule.duties)
                if (std::find(out.begin(), out.end(), duty) == out.end()) out.push_back(duty);
    return out;
}

NodeRef RuleDiagrams::stricter(NodeRef left, NodeRef right) {
    // Where a root says nothing about the answer, the other counts whole.
    const NodeRef first = only_answers(left);
    const NodeRef second = only_answers(right);
    const NodeRef out = diagram_.apply(
        first, second,
        [this](std::uint32_t a, std::uint32_t b) {
            const int before = answer(a);
            const int after = answer(b);
            if (after < 0) return a;
            return before >= 0 && before <= after ? a : b;
        },
        [this](NodeRef a, NodeRef b) {
            if (a == terminal(outcome::kSilent)) return b;
            const bool is_strictest = is_terminal(a) && answer(value_of(a)) == 0;
            return is_strictest || a == b || b == terminal(outcome::kSilent) ? a : kNoNode;
        });
    only_answers_[out] = out;
    return out;
}

NodeRef RuleDiagrams::only_answers(NodeRef outcomes) {
    const auto known = only_answers_.find(outcomes);
    if (known != only_answers_.end()) return known->second;
    const NodeRef out = diagram_.map(outcomes, [this](std::uint32_t value) {
        return answer(value) < 0 ? outcome::kSilent : value;
    });
    return only_answers_[outcomes] = only_answers_[out] = out;
}

NodeRef RuleDiagrams::without_impossible(NodeRef outcomes) {
    return diagram_.choose(possible_, outcomes, terminal(outcome::kImpossible));
}

NodeRef RuleDiagrams::outcome_of(RuleId root) { return of_rule(root, possible_); }

// `context` is 1 where the rule is asked: the guards of those above it and what is possible.
NodeRef RuleDiagrams::of_rule(RuleId id, NodeRef context) {
    const Rule& rule = rules_.rules[id];
    const NodeRef guard = guard_of(id);
    const NodeRef here = rule.exceptions.empty() ? context : diagram_.both(context, guard);
    NodeRef exceptions = terminal(outcome::kSilent);
    for (const RuleId exception : rule.exceptions) {
        const NodeRef next = of_rule(exception, here);
        const NodeRef before = exceptions;
        Clashes clashes;
        exceptions = diagram_.apply(
            before, next, [&](std::uint32_t a, std::uint32_t b) { return sibling(a, b, clashes); });
        note_conflicts(before, next, here, clashes);
    }
    NodeRef own = terminal(outcome::of({id, false}));
    if (rule.has_kept_by)
        own = diagram_.choose(kept_by(id), own, terminal(outcome::of({id, true})));
    const NodeRef body = diagram_.apply(
        exceptions, own,
        [](std::uint32_t exception, std::uint32_t rest) {
            return exception == outcome::kSilent ? rest : exception;
        },
        [](NodeRef exception, NodeRef rest) {
            if (exception == terminal(outcome::kSilent)) return rest;
            return is_terminal(exception) ? exception : kNoNode;
        });
    return diagram_.choose(guard, body, terminal(outcome::kSilent));
}

void RuleDiagrams::where_asked(RuleId root, std::vector<NodeRef>& asked) {
    asked.resize(rules_.rules.size(), terminal(0));
    std::vector<std::pair<RuleId, NodeRef>> open{{root, possible_}};
    while (!open.empty()) {
        const auto [id, context] = open.back();
        open.pop_back();
        const NodeRef here = diagram_.both(context, guard_of(id));
        asked[id] = diagram_.either(asked[id], here);
        for (const RuleId exception : rules_.rules[id].exceptions)
            open.emplace_back(exception, here);
    }
}

// Two exceptions that both speak: the first, unless the second is stricter. A disagreement is
// noted if it can happen where the rule itself is asked.
std::uint32_t RuleDiagrams::sibling(std::uint32_t a, std::uint32_t b, Clashes& clashes) const {
    if (a == outcome::kSilent) return b;
    if (b == outcome::kSilent) return a;
    const int left = answer(a);
    const int right = answer(b);
    if (left >= 0 && right >= 0 && left != right) clashes.insert({a, b});
    return right >= 0 && (left < 0 || right < left) ? b : a;
}

void RuleDiagrams::note_conflicts(NodeRef before, NodeRef next, NodeRef here,
                                  const Clashes& clashes) {
    for (const auto& [a, b] : clashes) {
        const NodeRef meeting =
            diagram_.apply(before, next, [a = a, b = b](std::uint32_t x, std::uint32_t y) {
                return static_cast<std::uint32_t>(x == a && y == b);
            });
        const NodeRef where = diagram_.both(meeting, here);
        const RuleId first = outcome::reason_of(a).rule;
        const RuleId second = outcome::reason_of(b).rule;
        if (where == terminal(0) || !noted_.insert({first, second}).second) continue;
        conflicts_.push_back({first, second, where});
    }
}

}  // namespace licet::law
