// SPDX-License-Identifier: Apache-2.0
#include "law/variables.h"

#include <algorithm>

namespace licet::law {

Variables::Variables(const Vocabulary& vocabulary, std::vector<Variable> variables,
                     const std::vector<Pack>& packs)
    : vocabulary_(&vocabulary),
      variables_(std::move(variables)),
      by_fact_(vocabulary.facts().size()),
      at_(vocabulary.find("at")),
      country_(vocabulary.find("country")) {
    for (VarId id = 0; id < variables_.size(); ++id) {
        const Variable& variable = variables_[id];
        by_fact_[variable.fact].push_back(id);
        if (variable.other != kNoFact) by_fact_[variable.other].push_back(id);
        const bool depends_on_at =
            variable.kind == VariableKind::kAge || variable.kind == VariableKind::kAfter;
        if (depends_on_at && at_ != kNoFact) by_fact_[at_].push_back(id);
        const bool depends_on_country =
            variable.kind == VariableKind::kAge && variable.unit == PeriodUnit::kWorkingDays;
        if (depends_on_country && country_ != kNoFact) by_fact_[country_].push_back(id);
    }
    for (const Pack& pack : packs) {
        for (const std::string& member : pack.members)
            if (!pack.countries.empty()) stands_for_.emplace(member, pack.countries.front());
        if (!pack.calendar) continue;
        for (const std::string& country : pack.countries)
            calendars_.emplace(country, &*pack.calendar);
    }
    // A country with a pack of its own is not stood for by a floor.
    for (const Pack& pack : packs)
        for (const std::string& country : pack.countries) stands_for_.erase(country);
    for (const auto& [member, floor] : stands_for_)
        if (const auto found = calendars_.find(floor); found != calendars_.end())
            calendars_.emplace(member, found->second);
}

std::span<const VarId> Variables::of_fact(FactId fact) const { return by_fact_.at(fact); }

Codes Variables::code(const Facts& facts) const {
    Codes codes(variables_.size());
    for (std::size_t i = 0; i < variables_.size(); ++i) codes[i] = code_of(variables_[i], facts);
    return codes;
}

void Variables::recode(const Facts& facts, FactId fact, Codes& codes) const {
    for (const VarId id : by_fact_.at(fact)) codes[id] = code_of(variables_[id], facts);
}

std::uint8_t Variables::code_of(const Variable& variable, const Facts& facts) const {
    const FactValue* value = facts.find(variable.fact);
    if (variable.kind == VariableKind::kAfter) return code_of_order(variable, facts);
    if (value == nullptr) return variable.presumed;
    if (std::holds_alternative<Any>(*value)) return kUnknown;
    switch (variable.kind) {
        case VariableKind::kWords: {
            const std::uint16_t index = std::get<Word>(*value).index;
            const Fact& fact = vocabulary_->fact(variable.fact);
            const bool is_unchecked = fact.is_register && fact.values[index] == "not_checked";
            return is_unchecked ? kUnknown : static_cast<std::uint8_t>(index);
        }
        case VariableKind::kKey:
            return code_of_key(variable, std::get<Key>(*value).text);
        case VariableKind::kCount: {
            const std::int64_t number = std::get<Count>(*value).number;
            const auto end =
                std::upper_bound(variable.thresholds.begin(), variable.thresholds.end(), number);
            return static_cast<std::uint8_t>(end - variable.thresholds.begin());
        }
        case VariableKind::kDay: {
            if (std::holds_alternative<Never>(*value)) return variable.never_code();
            const std::int64_t day = std::get<Moment>(*value).day.time_since_epoch().count();
            const auto end =
                std::upper_bound(variable.thresholds.begin(), variable.thresholds.end(), day);
            return static_cast<std::uint8_t>(end - variable.thresholds.begin());
        }
        case VariableKind::kAge:
            return code_of_age(variable, facts);
        case VariableKind::kAfter:
            break;
    }
    return kUnknown;
}

// Nothing comes after what never was, and never comes after nothing: one of them is enough to tell.
std::uint8_t Variables::code_of_order(const Variable& variable, const Facts& facts) const {
    using State = Day::State;
    const Day first = day_of(facts, variable.fact);
    const Day second = day_of(facts, variable.other);
    if (first.state == State::kNever || second.state == State::kNever) return 0;
    if (first.state != State::kKnown || second.state != State::kKnown) return kUnknown;
    return first.day > second.day ? 1 : 0;
}

std::uint8_t Variables::code_of_key(const Variable& variable, const std::string& key) const {
    const auto stand_in = stands_for_.find(key);
    const bool is_stood_for = variable.fact == country_ && stand_in != stands_for_.end();
    const std::string& name = is_stood_for ? stand_in->second : key;
    const auto found = std::lower_bound(variable.keys.begin(), variable.keys.end(), name);
    const bool is_listed = found != variable.keys.end() && *found == name;
    return static_cast<std::uint8_t>(is_listed ? found - variable.keys.begin()
                                               : std::ssize(variable.keys));
}

Variables::Day Variables::day_of(const Facts& facts, FactId fact) const {
    const FactValue* value = facts.find(fact);
    if (value == nullptr) return {};
    if (std::holds_alternative<Never>(*value)) return {Day::State::kNever, {}};
    const auto* moment = std::get_if<Moment>(value);
    if (moment == nullptr) return {Day::State::kAny, {}};
    return {Day::State::kKnown, moment->day};
}

std::uint8_t Variables::code_of_age(const Variable& variable, const Facts& facts) const {
    const Day from = day_of(facts, variable.fact);
    const Day at = day_of(facts, at_);
    if (from.state == Day::State::kNever) return variable.never_code();
    if (from.state != Day::State::kKnown || at.state != Day::State::kKnown) return kUnknown;
    // What is still to come has not taken place: no comparison with it holds.
    if (from.day > at.day) return variable.never_code();
    std::uint8_t exceeded = 0;
    for (const AgeThreshold& threshold : variable.ages) {
        const Date last = last_day(from.day, threshold.count, variable.unit, facts);
        const bool is_within = threshold.is_inclusive ? at.day <= last : at.day < last;
        if (is_within) break;
        ++exceeded;
    }
    return exceeded;
}

Date Variables::last_day(Date from, int count, PeriodUnit unit, const Facts& facts) const {
    switch (unit) {
        case PeriodUnit::kDays:
            return from + std::chrono::days{count};
        case PeriodUnit::kMonths:
            return plus_months(from, count);
        case PeriodUnit::kWorkingDays: {
            static const Calendar kNoHolidays{};
            const FactValue* country = facts.find(country_);
            const Key* key = country == nullptr ? nullptr : std::get_if<Key>(country);
            const auto found = key == nullptr ? calendars_.end() : calendars_.find(key->text);
            const Calendar& calendar = found == calendars_.end() ? kNoHolidays : *found->second;
            return calendar.plus_working_days(from, count);
        }
    }
    return from;
}

std::vector<Date> Variables::days_of_change(const Facts& facts) const {
    std::vector<Date> days;
    const Day at = day_of(facts, at_);
    if (at.state != Day::State::kKnown) return days;
    for (const Variable& variable : variables_) {
        if (variable.kind == VariableKind::kDay && variable.fact == at_)
            for (const std::int64_t day : variable.thresholds)
                days.emplace_back(std::chrono::days{day});
        const Day from = day_of(facts, variable.fact);
        if (variable.kind != VariableKind::kAge || from.state != Day::State::kKnown) continue;
        for (const AgeThreshold& threshold : variable.ages) {
            const Date last = last_day(from.day, threshold.count, variable.unit, facts);
            days.push_back(threshold.is_inclusive ? last + std::chrono::days{1} : last);
        }
        // A date still to come counts as never until its day.
        days.push_back(from.day);
    }
    std::erase_if(days, [&](Date day) { return day <= at.day; });
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

std::string Variables::condition(VarId id, std::uint8_t first, std::uint8_t last) const {
    const Variable& variable = variables_[id];
    const Fact& fact = vocabulary_->fact(variable.fact);
    LICET_ENSURE(variable.kind == VariableKind::kCount);
    std::string out;
    if (first > 0)
        out = fact.name + " >= " + value_text(fact, Count{variable.thresholds.at(first - 1U)});
    if (last < variable.thresholds.size())
        out += (out.empty() ? "" : ", ") + fact.name + " < " +
               value_text(fact, Count{variable.thresholds.at(last)});
    return out;
}

std::string Variables::condition(VarId id, std::uint8_t code) const {
    const Variable& variable = variables_[id];
    const Fact& fact = vocabulary_->fact(variable.fact);
    const std::string& name = fact.name;
    if (code == kUnknown) return name + " = ?";
    if (code == variable.presumed) return name + " presumed";
    const auto unit = [&] {
        return variable.unit == PeriodUnit::kMonths ? " months of at"
               : variable.unit == PeriodUnit::kDays ? " days of at"
                                                    : " working days of at";
    };
    switch (variable.kind) {
        case VariableKind::kWords:
            return name + " = " + fact.values.at(code);
        case VariableKind::kKey:
            return name + (code < variable.keys.size() ? " = " + variable.keys[code]
                                                       : std::string(" is another"));
        case VariableKind::kCount:
            return condition(id, code, code);
        case VariableKind::kDay: {
            if (code == variable.never_code()) return name + " is never";
            const auto day = [&](std::size_t i) {
                return text_of(Date{std::chrono::days{variable.thresholds.at(i)}});
            };
            if (variable.thresholds.empty()) return name + " is known";
            return code == 0 ? name + " before " + day(0) : name + " from " + day(code - 1U);
        }
        case VariableKind::kAge: {
            if (code == variable.never_code()) return name + " is never";
            const bool is_inside = code < variable.ages.size();
            const std::size_t index = is_inside ? code : variable.ages.size() - 1;
            return name + (is_inside ? " within " : " not within ") +
                   std::to_string(variable.ages.at(index).count) + unit();
        }
        case VariableKind::kAfter:
            return name + (code == 1 ? " after " : " not after ") +
                   vocabulary_->fact(variable.other).name;
    }
    return name;
}

}  // namespace licet::law
