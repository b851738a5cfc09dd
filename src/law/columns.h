// SPDX-License-Identifier: Apache-2.0
//
// The columns of a table that the program reads: known names, each once, none that is required
// missing, and no row longer than the header. What a misspelt column or a bar too many would hide,
// nobody would look for.
//
// Case tables have facts for columns and are checked where they are run (cases.h).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "law/markdown.h"

namespace licet::law {

/// What a table may have and must have.
struct Columns {
    std::vector<std::string> required;
    std::vector<std::string> others;
};

/// Adds what is wrong with the columns and the lengths of the rows; `path` is the file's.
/// Returns whether all that is required is there, so that the rows can be read.
/// Errors: "law.column_missing", "law.unknown_column", "law.declared_twice", "law.row_too_long".
[[nodiscard]] bool check_columns(const std::string& path, const Table& table,
                                 const Columns& columns, std::vector<Error>& problems);

/// Adds "law.declared_twice" for columns that stand twice and "law.row_too_long" for rows.
void check_shape(const std::string& path, const Table& table, std::vector<Error>& problems);

}  // namespace licet::law
