// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "law/table.h"

namespace licet::law {
namespace {

class TableBuilder {
  public:
    TableBuilder(const RuleSet& rules, const Question& question, std::size_t node_cap)
        : rules_(rules), question_(question), diagram_(sizes(*rules.variables), node_cap) {}

    Read<QuestionTable> build() && {
        QuestionTable table;
        table.question = question_.id;
        table.otherwise = question_.answer_of(question_.otherwise);
        NodeRef decision = terminal(outcome::kSilent);
        std::vector<NodeRef> root_nodes;
        NodeRef possible = terminal(1);
        for (const Expr& expr : rules_.impossible)
            possible = diagram_.choose(diagram_.of(expr), terminal(0), possible);
        for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
            const Rule& rule = rules_.rules[i];
            if (!rule.is_root || rule.question != question_.id) continue;
            const NodeRef node = of_rule(static_cast<RuleId>(i), possible);
            table.roots.push_back(static_cast<RuleId>(i));
            root_nodes.push_back(without_impossible(node));
            decision = diagram_.apply(decision, node, [this](std::uint32_t a, std::uint32_t b) {
                return stricter(a, b);
            });
            if (diagram_.is_full()) {
                problems_.push_back(error(ErrorCode::kInput, "law.too_many_nodes",
                                          {{"name", rule.id}}, rule.place.text()));
                return {std::move(table), std::move(problems_)};
            }
        }
        decision = without_impossible(decision);
        flatten(table, decision, root_nodes);
        return {std::move(table), std::move(problems_)};
    }

  private:
    using Clashes = std::set<std::pair<std::uint32_t, std::uint32_t>>;

    static std::vector<std::size_t> sizes(const Variables& variables) {
        std::vector<std::size_t> out;
        for (std::size_t i = 0; i < variables.size(); ++i)
            out.push_back(variables[static_cast<VarId>(i)].size);
        return out;
    }

    [[nodiscard]] int answer(std::uint32_t value) const {
        if (value < 2) return -1;
        const Reason reason = outcome::reason_of(value);
        return answer_of(rules_.rules[reason.rule], reason.is_broken);
    }

    // Combines roots: the stricter answer wins, the earlier root among equals.
    [[nodiscard]] std::uint32_t stricter(std::uint32_t a, std::uint32_t b) const {
        const int left = answer(a);
        const int right = answer(b);
        if (right < 0) return left < 0 ? outcome::kSilent : a;
        return left >= 0 && left <= right ? a : b;
    }

    // `context` is 1 where the rule is asked: its own guard, of those above it and of what is
    // possible.
    NodeRef of_rule(RuleId id, NodeRef context) {
        const Rule& rule = rules_.rules[id];
        const NodeRef guard = diagram_.of(rule.guard);
        const NodeRef here = diagram_.apply(context, guard, [](std::uint32_t c, std::uint32_t g) {
            return c == 1 && g == 1 ? 1U : 0U;
        });
        NodeRef exceptions = terminal(outcome::kSilent);
        for (const RuleId exception : rule.exceptions) {
            const NodeRef next = of_rule(exception, here);
            const NodeRef before = exceptions;
            Clashes clashes;
            exceptions = diagram_.apply(before, next, [&](std::uint32_t a, std::uint32_t b) {
                return sibling(a, b, clashes);
            });
            report_conflicts(before, next, here, clashes);
        }
        NodeRef own = terminal(outcome::of({id, false}));
        if (rule.has_kept_by)
            own =
                diagram_.choose(diagram_.of(rule.kept_by), own, terminal(outcome::of({id, true})));
        const NodeRef body =
            diagram_.apply(exceptions, own, [](std::uint32_t exception, std::uint32_t rest) {
                return exception == outcome::kSilent ? rest : exception;
            });
        return diagram_.choose(guard, body, terminal(outcome::kSilent));
    }

