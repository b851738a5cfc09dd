// SPDX-License-Identifier: Apache-2.0
//
// A page as PDF, for whoever asks for paper: printed by the Chromium of the server's machine.
//
//     html ──► a folder of its own ──► chromium ──► application/pdf
#pragma once

#include <string>

#include "http/message.h"

namespace licet {

/// Prints a page; `name` is that of the file, without its ending. Errors: kMissing
/// ("pdf.no_browser"), kBroken ("pdf.failed").
[[nodiscard]] Result<http::Answer> printed(const std::string& html, const std::string& name);

}  // namespace licet
