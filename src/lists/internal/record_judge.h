// SPDX-License-Identifier: Apache-2.0
//
// Says what is wrong with a record that was read, whoever read it.
//
//     fields, raw text ──► blank? as many fields as columns? characters? ──► Record, one problem
//
// Private to the module. Threads: any.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lists/csv_reader.h"

namespace licet::lists::internal {

class RecordJudge {
  public:
    /// `file_name` is only shown. Without a header, rows have as many fields as they have.
    RecordJudge(std::string file_name, char separator, std::vector<std::string> header)
        : file_name_(std::move(file_name)), separator_(separator), header_(std::move(header)) {}

    static constexpr std::size_t kNoField = static_cast<std::size_t>(-1);
    /// What its reader met.
    struct Met {
        bool is_unclosed = false;              ///< a quote was opened and not closed
        std::size_t stray_field = kNoField;    ///< the first with text after a closing quote
        bool may_have_bad_characters = false;  ///< it must be looked at whether it is UTF-8
    };
    /// Completes a record of which `raw`, `line` and all fields are known; a problem that is there
    /// stays.
    void judge(Record& record, const Met& met) const;
    /// A problem of the record at that line; `column` counts from 1, 0 = of the whole record.
    [[nodiscard]] Error problem(std::uint64_t line, std::string_view id, std::size_t column,
                                std::vector<std::pair<std::string, std::string>> arguments) const;

    [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
    [[nodiscard]] char separator() const { return separator_; }

  private:
    void judge_characters(Record& record) const;
    [[nodiscard]] std::string column_name(std::size_t index) const {
        return index < header_.size() ? header_[index] : std::to_string(index + 1);
    }

    std::string file_name_;
    char separator_;
    std::vector<std::string> header_;
};

}  // namespace licet::lists::internal
