// SPDX-License-Identifier: Apache-2.0
//
// The first rows of a file, kept: columns and the order of dates are found out from them before the
// first row is read for good, and a pipe cannot be read twice.
//
//     reader ──► kept records: cells_of() for mapping_of(), view() to be judged before the others
//
// Private to the module.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lists/columns.h"
#include "lists/contact_from_record.h"
#include "lists/csv_reader.h"

namespace licet::lists::internal {

/// A record that outlives the reader's block.
class KeptRecord {
  public:
    explicit KeptRecord(const Record& from);
    /// The record as it was; its views live as long as this object and are made anew by each call.
    [[nodiscard]] const Record& view();
    [[nodiscard]] const Cells& cells() const { return fields_; }
    [[nodiscard]] std::uint64_t line() const { return record_.line; }

  private:
    Cells fields_;
    std::string raw_;
    Record record_;
    std::vector<std::string_view> views_;
};

/// Reads up to 200 records. Errors: those of the reader.
[[nodiscard]] Result<std::vector<KeptRecord>> first_rows_of(CsvReader& reader);
/// Their cells, as mapping_of() takes them.
[[nodiscard]] std::vector<Cells> cells_of(const std::vector<KeptRecord>& rows);

/// Maps the columns as mapping_of() does. Errors: its own, and kInput "csv.names_below" if one of
/// the rows is made of names of columns: then the header is a title, or a heading of groups, and
/// what the columns are is not known; "csv.two_separators" if rows are cut by another sign than the
/// header. `lines` are those of the rows.
[[nodiscard]] Read<Mapping> mapping_of_first(const CsvReader& reader, std::span<const Cells> rows,
                                             std::span<const std::uint64_t> lines,
                                             std::span<const std::string> choices);
[[nodiscard]] Read<Mapping> mapping_of_first(const CsvReader& reader,
                                             const std::vector<KeptRecord>& rows,
                                             std::span<const std::string> choices);

/// What is to be told of how the names of the columns were found.
[[nodiscard]] std::vector<Message> notes_on_header(const CsvReader& reader);
/// Adds what is to be told of days that may be read in two ways.
void note_dates(const ContactReader& contacts, std::vector<Message>& notes);
/// Adds that so many rows are refused by words in a text alone, if there are any.
void note_refusals_in_text(const ContactReader& contacts, std::uint64_t count,
                           std::vector<Message>& notes);

}  // namespace licet::lists::internal
