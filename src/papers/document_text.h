// SPDX-License-Identifier: Apache-2.0
//
// A document as plain text, as a tree for machines, and as rows for a spreadsheet.
//
//     text_of    to read, to mail, to compare      json_of      each block, its facts, articles
//     csv_of     the table of a record             block_lines  one line a block, to compare
//
// A cell of a table that begins like a formula gets a mark in front, so that no spreadsheet runs
// what somebody typed.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "papers/document.h"

namespace licet::papers {

/// Gives the document as text of at most `width` characters a line; 0: one line a block.
[[nodiscard]] std::string text_of(const Document& document, const Catalogue& say,
                                  std::size_t width = 78);

/// Gives each block as one line or, of tables and messages, some.
[[nodiscard]] std::vector<std::string> block_lines(const Document& document);

/// Gives the twin for machines.
[[nodiscard]] json::object json_of(const Document& document);

/// A table, cells as plain letters, under the heading that it stands below.
struct NamedTable {
    std::string heading;
    std::vector<std::vector<std::string>> rows;  ///< the first is the head
};
[[nodiscard]] std::vector<NamedTable> tables_of(const Document& document);

/// Writes rows as CSV (RFC 4180) with `;` between cells, as French spreadsheets read it.
[[nodiscard]] std::string csv_of(const std::vector<std::vector<std::string>>& rows);

}  // namespace licet::papers
