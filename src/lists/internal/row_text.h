// SPDX-License-Identifier: Apache-2.0
//
// Rows of another format, written as CSV for the reader.
//
// What a source of rows shares with the others: cells quoted where needed, one record for each row
// of the file, and the rows that are bad, told by their line.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "lists/csv_reader.h"

namespace licet::lists::internal {

class RowText {
  public:
    explicit RowText(char separator) : separator_(separator) {}

    void put(std::string_view cell) {
        if (fields_++ > 0) text_ += separator_;
        const bool is_quoted = std::any_of(cell.begin(), cell.end(), [&](char c) {
            return c == separator_ || c == '"' || c == '\n' || c == '\r';
        });
        if (!is_quoted) {
            text_ += cell;
            return;
        }
        text_ += '"';
        for (const char c : cell) {
            if (c == '"') text_ += '"';
            text_ += c;
        }
        text_ += '"';
    }
    /// Ends the row; one of a single empty cell is a row too.
    void end_row() {
        if (fields_ == 1 && (text_.empty() || text_.back() == '\n')) text_ += "\"\"";
        text_ += '\n';
        fields_ = 0;
    }
    /// A row that the file has and that holds nothing.
    void blank_row() { text_ += '\n'; }
    void tell(std::uint64_t line, Error problem) {
        if (problems_->empty() || problems_->back().line != line)
            problems_->push_back({line, std::move(problem)});
    }

    [[nodiscard]] std::size_t fields() const { return fields_; }
    [[nodiscard]] bool is_empty() const { return place_ == text_.size(); }
    /// Takes the next bytes out, as a ByteSource gives them.
    [[nodiscard]] std::size_t take(std::span<char> out) {
        const std::size_t count = std::min(out.size(), text_.size() - place_);
        std::copy_n(text_.begin() + static_cast<std::ptrdiff_t>(place_), count, out.begin());
        place_ += count;
        if (is_empty()) {
            text_.clear();
            place_ = 0;
        }
        return count;
    }

    /// Tells the reader what it gets.
    [[nodiscard]] ReaderOptions reader_options(std::string file_name,
                                               std::uint64_t first_line) const {
        ReaderOptions options;
        options.file_name = std::move(file_name);
        options.dialect = Dialect{};
        options.dialect->separator = separator_;
        options.first_line = first_line;
        options.has_line_per_row = true;
        options.problems = problems_;
        return options;
    }

  private:
    char separator_;
    std::string text_;
    std::size_t place_ = 0;
    std::size_t fields_ = 0;
    std::shared_ptr<RowProblems> problems_ = std::make_shared<RowProblems>();
};

}  // namespace licet::lists::internal
