// SPDX-License-Identifier: Apache-2.0
//
// What the pages of the audit are written with: the report, a label, a question.
//
//     tag("p", "3 < 5", "note") ──► <p class="note">3 &lt; 5</p>
//
// Private to the module.
#pragma once

#include <string>
#include <string_view>

namespace licet::audit::internal {

/// An element around a text, which is escaped. `kind` is its class, and stands as it is.
[[nodiscard]] std::string tag(std::string_view name, std::string_view text,
                              std::string_view kind = {});

}  // namespace licet::audit::internal
