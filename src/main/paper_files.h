// SPDX-License-Identifier: Apache-2.0
//
// A document written to disk, in the forms that people ask for.
//
//     html text json            always
//     pdf                       with the Chromium of the machine (pdf.h)
//     docx                      with the pandoc of the machine
//     csv xlsx                  the tables of a record (paper_workbook.h)
#pragma once

#include <set>
#include <string>
#include <vector>

#include "main/terminal.h"
#include "papers/document.h"

namespace licet {

/// The forms that there are, in the order in which they are written.
[[nodiscard]] const std::vector<std::string>& paper_forms();

/// Writes `folder`/ID.LANGUAGE.FORM for each form and gives the paths; csv and xlsx only if
/// `is_record`. Errors: those of files; kMissing ("pdf.no_browser", "papers.no_pandoc"), kBroken
/// ("pdf.failed", "papers.docx_failed").
[[nodiscard]] Result<std::vector<std::string>> write_paper(const papers::Document& document,
                                                           const std::string& folder,
                                                           const std::set<std::string>& forms,
                                                           bool is_record);

}  // namespace licet
