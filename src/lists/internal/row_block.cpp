// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/row_block.h"

#include <algorithm>
#include <functional>

#include "lists/internal/csv_marks.h"
#include "lists/internal/record_judge.h"

namespace licet::lists::internal {

RowBlock::Span RowBlock::keep(std::string_view text) {
    const Span span{text_.size(), text.size()};
    text_ += text;
    return span;
}

void RowBlock::add(const Record& record) {
    Row row;
    row.raw = keep(record.raw);
    row.fields = {fields_.size(), record.fields.size()};
    const char* const begin = record.raw.data();
    const std::less_equal<> is_before;
    fields_.resize(row.fields.begin + row.fields.size);
    Span* out = fields_.data() + row.fields.begin;  // a row without cells has no first
    for (const std::string_view field : record.fields) {
        // A field is a part of the raw text, unless quotes in it were doubled.
        const bool is_part = is_before(begin, field.data()) &&
                             is_before(field.data() + field.size(), begin + record.raw.size());
        *out++ = is_part ? Span{row.raw.begin + static_cast<std::size_t>(field.data() - begin),
                                field.size()}
                         : keep(field);
    }
    keep(record, row);
}

void RowBlock::keep(const Record& record, Row row) {
    row.line = record.line;
    row.is_blank = record.is_blank;
    row.is_regular = record.is_regular;
    if (record.problem) {
        problems_.push_back(*record.problem);
        row.problem = problems_.size();
    }
    rows_.push_back(row);
}

void RowBlock::add_lines(CsvReader::Lines lines) {
    LICET_ENSURE(is_empty());
    text_.reserve(lines.text.size() + kPaddingBytes);
    text_.assign(lines.text);
    lines_ = std::move(lines);
    lines_.text = {};  // that of the reader goes away
}

// As the reader itself does where no quote is: line by line, mark by mark.
void RowBlock::take_apart() {
    const std::size_t size = text_.size();
    text_.append(kPaddingBytes, '\0');
    const char* const bytes = text_.data();
    const char separator = lines_.judge->separator();
    CsvMarks marks(separator, '\n', '\n');
    marks.reset(bytes, size);
    std::uint64_t line = lines_.first_line;
    for (std::size_t start = 0; start < size; ++line) {
        marks.forget_high();
        const std::size_t first = views_.size();
        std::size_t field = start;
        std::size_t end = marks.next(field);
        for (; bytes[end] == separator; end = marks.next(field)) {
            views_.emplace_back(bytes + field, end - field);
            field = end + 1;
        }
        const std::size_t raw_end = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
        views_.emplace_back(bytes + field, std::max(raw_end, field) - field);
        if (raw_end == start) {
            views_.resize(first);
            ++blank_lines_;
        } else {
            Record record;
            record.raw = std::string_view(bytes + start, raw_end - start);
            record.fields = std::span(views_).subspan(first);
            record.line = line;
            lines_.judge->judge(
                record, {.may_have_bad_characters = lines_.may_be_bad && marks.may_have_high()});
            Row row;
            row.raw = {start, raw_end - start};
            row.fields = {first, record.fields.size()};
            keep(record, row);
        }
        start = end + 1;
    }
}

void RowBlock::seal() {
    views_.clear();
    if (lines_.judge) return take_apart();
    views_.reserve(fields_.size());
    for (const Span& field : fields_) views_.push_back(text_of(field));
}

const Record& RowBlock::row(std::size_t index) {
    const Row& row = rows_[index];
    record_.raw = text_of(row.raw);
    record_.fields = std::span(views_).subspan(row.fields.begin, row.fields.size);
    record_.line = row.line;
    record_.is_blank = row.is_blank;
    record_.is_regular = row.is_regular;
    record_.problem.reset();
    if (row.problem != 0) record_.problem = problems_[row.problem - 1];
    return record_;
}

}  // namespace licet::lists::internal
