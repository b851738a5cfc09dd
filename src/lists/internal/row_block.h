// SPDX-License-Identifier: Apache-2.0
//
// Some rows of a file with their bytes, to be judged while the reader goes on.
//
//     reader's record (views that live until the next one) ──copy──► block ──► another thread
//     reader's lines without a quote ──copy──► block ──► another thread: taken apart, judged
//
// Private to the module. Threads: one at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lists/csv_reader.h"

namespace licet::lists::internal {

class RowBlock {
  public:
    /// Adds a row that the reader took apart. Not after add_lines().
    void add(const Record& record);
    /// Adds lines to an empty block; their rows are there after seal().
    void add_lines(CsvReader::Lines lines);

    /// True if neither rows nor lines were added.
    [[nodiscard]] bool is_empty() const { return rows_.empty() && text_.empty(); }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    /// True once there is enough in it that handing it over costs nothing beside the work.
    [[nodiscard]] bool is_full() const {
        return rows_.size() >= kMostRows || text_.size() >= kMostBytes;
    }
    /// Of lines that are added at once: what they become stays in the second-level cache.
    static constexpr std::size_t kLinesBytes = std::size_t{160} << 10;
    /// More rows than any block has.
    static constexpr std::uint64_t kRowsBound = std::uint64_t{1} << 20;

    /// After the last row: makes rows readable.
    void seal();
    /// A row as it was added; what it returns is overwritten by the next call, its texts are not.
    [[nodiscard]] const Record& row(std::size_t index);
    /// Lines without a byte, of which no row was made. After seal().
    [[nodiscard]] std::uint64_t blank_lines() const { return blank_lines_; }

  private:
    static constexpr std::size_t kMostRows = 2048;
    static constexpr std::size_t kMostBytes = std::size_t{1} << 20;

    struct Span {
        std::size_t begin = 0;
        std::size_t size = 0;
    };
    struct Row {
        Span raw;
        Span fields;  ///< of `fields_`, of `views_` in the end
        std::uint64_t line = 0;
        bool is_blank = false;
        bool is_regular = true;
        std::size_t problem = 0;  ///< number in `problems_`, plus 1; 0 = none
    };
    void take_apart();
    void keep(const Record& record, Row row);
    [[nodiscard]] Span keep(std::string_view text);
    [[nodiscard]] std::string_view text_of(const Span& span) const {
        return std::string_view(text_).substr(span.begin, span.size);
    }

    std::string text_;
    CsvReader::Lines lines_;  ///< all but its text, which is `text_`
    std::uint64_t blank_lines_ = 0;
    std::vector<Span> fields_;
    std::vector<Row> rows_;
    std::vector<Error> problems_;
    std::vector<std::string_view> views_;
    Record record_;
};

}  // namespace licet::lists::internal
