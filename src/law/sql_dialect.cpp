// SPDX-License-Identifier: Apache-2.0
#include "law/sql_dialect.h"

#include <array>
#include <utility>

namespace licet::law {
namespace {

constexpr std::array<std::pair<SqlDialect, std::string_view>, 5> kNames = {
    {{SqlDialect::kSqlite, "sqlite"},
     {SqlDialect::kPostgres, "postgres"},
     {SqlDialect::kDuckdb, "duckdb"},
     {SqlDialect::kClickhouse, "clickhouse"},
     {SqlDialect::kSpark, "spark"}}};

std::string quoted(std::string_view text, char quote) {
    std::string out(1, quote);
    for (const char c : text) {
        if (c == quote) out += quote;
        out += c;
    }
    return out + quote;
}

}  // namespace

std::optional<SqlDialect> dialect_of(std::string_view name) {
    for (const auto& [dialect, known] : kNames)
        if (known == name) return dialect;
    return std::nullopt;
}

std::string_view name_of(SqlDialect dialect) {
    for (const auto& [known, name] : kNames)
        if (known == dialect) return name;
    return "";
}

std::string SqlWords::name(std::string_view text) const {
    return quoted(text, dialect_ == SqlDialect::kSpark ? '`' : '"');
}

std::string SqlWords::text(std::string_view text) { return quoted(text, '\''); }

std::string SqlWords::day(Date date) const {
    const std::string literal = "'" + text_of(date) + "'";
    if (dialect_ == SqlDialect::kSqlite) return literal;
    if (dialect_ == SqlDialect::kClickhouse) return "toDate32(" + literal + ")";
    return "DATE " + literal;
}

Date SqlWords::last_day() const {
    using namespace std::chrono;
    const bool is_short = dialect_ == SqlDialect::kClickhouse;
    return Date{year{is_short ? 2299 : 9999} / December / 31};
}

std::string SqlWords::never() const { return day(last_day()); }

std::string SqlWords::boolean(bool value) const {
    if (dialect_ == SqlDialect::kSqlite) return value ? "1" : "0";
    return value ? "TRUE" : "FALSE";
}

std::string SqlWords::value(const Fact& fact, const std::string& written) const {
    switch (fact.type) {
        case FactType::kBool:
            return boolean(written == "yes");
        case FactType::kEnum:
        case FactType::kKey:
            return text(written);
        case FactType::kCount:
        case FactType::kTime:
            return written;
        case FactType::kDate:
        case FactType::kMoment: {
            if (written == "never") return never();
            const auto parsed = parse_moment(written);
            return parsed ? day(parsed->day) : "NULL";
        }
    }
    return "NULL";
}

std::string SqlWords::text_type() const {
    switch (dialect_) {
        case SqlDialect::kSqlite:
        case SqlDialect::kPostgres:
            return "TEXT";
        case SqlDialect::kDuckdb:
            return "VARCHAR";
        case SqlDialect::kClickhouse:
            return "Nullable(String)";
        case SqlDialect::kSpark:
            return "STRING";
    }
    return "";
}

std::string SqlWords::number_type() const {
    if (dialect_ == SqlDialect::kSqlite) return "INTEGER";
    return dialect_ == SqlDialect::kClickhouse ? "Nullable(Int64)" : "BIGINT";
}

std::string SqlWords::day_type() const {
    if (dialect_ == SqlDialect::kSqlite) return "TEXT";
    return dialect_ == SqlDialect::kClickhouse ? "Nullable(Date32)" : "DATE";
}

std::string SqlWords::key_type() const {
    if (dialect_ == SqlDialect::kSqlite) return "INTEGER";
    return dialect_ == SqlDialect::kClickhouse ? "Int64" : "BIGINT";
}

std::string SqlWords::id_type() const {
    switch (dialect_) {
        case SqlDialect::kSqlite:
        case SqlDialect::kPostgres:
        case SqlDialect::kDuckdb:
            return text_type() + " NOT NULL PRIMARY KEY";
        case SqlDialect::kClickhouse:
            return "String";
        case SqlDialect::kSpark:
            return "STRING NOT NULL";
    }
    return "";
}

bool SqlWords::has_indexes() const {
    return dialect_ == SqlDialect::kSqlite || dialect_ == SqlDialect::kPostgres;
}

std::string SqlWords::type_of(const Fact& fact) const {
    switch (fact.type) {
        case FactType::kBool:
            if (dialect_ == SqlDialect::kSqlite) return "INTEGER";
            return dialect_ == SqlDialect::kClickhouse ? "Nullable(Bool)" : "BOOLEAN";
        case FactType::kEnum:
        case FactType::kKey:
            return text_type();
        case FactType::kCount:
        case FactType::kTime:
            return number_type();
        case FactType::kDate:
        case FactType::kMoment:
            return day_type();
    }
    return "";
}

std::string SqlWords::end_of_table(std::string_view key) const {
    if (dialect_ != SqlDialect::kClickhouse) return ")";
    return ") ENGINE = MergeTree ORDER BY " + std::string(key) + " SETTINGS allow_nullable_key = 1";
}

std::string SqlWords::clean_day(const std::string& column) const {
    if (dialect_ != SqlDialect::kSqlite) return column;
    // Without the modifier date() gives back 2026-02-31 as it is.
    return "CASE WHEN date(" + column + ", '+0 days') = " + column + " THEN " + column + " END";
}

std::string SqlWords::plus_days(const std::string& day, const std::string& count) const {
    switch (dialect_) {
        case SqlDialect::kSqlite:
            return "date(" + day + ", (" + count + ") || ' days')";
        case SqlDialect::kPostgres:
        case SqlDialect::kDuckdb:
            return "(" + day + " + CAST(" + count + " AS INTEGER))";
        case SqlDialect::kClickhouse:
            return "addDays(" + day + ", " + count + ")";
        case SqlDialect::kSpark:
            return "date_add(" + day + ", CAST(" + count + " AS INT))";
    }
    return "";
}

std::string SqlWords::plus_months(const std::string& day, int count) const {
    const std::string months = std::to_string(count);
    switch (dialect_) {
        case SqlDialect::kSqlite:
            // Its own months run over into the next one; the earlier of both days is ours.
            return "min(date(" + day + ", '+" + months + " months'), date(" + day +
                   ", 'start of month', '+" + std::to_string(count + 1) + " months', '-1 day'))";
        case SqlDialect::kPostgres:
            return "CAST(" + day + " + INTERVAL '" + months + " months' AS DATE)";
        case SqlDialect::kDuckdb:
            return "CAST(" + day + " + INTERVAL " + months + " MONTH AS DATE)";
        case SqlDialect::kClickhouse:
            return "addMonths(" + day + ", " + months + ")";
        case SqlDialect::kSpark:
            return "add_months(" + day + ", " + months + ")";
    }
    return "";
}

std::string SqlWords::weekday(const std::string& day) const {
    switch (dialect_) {
        case SqlDialect::kSqlite:
            return "((CAST(strftime('%w', " + day + ") AS INTEGER) + 6) % 7 + 1)";
        case SqlDialect::kPostgres:
            return "CAST(EXTRACT(ISODOW FROM " + day + ") AS INTEGER)";
        case SqlDialect::kDuckdb:
            return "isodow(" + day + ")";
        case SqlDialect::kClickhouse:
            return "toDayOfWeek(" + day + ")";
        case SqlDialect::kSpark:
            return "(weekday(" + day + ") + 1)";
    }
    return "";
}

std::string SqlWords::is_key(const std::string& text) const {
    switch (dialect_) {
        case SqlDialect::kSqlite:
            return "(" + text + " <> '' AND " + text + " NOT GLOB '*[^a-z0-9_-]*')";
        case SqlDialect::kPostgres:
            return "(" + text + " ~ '^[a-z0-9_-]+$')";
        case SqlDialect::kDuckdb:
            return "regexp_full_match(" + text + ", '[a-z0-9_-]+')";
        case SqlDialect::kClickhouse:
            return "match(" + text + ", '^[a-z0-9_-]+$')";
        case SqlDialect::kSpark:
            // Its `$` would let a line break at the end pass.
            return "(" + text + " <> '' AND regexp_replace(" + text + ", '[a-z0-9_-]', '') = '')";
    }
    return "";
}

std::string SqlWords::is_number(const std::string& column) const {
    if (dialect_ == SqlDialect::kSqlite) return "typeof(" + column + ") = 'integer'";
    return column + " IS NOT NULL";
}

std::string_view SqlWords::materialized() const {
    switch (dialect_) {
        case SqlDialect::kSqlite:
        case SqlDialect::kPostgres:
        case SqlDialect::kDuckdb:
            return "MATERIALIZED ";
        case SqlDialect::kClickhouse:
        case SqlDialect::kSpark:
            return "";
    }
    return "";
}

}  // namespace licet::law
