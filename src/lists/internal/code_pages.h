// SPDX-License-Identifier: Apache-2.0
//
// Encodings of one byte a letter, and how to tell them apart.
//
//     bytes above 0x7F beside letters -> how likely each is in French and German, by encoding
//
//     0xE9 é in Windows-1252, È in MacRoman, Ú in CP850       0x8E Ž, é, Ä       0x82 ‚, Ç, é
//
// Old programs for the Mac (and Excel for it) write MacRoman, consoles and old programs for Windows
// write CP850. Read as Windows-1252 they show signs inside words, and a column called D‚sinscrit is
// not recognised. Private to the module.
#pragma once

#include <string>
#include <string_view>

#include "lists/dialect.h"

namespace licet::lists::internal {

/// Gives the encoding in which `block`, which is not UTF-8, reads best: kWindows1252 unless the
/// letters of another are clearly more likely.
[[nodiscard]] Encoding likeliest_encoding(std::string_view block);

/// Turns bytes of kWindows1252, kMacRoman or kCp850 into UTF-8.
[[nodiscard]] std::string utf8_from_8_bit(std::string_view bytes, Encoding encoding);

}  // namespace licet::lists::internal