    // Two exceptions that both speak: the first, unless the second is stricter. A disagreement is
    // noted and reported if it can happen where the rule itself speaks.
    [[nodiscard]] std::uint32_t sibling(std::uint32_t a, std::uint32_t b, Clashes& clashes) const {
        if (a == outcome::kSilent) return b;
        if (b == outcome::kSilent) return a;
        const int left = answer(a);
        const int right = answer(b);
        if (left >= 0 && right >= 0 && left != right) clashes.insert({a, b});
        return right >= 0 && (left < 0 || right < left) ? b : a;
    }

    void report_conflicts(NodeRef before, NodeRef next, NodeRef here, const Clashes& clashes) {
        for (const auto& [a, b] : clashes) {
            const NodeRef meeting =
                diagram_.apply(before, next, [a = a, b = b](std::uint32_t x, std::uint32_t y) {
                    return x == a && y == b ? 1U : 0U;
                });
            const NodeRef together = diagram_.apply(
                meeting, here, [](std::uint32_t x, std::uint32_t y) { return x & y; });
            const Rule& first = rules_.rules[outcome::reason_of(a).rule];
            const Rule& second = rules_.rules[outcome::reason_of(b).rule];
            if (together == terminal(0) || !reported_.insert({first.id, second.id}).second)
                continue;
            problems_.push_back(
                error(ErrorCode::kInput, "law.conflict",
                      {{"first", first.id}, {"second", second.id}, {"example", example(together)}},
                      second.place.text()));
        }
    }

    // Names the conditions on one way to 1.
    std::string example(NodeRef ref) const {
        std::string out;
        while (!is_terminal(ref)) {
            const VarId variable = diagram_.variable_of(ref);
            const std::size_t size = diagram_.size_of(variable);
            std::size_t code = 0;
            while (code + 1 < size && diagram_.child(ref, code) == terminal(0)) ++code;
            if (!out.empty()) out += ", ";
            out += rules_.variables->condition(variable, static_cast<std::uint8_t>(code));
            ref = diagram_.child(ref, code);
        }
        return out;
    }

    NodeRef without_impossible(NodeRef decision) {
        for (const Expr& expr : rules_.impossible)
            decision = diagram_.choose(diagram_.of(expr), terminal(outcome::kImpossible), decision);
        return decision;
    }

    // Copies what is reachable, in the order of first visit: the same law gives the same bytes.
    void flatten(QuestionTable& table, NodeRef decision, const std::vector<NodeRef>& roots) {
        std::unordered_map<NodeRef, NodeRef> placed;
        std::vector<bool> used(rules_.variables->size(), false);
        const std::function<NodeRef(NodeRef)> place = [&](NodeRef ref) -> NodeRef {
            if (is_terminal(ref)) return ref;
            if (const auto found = placed.find(ref); found != placed.end()) return found->second;
            const VarId variable = diagram_.variable_of(ref);
            const std::size_t size = diagram_.size_of(variable);
            used[variable] = true;
            const auto here = static_cast<NodeRef>(table.cells.size());
            placed.emplace(ref, here);
            table.cells.resize(table.cells.size() + size + 1);
            table.cells[here] = variable;
            for (std::size_t code = 0; code < size; ++code) {
                const NodeRef child = place(diagram_.child(ref, code));
                table.cells[here + 1 + code] = child;
            }
            return here;
        };
        table.decision = place(decision);
        for (const NodeRef root : roots) table.root_nodes.push_back(place(root));
        for (std::size_t i = 0; i < used.size(); ++i)
            if (used[i]) table.used.push_back(static_cast<VarId>(i));
    }

    const RuleSet& rules_;
    const Question& question_;
    Diagram diagram_;
    std::set<std::pair<std::string, std::string>> reported_;
    std::vector<Error> problems_;
};

}  // namespace

Read<QuestionTable> table_from_rules(const RuleSet& rules, const Question& question,
                                     std::size_t node_cap) {
    return TableBuilder(rules, question, node_cap).build();
}

}  // namespace licet::law
