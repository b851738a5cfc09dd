// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <unordered_map>

#include "law/example.h"
#include "law/rule_diagrams.h"

namespace licet::law {
namespace {

class TableBuilder {
  public:
    TableBuilder(const RuleSet& rules, const Question& question, std::size_t node_cap)
        : rules_(rules),
          question_(question),
          diagram_(RuleDiagrams::diagram_for(rules, node_cap)),
          law_(rules, question, diagram_) {}

    Read<QuestionTable> build() && {
        QuestionTable table;
        table.question = question_.id;
        table.otherwise = question_.answer_of(question_.otherwise);
        NodeRef decision = terminal(outcome::kSilent);
        std::vector<NodeRef> root_nodes;
        for (const RuleId root : law_.roots()) {
            const NodeRef node = law_.outcome_of(root);
            table.roots.push_back(root);
            root_nodes.push_back(law_.without_impossible(node));
            decision = law_.stricter(decision, node);
            if (diagram_.is_full()) {
                const Rule& rule = rules_.rules[root];
                problems_.push_back(error(ErrorCode::kInput, "law.too_many_nodes",
                                          {{"name", rule.id}}, rule.place.text()));
                return {std::move(table), std::move(problems_)};
            }
        }
        report_conflicts();
        flatten(table, law_.without_impossible(decision), root_nodes);
        return {std::move(table), std::move(problems_)};
    }

  private:
    void report_conflicts() {
        for (const Conflict& conflict : law_.conflicts()) {
            const Rule& first = rules_.rules[conflict.first];
            const Rule& second = rules_.rules[conflict.second];
            problems_.push_back(
                error(ErrorCode::kInput, "law.conflict",
                      {{"first", first.id},
                       {"second", second.id},
                       {"example", worded_example(*rules_.variables, diagram_, conflict.where)}},
                      second.place.text()));
        }
    }

    // Copies what is reachable, in the order of first visit: the same law gives the same bytes.
    void flatten(QuestionTable& table, NodeRef decision, const std::vector<NodeRef>& roots) {
        std::unordered_map<NodeRef, NodeRef> placed;
        std::vector<std::uint32_t> cells;
        std::vector<bool> used(rules_.variables->size(), false);
        const std::function<NodeRef(NodeRef)> place = [&](NodeRef ref) -> NodeRef {
            if (is_terminal(ref)) return ref;
            if (const auto found = placed.find(ref); found != placed.end()) return found->second;
            const VarId variable = diagram_.variable_of(ref);
            const std::size_t size = diagram_.size_of(variable);
            used[variable] = true;
            const auto here = static_cast<NodeRef>(cells.size());
            placed.emplace(ref, here);
            cells.resize(cells.size() + size + 1);
            cells[here] = variable;
            for (std::size_t code = 0; code < size; ++code) {
                const NodeRef child = place(diagram_.child(ref, code));
                cells[here + 1 + code] = child;
            }
            return here;
        };
        table.decision = place(decision);
        for (const NodeRef root : roots) table.root_nodes.push_back(place(root));
        table.cells = std::move(cells);
        for (std::size_t i = 0; i < used.size(); ++i)
            if (used[i]) table.used.push_back(static_cast<VarId>(i));
    }

    const RuleSet& rules_;
    const Question& question_;
    Diagram diagram_;
    RuleDiagrams law_;
    std::vector<Error> problems_;
};

}  // namespace

Read<QuestionTable> table_from_rules(const RuleSet& rules, const Question& question,
                                     std::size_t node_cap) {
    return TableBuilder(rules, question, node_cap).build();
}

}  // namespace licet::law
