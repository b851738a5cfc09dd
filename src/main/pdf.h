// SPDX-License-Identifier: Apache-2.0
//
// A page as PDF, printed by the Chromium of the machine, if there is one.
//
//     report.html ──► chromium --headless --print-to-pdf ──► report.pdf
//
// The page asks nothing of anybody; the browser is told to ask nothing either, and keeps its
// profile in a folder that is removed.
#pragma once

#include <string>

#include "base/result.h"

namespace licet {

/// Finds the browser: the one that CHROMIUM names, else the first of its names in PATH.
/// Errors: kMissing ("pdf.no_browser").
[[nodiscard]] Result<std::string> browser_for_pdf();

/// Prints the page `html` to `pdf`, which appears when it is complete. Errors: kBroken
/// ("pdf.failed").
[[nodiscard]] Result<Done> print_to_pdf(const std::string& browser, const std::string& html,
                                        const std::string& pdf);

}  // namespace licet
