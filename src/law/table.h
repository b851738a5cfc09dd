// SPDX-License-Identifier: Apache-2.0
//
// The law compiled: one array of numbers, walked from the country to the deciding rule.
//
//     rules --> one diagram for each root        (what each ground says: reasons, duties)
//           --> their combination by strictness  (the decision: answer and deciding rule)
//           --> flat cells: [variable, child for code 0, child for code 1, ...]
//
// Where a fact is unknown, all its children are followed (supervaluation): the answer is certain if
// every way leads to it, else it is `undetermined` and the facts that matter are named exactly,
// because they are the support of a reduced diagram. No allocation while walking known codes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "law/decision.h"
#include "law/diagram.h"

namespace licet::law {

/// What a terminal means: silence, an impossible combination, or a reason.
namespace outcome {
inline constexpr std::uint32_t kSilent = 0;
inline constexpr std::uint32_t kImpossible = 1;
[[nodiscard]] constexpr std::uint32_t of(const Reason& reason) {
    return 2U + reason.rule * 2U + (reason.is_broken ? 1U : 0U);
}
[[nodiscard]] constexpr Reason reason_of(std::uint32_t value) {
    return {static_cast<RuleId>((value - 2U) / 2U), (value - 2U) % 2U == 1U};
}
}  // namespace outcome

/// Facts that are changed together: what somebody can still do, or what passing time does.
struct ChangeGroup {
    Changer by = Changer::kUs;
    std::vector<FactId> facts;
    std::vector<VarId> variables;  ///< whose codes rest on those facts
};

/// The numbers of a table: its own, or those of bytes that stay (table_image.h). Copies share them.
class Cells {
  public:
    Cells() = default;
    Cells(std::vector<std::uint32_t> own)  // NOLINT: a vector of cells is cells
        : own_(std::make_shared<const std::vector<std::uint32_t>>(std::move(own))), cells_(*own_) {}
    explicit Cells(std::span<const std::uint32_t> lying) : cells_(lying) {}

    operator std::span<const std::uint32_t>() const { return cells_; }  // NOLINT
    [[nodiscard]] const std::uint32_t* data() const { return cells_.data(); }
    [[nodiscard]] std::size_t size() const { return cells_.size(); }
    [[nodiscard]] std::uint32_t operator[](std::size_t place) const { return cells_[place]; }
    friend bool operator==(const Cells& a, const Cells& b) {
        return std::equal(a.cells_.begin(), a.cells_.end(), b.cells_.begin(), b.cells_.end());
    }

  private:
    std::shared_ptr<const std::vector<std::uint32_t>> own_;
    std::span<const std::uint32_t> cells_;
};

/// The compiled rules of one question. Immutable. Threads: any number may read.
struct QuestionTable {
    std::string question;
    int otherwise = -1;
    Cells cells;
    NodeRef decision = terminal(outcome::kSilent);
    std::vector<RuleId> roots;
    std::vector<NodeRef> root_nodes;
    std::vector<VarId> used;  ///< variables that some node tests
    /// what can be changed of what matters: ours first, then the person's, then time's (remedy.h)
    std::vector<ChangeGroup> changeable;

    [[nodiscard]] std::size_t size_bytes() const { return cells.size() * sizeof(std::uint32_t); }
};

/// What deciding needs of a table, or of a diagram that is still being worked on.
struct TableView {
    std::span<const std::uint32_t> cells;
    int otherwise = -1;
    NodeRef decision = terminal(outcome::kSilent);
    std::span<const NodeRef> root_nodes;

    TableView() = default;
    TableView(const QuestionTable& table)  // NOLINT: a table is a view of itself
        : cells(table.cells),
          otherwise(table.otherwise),
          decision(table.decision),
          root_nodes(table.root_nodes) {}
};

/// Compiles one question. Errors (in `problems`): conflicts, and packs that grow over the node cap.
[[nodiscard]] Read<QuestionTable> table_from_rules(const RuleSet& rules, const Question& question,
                                                   std::size_t node_cap = 4'000'000);

/// Walks known codes to the terminal; kUnknown in `codes` must not be met. Cost: one load a
/// variable.
[[nodiscard]] inline std::uint32_t walk(const QuestionTable& table, NodeRef ref,
                                        const std::uint8_t* codes) {
    const std::uint32_t* cells = table.cells.data();
    while (!is_terminal(ref)) ref = cells[ref + 1 + codes[cells[ref]]];
    return value_of(ref);
}

/// Walks until a terminal or an unknown fact; nothing in the latter case.
[[nodiscard]] inline std::optional<std::uint32_t> walk_known(const QuestionTable& table,
                                                             NodeRef ref,
                                                             const std::uint8_t* codes) {
    const std::uint32_t* cells = table.cells.data();
    while (!is_terminal(ref)) {
        const std::uint8_t code = codes[cells[ref]];
        if (code == kUnknown) return std::nullopt;
        ref = cells[ref + 1 + code];
    }
    return value_of(ref);
}

/// Decides on codes of which some may be unknown. Equal to interpret() wherever that answers.
[[nodiscard]] Decision decide(const RuleSet& rules, const TableView& table, const Codes& codes);

/// Gives the answer of decide() alone: an index into the question's answers, or -1 where what is
/// unknown leaves it open. Cost: the nodes of unknown facts that the known ones lead to.
[[nodiscard]] int answer_on(const RuleSet& rules, const TableView& table, const Codes& codes);

/// Gives every outcome that `node` can reach while unknown facts take all their values, sorted.
[[nodiscard]] std::vector<std::uint32_t> reachable(const RuleSet& rules, const TableView& table,
                                                   NodeRef node, const Codes& codes);

/// True if some completion of the unknown facts leads to `answer`.
[[nodiscard]] bool can_reach(const RuleSet& rules, const TableView& table, const Codes& codes,
                             int answer);

/// Gives one completion that leads to `answer`, with only the unknown facts that it depends on;
/// nothing if there is none.
[[nodiscard]] std::optional<std::vector<std::pair<VarId, std::uint8_t>>> completion_to(
    const RuleSet& rules, const TableView& table, const Codes& codes, int answer);

}  // namespace licet::law
