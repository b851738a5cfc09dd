// SPDX-License-Identifier: Apache-2.0
//
// The first rows of a file, kept: columns and the order of dates are found out from them before the
// first row is read for good, and a pipe cannot be read twice.
//
//     reader ──► kept records: cells_of() for mapping_of(), view() to be judged before the others
//
// Private to the module.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lists/columns.h"
#include "lists/csv_reader.h"

namespace licet::lists::internal {

/// A record that outlives the reader's block.
class KeptRecord {
  public:
    explicit KeptRecord(const Record& from);
    /// The record as it was; its views live as long as this object and are made anew by each call.
    [[nodiscard]] const Record& view();
    [[nodiscard]] const Cells& cells() const { return fields_; }

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

}  // namespace licet::lists::internal
