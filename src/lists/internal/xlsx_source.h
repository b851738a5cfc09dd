// SPDX-License-Identifier: Apache-2.0
//
// The first visible sheet of a workbook, as CSV: one record for each of its rows.
//
// The sheet is expanded twice: once for its merged cells, which come after the rows, once for the
// rows. A value that is merged over several rows counts for each of them: it may be a refusal. A
// formula counts by the value that is kept with it; without one its row is bad, never empty.
#pragma once

#include <optional>

#include "lists/internal/xlsx_book.h"
#include "lists/list_source.h"

namespace licet::lists::internal {

/// Says whether a file that begins with `block` is a ZIP archive, as workbooks are.
[[nodiscard]] bool is_zip(std::string_view block);

/// Reads the whole archive `file` and gives its sheet; nothing if there is no workbook in it.
/// Errors: kInput "xlsx.file_too_large", those of Archive, of read_book; "xlsx.order",
/// "xlsx.no_string" with sheet and cell.
[[nodiscard]] Result<std::optional<ListSource>> xlsx_list(const ByteSource& file,
                                                          const std::string& file_name,
                                                          const BookLimits& limits = {});

}  // namespace licet::lists::internal
