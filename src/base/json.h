// SPDX-License-Identifier: Apache-2.0
//
// JSON values are Boost.JSON's (docs/decisions/0003): one alias, so that one file says so.
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
