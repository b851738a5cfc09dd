// SPDX-License-Identifier: Apache-2.0
//
// From the thresholds of all atoms to variables: collects while rules are read, then fixes sizes
// and numbers once. The facts that cut the law into blocks get the first numbers, because variables
// are tested in that order and the diagram stays small so (docs/decisions/0004).
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <vector>

#include "law/atoms.h"

namespace licet::law {

inline std::int64_t day_number(Date date) { return date.time_since_epoch().count(); }

/// The facts that cut the law into blocks.
inline constexpr std::array<std::string_view, 5> kPartition = {"country", "channel", "purpose",
                                                               "audience", "at"};

/// Collects thresholds; `freeze` fixes sizes and gives each variable its number.
class VariableBuilder {
  public:
    explicit VariableBuilder(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {
        for (const std::string_view name : kPartition) {
            const FactId fact = vocabulary.find(name);
            if (fact != kNoFact) want(kind_of(fact), fact);
        }
    }

    void add(const Atom& atom, const std::vector<ParameterValue>& values) {
        switch (atom.kind) {
            case AtomKind::kWords:
                want(VariableKind::kWords, atom.fact);
                break;
            case AtomKind::kKeys:
                for (const std::string& key : atom.keys) add_key(atom.fact, key);
                break;
            case AtomKind::kAtLeast:
                if (values.empty()) threshold(VariableKind::kCount, atom.fact, atom.number);
                for (const ParameterValue& value : values)
                    threshold(VariableKind::kCount, atom.fact, value.number);
                break;
            case AtomKind::kFrom:
            case AtomKind::kBefore:
                threshold(VariableKind::kDay, atom.fact, day_number(atom.date));
                break;
            case AtomKind::kNever:
                want(VariableKind::kDay, atom.fact);
                break;
            case AtomKind::kWithin:
                if (values.empty()) age(atom.fact, atom.period, atom.is_inclusive);
                for (const ParameterValue& value : values)
                    age(atom.fact, value.period, atom.is_inclusive);
                break;
            case AtomKind::kAfter:
                want(VariableKind::kAfter, atom.fact, atom.other);
                break;
            case AtomKind::kDefined:
            case AtomKind::kAnswer:
                break;
        }
        for (const ParameterValue& value : values) {
            at_threshold(value.from);
            if (value.until) at_threshold(*value.until);
        }
    }

    void add_key(FactId fact, const std::string& key) {
        Variable& variable = want(VariableKind::kKey, fact);
        const auto place = std::lower_bound(variable.keys.begin(), variable.keys.end(), key);
        if (place == variable.keys.end() || *place != key) variable.keys.insert(place, key);
    }

    void at_threshold(Date date) {
        threshold(VariableKind::kDay, vocabulary_.find("at"), day_number(date));
    }

    // True if a code of some variable of `fact` would no longer fit beside `presumed` and unknown.
    [[nodiscard]] bool is_too_fine(FactId fact) const {
        constexpr std::size_t kMost = 250;
        return std::any_of(variables_.begin(), variables_.end(), [&](const Variable& variable) {
            const std::size_t values =
                variable.kind == VariableKind::kWords ? vocabulary_.fact(fact).values.size() : 0;
            return variable.fact == fact &&
                   std::max({values, variable.keys.size(), variable.thresholds.size(),
                             variable.ages.size()}) > kMost;
        });
    }

    // From here on nothing is added.
    void freeze() {
        for (Variable& variable : variables_) {
            const Fact& fact = vocabulary_.fact(variable.fact);
            switch (variable.kind) {
                case VariableKind::kWords:
                    // A register that was not checked is unknown: there is no third state to be in.
                    variable.size = fact.values.size() - (fact.is_register ? 1 : 0);
                    break;
                case VariableKind::kKey:
                    variable.size = variable.keys.size() + 1;
                    break;
                case VariableKind::kCount:
                    variable.size = variable.thresholds.size() + 1;
                    break;
                case VariableKind::kDay:
                    variable.size = variable.thresholds.size() + 2;
                    break;
                case VariableKind::kAge:
                    variable.size = variable.ages.size() + 2;
                    break;
                case VariableKind::kAfter:
                    variable.size = 2;
                    break;
            }
            if (fact.silence == Silence::kUndertaking)
                variable.presumed = static_cast<std::uint8_t>(variable.size++);
            LICET_ENSURE(variable.size < kUnknown);
        }
    }

    [[nodiscard]] VarId find(VariableKind kind, FactId fact, FactId other = kNoFact,
                             PeriodUnit unit = PeriodUnit::kDays) const {
        const auto found = ids_.find({kind, fact, other, unit});
        LICET_ENSURE(found != ids_.end());
        return found->second;
    }
    [[nodiscard]] const Variable& operator[](VarId id) const { return variables_[id]; }
    [[nodiscard]] const std::vector<Variable>& variables() const { return variables_; }

    [[nodiscard]] VariableKind kind_of(FactId fact) const {
        switch (vocabulary_.fact(fact).type) {
            case FactType::kBool:
            case FactType::kEnum:
                return VariableKind::kWords;
            case FactType::kKey:
                return VariableKind::kKey;
            case FactType::kCount:
            case FactType::kTime:
                return VariableKind::kCount;
            case FactType::kDate:
            case FactType::kMoment:
                return VariableKind::kDay;
        }
        return VariableKind::kWords;
    }

  private:
    using Id = std::tuple<VariableKind, FactId, FactId, PeriodUnit>;

    Variable& want(VariableKind kind, FactId fact, FactId other = kNoFact,
                   PeriodUnit unit = PeriodUnit::kDays) {
        const auto [found, is_new] =
            ids_.emplace(Id{kind, fact, other, unit}, static_cast<VarId>(variables_.size()));
        if (is_new) {
            Variable variable;
            variable.kind = kind;
            variable.fact = fact;
            variable.other = other;
            variable.unit = unit;
            variables_.push_back(std::move(variable));
        }
        return variables_[found->second];
    }
    void threshold(VariableKind kind, FactId fact, std::int64_t number) {
        std::vector<std::int64_t>& all = want(kind, fact).thresholds;
        const auto place = std::lower_bound(all.begin(), all.end(), number);
        if (place == all.end() || *place != number) all.insert(place, number);
    }
    void age(FactId fact, const Period& period, bool is_inclusive) {
        std::vector<AgeThreshold>& all = want(VariableKind::kAge, fact, kNoFact, period.unit).ages;
        const AgeThreshold wanted{period.count, is_inclusive};
        const auto place = std::lower_bound(all.begin(), all.end(), wanted);
        if (place == all.end() || *place != wanted) all.insert(place, wanted);
    }

    const Vocabulary& vocabulary_;
    std::vector<Variable> variables_;
    std::map<Id, VarId> ids_;
};

}  // namespace licet::law
