// SPDX-License-Identifier: Apache-2.0
//
// UTF-16 as UTF-8, for formats that are read as UTF-8 alone (JSON Lines, vCards). CSV has its own
// way: there the encoding belongs to the dialect.
#pragma once

#include <optional>
#include <string_view>

#include "lists/csv_reader.h"

namespace licet::lists::internal {

enum class WideOrder { kLittleEndian, kBigEndian };

/// Says how a file that begins with `block` is written if it has the mark of UTF-16.
[[nodiscard]] std::optional<WideOrder> wide_order_of(std::string_view block);

/// Gives `bytes` of UTF-16 as UTF-8, without the mark. A character cut by the end is dropped.
[[nodiscard]] std::string narrowed(std::string_view bytes, WideOrder order);

/// Gives the text of `source`, which begins with the mark. Errors: those of the source.
[[nodiscard]] ByteSource narrowed(ByteSource source, WideOrder order);

}  // namespace licet::lists::internal
