// SPDX-License-Identifier: Apache-2.0
//
// The frame of a page that licet leaves behind: a report, the law to read.
//
//     no font and no picture from elsewhere, no script unless the page's writer has one, and a
//     policy inside that forbids all else;
//     light and dark as the reader's system has it; a form for paper
//
// What stands in the page is its writer's matter; the style names the classes that it can use
// (page_style.inc): allowed, forbidden, undetermined, out_of_scope, sign, tag, scroll, ...
#pragma once

#include <string>
#include <string_view>

#include "base/message.h"

namespace licet {

/// Writes everything up to and with <body>. `title` is plain text; `more_style` is CSS of the page
/// itself. `scripts` is what the policy allows to run, as its script-src has it; empty: nothing.
/// `forms` is where forms may be sent, as its form-action has it.
[[nodiscard]] std::string page_head(Language language, std::string_view title,
                                    std::string_view more_style = {}, std::string_view scripts = {},
                                    std::string_view forms = "'none'");

/// A module of JavaScript as a part of one script: without its imports, and nothing exported.
[[nodiscard]] std::string script_of_module(std::string_view module);

}  // namespace licet
