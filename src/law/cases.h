// SPDX-License-Identifier: Apache-2.0
//
// Case tables: decided situations in Markdown, beside the rules that decide them.
//
//     given: country = fr, channel = email, background clean
//     | at         | consent | expect       | by                |
//     | 2026-11-23 | none    | forbidden    | fr.email.consumer |
//     | 2026-11-23 | ?       | undetermined | needs consent     |
//
// A dash means any value: the row is a theorem, checked for all values of the fact. `?` is unknown,
// an empty cell leaves what is given. `duties` must be among the verdict's duties, `no duties` must
// not. Every row is decided twice, by the compiled table and by the interpreter, which must agree
// on it and on many completions of what it leaves open.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "law/law.h"

namespace licet::law {

/// One row of a case table, read.
struct CaseRow {
    Place place;
    std::string question;
    Facts facts;
    Codes codes;
    std::string expect;
    std::string by;
    std::vector<std::string> duties;
    std::vector<std::string> no_duties;
};

/// Gives the rows of all case tables of `files` that can be read; run_cases() tells of the others.
[[nodiscard]] std::vector<CaseRow> case_rows(const Law& law, std::span<const SourceFile> files);

/// In what a decision is not what a row expects, and the column that says so.
struct Difference {
    std::string column;
    Message message;
};

/// Compares a decision with what its row expects. Gives every difference.
[[nodiscard]] std::vector<Difference> differences(const Vocabulary& vocabulary,
                                                  const RuleSet& rules, const CaseRow& row,
                                                  const Decision& decision);

/// Outcome of one table.
struct TableReport {
    std::string path;
    int line = 0;
    std::string heading;
    std::size_t rows = 0;
    std::vector<Error> failures;
};

struct CaseReport {
    std::vector<TableReport> tables;
    std::size_t rows = 0;
    std::size_t failed_rows = 0;
    /// times that the interpreter gave the same decision
    std::size_t compared = 0;
    std::vector<std::string> uncovered_rules;  ///< rules that decided or added to no row
};

/// Runs all case tables of `files`.
[[nodiscard]] CaseReport run_cases(const Law& law, std::span<const SourceFile> files);

}  // namespace licet::law
