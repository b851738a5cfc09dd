// SPDX-License-Identifier: Apache-2.0
#include "law/diff.h"

#include <algorithm>
#include <set>

#include "law/internal/outcome_pairs.h"

namespace licet::law {
namespace {

// One side, with what is fixed fixed.
struct Fixed {
    NodeRef decision = terminal(outcome::kSilent);
    std::vector<NodeRef> roots;
};

Codes codes_of(const Law& law, const Side& side) {
    Facts facts;
    const Vocabulary& words = law.vocabulary();
    if (!side.country.empty()) std::ignore = set_fact(facts, words, "country", side.country);
    if (side.day) facts.set(law.variables().at(), Moment{*side.day, {}});
    const Codes coded = law.variables().code(facts);
    // Only what was given is fixed; conduct that is merely presumed stays open.
    Codes codes(coded.size(), kUnknown);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const Variable& variable = law.variables()[static_cast<VarId>(i)];
        if (facts.find(variable.fact) != nullptr && variable.kind != VariableKind::kAge &&
            variable.kind != VariableKind::kAfter)
            codes[i] = coded[i];
    }
    return codes;
}

class Comparison {
  public:
    Comparison(const Law& before, const Law& after, const Question& question)
        : diagram_(RuleDiagrams::diagram_for(after.rules())),
          before_(before.rules(), question, diagram_),
          other_(&before == &after ? std::nullopt
                                   : std::optional<RuleDiagrams>(std::in_place, after.rules(),
                                                                 question, diagram_)) {}

    Diff run(const Codes& codes_before, const Codes& codes_after) {
        // Two days of one law have the same rules: their outcomes are made once.
        const std::vector<NodeRef> outcomes = outcomes_of(before_);
        const Fixed left = fix(before_, outcomes, codes_before);
        const Fixed right = fix(after_, other_ ? outcomes_of(after_) : outcomes, codes_after);
        out_.gone = speakers_only_in(before_, left, after_, right);
        out_.new_rules = speakers_only_in(after_, right, before_, left);
        compare_decisions(left.decision, right.decision);
        compare_duties(left, right);
        const auto by_share = [](const auto& a, const auto& b) { return a.share > b.share; };
        std::stable_sort(out_.answers.begin(), out_.answers.end(), by_share);
        std::stable_sort(out_.reasons.begin(), out_.reasons.end(), by_share);
        std::stable_sort(out_.duties.begin(), out_.duties.end(), by_share);
        return std::move(out_);
    }

  private:
    static std::vector<NodeRef> outcomes_of(RuleDiagrams& law) {
        std::vector<NodeRef> out;
        for (const RuleId root : law.roots()) out.push_back(law.outcome_of(root));
        return out;
    }

    Fixed fix(RuleDiagrams& law, const std::vector<NodeRef>& outcomes, const Codes& codes) {
        Fixed out;
        for (const NodeRef outcome : outcomes) {
            const NodeRef node = diagram_.fixed(outcome, codes);
            out.roots.push_back(node);
            out.decision = law.stricter(out.decision, node);
        }
        out.decision = diagram_.fixed(law.without_impossible(out.decision), codes);
        return out;
    }

    std::set<RuleId> speakers(const Fixed& side) const {
        std::set<RuleId> out;
        for (const NodeRef root : side.roots)
            for (const std::uint32_t value : diagram_.values_of(root))
                if (const auto reason = reason_of(value)) out.insert(reason->rule);
        return out;
    }

    // Rules are the same in both laws if they have the same name.
    std::vector<RuleId> speakers_only_in(const RuleDiagrams& law, const Fixed& side,
                                         const RuleDiagrams& other, const Fixed& other_side) const {
        std::set<std::string> names;
        for (const RuleId id : speakers(other_side)) names.insert(other.rules().rules[id].id);
        std::vector<RuleId> out;
        for (const RuleId id : speakers(side))
            if (!names.contains(law.rules().rules[id].id)) out.push_back(id);
        return out;
    }

