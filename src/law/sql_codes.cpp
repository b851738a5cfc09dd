// SPDX-License-Identifier: Apache-2.0
#include "law/sql_codes.h"

#include <algorithm>
#include <array>
#include <set>

namespace licet::law {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::string when(const std::string& condition, const std::string& value) {
    return " WHEN " + condition + " THEN " + value;
}

Date first_day() {
    return Date{std::chrono::year{kFirstYear} / std::chrono::January / std::chrono::day{1}};
}
Date last_day_of_all() {
    return Date{std::chrono::year{kLastYear} / std::chrono::December / std::chrono::day{31}};
}

// Days that `count` working days take when no holiday falls among them, by the day of the week.
int plain_length(Date from, int count) {
    static const Calendar kNoHolidays{};
    return static_cast<int>((kNoHolidays.plus_working_days(from, count) - from).count());
}

}  // namespace

std::string sql_rows(std::string_view table, const std::vector<std::string>& rows) {
    constexpr std::size_t kRows = 400;  // SQLite takes 500 at most in one VALUES
    std::string out;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i % kRows == 0)
            out += (i == 0 ? "" : ";\n") + ("INSERT INTO " + std::string(table)) + " VALUES\n";
        else
            out += ",\n";
        out += "(" + rows[i] + ")";
    }
    return out.empty() ? out : out + ";\n";
}

SqlCodes::SqlCodes(const Law& law, SqlWords words, const Scope& scope, std::string_view question,
                   std::vector<VarId> variables)
    : law_(law),
      words_(words),
      variables_(std::move(variables)),
      weekday_(law.vocabulary().find("weekday")),
      holiday_(law.vocabulary().find("public_holiday")),
      is_slice_(!scope.countries.empty()) {
    std::set<FactId> facts{law.variables().country(), law.variables().at()};
    for (const VarId id : variables_) {
        const Variable& variable = law.variables()[id];
        facts.insert(variable.fact);
        if (variable.other != kNoFact) facts.insert(variable.other);
        if (variable.kind != VariableKind::kAge || variable.unit != PeriodUnit::kWorkingDays)
            continue;
        for (std::size_t i = 0; i < variable.ages.size(); ++i)
            periods_.push_back({id, i, variable.ages[i].count});
    }
    facts.erase(kNoFact);
    facts_.assign(facts.begin(), facts.end());

    VarId country = 0;
    for (const VarId id : law.variables().of_fact(law.variables().country()))
        if (law.variables()[id].kind == VariableKind::kKey) country = id;
    const auto code_of = [&](const std::string& name) {
        Facts one;
        one.set(law.variables().country(), Key{name});
        return law.variables().code(one)[country];
    };
    std::set<std::uint8_t> kept;
    for (const std::string& name : scope.countries) kept.insert(code_of(name));
    std::set<std::string> names;
    for (const Pack& pack : law.packs()) {
        names.insert(pack.countries.begin(), pack.countries.end());
        names.insert(pack.members.begin(), pack.members.end());
    }
    for (const std::string& name : names)
        if ((kept.empty() || kept.contains(code_of(name))) && law.has_rules_of(name, question))
            countries_.push_back({name, law.calendar_of(name), code_of(name)});
}

bool SqlCodes::uses(FactId fact) const {
    return fact != kNoFact && std::find(facts_.begin(), facts_.end(), fact) != facts_.end();
}

std::string SqlCodes::column(FactId fact) const {
    return words_.name(law_.vocabulary().fact(fact).name);
}

std::string SqlCodes::facts_table(std::string_view table) const {
    std::string out = "CREATE TABLE " + std::string(table) + " (\n  licet_id " + words_.id_type();
    for (const FactId id : facts_) {
        const Fact& fact = law_.vocabulary().fact(id);
        out += ",\n  " + column(id) + " " + words_.type_of(fact);
    }
    return out + "\n" + words_.end_of_table("licet_id") + ";\n";
}

