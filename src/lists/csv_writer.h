// SPDX-License-Identifier: Apache-2.0
//
// Writes CSV rows: the input's columns as they were, then the columns that we add.
//
//     prospect row            ours
//     Julie;Lyon;+33 6 …  ;   interdit;"fr.email.consumer"
//     ~~~~~~~~ raw ~~~~~~     quoted when needed, formulas made harmless
//
// The file is UTF-8 with CRLF; a byte order mark by choice, because Excel needs it. A line `sep=`
// of the input is not repeated: it makes Excel ignore the mark.
//
// Formulas. A cell that begins with = + - @ TAB or CR may run when a spreadsheet opens the file.
// - Cells that we add are always made harmless: an apostrophe is put before them.
// - The input's cells are repeated byte for byte. Their owner's file already held them, and a
// screening
//   that changes +33 6 39 98 00 01 or -12,50 would break what it was asked to sort.
// - With `is_safe` the input's cells get the apostrophe too, unless they are telephone numbers or
// plain
//   numbers: after the first sign, nothing but digits, spaces and . , ( ) / + -, which computes to
//   a number at worst.
//
// A row that is not regular (fields missing, in excess, quotes not closed) cannot be repeated raw:
// it would shift or swallow the added columns. Its fields are written anew, missing ones empty, the
// ones in excess joined in the last column, so that the table stays rectangular and nothing is
// lost.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "lists/csv_reader.h"

namespace licet::lists {

/// Takes the next bytes of a file.
using ByteSink = std::function<Result<Done>(std::string_view)>;

struct WriterOptions {
    char separator = ';';
    Newline newline = Newline::kCrLf;
    bool has_byte_order_mark = true;
    bool is_safe = false;   ///< make the input's cells harmless too
    std::size_t width = 0;  ///< number of the input's columns
};

/// Added cells, quoted and separated.
struct AddedText {
    std::string bytes;
};

class CsvWriter {
  public:
    CsvWriter(ByteSink sink, WriterOptions options);
    /// Keeps all that is written until it is taken.
    explicit CsvWriter(WriterOptions options) : CsvWriter(nullptr, options) {}

    /// Writes the header row of the reader (letters if its file has none), then `added`.
    /// Errors: those of the sink, here and in each function below.
    [[nodiscard]] Result<Done> header(const CsvReader& reader, std::span<const std::string> added);

    /// Writes an input row, then the cells that are added.
    [[nodiscard]] Result<Done> row(const Record& record, std::span<const std::string_view> cells);

    /// Prepares added cells that many rows share; any writer with the same separator may write
    /// them.
    [[nodiscard]] AddedText added(std::span<const std::string_view> cells) const;
    /// Writes an input row, then prepared cells. Cost: two copies.
    [[nodiscard]] Result<Done> prepared_row(const Record& record, const AddedText& text);

    /// Writes a row that is all our own.
    [[nodiscard]] Result<Done> own_row(std::span<const std::string_view> cells);

    /// Takes what was written since the last call, of a writer without a sink.
    [[nodiscard]] std::string take();

    /// Hands the last bytes to the sink. Call it once; what was not finished is not written.
    [[nodiscard]] Result<Done> finish();

  private:
    enum class Guard { kNone, kFormulas, kFormulasButNumbers };

    void put_cell(std::string& out, std::string_view cell, Guard guard) const;
    void put_input(const Record& record);
    [[nodiscard]] Result<Done> end_row(std::size_t row_start);

    ByteSink sink_;
    WriterOptions options_;
    std::string out_;
};

/// Says whether a spreadsheet may run `cell` as a formula.
[[nodiscard]] bool may_be_formula(std::string_view cell);

/// Says whether `cell` is a number or telephone number with a sign before it.
[[nodiscard]] bool is_signed_number(std::string_view cell);

}  // namespace licet::lists
