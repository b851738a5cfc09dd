// SPDX-License-Identifier: Apache-2.0
//
// How many columns a text takes where every character has its cell: in an editor, in a terminal.
//
//     "été" 3, also when the accents are characters of their own;  "日本" 4;  "✓" 1
//
// Only for lining things up. The ranges are those of characters that people write into tables; a
// character that a font draws otherwise costs an alignment, never a meaning.
#pragma once

#include <cstddef>
#include <string_view>

namespace licet {

/// Gives the columns of UTF-8 text: 0 for combining marks, 2 for wide characters, else 1 each.
[[nodiscard]] std::size_t display_width(std::string_view text);

}  // namespace licet