// ---- calendars ----------------------------------------------------------------------------------
std::string SqlCodes::holidays() const {
    std::vector<std::string> rows;
    for (const Country& country : countries_) {
        if (country.calendar == nullptr) continue;
        for (Date day = first_day(); day <= last_day_of_all(); day += std::chrono::days{1})
            if (country.calendar->is_holiday(day))
                rows.push_back(SqlWords::text(country.name) + ", " + words_.day(day) + ", 1");
    }
    return "CREATE TABLE licet_holiday (country " + words_.text_type() + ", day " +
           words_.day_type() + ", mark " + words_.number_type() +
           words_.end_of_table("(country, day)") + ";\n" + sql_rows("licet_holiday", rows);
}

std::string SqlCodes::shifts() const {
    std::set<int> counts;
    for (const Period& period : periods_) counts.insert(period.count);
    std::vector<std::string> rows;
    for (const Country& country : countries_) {
        if (country.calendar == nullptr) continue;
        for (const int count : counts) {
            for (Date day = first_day(); day <= last_day_of_all(); day += std::chrono::days{1}) {
                const auto length = (country.calendar->plus_working_days(day, count) - day).count();
                const auto extra = length - plain_length(day, count);
                if (extra != 0)
                    rows.push_back(SqlWords::text(country.name) + ", " + std::to_string(count) +
                                   ", " + words_.day(day) + ", " + std::to_string(extra));
            }
        }
    }
    return "CREATE TABLE licet_shift (country " + words_.text_type() + ", working_days " +
           words_.number_type() + ", day " + words_.day_type() + ", extra " + words_.number_type() +
           words_.end_of_table("(country, working_days, day)") + ";\n" +
           sql_rows("licet_shift", rows);
}

std::string SqlCodes::calendar_tables() const {
    std::string out;
    if (uses(holiday_)) out += "-- Public holidays.\n" + holidays() + "\n";
    if (!periods_.empty())
        out += "-- Days that public holidays add to a number of working days, by the first day.\n" +
               shifts() + "\n";
    return out;
}

// ---- what is known ------------------------------------------------------------------------------
std::string SqlCodes::any_country(bool has_calendar) const {
    std::string out;
    for (const Country& country : countries_) {
        if (has_calendar && country.calendar == nullptr) continue;
        out += (out.empty() ? "f." : " OR f.") + column(law_.variables().country()) + " = " +
               SqlWords::text(country.name);
    }
    return out.empty() ? "FALSE" : out;
}

std::string SqlCodes::known_weekday(FactId fact) const {
    const std::string at = words_.clean_day("f." + column(law_.variables().at()));
    const std::string given = "f." + column(fact);
    std::string names = "CASE " + words_.weekday(at);
    for (std::size_t i = 0; i < kDays.size(); ++i)
        names += when(std::to_string(i + 1), SqlWords::text(kDays.at(i)));
    return "CASE" + when(given + " IS NOT NULL", given) +
           when("(" + at + ") <> " + words_.never(), names + " END") + " END";
}

std::string SqlCodes::known_holiday(FactId fact) const {
    const std::string at = words_.clean_day("f." + column(law_.variables().at()));
    const std::string given = "f." + column(fact);
    const std::string inside = "(" + at + ") BETWEEN " + words_.day(first_day()) + " AND " +
                               words_.day(last_day_of_all()) + " AND (" + any_country(true) + ")";
    return "CASE" + when(given + " IS NOT NULL", given) +
           when(inside, "CASE WHEN COALESCE(h.mark, 0) = 1 THEN " + words_.boolean(true) +
                            " ELSE " + words_.boolean(false) + " END") +
           " END";
}

std::string SqlCodes::known_column(FactId fact) const {
    const FactType type = law_.vocabulary().fact(fact).type;
    const std::string given = "f." + column(fact);
    std::string value = given;
    if (fact == weekday_)
        value = known_weekday(fact);
    else if (fact == holiday_)
        value = known_holiday(fact);
    else if (type == FactType::kDate || type == FactType::kMoment)
        value = words_.clean_day(given);
    return value + " AS " + column(fact);
}