    [[nodiscard]] static std::optional<Reason> reason_of(std::uint32_t value) {
        if (value < 2) return std::nullopt;
        return outcome::reason_of(value);
    }

    [[nodiscard]] static bool is_same_rule(const RuleDiagrams& a, std::uint32_t x,
                                           const RuleDiagrams& b, std::uint32_t y) {
        const auto left = reason_of(x);
        const auto right = reason_of(y);
        if (!left || !right) return !left && !right;
        return a.rules().rules[left->rule].id == b.rules().rules[right->rule].id &&
               left->is_broken == right->is_broken;
    }

    void compare_decisions(NodeRef left, NodeRef right) {
        const auto differs = [&](std::uint32_t a, std::uint32_t b) {
            return before_.final_answer(a) != after_.final_answer(b) ||
                   !is_same_rule(before_, a, after_, b);
        };
        for (const OutcomePair& pair : outcome_pairs(diagram_, left, right, differs)) {
            Change change;
            change.before = reason_of(pair.before);
            change.after = reason_of(pair.after);
            change.answer_before = before_.final_answer(pair.before);
            change.answer_after = after_.final_answer(pair.after);
            change.share = share_of(diagram_, pair.where);
            change.example = widest_example(diagram_, pair.where);
            (change.answer_before != change.answer_after ? out_.answers : out_.reasons)
                .push_back(std::move(change));
        }
    }

    // Duties of the grounds that say something else on the other day; those of all other grounds
    // are due where they were.
    std::set<std::string> duties_that_moved(const Fixed& left, const Fixed& right) const {
        std::set<std::string> out;
        for (std::size_t i = 0; i < left.roots.size(); ++i) {
            if (left.roots[i] == right.roots[i]) continue;
            for (const NodeRef root : {left.roots[i], right.roots[i]})
                for (const std::uint32_t value : diagram_.values_of(root))
                    if (const auto reason = reason_of(value)) {
                        const auto& duties = before_.rules().rules[reason->rule].duties;
                        out.insert(duties.begin(), duties.end());
                    }
        }
        return out;
    }

    void compare_duties(const Fixed& left, const Fixed& right) {
        std::vector<std::string> duties = before_.duties();
        for (const std::string& duty : after_.duties())
            if (std::find(duties.begin(), duties.end(), duty) == duties.end())
                duties.push_back(duty);
        if (!other_) {
            const std::set<std::string> moved = duties_that_moved(left, right);
            std::erase_if(duties, [&](const std::string& duty) { return !moved.contains(duty); });
        }
        const NodeRef open = diagram_.both(before_.where_not_strictest(left.decision),
                                           after_.where_not_strictest(right.decision));
        for (const std::string& duty : duties) {
            const NodeRef then = diagram_.both(open, before_.where_due(left.roots, duty));
            const NodeRef now = diagram_.both(open, after_.where_due(right.roots, duty));
            if (then == now) continue;
            for (const bool is_new : {true, false}) {
                const NodeRef where =
                    is_new ? diagram_.without(now, then) : diagram_.without(then, now);
                if (where == terminal(0)) continue;
                out_.duties.push_back(
                    {duty, is_new, share_of(diagram_, where), widest_example(diagram_, where)});
            }
        }
    }

    Diagram diagram_;
    RuleDiagrams before_;
    std::optional<RuleDiagrams> other_;  ///< of another law than before_'s
    RuleDiagrams& after_ = other_ ? *other_ : before_;
    Diff out_;
};

}  // namespace

Result<Diff> diff(const Law& before, const Side& side_before, const Law& after,
                  const Side& side_after, std::string_view question) {
    if (before.table(question) == nullptr && after.table(question) == nullptr)
        return error(ErrorCode::kMissing, "law.no_rules_for",
                     {{"question", std::string(question)}});
    return Comparison(before, after, *after.vocabulary().question(question))
        .run(codes_of(before, side_before), codes_of(after, side_after));
}

}  // namespace licet::law
