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

/// The facts of one row, before anything is derived from them.
struct CaseFacts {
    std::string id;  ///< path:line
    std::string question;
    Facts facts;
};

/// Gives the facts of all rows that ask `question`; rows with a fault are left out.
[[nodiscard]] std::vector<CaseFacts> facts_of_cases(const Law& law,
                                                    std::span<const SourceFile> files,
                                                    std::string_view question);

/// Runs all case tables of `files`.
[[nodiscard]] CaseReport run_cases(const Law& law, std::span<const SourceFile> files);

}  // namespace licet::law
