// SPDX-License-Identifier: Apache-2.0
//
// Any list that people have, as the one CSV that the reader reads.
//
//     bytes of the file -> gzip? zstd? -> workbook? JSON Lines? vCards? CSV? -> CSV -> CsvReader
//
// What a file is, its first bytes say; its name says nothing. Whatever it is, mapping, refusals,
// verdicts and outputs stay one path: a workbook, JSON Lines or vCards are given as CSV in UTF-8,
// one record for each row, and the reader counts lines as the file does.
//
// Compressed files are expanded as they are read, in constant memory and up to a limit. A stream
// that is cut, damaged or a bomb is an error when its place is reached: who writes results must put
// none into place before the end.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "lists/csv_reader.h"

namespace licet::lists {

/// A list as CSV, and how CsvReader is to read it.
struct ListSource {
    ByteSource bytes;
    ReaderOptions options;
    std::vector<Message> notes;  ///< what was left out, for the person who screens
    bool is_costly = false;      ///< to come by its rows takes longer than to read them
};

/// Finds out what `file` is and gives it as CSV. `file_name` is only shown.
/// Errors: kInput "packed.corrupt", "packed.bomb" and those of the format; those of the source.
/// The bytes that it gives may fail in the same ways later.
[[nodiscard]] Result<ListSource> open_list(ByteSource file, const std::string& file_name);

}  // namespace licet::lists
