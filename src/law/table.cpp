// SPDX-License-Identifier: Apache-2.0
#include "law/table.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "law/internal/node_set.h"

namespace licet::law {
namespace {

int answer_of_outcome(const RuleSet& rules, const TableView& table, std::uint32_t value) {
    if (value == outcome::kSilent) return table.otherwise;
    if (value == outcome::kImpossible) return -1;
    const Reason reason = outcome::reason_of(value);
    return answer_of(rules.rules[reason.rule], reason.is_broken);
}

// The one answer that all `values` stand for, if there is one.
std::optional<int> common_answer(const RuleSet& rules, const TableView& table,
                                 std::span<const std::uint32_t> values) {
    if (values.empty()) return std::nullopt;
    const int first = answer_of_outcome(rules, table, values.front());
    for (const std::uint32_t value : values.subspan(1))
        if (answer_of_outcome(rules, table, value) != first) return std::nullopt;
    return first;
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

// Walks over what is known: to the first node whose fact is unknown, or to a terminal.
NodeRef skip_known(const TableView& table, NodeRef ref, const Codes& codes) {
    while (!is_terminal(ref)) {
        const std::uint8_t code = codes[table.cells[ref]];
        if (code == kUnknown) return ref;
        ref = table.cells[ref + 1 + code];
    }
    return ref;
}

// Collects what the open nodes below `ref` lead to. `out` stays sorted; it is short.
void collect(const RuleSet& rules, const TableView& table, NodeRef ref, const Codes& codes,
             NodeSet& seen, std::vector<std::uint32_t>& out) {
    ref = skip_known(table, ref, codes);
    if (is_terminal(ref)) {
        const std::uint32_t value = value_of(ref);
        if (value == outcome::kImpossible) return;
        const auto place = std::lower_bound(out.begin(), out.end(), value);
        if (place == out.end() || *place != value) out.insert(place, value);
        return;
    }
    if (!seen.insert(ref)) return;
    for_allowed(rules, table, ref, codes, [&](std::uint8_t, NodeRef child) {
        collect(rules, table, child, codes, seen, out);
    });
}

// Looks for one way to an answer, depth first.
class Search {
  public:
    Search(const RuleSet& rules, const TableView& table, const Codes& codes, int answer)
        : rules_(rules), table_(table), codes_(codes), answer_(answer) {}

    bool find(NodeRef ref) {
        ref = skip_known(table_, ref, codes_);
        if (is_terminal(ref)) return answer_of_outcome(rules_, table_, value_of(ref)) == answer_;
        // A node that is met again has not led anywhere: had it, the search would be over.
        if (!seen_.insert(ref)) return false;
        const auto variable = static_cast<VarId>(table_.cells[ref]);
        bool is_found = false;
        for_allowed(rules_, table_, ref, codes_, [&](std::uint8_t code, NodeRef child) {
            if (is_found) return;
            path_.emplace_back(variable, code);
            is_found = find(child);
            if (!is_found) path_.pop_back();
        });
        return is_found;
    }

    [[nodiscard]] std::vector<std::pair<VarId, std::uint8_t>> path() && { return std::move(path_); }

  private:
    const RuleSet& rules_;
    const TableView& table_;
    const Codes& codes_;
    int answer_;
    NodeSet seen_;
    std::vector<std::pair<VarId, std::uint8_t>> path_;
};

}  // namespace

std::vector<std::uint32_t> reachable(const RuleSet& rules, const TableView& table, NodeRef node,
                                     const Codes& codes) {
    NodeSet seen;
    std::vector<std::uint32_t> out;
    collect(rules, table, node, codes, seen, out);
    return out;
}

int answer_on(const RuleSet& rules, const TableView& table, const Codes& codes) {
    return common_answer(rules, table, reachable(rules, table, table.decision, codes)).value_or(-1);
}

Decision decide(const RuleSet& rules, const TableView& table, const Codes& codes) {
    Decision decision;
    const std::vector<std::uint32_t> values = reachable(rules, table, table.decision, codes);
    for (const std::uint32_t value : values)
        if (value != outcome::kSilent) decision.deciding.push_back(outcome::reason_of(value));
    if (const std::optional<int> answer = common_answer(rules, table, values)) {
        decision.answer = *answer;
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
