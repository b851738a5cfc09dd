// SPDX-License-Identifier: Apache-2.0
//
// The frame of a page that licet leaves behind: a report, the law to read.
//
//     no script, no font, no picture from elsewhere, and a policy inside that forbids them;
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
/// itself.
[[nodiscard]] std::string page_head(Language language, std::string_view title,
                                    std::string_view more_style = {});

}  // namespace licet
