// SPDX-License-Identifier: Apache-2.0
//
// JSON as values. They are Boost.JSON's (docs/decisions/0003), under one alias, so that one file
// says so. What comes from outside is parsed here and nowhere else: an exception of the library
// ends here and becomes an Error with the place of the fault.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace licet {

namespace json = boost::json;

/// Parses one JSON text; `storage` holds what is read. Errors: kInput with the column of the first
/// fault.
[[nodiscard]] Result<json::value> parse_json(std::string_view text, json::storage_ptr storage = {});

/// Writes JSON as RFC 8785 (JCS) has it: names in the order of their UTF-16 code units, no blanks.
/// The same value gives the same bytes. Only whole numbers up to 2^53 are allowed.
[[nodiscard]] std::string canonical(const json::value& value);

}  // namespace licet
