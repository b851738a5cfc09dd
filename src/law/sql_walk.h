// SPDX-License-Identifier: Apache-2.0
//
// The law as tables to join, for laws of many countries: a row of facts costs the same whether the
// law has ten rules or ten thousand.
//
//     root by root     the diagram of a root, with one more code for "unknown" at each variable:
//                      there it leads to all that the real codes lead to, together
//     cut in steps     some variables a step, in their order; a cell of a step is a place plus
//                      code x stride for each of its variables, and gives the next such place
//     licet_step0      packed key of the first variables -> the roots that can still speak
//     licet_step<n>    cell -> base and strides of the next step, or the end
//     licet_end        what a root may say: the answers that are possible, the rule
//
// Each root is decided exactly (supervaluation); then the strictest answer is taken, if it is
// certain and no stricter one is possible. Roots that end in silence have no rows and drop out of
// the join.
#pragma once

#include <compare>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "law/slice.h"
#include "law/sql_dialect.h"

namespace licet::law {

/// The walk of one question in SQL. Built once; all parts belong together.
class SqlWalk {
  public:
    /// Lays out the tables. `law` must outlive the object. Cost: a second for some hundred rules.
    SqlWalk(const Law& law, const Scope& scope, const Question& question);

    /// Variables that are looked at, in order.
    [[nodiscard]] const std::vector<VarId>& variables() const { return variables_; }
    /// CREATE TABLE and INSERT of all tables of the law.
    [[nodiscard]] std::string tables(const SqlWords& words) const;
    /// What follows the step licet_code: a step and the final SELECT (licet_id, answer, rule).
    [[nodiscard]] std::string query(const SqlWords& words) const;

  private:
    using Ref = std::uint32_t;  ///< a node, or an end if the top bit is set (diagram.h)
    /// What a root may say. `rule` is the first that may decide; `is_single` if no other may.
    struct End {
        std::vector<bool> possible;  ///< silence, then each answer
        RuleId rule = 0xFFFF;
        bool is_single = false;
        friend auto operator<=>(const End&, const End&) = default;
    };
    struct Node {
        VarId variable = 0;
        std::vector<Ref> children;
        friend auto operator<=>(const Node&, const Node&) = default;
    };
    /// Where the cells of a state lie in its step.
    struct Place {
        std::size_t base = 0;
        std::vector<std::size_t> strides;  ///< one a variable of the step; 0 if it does not matter
    };
    struct Step {
        std::vector<VarId> variables;
        std::map<Ref, Place> places;
        std::vector<std::pair<std::size_t, Ref>> cells;  ///< what is not silent
    };
    struct Start {
        std::size_t key = 0;
        std::size_t root = 0;
        Ref ref = 0;
    };

    Ref end_of(End end);
    Ref node_of(Node node);
    Ref end_of_outcome(std::uint32_t value);
    Ref together(Ref left, Ref right);
    Ref with_unknown(const QuestionTable& table, NodeRef ref);
    void collect(Ref ref, std::set<Ref>& seen, std::set<VarId>& used) const;
    [[nodiscard]] std::size_t codes(VarId id) const { return law_.variables()[id].size + 1; }
    void lay_out(const std::vector<Ref>& roots);
    [[nodiscard]] std::size_t start(const std::vector<Ref>& roots);
    void start_of(std::size_t root, Ref ref, std::size_t place, std::size_t key,
                  std::size_t stride);
    [[nodiscard]] Step step_over(const std::set<Ref>& states, std::vector<VarId> variables) const;
    [[nodiscard]] std::vector<VarId> tested(Ref ref, const std::vector<VarId>& variables) const;
    [[nodiscard]] Ref after(Ref ref, const std::map<VarId, std::size_t>& codes) const;
    [[nodiscard]] std::string place_text(const Step* next, Ref ref) const;
    [[nodiscard]] std::string step_columns(const SqlWords& words, const Step* next) const;

    const Law& law_;
    const Question& question_;
    std::vector<VarId> variables_;
    std::vector<End> ends_;
    std::map<End, Ref> end_ids_;
    std::vector<Node> nodes_;
    std::map<Node, Ref> node_ids_;
    std::map<std::pair<Ref, Ref>, Ref> together_;
    std::map<NodeRef, Ref> converted_;
    std::vector<VarId> first_;  ///< variables of the packed key
    std::vector<Start> starts_;
    std::vector<Step> steps_;
};

}  // namespace licet::law
