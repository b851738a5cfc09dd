// SPDX-License-Identifier: Apache-2.0
#include "law/facts_from_codes.h"

#include <algorithm>
#include <map>

namespace licet::law {
namespace {

using std::chrono::days;

constexpr std::string_view kAnotherKey = "zz";  // ISO 3166: for private use, no country's

class Realiser {
  public:
    Realiser(const Variables& variables, const Steps& steps)
        : variables_(variables), steps_(steps) {
        for (const auto& [variable, code] : steps) wanted_[variable] = code;
    }

    std::optional<Facts> run() {
        set_day_of_act();
        for (const auto& [variable, code] : steps_)
            if (facts_.find(variables_[variable].fact) == nullptr && !set(variable, code))
                return std::nullopt;
        const Codes coded = variables_.code(facts_);
        for (const auto& [variable, code] : steps_)
            if (coded[variable] != code) return std::nullopt;
        return std::move(facts_);
    }

  private:
    void set_day_of_act() {
        const FactId at = variables_.at();
        for (const VarId id : variables_.of_fact(at)) {
            const Variable& variable = variables_[id];
            if (variable.kind != VariableKind::kDay || variable.thresholds.empty()) continue;
            const auto found = wanted_.find(id);
            // An act on no day cannot be told; the check at the end refuses it.
            const std::size_t code = std::min<std::size_t>(
                found == wanted_.end() ? variable.thresholds.size() : found->second,
                variable.thresholds.size());
            day_ = code == 0 ? Date{days{variable.thresholds.front() - 1}}
                             : Date{days{variable.thresholds.at(code - 1)}};
        }
        facts_.set(at, Moment{day_, {}});
    }

    bool set(VarId id, std::uint8_t code) {
        const Variable& variable = variables_[id];
        if (code == variable.presumed) return true;
        switch (variable.kind) {
            case VariableKind::kWords:
                facts_.set(variable.fact, Word{code});
                return true;
            case VariableKind::kKey:
                facts_.set(variable.fact,
                           Key{code < variable.keys.size() ? variable.keys[code]
                                                           : std::string(kAnotherKey)});
                return true;
            case VariableKind::kCount:
                facts_.set(variable.fact, Count{code == 0 ? variable.thresholds.front() - 1
                                                          : variable.thresholds.at(code - 1U)});
                return true;
            case VariableKind::kDay:
            case VariableKind::kAge:
            case VariableKind::kAfter:
                return set_date(variable.fact);
        }
        return false;
    }

    // Tries the edges of all buckets that the steps name for this date.
    bool set_date(FactId fact) {
        std::vector<FactValue> tries{Never{}};
        const auto add = [&](Date date) {
            for (const int shift : {0, -1, 1}) tries.emplace_back(Moment{date + days{shift}, {}});
        };
        for (const VarId id : variables_.of_fact(fact)) {
            const Variable& variable = variables_[id];
            if (variable.kind == VariableKind::kDay)
                for (const std::int64_t day : variable.thresholds) add(Date{days{day}});
            if (variable.kind == VariableKind::kAge)
                for (const AgeThreshold& age : variable.ages) add(edge_of(variable, age));
            if (variable.kind == VariableKind::kAfter) add_neighbours(variable, add);
        }
        add(day_);
        return std::any_of(tries.begin(), tries.end(), [&](const FactValue& value) {
            facts_.set(fact, value);
            const bool fits = fits_so_far(fact);
            if (!fits) facts_.erase(fact);
            return fits;
        });
    }

    // The first day of an age. Working days are at most two weeks for each week of six.
    [[nodiscard]] Date edge_of(const Variable& variable, const AgeThreshold& age) const {
        if (variable.unit == PeriodUnit::kMonths) return plus_months(day_, -age.count);
        const bool is_working = variable.unit == PeriodUnit::kWorkingDays;
        return day_ - days{is_working ? age.count * 2 + 7 : age.count};
    }

    // Before and after the other date of a comparison, which gets one if it has none.
    template <typename Add>
    void add_neighbours(const Variable& variable, const Add& add) {
        if (facts_.find(variable.other) == nullptr)
            facts_.set(variable.other, Moment{day_ - days{10}, {}});
        for (const FactId one : {variable.fact, variable.other})
            if (const FactValue* value = facts_.find(one))
                if (const Moment* moment = std::get_if<Moment>(value)) add(moment->day);
    }

    bool fits_so_far(FactId fact) const {
        const Codes coded = variables_.code(facts_);
        return std::all_of(steps_.begin(), steps_.end(), [&](const auto& step) {
            const Variable& variable = variables_[step.first];
            const bool is_known =
                variable.fact == fact && (variable.other == kNoFact || facts_.find(variable.other));
            return !is_known || coded[step.first] == step.second;
        });
    }

    const Variables& variables_;
    const Steps& steps_;
    std::map<VarId, std::uint8_t> wanted_;
    Facts facts_;
    Date day_{};
};

}  // namespace

std::optional<Facts> facts_from_codes(const Variables& variables, const Steps& steps) {
    return Realiser(variables, steps).run();
}

}  // namespace licet::law
