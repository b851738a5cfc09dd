// SPDX-License-Identifier: Apache-2.0
//
// A page as PDF or as a picture, made by the Chromium of the machine, if there is one.
//
//     report.html  ──► chromium --headless --print-to-pdf ──► report.pdf
//     preview.html ──► chromium --headless --screenshot   ──► preview.png
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

/// Takes a picture (PNG) of the page `html` in a window of 1280 by 900, once its scripts have had
/// two seconds of their own clock. Errors: kBroken ("pdf.failed").
[[nodiscard]] Result<Done> take_picture(const std::string& browser, const std::string& html,
                                        const std::string& png);

}  // namespace licet
