// SPDX-License-Identifier: Apache-2.0
//
// One fact changed in organisation.toml, and not a letter besides: comments and order stay.
//
//     set purpose.newsletter.retention 24
//         a value that is there      is replaced where it stands
//         a table that is there      gets a line at its end
//         else                       a table is added at the end of the file
//
// Only the text is made here; the caller reads it again with all diagnostics before it is kept.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "papers/fields.h"

namespace licet::papers {

/// Gives `text` with the fact changed; `value` is as typed, lists with commas; empty removes it.
/// Errors: kInput of TOML, "papers.unknown".
[[nodiscard]] Result<std::string> with_fact(const Fields& fields, std::string_view text,
                                            const std::string& fact, const std::string& value);

}  // namespace licet::papers
