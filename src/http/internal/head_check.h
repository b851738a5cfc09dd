// SPDX-License-Identifier: Apache-2.0
//
// What a head must be before it is parsed: exactly what RFC 9112 writes, without the liberties that
// it lets receivers take. Two programs that take different liberties see different requests in the
// same bytes; that is how requests are smuggled.
#pragma once

#include <optional>
#include <string_view>

namespace licet::http {

/// Length of the head at the beginning of `bytes`, its empty line included; nothing if its end is
/// not there yet.
[[nodiscard]] std::optional<std::size_t> head_length(std::string_view bytes);

/// True if lines end by CR LF alone, none is folded, no name is followed by a space, and no byte is
/// a control character. `head` as head_length() cut it.
[[nodiscard]] bool is_strict_head(std::string_view head);

}  // namespace licet::http
