// SPDX-License-Identifier: Apache-2.0
#include "law/house.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>

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
          house_(house, question, diagram_) {
        for (const Rule& rule : law.rules) lawful_.insert(rule.id);
    }

    std::vector<Error> run() {
        std::vector<NodeRef> law_roots;
        std::vector<NodeRef> house_roots;
        const NodeRef lawful = decision_of(law_, law_roots);
        const NodeRef wanted = decision_of(house_, house_roots);
        compare(lawful, law_roots, wanted, house_roots);
        if (law_roots != house_roots) compare_duties(law_roots, house_roots, wanted);
        return std::move(faults_);
    }

  private:
    using Pair = std::pair<std::uint32_t, std::uint32_t>;

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
                      who_takes(duty, gone, law_roots, house_roots).place.text()));
        }
    }

    // The first rule of the house that speaks at a root whose outcome would bring the duty.
    const Rule& who_takes(const std::string& duty, NodeRef gone,
                          const std::vector<NodeRef>& law_roots,
                          const std::vector<NodeRef>& house_roots) {
        for (std::size_t i = 0; i < law_roots.size(); ++i) {
            const NodeRef due = law_.where_due(std::span(&law_roots[i], 1), duty);
            const NodeRef before = only(law_roots[i], diagram_.both(due, gone));
            const NodeRef after = house_roots[place_in_house(i)];
            for (const OutcomePair& pair : outcome_pairs(diagram_, before, after, kAll))
                if (is_of_house(pair.after)) return blamed(pair.after);
        }
        return blamed(outcome::kSilent);
    }

    // Each rule of the law that forbade what is now open is met at its root; what the house lets
    // that root say instead is the house's doing.
    void compare(NodeRef lawful, const std::vector<NodeRef>& law_roots, NodeRef wanted,
                 const std::vector<NodeRef>& house_roots) {
        const auto is_laxer = [&](std::uint32_t a, std::uint32_t b) -> std::uint32_t {
            if (a == outcome::kImpossible || b == outcome::kImpossible) return 0;
            return house_.final_answer(b) > law_.final_answer(a) ? 1 : 0;
        };
        const NodeRef laxer = diagram_.apply(lawful, wanted, is_laxer);
        if (laxer == terminal(0)) return;
        std::map<Pair, NodeRef> found;
        for (std::size_t i = 0; i < law_roots.size(); ++i) {
            const NodeRef decides = decided_here(law_roots[i], lawful, laxer);
            const NodeRef instead = house_roots[place_in_house(i)];
            for (const OutcomePair& pair : outcome_pairs(diagram_, decides, instead, kAll)) {
                if (is_of_house(pair.after)) {
                    add(found, {pair.before, pair.after}, pair.where);
                    continue;
                }
                // A wider definition: no rule of the house speaks, so the one that now decides.
                add_all(found, only(decides, pair.where), wanted);
            }
        }
        // Where no root of the law speaks, its question's `otherwise` may be stricter than a rule.
        add_all(found, only(lawful, diagram_.both(laxer, where_silent(lawful))), wanted);
        for (const auto& [pair, where] : found) tell(pair, where, wanted);
    }

    static constexpr auto kAll = [](std::uint32_t, std::uint32_t) { return true; };

    // The outcomes of a root where it is what decides, and the house is laxer.
    NodeRef decided_here(NodeRef root, NodeRef lawful, NodeRef laxer) {
        const NodeRef same =
            diagram_.apply(root, lawful, [](std::uint32_t a, std::uint32_t b) -> std::uint32_t {
                return a == b && a != outcome::kSilent ? 1 : 0;
            });
        return only(root, diagram_.both(same, laxer));
    }

    NodeRef where_silent(NodeRef outcomes) {
        return diagram_.map(outcomes, [](std::uint32_t value) -> std::uint32_t {
            return value == outcome::kSilent ? 1 : 0;
        });
    }

    NodeRef only(NodeRef outcomes, NodeRef where) {
        return diagram_.apply(outcomes, where, [](std::uint32_t value, std::uint32_t is_there) {
            return is_there == 1 ? value : std::uint32_t{outcome::kImpossible};
        });
    }

    void add_all(std::map<Pair, NodeRef>& found, NodeRef before, NodeRef after) {
        for (const OutcomePair& pair : outcome_pairs(diagram_, before, after, kAll))
            add(found, {pair.before, pair.after}, pair.where);
    }

    void add(std::map<Pair, NodeRef>& found, const Pair& pair, NodeRef where) {
        const auto [known, is_new] = found.emplace(pair, where);
        if (!is_new) known->second = diagram_.either(known->second, where);
    }

    void tell(const Pair& pair, NodeRef where, NodeRef wanted) {
        const Question& question = law_.question();
        // A rule that only silences the law answers nothing itself: what then decides does.
        const auto [law, house] = pair;
        std::uint32_t answers = house;
        if (house_.answer(house) < 0) {
            const NodeRef here = only(terminal(outcome::kSilent), where);
            const OutcomePair first = outcome_pairs(diagram_, here, wanted, kAll).front();
            answers = first.after;
            where = first.where;
        }
        faults_.push_back(
            error(ErrorCode::kInput, "law.house_laxer",
                  {{"house", rule_name(house_.rules(), house)},
                   {"wanted", question.answer_name(house_.final_answer(answers))},
                   {"law", rule_name(law_.rules(), law)},
                   {"lawful", question.answer_name(law_.final_answer(law))},
                   {"example", worded_example(*house_.rules().variables, diagram_, where)}},
                  blamed(house).place.text()));
    }

    [[nodiscard]] bool is_of_house(std::uint32_t value) const {
        return value >= 2 &&
               !lawful_.contains(house_.rules().rules[outcome::reason_of(value).rule].id);
    }

    // The house adds roots, and takes none away.
    [[nodiscard]] std::size_t place_in_house(std::size_t root) const {
        const std::string& id = law_.rules().rules[law_.roots()[root]].id;
        std::size_t place = 0;
        while (house_.rules().rules[house_.roots()[place]].id != id) ++place;
        return place;
    }

    // The rule that decides; if none does, the first rule that the house adds.
    [[nodiscard]] const Rule& blamed(std::uint32_t value) const {
        const auto& rules = house_.rules().rules;
        if (value >= 2) return rules[outcome::reason_of(value).rule];
        const auto first = std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) {
            return !lawful_.contains(rule.id);
        });
        return first == rules.end() ? rules.front() : *first;
    }

    Diagram diagram_;
    RuleDiagrams law_;
    RuleDiagrams house_;
    std::set<std::string> lawful_;  ///< the rules of the law, by id
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
