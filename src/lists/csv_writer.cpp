// SPDX-License-Identifier: Apache-2.0
#include "lists/csv_writer.h"

#include <algorithm>
#include <utility>

namespace licet::lists {
namespace {

constexpr std::size_t kFlushBytes = std::size_t{256} << 10;

}  // namespace

bool may_be_formula(std::string_view cell) {
    constexpr std::string_view dangerous = "=+-@\t\r";
    // Full-width signs: some spreadsheets fold them into the ASCII ones.
    for (const std::string_view wide : {"＝", "＋", "－", "＠"})
        if (cell.starts_with(wide)) return true;
    return !cell.empty() && dangerous.find(cell.front()) != dangerous.npos;
}

bool is_signed_number(std::string_view cell) {
    if (!cell.starts_with('+') && !cell.starts_with('-')) return false;
    std::string_view rest = cell.substr(1);
    bool has_digit = false;
    while (!rest.empty()) {
        constexpr std::string_view wide_spaces[] = {"\u00A0", "\u202F"};
        std::size_t length = 0;
        for (const std::string_view space : wide_spaces)
            if (rest.starts_with(space)) length = space.size();
        const char c = rest.front();
        const bool is_digit = c >= '0' && c <= '9';
        if (is_digit || std::string_view(" .,()/+-").find(c) != std::string_view::npos) length = 1;
        if (length == 0) return false;
        has_digit = has_digit || is_digit;
        rest.remove_prefix(length);
    }
    return has_digit;
}

CsvWriter::CsvWriter(ByteSink sink, WriterOptions options)
    : sink_(std::move(sink)), options_(options) {
    if (options_.has_byte_order_mark) out_ = "\xEF\xBB\xBF";
}

void CsvWriter::put_cell(std::string& out, std::string_view cell, Guard guard) const {
    const bool is_dangerous = guard != Guard::kNone && may_be_formula(cell) &&
                              !(guard == Guard::kFormulasButNumbers && is_signed_number(cell));
    const bool is_quoted = std::any_of(cell.begin(), cell.end(), [&](char c) {
        return c == options_.separator || c == '"' || c == '\n' || c == '\r';
    });
    if (is_quoted) out += '"';
    if (is_dangerous) out += '\'';
    if (!is_quoted) {
        out += cell;
        return;
    }
    for (const char c : cell) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

void CsvWriter::put_input(const Record& record) {
    if (record.is_regular && !options_.is_safe) {
        out_ += record.raw;
        return;
    }
    const Guard guard = options_.is_safe ? Guard::kFormulasButNumbers : Guard::kNone;
    const std::span<const std::string_view> fields = record.fields;
    const std::size_t width = std::max<std::size_t>(options_.width, 1);
    for (std::size_t i = 0; i < width; ++i) {
        if (i > 0) out_ += options_.separator;
        const bool has_surplus = i + 1 == width && fields.size() > width;
        if (!has_surplus) {
            put_cell(out_, record.field(i), guard);
            continue;
        }
        std::string joined;
        for (std::size_t j = i; j < fields.size(); ++j) {
            if (j > i) joined += options_.separator;
            joined += fields[j];
        }
        put_cell(out_, joined, guard);
    }
}

Result<Done> CsvWriter::end_row(std::size_t row_start) {
    // A row of one empty cell would be a blank line, which readers skip.
    if (out_.size() == row_start) out_ += "\"\"";
    if (options_.newline != Newline::kLf) out_ += '\r';
    if (options_.newline != Newline::kCr) out_ += '\n';
    if (!sink_ || out_.size() < kFlushBytes) return Done{};
    LICET_TRY(sink_(out_));
    out_.clear();
    return Done{};
}

Result<Done> CsvWriter::header(const CsvReader& reader, std::span<const std::string> added) {
    const std::size_t row_start = out_.size();
    std::vector<std::string_view> names(reader.header().begin(), reader.header().end());
    Record record;
    record.fields = names;
    record.raw = reader.raw_header();
    record.is_regular = reader.has_header();
    put_input(record);
    for (const std::string& name : added) {
        out_ += options_.separator;
        put_cell(out_, name, Guard::kFormulas);
    }
    return end_row(row_start);
}

AddedText CsvWriter::added(std::span<const std::string_view> cells) const {
    AddedText text;
    for (const std::string_view cell : cells) {
        text.bytes += options_.separator;
        put_cell(text.bytes, cell, Guard::kFormulas);
    }
    return text;
}

Result<Done> CsvWriter::row(const Record& record, std::span<const std::string_view> cells) {
    return prepared_row(record, added(cells));
}

Result<Done> CsvWriter::prepared_row(const Record& record, const AddedText& text) {
    const std::size_t row_start = out_.size();
    put_input(record);
    out_ += text.bytes;
    return end_row(row_start);
}

Result<Done> CsvWriter::own_row(std::span<const std::string_view> cells) {
    const std::size_t row_start = out_.size();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out_ += options_.separator;
        put_cell(out_, cells[i], Guard::kFormulas);
    }
    return end_row(row_start);
}

std::string CsvWriter::take() {
    std::string taken = std::exchange(out_, {});
    out_.reserve(taken.size() + taken.size() / 8);  // the next rows are mostly as long
    return taken;
}

Result<Done> CsvWriter::finish() {
    LICET_TRY(sink_(out_));
    out_.clear();
    return Done{};
}

}  // namespace licet::lists
