// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/row_block.h"

#include <functional>

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
    row.line = record.line;
    row.is_blank = record.is_blank;
    row.is_regular = record.is_regular;
    if (record.problem) {
        problems_.push_back(*record.problem);
        row.problem = problems_.size();
    }
    rows_.push_back(row);
}

void RowBlock::seal() {
    views_.clear();
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
