// SPDX-License-Identifier: Apache-2.0
//
// A text of which all may be shown but what leads to a person.
//
//     "DRH (anne.roux@acme.example, 06 39 98 12 34)"  ->  "DRH (a…@a….example, 06…34)"
//
// Names of columns and job titles are no personal data, until somebody writes an address there.
// Private to the module.
#pragma once

#include <string>
#include <string_view>

namespace licet::lists::internal {

/// Masks each word with an @ and each number of six digits or more, as masked() does.
[[nodiscard]] std::string masked_parts(std::string_view text);

}  // namespace licet::lists::internal
