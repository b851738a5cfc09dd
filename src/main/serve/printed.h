// SPDX-License-Identifier: Apache-2.0
//
// A page as PDF, for whoever asks for paper: printed by the Chromium of the server's machine.
//
//     html ──► a folder of its own ──► chromium ──► application/pdf
#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "http/message.h"

namespace licet {

/// The right to have a browser run, for paper or a visit: of a server one does at a time, so that
/// those who ask for it do not take the workers from those who say stop. Errors: kBusy
/// ("pdf.busy").
using BrowserTurn = std::unique_lock<std::timed_mutex>;
[[nodiscard]] Result<BrowserTurn> browser_turn();

/// Prints a page; `name` is that of the file, without its ending. Errors: kMissing
/// ("pdf.no_browser"), kBroken ("pdf.failed"), kBusy ("pdf.busy"). Threads: any.
[[nodiscard]] Result<http::Answer> printed(const std::string& html, const std::string& name);

}  // namespace licet
