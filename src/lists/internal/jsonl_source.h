// SPDX-License-Identifier: Apache-2.0
//
// JSON Lines: one object a line, each a row.
//
//     {"email":"a@example.com","properties":{"city":"Lyon"}}    ->    email,properties.city
//                                                                     a@example.com,Lyon
//
// Columns are the keys of the first lines, in the order in which they appear; an object inside is
// taken apart with dots, an array is kept as JSON text, null is empty. A line that is no object, or
// has a key that the first lines do not have, is a bad row: told with its line, never dropped. It
// must not be read without that key, which may be a refusal.
#pragma once

#include "lists/list_source.h"

namespace licet::lists::internal {

/// Says whether a file that begins with `block` is JSON Lines, and not CSV.
[[nodiscard]] bool is_jsonl(std::string_view block);

/// Says whether it is one JSON array of objects, which is no list in lines.
[[nodiscard]] bool is_json_array(std::string_view block);

/// Gives JSON Lines as CSV.
/// Errors: kInput "jsonl.no_object", "jsonl.too_many_keys"; those of the source.
[[nodiscard]] Result<ListSource> jsonl_list(ByteSource source, const std::string& file_name);

}  // namespace licet::lists::internal
