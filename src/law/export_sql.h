// SPDX-License-Identifier: Apache-2.0
//
// The law as SQL, so that a warehouse decides where its data are.
//
//     licet_facts      the caller's rows: one column a fact, NULL = unknown
//     licet_verdict    a view over it: licet_id, answer, rule
//     licet_difference rows whose answers licet has written beside them, and that differ: none
//     licet_left_open  those of them that SQL leaves undetermined although licet decides
//
// The answer is one of the question's, or 'undetermined'. It is never laxer than licet's: where SQL
// gives another answer than `undetermined`, licet gives the same. docs/sql.md says where SQL gives
// `undetermined` and licet decides, and tests/export counts it. Duties, missing facts and remedies
// are not given.
#pragma once

#include <string>
#include <vector>

#include "law/slice.h"
#include "law/sql_dialect.h"

namespace licet::law {

/// kCase: conditions that can be read, and the faster one for some countries. kJoin: tables, for
/// laws of many countries. kByNumber: kCase up to kMostCaseRules rules, then kJoin.
enum class SqlForm { kByNumber, kCase, kJoin };

/// PostgreSQL takes 1,664 columns in a step, SQLite 2,000; a rule has up to two.
inline constexpr std::size_t kMostCaseRules = 700;

/// A row of the self-check: facts, and what licet answers on them. No fact may be Any, and `at`
/// has no clock.
struct SqlCheck {
    std::string id;
    Facts facts;
    std::string answer;
};

struct SqlOptions {
    SqlDialect dialect = SqlDialect::kSqlite;
    SqlForm form = SqlForm::kByNumber;
    Scope scope;  ///< exactly one question
    Language language = Language::kEnglish;
    std::vector<SqlCheck> checks;
};

/// The three texts of an export, to be run in this order, and what they read.
struct SqlScript {
    std::string facts;            ///< CREATE TABLE licet_facts
    std::string law;              ///< tables of the law and the view licet_verdict
    std::string check;            ///< rows with known answers and the view licet_difference
    std::vector<FactId> columns;  ///< of licet_facts, after licet_id
};

/// Writes the law as SQL. The scope must be good (check_scope). Errors: kInput
/// ("law.export_too_wide") if the case form would have more columns than databases allow.
[[nodiscard]] Result<SqlScript> export_sql(const Law& law, const SqlOptions& options);

}  // namespace licet::law
