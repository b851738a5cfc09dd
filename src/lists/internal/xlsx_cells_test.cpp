// SPDX-License-Identifier: Apache-2.0
// Goal: a cell of a workbook is given as people see it, a day as a date, a number with its digits.
// Method: values and formats as Excel and LibreOffice write them.
#include "lists/internal/xlsx_cells.h"

#include <gtest/gtest.h>

namespace licet::lists::internal {
namespace {

std::string shown(std::string_view value, std::string_view code, bool is_1904 = false) {
    return number_text(value, form_of(code), is_1904);
}

TEST(XlsxCells, ADayIsADate) {
    EXPECT_EQ(shown("45728", "dd/mm/yyyy"), "2025-03-12");
    EXPECT_EQ(shown("44266", "yyyy\\-mm\\-dd", true), "2025-03-12");
    EXPECT_EQ(shown("45728.604166666664", "dd/mm/yyyy hh:mm"), "2025-03-12 14:30");
    EXPECT_EQ(shown("1", "d/m/yy"), "1900-01-01");
    EXPECT_EQ(shown("59", "d/m/yy"), "1900-02-28");
    EXPECT_EQ(shown("60", "d/m/yy"), "1900-02-29");
    EXPECT_EQ(shown("61", "d/m/yy"), "1900-03-01");
    EXPECT_EQ(number_text("45728", built_in_form(14), false), "2025-03-12");
    EXPECT_EQ(number_text("0.5", built_in_form(20), false), "12:00");
    EXPECT_EQ(shown("45728", "[$-40C]d mmmm yyyy;@"), "2025-03-12");
}

TEST(XlsxCells, ANumberKeepsItsDigits) {
    EXPECT_EQ(shown("612345678", "General"), "612345678");
    EXPECT_EQ(shown("6.12345678E8", ""), "612345678");
    EXPECT_EQ(shown("33612345678", "0"), "33612345678");
    EXPECT_EQ(shown("612345678.0", ""), "612345678");
    EXPECT_EQ(shown("0.10000000000000001", ""), "0.1");
    EXPECT_EQ(shown("45728", "#,##0.00"), "45728");
    EXPECT_EQ(shown("45728", "0.00\" days\""), "45728");
    EXPECT_EQ(shown("45728", "[Red]0"), "45728");
}

TEST(XlsxCells, ZerosOfTheFormatAreShown) {
    EXPECT_EQ(shown("612345678", "0#\" \"##"), "612345678");
    EXPECT_EQ(shown("612345678", "0000000000"), "0612345678");
    EXPECT_EQ(shown("612345678", "00\\ 00\\ 00\\ 00\\ 00"), "0612345678");
    EXPECT_EQ(shown("1000", "00000"), "01000");
}

TEST(XlsxCells, WhatIsNoDayAndNoNumberStaysAsItIs) {
    EXPECT_EQ(shown("-1", "dd/mm/yyyy"), "-1");
    EXPECT_EQ(shown("9999999", "dd/mm/yyyy"), "9999999");
    EXPECT_EQ(shown("abc", "dd/mm/yyyy"), "abc");
    EXPECT_EQ(shown("1e999", "0"), "1e999");
}

TEST(XlsxCells, PlacesAreReadAndNamed) {
    EXPECT_EQ(place_of("B7")->column, 1U);
    EXPECT_EQ(place_of("B7")->row, 7U);
    EXPECT_EQ(name_of({1'048'576, 16'383}), "XFD1048576");
    EXPECT_EQ(place_of("XFD1048576")->column, 16'383U);
    for (const char* wrong : {"", "7", "B", "B0", "XFE1", "A1048577", "b7", "AAAA1", "B7x"})
        EXPECT_FALSE(place_of(wrong)) << wrong;
}

TEST(XlsxCells, EscapedCharactersAreDecoded) {
    EXPECT_EQ(without_escapes("a_x000D_b_x00E9_"), "a\rbé");
    EXPECT_EQ(without_escapes("_x00_ _xZZZZ_ _xD800_"), "_x00_ _xZZZZ_ _xD800_");
}

}  // namespace
}  // namespace licet::lists::internal
