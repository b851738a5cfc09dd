// SPDX-License-Identifier: Apache-2.0
//
// What the rules of one question say, as diagrams: the workshop of the compiler and of all exact
// analyses (check, mutation, diff).
//
//     rule --> guard                where its own conditions hold
//          --> asked                where it is asked: its guard and those of the rules above it
//     root --> outcome              who speaks there, itself or an exception, or silence
//     roots --> decision            the strictest of their outcomes
//
// Several laws over one set of variables may share a diagram; then equal functions are equal
// numbers, and "does this change anything?" is a comparison.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "law/table.h"

namespace licet::law {

/// Two exceptions of one rule that can speak together and disagree.
struct Conflict {
    RuleId first = 0;
    RuleId second = 0;
    NodeRef where = terminal(0);  ///< 1 where they do
};

class RuleDiagrams {
  public:
    /// All must outlive the object; `diagram` ranges over the variables of `rules`.
    RuleDiagrams(const RuleSet& rules, const Question& question, Diagram& diagram);

    [[nodiscard]] Diagram& diagram() { return diagram_; }
    [[nodiscard]] const RuleSet& rules() const { return rules_; }
    [[nodiscard]] const Question& question() const { return question_; }
    [[nodiscard]] const std::vector<RuleId>& roots() const { return roots_; }

    /// 1 where no declared impossibility forbids it.
    [[nodiscard]] NodeRef possible() const { return possible_; }
    /// 1 where a rule's own conditions hold, and where its conduct is kept. Worked out once.
    [[nodiscard]] NodeRef guard_of(RuleId id);
    [[nodiscard]] NodeRef kept_by(RuleId id);
    /// To be called when a rule of `rules` has been changed.
    void forget(RuleId id);
    /// Builds what a root and its exceptions say.
    [[nodiscard]] NodeRef outcome_of(RuleId root);
    /// Builds where each rule below `root` is asked, into `asked` by rule (1 where it is).
    void where_asked(RuleId root, std::vector<NodeRef>& asked);
    /// Combines two roots: the stricter answer wins, the left one among equals.
    [[nodiscard]] NodeRef stricter(NodeRef left, NodeRef right);
    /// Gives the answer that an outcome stands for, -1 for none.
    [[nodiscard]] int answer(std::uint32_t outcome) const;
    /// The same, but the question's `otherwise` where nobody answers.
    [[nodiscard]] int final_answer(std::uint32_t outcome) const;
    /// Maps outcomes to answers; silence is the question's `otherwise`.
    [[nodiscard]] NodeRef answers_of(NodeRef outcomes);
    /// 1 where one of these roots' outcomes brings `duty`.
    [[nodiscard]] NodeRef where_due(std::span<const NodeRef> roots, const std::string& duty);
    /// 1 where a decision's answer is not the strictest: where duties count.
    [[nodiscard]] NodeRef where_not_strictest(NodeRef decision);
    /// Gives the duties that rules of this question bring, in pack order.
    [[nodiscard]] std::vector<std::string> duties() const;
    /// Marks what cannot be, so that nobody counts or shows it.
    [[nodiscard]] NodeRef without_impossible(NodeRef outcomes);

    /// The conflicts met by outcome_of() so far, each pair once.
    [[nodiscard]] const std::vector<Conflict>& conflicts() const { return conflicts_; }

    /// Makes an empty diagram over the variables of `rules`.
    [[nodiscard]] static Diagram diagram_for(const RuleSet& rules,
                                             std::size_t node_cap = 4'000'000);

  private:
    static constexpr NodeRef kNotMade = terminal(0x7FFFFFFE);
    using Clashes = std::set<std::pair<std::uint32_t, std::uint32_t>>;
    NodeRef of_rule(RuleId id, NodeRef context);
    [[nodiscard]] NodeRef only_answers(NodeRef outcomes);
    [[nodiscard]] std::uint32_t sibling(std::uint32_t a, std::uint32_t b, Clashes& clashes) const;
    void note_conflicts(NodeRef before, NodeRef next, NodeRef here, const Clashes& clashes);

    const RuleSet& rules_;
    const Question& question_;
    Diagram& diagram_;
    NodeRef possible_ = terminal(1);
    std::vector<RuleId> roots_;
    std::vector<NodeRef> guards_;  ///< by rule; kNotMade until asked for
    std::vector<NodeRef> kept_;
    std::unordered_map<NodeRef, NodeRef> only_answers_;
    std::vector<Conflict> conflicts_;
    std::set<std::pair<RuleId, RuleId>> noted_;
};

}  // namespace licet::law
