// SPDX-License-Identifier: Apache-2.0
//
// The tables of a record as a workbook, one sheet each, for people who work in a spreadsheet.
//
//     record of processing ──► sheets "1", "2", ...: head frozen, texts wrapped
//
// Every cell is a text: no formula can run. What a cell cannot hold is cut.
#pragma once

#include <string>

#include "base/result.h"
#include "papers/document.h"

namespace licet {

/// Writes the workbook. Errors: kBroken "file.unwritable".
[[nodiscard]] Result<Done> write_paper_workbook(const papers::Document& document,
                                                const std::string& path);

}  // namespace licet
