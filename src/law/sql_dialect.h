// SPDX-License-Identifier: Apache-2.0
//
// What differs between databases: quotes, types, days.
//
//     SQLite      days are texts '2026-11-23', booleans 0 and 1
//     PostgreSQL, DuckDB, Spark    DATE, BOOLEAN
//     ClickHouse  Nullable(Date32), Nullable(Bool)
//
// A column of type date has one day that means "it is known that this has not happened": the last
// day that the database counts, 9999-12-31 (ClickHouse: 2299-12-31). NULL means unknown. Months are
// added as base/date.h adds them: same day number, or the last day of a shorter month.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "law/vocabulary.h"

namespace licet::law {

enum class SqlDialect { kSqlite, kPostgres, kDuckdb, kClickhouse, kSpark };

/// Gives the dialect of that name, as the command line has it.
[[nodiscard]] std::optional<SqlDialect> dialect_of(std::string_view name);
[[nodiscard]] std::string_view name_of(SqlDialect dialect);

/// Expressions in one dialect. Arguments are expressions already, unless they are said to be texts.
class SqlWords {
  public:
    explicit SqlWords(SqlDialect dialect) : dialect_(dialect) {}
    [[nodiscard]] SqlDialect dialect() const { return dialect_; }

    /// Quotes a name: no keyword, dot or space in it does harm.
    [[nodiscard]] std::string name(std::string_view text) const;
    [[nodiscard]] static std::string text(std::string_view text);
    [[nodiscard]] std::string day(Date date) const;
    /// The last day that the database counts: it stands for "never".
    [[nodiscard]] Date last_day() const;
    /// The same as an expression.
    [[nodiscard]] std::string never() const;
    [[nodiscard]] std::string boolean(bool value) const;
    /// The literal of a known value for a column of `fact`.
    [[nodiscard]] std::string value(const Fact& fact, const std::string& text) const;

    [[nodiscard]] std::string type_of(const Fact& fact) const;
    [[nodiscard]] std::string text_type() const;
    [[nodiscard]] std::string number_type() const;
    [[nodiscard]] std::string day_type() const;
    /// Of a column that orders a table of the law.
    [[nodiscard]] std::string key_type() const;
    /// Of the column licet_id of the caller's rows, which must be unique.
    [[nodiscard]] std::string id_type() const;
    /// True if look-ups want an index (SQLite, PostgreSQL); the others join by hashing.
    [[nodiscard]] bool has_indexes() const;
    /// What follows the columns of CREATE TABLE; `key` orders the rows.
    [[nodiscard]] std::string end_of_table(std::string_view key) const;

    /// A day from a column of type date; NULL for what is no day (SQLite keeps any text).
    [[nodiscard]] std::string clean_day(const std::string& column) const;
    [[nodiscard]] std::string plus_days(const std::string& day, const std::string& count) const;
    [[nodiscard]] std::string plus_months(const std::string& day, int count) const;
    /// 1 for Monday to 7 for Sunday.
    [[nodiscard]] std::string weekday(const std::string& day) const;
    /// True if the text is a key of the vocabulary: a-z 0-9 _ -
    [[nodiscard]] std::string is_key(const std::string& text) const;
    /// True if the column holds a whole number (SQLite keeps anything).
    [[nodiscard]] std::string is_number(const std::string& column) const;
    /// "MATERIALIZED ", where a named step would otherwise be computed again for each use.
    [[nodiscard]] std::string_view materialized() const;

  private:
    SqlDialect dialect_;
};

}  // namespace licet::law
