// SPDX-License-Identifier: Apache-2.0
#include "law/coverage.h"

#include <algorithm>
#include <map>
#include <set>

namespace licet::law {
namespace {

// Which sides of the thresholds of each variable some row stands at.
class Sides {
  public:
    explicit Sides(const Variables& variables) : variables_(variables) {}

    void add(const CaseRow& row) {
        for (std::size_t i = 0; i < variables_.size(); ++i)
            if (variables_[static_cast<VarId>(i)].kind == VariableKind::kCount &&
                is_known(static_cast<VarId>(i), row))
                add_count(static_cast<VarId>(i), row);
        for (const Facts::Entry& entry : row.facts.entries())
            if (const Moment* moment = std::get_if<Moment>(&entry.value))
                add_shifted(entry.fact, *moment, row);
    }

    void report(Coverage& out) const {
        for (std::size_t i = 0; i < variables_.size(); ++i) {
            const auto id = static_cast<VarId>(i);
            const Variable& variable = variables_[id];
            const std::size_t count = variable.kind == VariableKind::kAge
                                          ? variable.ages.size()
                                          : variable.thresholds.size();
            for (std::size_t edge = 0; edge < count; ++edge) {
                ++out.boundaries;
                const bool has_before = before_.contains({id, edge});
                const bool has_after = after_.contains({id, edge});
                if (has_before && has_after) continue;
                out.missed_boundaries.push_back(
                    {variables_.condition(
                         id, static_cast<std::uint8_t>(
                                 variable.kind == VariableKind::kAge ? edge : edge + 1)),
                     !has_before, !has_after});
            }
        }
    }

  private:
    void add_count(VarId id, const CaseRow& row) {
        const FactValue* value = row.facts.find(variables_[id].fact);
        const Count* count = value == nullptr ? nullptr : std::get_if<Count>(value);
        if (count == nullptr) return;
        const auto& all = variables_[id].thresholds;
        for (std::size_t edge = 0; edge < all.size(); ++edge) {
            if (count->number == all[edge] - 1) before_.insert({id, edge});
            if (count->number == all[edge]) after_.insert({id, edge});
        }
    }

    // Code i before and i + 1 after the shift of one day: the row stands just before edge i. Ages
    // are moved by moving the day of the act.
    void add_shifted(FactId moved, const Moment& moment, const CaseRow& row) {
        for (const int step : {1, -1}) {
            Facts facts = row.facts;
            facts.set(moved, Moment{moment.day + std::chrono::days{step}, moment.clock});
            const Codes codes = variables_.code(facts);
            for (std::size_t i = 0; i < variables_.size(); ++i) {
                const auto id = static_cast<VarId>(i);
                const Variable& variable = variables_[id];
                const bool is_moved =
                    (variable.kind == VariableKind::kDay && variable.fact == moved) ||
                    (variable.kind == VariableKind::kAge && variables_.at() == moved);
                if (!is_moved || !is_known(id, row)) continue;
                if (step > 0 && codes[id] == row.codes[id] + 1) before_.insert({id, row.codes[id]});
                if (step < 0 && codes[id] + 1 == row.codes[id]) after_.insert({id, codes[id]});
            }
        }
    }

    [[nodiscard]] bool is_known(VarId id, const CaseRow& row) const {
        return row.codes[id] != kUnknown && row.codes[id] != variables_[id].presumed;
    }

    const Variables& variables_;
    std::set<std::pair<VarId, std::size_t>> before_;
    std::set<std::pair<VarId, std::size_t>> after_;
};

}  // namespace

Coverage coverage_of(const Law& law, std::span<const SourceFile> files) {
    Coverage out;
    const RuleSet& rules = law.rules();
    Sides sides(law.variables());
    std::map<RuleId, std::set<RuleId>> reached;  // exception -> rules above it that held too
    for (const CaseRow& row : case_rows(law, files)) {
        sides.add(row);
        const Decision decision = decide(rules, *law.table(row.question), row.codes);
        const auto add = [&](const Reason& reason) {
            for (const RuleId above : rules.parents_of(reason.rule))
                if (surely_holds(rules.rules[above].guard, row.codes))
                    reached[reason.rule].insert(above);
        };
        for (const Reason& reason : decision.reasons) add(reason);
        for (const Reason& reason : decision.supporting) add(reason);
    }
    for (std::size_t i = 0; i < rules.rules.size(); ++i) {
        for (const RuleId exception : rules.rules[i].exceptions) {
            ++out.exceptions;
            if (!reached[exception].contains(static_cast<RuleId>(i)))
                out.missed_exceptions.push_back({rules.rules[i].id, rules.rules[exception].id});
        }
    }
    sides.report(out);
    return out;
}

}  // namespace licet::law
