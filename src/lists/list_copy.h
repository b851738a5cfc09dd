// SPDX-License-Identifier: Apache-2.0
//
// A list that was read once and can be read again at the cost of CSV.
//
//     workbook -> (expanded, parsed: slow) -> CSV -> store ─┬─► refusals
//                                                           └─► verdicts
//
// A list is read twice, once for refusals and once for verdicts. Most of what a workbook costs is
// to come by its rows, so its rows are kept. Where, the caller says: nothing here opens a file.
#pragma once

#include <functional>

#include "lists/csv_writer.h"
#include "lists/list_source.h"

namespace licet::lists {

class ListCopy {
  public:
    /// Where the rows are kept. `again` reads them from their beginning.
    struct Store {
        ByteSink write;
        std::function<ByteSource()> again;
    };

    /// Reads `list` to its end. Errors: those of the list and of the store.
    [[nodiscard]] static Result<ListCopy> create(ListSource list, Store store);

    /// Gives the list as it was, any number of times, one after the other.
    [[nodiscard]] ListSource again() const;

  private:
    ListCopy(ReaderOptions options, std::vector<Message> notes, Store store);

    ReaderOptions options_;
    std::vector<Message> notes_;
    Store store_;
};

}  // namespace licet::lists
