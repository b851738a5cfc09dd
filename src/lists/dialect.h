// SPDX-License-Identifier: Apache-2.0
//
// How a CSV file is written: what its first block tells.
//
//     first 64 KiB -> encoding -> text -> separator, line ending -> where the header row begins
//
// Encoding: a byte order mark if there is one; else UTF-8 if the block is UTF-8, or nearly so (one
// broken character must not turn every accent of a file into two wrong letters); else Windows-1252,
// which is what Excel writes in France, unless the letters say MacRoman or CP850. A block of plain
// ASCII proves nothing: `is_ascii_so_far` says so and the reader decides at the first accent.
// Separator: a first line `sep=;`, else the one of ; , tab | that cuts the first 50 records most
// constantly into most fields, with quotes read as in RFC 4180.
//
// A file of another kind (a workbook, an archive, a PDF) is an error that names what it looks like:
// reading it as text would give a thousand meaningless bad rows. Of encodings of one byte only
// those three are told apart, and in doubt it is Windows-1252: a file in another shows wrong
// accents, never wrong addresses.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace licet::lists {

/// How many bytes of a file are enough to call `dialect_of`.
inline constexpr std::size_t kDialectBlockBytes = std::size_t{64} << 10;

enum class Encoding { kUtf8, kWindows1252, kMacRoman, kCp850, kUtf16Le, kUtf16Be };
enum class Newline { kLf, kCrLf, kCr };

struct Dialect {
    Encoding encoding = Encoding::kUtf8;
    char separator = ',';
    /// The ending of the first line. A reader of kLf or kCrLf takes both, even mixed; only kCr
    /// makes a lone CR end a line.
    Newline newline = Newline::kLf;
    /// Bytes before the header row: the byte order mark and the line `sep=`.
    std::size_t preamble_bytes = 0;
    /// Lines before the header row: a line `sep=`, then those above the names of columns.
    std::size_t preamble_lines = 0;
    std::size_t title_lines = 0;  ///< of those, the latter (title_lines.h)
    bool has_byte_order_mark = false;
    bool is_ascii_so_far = false;

    friend bool operator==(const Dialect&, const Dialect&) = default;
};

/// Detects the dialect of the file that begins with `block`; `is_whole` says that nothing follows.
/// Errors: kInput "csv.empty" if there is no text, "csv.binary" if it is no text.
[[nodiscard]] Result<Dialect> dialect_of(std::string_view block, bool is_whole);

/// Says as what `block` reads best, UTF-8 or one byte a letter; nothing if it has no byte above
/// 0x7F (or only what may be a character cut by its end, unless it is the last block). For a reader
/// that meets its first accent after the first block.
[[nodiscard]] std::optional<Encoding> encoding_of_8_bit(std::string_view block, bool is_last);

/// Gives the name by which people know an encoding: "UTF-8", "Windows-1252", "MacRoman", "UTF-16".
[[nodiscard]] std::string_view name_of(Encoding encoding);

}  // namespace licet::lists
