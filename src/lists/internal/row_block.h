// SPDX-License-Identifier: Apache-2.0
//
// Some rows of a file with their bytes, to be judged while the reader goes on.
//
//     reader's record (views that live until the next one) ──copy──► block ──► another thread
//
// Private to the module. Threads: one at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lists/csv_reader.h"

namespace licet::lists::internal {

class RowBlock {
  public:
    void add(const Record& record);

    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    /// True once there is enough in it that handing it over costs nothing beside the work.
    [[nodiscard]] bool is_full() const {
        return rows_.size() >= kMostRows || text_.size() >= kMostBytes;
    }
    /// After the last row: makes rows readable.
    void seal();
    /// A row as it was added; what it returns is overwritten by the next call, its texts are not.
    [[nodiscard]] const Record& row(std::size_t index);

  private:
    static constexpr std::size_t kMostRows = 2048;
    static constexpr std::size_t kMostBytes = std::size_t{1} << 20;

    struct Span {
        std::size_t begin = 0;
        std::size_t size = 0;
    };
    struct Row {
        Span raw;
        Span fields;  ///< of `fields_`
        std::uint64_t line = 0;
        bool is_blank = false;
        bool is_regular = true;
        std::size_t problem = 0;  ///< number in `problems_`, plus 1; 0 = none
    };
    [[nodiscard]] Span keep(std::string_view text);
    [[nodiscard]] std::string_view text_of(const Span& span) const {
        return std::string_view(text_).substr(span.begin, span.size);
    }

    std::string text_;
    std::vector<Span> fields_;
    std::vector<Row> rows_;
    std::vector<Error> problems_;
    std::vector<std::string_view> views_;
    Record record_;
};

}  // namespace licet::lists::internal
