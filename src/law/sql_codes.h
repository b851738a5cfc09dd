// SPDX-License-Identifier: Apache-2.0
//
// From columns of raw facts to small numbers, in SQL: what variables.h does in C++.
//
//     licet_facts    one column a fact, as the vocabulary declares them; NULL = unknown
//     licet_known    the same, without what is no day; weekday and public holiday filled in
//     licet_code     one column v<n> a variable; NULL = unknown, undertakings presumed
//
// A word that the vocabulary does not have is unknown, also in the column of an undertaking: only
// silence is presumed. Holidays and working days come from tables that are written for the years
// kFirstYear to kLastYear; outside them they are unknown.
#pragma once

#include <string>
#include <vector>

#include "law/slice.h"
#include "law/sql_dialect.h"

namespace licet::law {

inline constexpr int kFirstYear = 2000;
inline constexpr int kLastYear = 2059;

class SqlCodes {
  public:
    /// `variables` are those to be coded for `question`. Countries whose packs have no rule about
    /// it are as unknown as those without a pack. `law` must outlive the object.
    SqlCodes(const Law& law, SqlWords words, const Scope& scope, std::string_view question,
             std::vector<VarId> variables);

    /// The facts that a table of facts needs a column for, in the order of the vocabulary.
    [[nodiscard]] const std::vector<FactId>& facts() const { return facts_; }
    /// CREATE TABLE for facts, under the name `table`.
    [[nodiscard]] std::string facts_table(std::string_view table) const;
    /// Tables of holidays and of what they do to periods in working days; may be empty.
    [[nodiscard]] std::string calendar_tables() const;
    /// The steps "licet_known AS (...), licet_code AS (...)" that read `table`. Besides v<n> they
    /// give licet_id, and licet_is_here: false where this law must not answer.
    [[nodiscard]] std::string steps(std::string_view table) const;

  private:
    struct Period {
        VarId variable = 0;
        std::size_t place = 0;
        int count = 0;
        [[nodiscard]] std::string alias() const {
            return "s" + std::to_string(variable) + "_" + std::to_string(place);
        }
    };
    struct Country {
        std::string name;
        const Calendar* calendar = nullptr;
        std::uint8_t code = 0;
    };

    [[nodiscard]] bool uses(FactId fact) const;
    [[nodiscard]] std::string column(FactId fact) const;
    [[nodiscard]] std::string known_column(FactId fact) const;
    [[nodiscard]] std::string known_weekday(FactId fact) const;
    [[nodiscard]] std::string known_holiday(FactId fact) const;
    [[nodiscard]] std::string any_country(bool has_calendar) const;
    [[nodiscard]] std::string code(VarId id) const;
    [[nodiscard]] std::string word_code(const Variable& variable) const;
    [[nodiscard]] std::string key_code(const Variable& variable) const;
    [[nodiscard]] std::string number_code(const Variable& variable) const;
    [[nodiscard]] std::string day_code(const Variable& variable) const;
    [[nodiscard]] std::string age_code(VarId id) const;
    [[nodiscard]] std::string order_code(const Variable& variable) const;
    [[nodiscard]] std::string last_day(VarId id, std::size_t place) const;
    [[nodiscard]] std::string holidays() const;
    [[nodiscard]] std::string shifts() const;

    const Law& law_;
    SqlWords words_;
    std::vector<VarId> variables_;
    std::vector<FactId> facts_;
    std::vector<Country> countries_;
    std::vector<Period> periods_;  ///< in working days
    FactId weekday_;
    FactId holiday_;
    bool is_slice_;
};

/// Writes INSERT statements of some hundred rows each. A row is what stands in its parentheses.
[[nodiscard]] std::string sql_rows(std::string_view table, const std::vector<std::string>& rows);

}  // namespace licet::law
