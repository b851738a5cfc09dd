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

/// Parses one JSON text. Errors: kInput with the column of the first fault.
[[nodiscard]] Result<json::value> parse_json(std::string_view text);

}  // namespace licet
