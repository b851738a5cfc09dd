// SPDX-License-Identifier: Apache-2.0
//
// The results of a screening as one workbook, for people who work in a spreadsheet.
//
//     allowed.csv ─┐                    screened.xlsx: summary, then a sheet for each
//     blocked.csv ─┼─► rows as texts ─► header frozen, filters, a colour for each kind of row
//     review.csv  ─┘
//
// It is made of the finished files, so it says what they say. Every cell is a text: no formula can
// run, no zero is lost. Colour only repeats what the column of verdicts and the sheet say. A sheet
// that is full goes on in another one; what a cell cannot hold is cut and told. In constant memory.
// It and paper_workbook.h alone see libxlsxwriter.
#pragma once

#include <string>

#include "base/message.h"
#include "lists/screen.h"

namespace licet {

inline constexpr const char* kWorkbookFile = "screened.xlsx";

struct WorkbookOutcome {
    std::uint64_t cut_cells = 0;  ///< longer than a cell of a workbook may be
};

/// Says why no workbook can hold a list with so many columns.
/// Errors: kInput "entry.too_many_columns".
[[nodiscard]] Result<Done> check_workbook_width(std::size_t input_columns);

/// Writes the workbook into `folder`, where the finished files are.
/// Errors: those of reading them; kBroken "file.disk_full", "file.unwritable".
[[nodiscard]] Result<WorkbookOutcome> write_workbook(const lists::ScreenResult& result, Date day,
                                                     const std::string& folder,
                                                     const Catalogue& say);

}  // namespace licet