// ---- codes --------------------------------------------------------------------------------------
std::string SqlCodes::word_code(const Variable& variable) const {
    const Fact& fact = law_.vocabulary().fact(variable.fact);
    const std::string given = "k." + column(variable.fact);
    std::string out;
    for (std::size_t i = 0; i < fact.values.size(); ++i) {
        if (fact.is_register && fact.values[i] == "not_checked") continue;
        const std::string value =
            fact.type == FactType::kBool ? words_.boolean(i == 1) : SqlWords::text(fact.values[i]);
        out += when(given + " = " + value, std::to_string(i));
    }
    return out;
}

std::string SqlCodes::key_code(const Variable& variable) const {
    const std::string given = "k." + column(variable.fact);
    std::string out;
    if (variable.fact == law_.variables().country()) {
        for (const Country& country : countries_)
            out += when(given + " = " + SqlWords::text(country.name), std::to_string(country.code));
        return out;
    }
    for (std::size_t i = 0; i < variable.keys.size(); ++i)
        out += when(given + " = " + SqlWords::text(variable.keys[i]), std::to_string(i));
    return out + when(words_.is_key(given), std::to_string(variable.keys.size()));
}

std::string SqlCodes::number_code(const Variable& variable) const {
    const std::string given = "k." + column(variable.fact);
    const bool is_time = law_.vocabulary().fact(variable.fact).type == FactType::kTime;
    std::string out = when("NOT (" + words_.is_number(given) + ")", "NULL") +
                      when(given + " < 0", "NULL") +
                      (is_time ? when(given + " > 1440", "NULL") : "");
    for (std::size_t i = 0; i < variable.thresholds.size(); ++i)
        out += when(given + " < " + std::to_string(variable.thresholds[i]), std::to_string(i));
    return out + when(given + " IS NOT NULL", std::to_string(variable.thresholds.size()));
}

std::string SqlCodes::day_code(const Variable& variable) const {
    const std::string given = "k." + column(variable.fact);
    std::string out = when(given + " = " + words_.never(), std::to_string(variable.never_code()));
    for (std::size_t i = 0; i < variable.thresholds.size(); ++i)
        out += when(given + " < " + words_.day(Date{std::chrono::days{variable.thresholds[i]}}),
                    std::to_string(i));
    return out + when(given + " IS NOT NULL", std::to_string(variable.thresholds.size()));
}

std::string SqlCodes::last_day(VarId id, std::size_t place) const {
    const Variable& variable = law_.variables()[id];
    const std::string from = "k." + column(variable.fact);
    const int count = variable.ages[place].count;
    switch (variable.unit) {
        case PeriodUnit::kDays:
            return words_.plus_days(from, std::to_string(count));
        case PeriodUnit::kMonths:
            return words_.plus_months(from, count);
        case PeriodUnit::kWorkingDays:
            break;
    }
    // Without holidays the length depends on the day of the week alone; 2024 began on a Monday.
    std::string length = "CASE " + words_.weekday(from);
    const Date monday{std::chrono::year{2024} / std::chrono::January / std::chrono::day{1}};
    for (int i = 0; i < 7; ++i)
        length += when(std::to_string(i + 1),
                       std::to_string(plain_length(monday + std::chrono::days{i}, count)));
    const std::string extra = "k." + Period{id, place, count}.alias();
    return words_.plus_days(from, length + " END + " + extra);
}

