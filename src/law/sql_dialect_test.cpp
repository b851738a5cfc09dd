// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that names and values become SQL that says the same in each dialect.
// Method: the texts themselves, for what is easily wrong: quotes, the day that means never, keys.
// Real databases run whole laws in tests/export.
#include "law/sql_dialect.h"

#include <gtest/gtest.h>

namespace licet::law {
namespace {

using namespace std::chrono;

TEST(SqlDialect, EachNameOfADialectIsFoundAgain) {
    for (const char* name : {"sqlite", "postgres", "duckdb", "clickhouse", "spark"}) {
        const auto dialect = dialect_of(name);
        ASSERT_TRUE(dialect) << name;
        EXPECT_EQ(name_of(*dialect), name);
    }
    EXPECT_FALSE(dialect_of("oracle"));
}

TEST(SqlDialect, ANameMayBeAKeywordOrHoldAQuote) {
    EXPECT_EQ(SqlWords(SqlDialect::kPostgres).name("order"), "\"order\"");
    EXPECT_EQ(SqlWords(SqlDialect::kSqlite).name("consent.on"), "\"consent.on\"");
    EXPECT_EQ(SqlWords(SqlDialect::kDuckdb).name("a\"b"), "\"a\"\"b\"");
    EXPECT_EQ(SqlWords(SqlDialect::kSpark).name("a`b"), "`a``b`");
}

TEST(SqlDialect, ATextMayHoldAQuote) { EXPECT_EQ(SqlWords::text("l'avis"), "'l''avis'"); }

TEST(SqlDialect, NeverIsTheLastDayThatTheDatabaseCounts) {
    EXPECT_EQ(SqlWords(SqlDialect::kSqlite).never(), "'9999-12-31'");
    EXPECT_EQ(SqlWords(SqlDialect::kPostgres).never(), "DATE '9999-12-31'");
    EXPECT_EQ(SqlWords(SqlDialect::kClickhouse).never(), "toDate32('2299-12-31')");
}

TEST(SqlDialect, AValueIsWrittenForItsColumn) {
    const SqlWords words(SqlDialect::kPostgres);
    Fact fact;
    fact.type = FactType::kBool;
    EXPECT_EQ(words.value(fact, "yes"), "TRUE");
    EXPECT_EQ(SqlWords(SqlDialect::kSqlite).value(fact, "no"), "0");
    fact.type = FactType::kMoment;
    EXPECT_EQ(words.value(fact, "2026-11-23T11:05+01:00"), "DATE '2026-11-23'");
    EXPECT_EQ(words.value(fact, "never"), words.never());
    fact.type = FactType::kEnum;
    EXPECT_EQ(words.value(fact, "email"), "'email'");
}

TEST(SqlDialect, MonthsEndOnTheLastDayOfAShorterMonthInSqliteToo) {
    const std::string months = SqlWords(SqlDialect::kSqlite).plus_months("d", 24);
    EXPECT_EQ(months,
              "min(date(d, '+24 months'), date(d, 'start of month', '+25 months', '-1 day'))");
}

}  // namespace
}  // namespace licet::law
