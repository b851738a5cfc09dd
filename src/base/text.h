// SPDX-License-Identifier: Apache-2.0
//
// Text as bytes: UTF-8 checked at the edges, ASCII rules inside.
//
// Nothing here depends on the locale or on Unicode tables that change: what these functions give
// today they give in ten years, because tokens are made of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace licet {

[[nodiscard]] std::string_view trimmed(std::string_view text);
[[nodiscard]] std::string ascii_lower(std::string_view text);
[[nodiscard]] constexpr char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
[[nodiscard]] constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_ascii_letter(char c) {
    return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
}
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

/// Lower-cases, drops French and German accents and all that is no letter or digit: "N° de tél." ->
/// "ndetel". For comparing the names that people give to columns; never for identifiers.
[[nodiscard]] std::string folded(std::string_view text);

/// Gives the place of the first byte that is not UTF-8 (RFC 3629), or nothing if all is well.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view text);

/// Length in bytes of the character at `place`; 1 for a byte that starts none.
[[nodiscard]] std::size_t utf8_length_at(std::string_view text, std::size_t place);

/// The code point of the character of `length` bytes at `place`; a byte that starts none counts as
/// itself.
[[nodiscard]] char32_t code_point_at(std::string_view text, std::size_t place, std::size_t length);

/// Number of characters (code points) of UTF-8 text.
[[nodiscard]] std::size_t utf8_count(std::string_view text);

/// Appends one code point as UTF-8.
void append_utf8(std::string& out, char32_t code_point);

/// Turns Windows-1252 into UTF-8. The five undefined bytes become U+FFFD.
[[nodiscard]] std::string utf8_from_windows_1252(std::string_view text);

/// Turns UTF-16 (little or big endian, without its mark) into UTF-8; lone surrogates become U+FFFD.
[[nodiscard]] std::string utf8_from_utf16(std::string_view bytes, bool is_big_endian);

[[nodiscard]] std::string hex_of(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::optional<std::vector<std::uint8_t>> bytes_of_hex(std::string_view text);

/// Parses a whole decimal number without sign; nothing for anything else or over 18 digits.
[[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view text);

/// Gives the name in `names` that is nearest to `name` (edit distance at most 2 or a third of its
/// length), for "did you mean"; empty if none is near.
[[nodiscard]] std::string nearest(std::string_view name, std::span<const std::string> names);

[[nodiscard]] std::string join(std::span<const std::string> parts, std::string_view separator);

/// Escapes the characters that are special in HTML text and attributes: all of them, or `which`,
/// some of & < > " '.
[[nodiscard]] std::string html_escaped(std::string_view text, std::string_view which = "&<>\"'");

}  // namespace licet