std::string SqlCodes::age_code(VarId id) const {
    const Variable& variable = law_.variables()[id];
    const std::string from = "k." + column(variable.fact);
    const std::string at = "k." + column(law_.variables().at());
    std::string out = when(from + " = " + words_.never(), std::to_string(variable.never_code())) +
                      when(at + " = " + words_.never(), "NULL") +
                      when(from + " > " + at, std::to_string(variable.never_code()));
    if (variable.unit == PeriodUnit::kWorkingDays)
        out += when(from + " NOT BETWEEN " + words_.day(first_day()) + " AND " +
                        words_.day(last_day_of_all()),
                    "NULL");
    for (std::size_t i = 0; i < variable.ages.size(); ++i)
        out += when(at + (variable.ages[i].is_inclusive ? " <= " : " < ") + last_day(id, i),
                    std::to_string(i));
    return out + when(from + " <= " + at, std::to_string(variable.ages.size()));
}

std::string SqlCodes::order_code(const Variable& variable) const {
    const std::string first = "k." + column(variable.fact);
    const std::string second = "k." + column(variable.other);
    return when(first + " = " + words_.never() + " OR " + second + " = " + words_.never(), "0") +
           when(first + " > " + second, "1") + when(first + " <= " + second, "0");
}

std::string SqlCodes::code(VarId id) const {
    const Variable& variable = law_.variables()[id];
    std::string cases;
    switch (variable.kind) {
        case VariableKind::kWords:
            cases = word_code(variable);
            break;
        case VariableKind::kKey:
            cases = key_code(variable);
            break;
        case VariableKind::kCount:
            cases = number_code(variable);
            break;
        case VariableKind::kDay:
            cases = day_code(variable);
            break;
        case VariableKind::kAge:
            cases = age_code(id);
            break;
        case VariableKind::kAfter:
            cases = order_code(variable);
            break;
    }
    // Of an undertaking: silence is presumed, a word that is none is unknown. The raw column tells
    // them apart, since a day that is none is NULL from here on.
    const bool is_presumed = variable.presumed != kUnknown && variable.kind != VariableKind::kAfter;
    const std::string silence =
        is_presumed ? when("k." + words_.name("licet_silent_" + std::to_string(variable.fact)),
                           std::to_string(variable.presumed))
                    : "";
    return "CASE" + silence + cases + " END AS v" + std::to_string(id);
}

std::string SqlCodes::steps(std::string_view table) const {
    std::string known = "licet_known AS " + std::string(words_.materialized()) +
                        "(\n  SELECT f.licet_id AS licet_id";
    for (const FactId fact : facts_) known += ",\n    " + known_column(fact);
    std::set<FactId> silent;
    for (const VarId id : variables_)
        if (law_.variables()[id].presumed != kUnknown) silent.insert(law_.variables()[id].fact);
    for (const FactId fact : silent)
        known += ",\n    f." + column(fact) + " IS NULL AS " +
                 words_.name("licet_silent_" + std::to_string(fact));
    for (const Period& period : periods_)
        known += ",\n    COALESCE(" + period.alias() + ".extra, 0) AS " + period.alias();
    const std::string here = any_country(false);
    const std::string country = "f." + column(law_.variables().country());
    known += ",\n    CASE WHEN " + here + " THEN 1" +
             (is_slice_ ? "" : " WHEN " + country + " IS NULL THEN 1") +
             " ELSE 0 END AS licet_is_here\n  FROM " + std::string(table) + " f";
    if (uses(holiday_))
        known += "\n  LEFT JOIN licet_holiday h ON h.country = " + country + " AND h.day = f." +
                 column(law_.variables().at());
    for (const Period& period : periods_)
        known += "\n  LEFT JOIN licet_shift " + period.alias() + " ON " + period.alias() +
                 ".country = " + country + " AND " + period.alias() +
                 ".working_days = " + std::to_string(period.count) + " AND " + period.alias() +
                 ".day = f." + column(law_.variables()[period.variable].fact);
    std::string codes = "licet_code AS " + std::string(words_.materialized()) +
                        "(\n  SELECT k.licet_id AS licet_id, k.licet_is_here AS licet_is_here";
    for (const VarId id : variables_) codes += ",\n    " + code(id);
    return known + "\n),\n" + codes + "\n  FROM licet_known k\n)";
}

}  // namespace licet::law
