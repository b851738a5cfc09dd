// SPDX-License-Identifier: Apache-2.0
#include "law/table.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace licet::law {
namespace {

int answer_of_outcome(const RuleSet& rules, const TableView& table, std::uint32_t value) {
    if (value == outcome::kSilent) return table.otherwise;
    if (value == outcome::kImpossible) return -1;
    const Reason reason = outcome::reason_of(value);
    return answer_of(rules.rules[reason.rule], reason.is_broken);
}

// Calls `visit` with each child that the codes allow. An unknown fact allows all real codes; what
// is only presumed is a code of its own and not among them.
template <typename Visit>
void for_allowed(const RuleSet& rules, const TableView& table, NodeRef ref, const Codes& codes,
                 const Visit& visit) {
    const auto variable = static_cast<VarId>(table.cells[ref]);
    const std::uint8_t code = codes[variable];
    if (code != kUnknown) return visit(code, table.cells[ref + 1 + code]);
    const std::size_t size = (*rules.variables)[variable].real_size();
    for (std::size_t i = 0; i < size; ++i)
        visit(static_cast<std::uint8_t>(i), table.cells[ref + 1 + i]);
}

// The decision diagram with known facts fixed and only the answer at its ends, reduced: its support
// is exactly the set of facts that matter.
class AnswerDiagram {
  public:
    AnswerDiagram(const RuleSet& rules, const TableView& table, const Codes& codes)
        : rules_(rules), table_(table), codes_(codes) {}

    // An impossible combination may count as any answer: it is left out of its node.
    static constexpr std::uint32_t kDontCare = terminal(0x7FFFFFFF);

    std::uint32_t build(NodeRef ref) {
        if (is_terminal(ref)) {
            if (value_of(ref) == outcome::kImpossible) return kDontCare;
            const int answer = answer_of_outcome(rules_, table_, value_of(ref));
            return terminal(static_cast<std::uint32_t>(answer));
        }
        if (const auto found = built_.find(ref); found != built_.end()) return found->second;
        std::vector<std::uint32_t> key;
        for_allowed(rules_, table_, ref, codes_,
                    [&](std::uint8_t, NodeRef child) { key.push_back(build(child)); });
        std::uint32_t out = key.front();
        bool is_same = true;
        for (const std::uint32_t child : key) {
            if (child == kDontCare) continue;
            if (out == kDontCare) out = child;
            is_same = is_same && child == out;
        }
        if (!is_same) {
            key.push_back(table_.cells[ref]);
            const auto [place, is_new] =
                unique_.emplace(key, static_cast<std::uint32_t>(unique_.size()));
            out = place->second;
            support_.insert(static_cast<VarId>(key.back()));
        }
        built_.emplace(ref, out);
        return out;
    }

    [[nodiscard]] const std::set<VarId>& support() const { return support_; }

  private:
    const RuleSet& rules_;
    const TableView& table_;
    const Codes& codes_;
    std::unordered_map<NodeRef, std::uint32_t> built_;
    std::map<std::vector<std::uint32_t>, std::uint32_t> unique_;
    std::set<VarId> support_;
};

void collect(const RuleSet& rules, const TableView& table, NodeRef ref, const Codes& codes,
             std::set<NodeRef>& seen, std::set<std::uint32_t>& out) {
    if (is_terminal(ref)) {
        if (value_of(ref) != outcome::kImpossible) out.insert(value_of(ref));
        return;
    }
    if (!seen.insert(ref).second) return;
    for_allowed(rules, table, ref, codes, [&](std::uint8_t, NodeRef child) {
        collect(rules, table, child, codes, seen, out);
    });
}

// Looks for one way to an answer, depth first; nodes without one are not tried again.
class Search {
  public:
    Search(const RuleSet& rules, const TableView& table, const Codes& codes, int answer)
        : rules_(rules), table_(table), codes_(codes), answer_(answer) {}

    bool find(NodeRef ref) {
        if (is_terminal(ref)) return answer_of_outcome(rules_, table_, value_of(ref)) == answer_;
        if (dead_.contains(ref)) return false;
        const auto variable = static_cast<VarId>(table_.cells[ref]);
        const bool is_open = codes_[variable] == kUnknown;
        bool is_found = false;
        for_allowed(rules_, table_, ref, codes_, [&](std::uint8_t code, NodeRef child) {
            if (is_found) return;
            if (is_open) path_.emplace_back(variable, code);
            is_found = find(child);
            if (!is_found && is_open) path_.pop_back();
        });
        if (!is_found) dead_.insert(ref);
        return is_found;
    }

    [[nodiscard]] std::vector<std::pair<VarId, std::uint8_t>> path() && { return std::move(path_); }

  private:
    const RuleSet& rules_;
    const TableView& table_;
    const Codes& codes_;
    int answer_;
    std::set<NodeRef> dead_;
    std::vector<std::pair<VarId, std::uint8_t>> path_;
};

}  // namespace

std::vector<std::uint32_t> reachable(const RuleSet& rules, const TableView& table, NodeRef node,
                                     const Codes& codes) {
    std::set<NodeRef> seen;
    std::set<std::uint32_t> out;
    collect(rules, table, node, codes, seen, out);
    return {out.begin(), out.end()};
}

Decision decide(const RuleSet& rules, const TableView& table, const Codes& codes) {
    Decision decision;
    std::set<int> answers;
    for (const std::uint32_t value : reachable(rules, table, table.decision, codes)) {
        answers.insert(answer_of_outcome(rules, table, value));
        if (value != outcome::kSilent) decision.deciding.push_back(outcome::reason_of(value));
    }
    if (answers.size() == 1) {
        decision.answer = *answers.begin();
    } else {
        AnswerDiagram reduced(rules, table, codes);
        std::ignore = reduced.build(table.decision);
        std::set<FactId> facts;
        for (const VarId variable : reduced.support())
            facts.insert((*rules.variables)[variable].fact);
        decision.missing.assign(facts.begin(), facts.end());
    }
    std::vector<RootOutcomes> by_root;
    for (const NodeRef root : table.root_nodes) {
        RootOutcomes outcomes;
        for (const std::uint32_t value : reachable(rules, table, root, codes)) {
            if (value == outcome::kSilent)
                outcomes.may_be_silent = true;
            else
                outcomes.possible.push_back(outcome::reason_of(value));
        }
        by_root.push_back(std::move(outcomes));
    }
    word_decision(rules, by_root, decision);
    return decision;
}

bool can_reach(const RuleSet& rules, const TableView& table, const Codes& codes, int answer) {
    return completion_to(rules, table, codes, answer).has_value();
}

std::optional<std::vector<std::pair<VarId, std::uint8_t>>> completion_to(const RuleSet& rules,
                                                                         const TableView& table,
                                                                         const Codes& codes,
                                                                         int answer) {
    Search search(rules, table, codes, answer);
    if (!search.find(table.decision)) return std::nullopt;
    return std::move(search).path();
}

}  // namespace licet::law
