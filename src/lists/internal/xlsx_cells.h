// SPDX-License-Identifier: Apache-2.0
//
// What a cell of a workbook shows: numbers as people read them, days as dates.
//
// A day is a number that counts from 1900 (with a 29 February 1900 that never was) or from 1904;
// only the format of its cell tells it from other numbers. A telephone number that a spreadsheet
// took for a number is given with all its digits, and with the zeros that its format adds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace licet::lists::internal {

/// What a number format makes of a number.
struct NumberForm {
    bool is_day = false;
    bool is_clock = false;
    std::size_t digits = 0;  ///< whole numbers are shown with so many digits at least
};

/// Reads a format code such as `dd/mm/yyyy`, `00 00 00 00 00`.
[[nodiscard]] NumberForm form_of(std::string_view code);
/// Gives the form of a format that has a number and no code.
[[nodiscard]] NumberForm built_in_form(int id);

/// Gives the text of a number as it stands in the file.
[[nodiscard]] std::string number_text(std::string_view value, NumberForm form, bool is_1904);

/// Decodes `_x000D_` and the like.
[[nodiscard]] std::string without_escapes(std::string_view text);

struct CellPlace {
    std::uint32_t row = 0;     ///< from 1
    std::uint32_t column = 0;  ///< from 0
};
inline constexpr std::uint32_t kMostRows = 1'048'576;
inline constexpr std::uint32_t kMostColumns = 16'384;

/// Reads `B7`; nothing if it is no cell of a sheet.
[[nodiscard]] std::optional<CellPlace> place_of(std::string_view name);
/// Gives `B7`.
[[nodiscard]] std::string name_of(CellPlace place);

}  // namespace licet::lists::internal
