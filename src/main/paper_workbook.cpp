// SPDX-License-Identifier: Apache-2.0
#include "main/paper_workbook.h"

#include <xlsxwriter.h>

#include <filesystem>
#include <set>

#include "base/text.h"
#include "papers/document_text.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

// As a workbook counts: UTF-16. Cut well before, at a character.
std::string cell_text(const std::string& text) {
    constexpr std::size_t kMostBytes = 30'000;
    if (text.size() <= kMostBytes) return text;
    std::size_t end = 0;
    while (end + utf8_length_at(text, end) <= kMostBytes) end += utf8_length_at(text, end);
    return text.substr(0, end) + "…";
}

// The heading of the section, as far as a sheet may be called so: 31 characters, without signs, and
// not twice.
std::string sheet_name(const std::string& heading, std::set<std::string>& taken) {
    constexpr std::size_t kMostCharacters = 26;  // and room for " #100"
    std::string out;
    std::size_t count = 0;
    for (std::size_t at = 0; at < heading.size() && count < kMostCharacters; ++count) {
        const std::size_t length = utf8_length_at(heading, at);
        const std::string one = heading.substr(at, length);
        out += std::string_view("[]:*?/\\'").find(one) == std::string_view::npos ? one : " ";
        at += length;
    }
    out = trimmed(out);
    for (int number = 2; !taken.insert(ascii_lower(out)).second; ++number)
        out = out.substr(0, out.rfind(" #")) + " #" + std::to_string(number);
    return out;
}

// False if the workbook takes no such sheet.
bool write_sheet(lxw_workbook* book, const papers::NamedTable& table,
                 std::set<std::string>& taken) {
    constexpr double kColumnWidth = 26;
    const auto& rows = table.rows;
    lxw_worksheet* sheet = ::workbook_add_worksheet(book, sheet_name(table.heading, taken).c_str());
    if (sheet == nullptr) return false;
    lxw_format* wrapped = ::workbook_add_format(book);
    ::format_set_text_wrap(wrapped);
    ::format_set_align(wrapped, LXW_ALIGN_VERTICAL_TOP);
    lxw_format* head = ::workbook_add_format(book);
    ::format_set_bold(head);
    ::format_set_text_wrap(head);
    for (std::size_t row = 0; row < rows.size(); ++row)
        for (std::size_t column = 0; column < rows[row].size(); ++column)
            ::worksheet_write_string(
                sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                cell_text(rows[row][column]).c_str(), row == 0 ? head : wrapped);
    if (rows.empty()) return true;
    ::worksheet_set_column(sheet, 0, static_cast<lxw_col_t>(rows.front().size() - 1), kColumnWidth,
                           nullptr);
    ::worksheet_freeze_panes(sheet, 1, 1);
    return true;
}

}  // namespace

Result<Done> write_paper_workbook(const papers::Document& document, const std::string& path) {
    const std::string unfinished = path + ".part";
    lxw_workbook* book = ::workbook_new(unfinished.c_str());
    const auto failed = [&] {
        return error(ErrorCode::kBroken, "file.unwritable", {{"path", path}}, path);
    };
    if (book == nullptr) return failed();
    std::set<std::string> taken;
    bool is_whole = true;
    for (const auto& table : papers::tables_of(document))
        is_whole = write_sheet(book, table, taken) && is_whole;
    std::error_code fault;
    const bool is_written = ::workbook_close(book) == LXW_NO_ERROR && is_whole;
    if (is_written) fs::rename(unfinished, path, fault);
    if (is_written && !fault) return Done{};
    fs::remove(unfinished, fault);
    return failed();
}

}  // namespace licet
