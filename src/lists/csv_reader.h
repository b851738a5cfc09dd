// SPDX-License-Identifier: Apache-2.0
//
// Reads CSV files as people have them, of any length, in constant memory.
//
//     byte source -> blocks of 1 MiB -> UTF-8 -> records: fields, raw text, line, problem
//
// The fields of a record are views into the block (or, for doubled quotes, into a side buffer):
// they live until the next call. `raw` is the whole record as it stood in the file, decoded to
// UTF-8 and without its line ending, so that an output can repeat the input's columns untouched.
//
// A bad row is told, never dropped, and never stops the file:
// - Fields missing or in excess, a character that is not UTF-8, a field over 1 MiB: the record
// comes
//   as it is, with its problem. Excess fields that are all empty (rows ending in one more `;`) are
//   no problem.
// - A quote that is opened and not closed would swallow the rows that follow. So when the end of
// the
//   file, the 16 MiB limit or text after a closing quote shows that a quote of several lines was
//   none, the record is cut after its first line, and reading goes on with the next line.
// - A quote inside a field that did not begin with one (Le "Fournil") is a character like others.
// - Blank lines are skipped and counted; rows of separators only come with `is_blank`.
// A first row that holds an e-mail address or a telephone number is a person, not a header: it is
// given as a row, and the columns are called A, B, C as in a spreadsheet.
//
// What it does not do: trim fields, interpret them, open files. The caller owns the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lists/dialect.h"

namespace licet::lists {

/// Fills the span with the next bytes of a file and says how many; 0 at the end.
using ByteSource = std::function<Result<std::size_t>(std::span<char>)>;

inline constexpr std::size_t kMaxFieldBytes = std::size_t{1} << 20;
inline constexpr std::size_t kMaxRecordBytes = std::size_t{16} << 20;

/// One row. Valid until the next call of the reader.
struct Record {
    std::span<const std::string_view> fields;
    std::string_view raw;
    std::uint64_t line = 0;  ///< physical line on which it starts, from 1
    bool is_blank = false;   ///< no field holds anything but spaces
    bool is_regular = true;  ///< `raw` has one field per column, and each quote is closed
    std::optional<Error> problem;

    /// Gives field `index`, or nothing where the row is too short.
    [[nodiscard]] std::string_view field(std::size_t index) const {
        return index < fields.size() ? fields[index] : std::string_view{};
    }
};

/// What a source knows to be wrong with rows that it gave, in their order; each is taken by the
/// reader when its row comes.
struct RowProblem {
    std::uint64_t line = 0;
    Error problem;
};
using RowProblems = std::deque<RowProblem>;

struct ReaderOptions {
    std::string file_name;           ///< only shown in `Error::where`
    std::optional<Dialect> dialect;  ///< instead of the detected one
    std::size_t block_bytes = std::size_t{1} << 20;
    // Of a source that made CSV of another format:
    std::uint64_t first_line = 1;   ///< line of the header row
    bool may_have_titles = false;   ///< lines above the names of columns, as in a CSV file
    bool has_line_per_row = false;  ///< line ends inside quotes are not the file's own lines
    std::shared_ptr<RowProblems> problems = {};
};

namespace internal {
class RecordJudge;
}

class CsvReader {
  public:
    /// Reads the first block and the header row.
    /// Errors: kInput "csv.empty", "csv.binary", "csv.unclosed_quote" (in the header row); those of
    /// the source.
    [[nodiscard]] static Result<CsvReader> open(ByteSource source, ReaderOptions options = {});

    /// Reads the next record; null at the end of the file.
    /// Errors: those of the source only; what is wrong with a row is in its `problem`: kInput
    /// "csv.too_few_fields", "csv.too_many_fields", "csv.invalid_utf8", "csv.unclosed_quote",
    /// "csv.stray_quote", "csv.field_too_long", "csv.record_too_long", or what the source said.
    /// Cost: one pass over the bytes, no allocation for a good row.
    [[nodiscard]] Result<const Record*> next();

    /// Whole lines without a quote, each a record, which another thread may take apart.
    struct Lines {
        std::string_view text;         ///< valid until the next call; empty: none
        std::uint64_t first_line = 0;  ///< number of its first line
        bool may_be_bad = false;       ///< its characters are to be looked at
        std::shared_ptr<const internal::RecordJudge> judge;
    };
    /// Takes lines that are in memory already, of so many bytes at most; none where the next
    /// record must be read by next(), or where the source has told of problems. Reads nothing.
    [[nodiscard]] Lines take_lines(std::size_t most_bytes);
    /// True if so many bytes of such lines are in memory.
    [[nodiscard]] bool has_lines(std::size_t least_bytes) const;

    [[nodiscard]] const Dialect& dialect() const;
    /// Names of the columns as the file has them; A, B, C if it has none.
    [[nodiscard]] const std::vector<std::string>& header() const;
    [[nodiscard]] std::string_view raw_header() const;  ///< empty if the file has no header row
    [[nodiscard]] bool has_header() const;
    [[nodiscard]] std::uint64_t blank_lines() const;
    [[nodiscard]] std::uint64_t bytes_read() const;

    CsvReader(CsvReader&&) noexcept;
    CsvReader& operator=(CsvReader&&) noexcept;
    CsvReader(const CsvReader&) = delete;
    CsvReader& operator=(const CsvReader&) = delete;
    ~CsvReader();

  private:
    class Engine;
    explicit CsvReader(std::unique_ptr<Engine> engine);
    std::unique_ptr<Engine> engine_;
};

}  // namespace licet::lists
