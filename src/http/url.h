// SPDX-License-Identifier: Apache-2.0
//
// What stands in targets: percent-encoding, queries, cookies.
//
// Strict: what is badly encoded is no text, and nobody guesses. (RFC 3986; WHATWG URL,
// application/x-www-form-urlencoded; RFC 6265)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace licet::http {

/// Decodes %XX; nothing if a sequence is cut, or what comes out holds a zero byte or is not UTF-8.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);
/// Encodes all but letters, digits and - . _ ~
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// Names and values in their order.
using Form = std::vector<std::pair<std::string, std::string>>;
/// Value of the first field of that name, or nothing.
[[nodiscard]] std::optional<std::string> value_of(const Form& form, std::string_view name);
/// Values of all fields of that name.
[[nodiscard]] std::vector<std::string> values_of(const Form& form, std::string_view name);

/// Reads name=value&name=value, as queries have it. Errors: kInput
/// ("http.form_encoding", "http.form_too_many").
[[nodiscard]] Result<Form> form_of_urlencoded(std::string_view text);
/// Value of the cookie of that name; nothing if there is none, or more than one.
[[nodiscard]] std::optional<std::string_view> cookie_of(std::string_view header,
                                                        std::string_view name);

/// The media type of a Content-Type, lower case and without parameters.
[[nodiscard]] std::string media_type_of(std::string_view content_type);

}  // namespace licet::http
