// SPDX-License-Identifier: Apache-2.0
#include "law/house.h"

#include <algorithm>
#include <array>

#include "law/example.h"
#include "law/internal/outcome_pairs.h"

namespace licet::law {
namespace {

std::string rule_name(const RuleSet& rules, std::uint32_t value) {
    return value < 2 ? std::string("-") : rules.rules[outcome::reason_of(value).rule].id;
}

class HouseCheck {
  public:
    HouseCheck(const RuleSet& law, const RuleSet& house, const Question& question)
        : diagram_(RuleDiagrams::diagram_for(house)),
          law_(law, question, diagram_),
          house_(house, question, diagram_) {}

    std::vector<Error> run() {
        std::vector<NodeRef> law_roots;
        std::vector<NodeRef> house_roots;
        const NodeRef lawful = decision_of(law_, law_roots);
        const NodeRef wanted = decision_of(house_, house_roots);
        compare(lawful, wanted);
        if (law_roots != house_roots) compare_duties(law_roots, house_roots, wanted);
        return std::move(faults_);
    }

  private:
    static NodeRef decision_of(RuleDiagrams& law, std::vector<NodeRef>& roots) {
        NodeRef decision = terminal(outcome::kSilent);
        for (const RuleId root : law.roots()) {
            roots.push_back(law.outcome_of(root));
            decision = law.stricter(decision, roots.back());
        }
        return law.without_impossible(decision);
    }

    // A duty may not go where one may still act.
    void compare_duties(const std::vector<NodeRef>& law_roots,
                        const std::vector<NodeRef>& house_roots, NodeRef wanted) {
        const NodeRef open = house_.where_not_strictest(wanted);
        for (const std::string& duty : law_.duties()) {
            const NodeRef due = diagram_.both(open, law_.where_due(law_roots, duty));
            const NodeRef gone = diagram_.without(due, house_.where_due(house_roots, duty));
            if (gone == terminal(0)) continue;
            faults_.push_back(
                error(ErrorCode::kInput, "law.house_duty",
                      {{"duty", duty},
                       {"example", worded_example(*house_.rules().variables, diagram_, gone)}},
                      blamed(outcome::kSilent).place.text()));
        }
    }

    void compare(NodeRef lawful, NodeRef wanted) {
        const auto is_laxer = [&](std::uint32_t a, std::uint32_t b) {
            return house_.final_answer(b) > law_.final_answer(a);
        };
        const Question& question = law_.question();
        for (const OutcomePair& pair : outcome_pairs(diagram_, lawful, wanted, is_laxer))
            faults_.push_back(error(
                ErrorCode::kInput, "law.house_laxer",
                {{"house", rule_name(house_.rules(), pair.after)},
                 {"wanted", question.answer_name(house_.final_answer(pair.after))},
                 {"law", rule_name(law_.rules(), pair.before)},
                 {"lawful", question.answer_name(law_.final_answer(pair.before))},
                 {"example", worded_example(*house_.rules().variables, diagram_, pair.where)}},
                blamed(pair.after).place.text()));
    }

    // The rule that decides; if none does, the first rule that the house adds.
    [[nodiscard]] const Rule& blamed(std::uint32_t value) const {
        const auto& rules = house_.rules().rules;
        if (value >= 2) return rules[outcome::reason_of(value).rule];
        return rules[std::min(law_.rules().rules.size(), rules.size() - 1)];
    }

    Diagram diagram_;
    RuleDiagrams law_;
    RuleDiagrams house_;
    std::vector<Error> faults_;
};

}  // namespace

std::vector<Error> house_faults(const Law& law, const std::vector<PackStatements>& statements) {
    std::vector<Error> out;
    std::vector<PackStatements> without;
    std::vector<Pack> packs;
    for (const Pack& pack : law.packs())
        if (!pack.is_house) packs.push_back(pack);
    if (packs.size() == law.packs().size()) return out;
    for (const PackStatements& part : statements) {
        if (part.pack->is_house) continue;
        const auto own = std::find_if(packs.begin(), packs.end(),
                                      [&](const Pack& pack) { return pack.id == part.pack->id; });
        without.push_back({&*own, part.statements});
    }
    const std::array texts = {LawText{&packs, &without, law.reading()},
                              LawText{&law.packs(), &statements, law.reading()}};
    auto both = rules_over_one_set(law.vocabulary(), texts);
    for (Read<RuleSet>& read : both)
        std::move(read.problems.begin(), read.problems.end(), std::back_inserter(out));
    if (!out.empty()) return out;
    for (const Question& question : law.vocabulary().questions()) {
        auto faults = HouseCheck(both[0].value, both[1].value, question).run();
        std::move(faults.begin(), faults.end(), std::back_inserter(out));
    }
    return out;
}

}  // namespace licet::law
