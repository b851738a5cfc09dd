// SPDX-License-Identifier: Apache-2.0
//
// Fields of what providers write: JSON, forms, query strings, in one reading that is never
// surprised. A field that is missing or of another type is an empty text.
//
// Private to the module.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "webhooks/report.h"

namespace licet::webhooks {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Decodes `%41` and, if asked, `+` as a blank; what is no such sign stays as it is.
[[nodiscard]] std::string percent_decoded(std::string_view text, bool has_plus_for_blank = true);
/// `a=1&b=2`, decoded, in its order.
[[nodiscard]] Pairs pairs_of_form(std::string_view text);
/// The pairs of the query of a URL.
[[nodiscard]] Pairs pairs_of_query(std::string_view url);
/// The fields of a body of type multipart/form-data or of a form.
[[nodiscard]] Pairs pairs_of_body(const RawRequest& request);
/// Value of the first pair of one of these names, in any case of ASCII letters.
[[nodiscard]] std::string_view value_of(const Pairs& pairs,
                                        std::initializer_list<std::string_view> names);

/// Parses a body; one that is not UTF-8 is taken for Windows-1252. Errors: kInput
/// ("webhooks.unreadable").
[[nodiscard]] Result<json::value> json_of_body(std::string_view body);

/// Text of a field: of a string, a number, true or false; empty otherwise.
[[nodiscard]] std::string text_at(const json::object& object, std::string_view name);
/// The object in a field; an empty one if there is none.
[[nodiscard]] const json::object& object_at(const json::object& object, std::string_view name);
/// The objects of an array in a field; of an object alone, itself.
[[nodiscard]] std::vector<const json::object*> objects_in(const json::value* value);
[[nodiscard]] std::vector<const json::object*> objects_at(const json::object& object,
                                                          std::string_view name);
/// The texts of an array in a field, or the text that is the field.
[[nodiscard]] std::vector<std::string> texts_at(const json::object& object, std::string_view name);
[[nodiscard]] bool is_true(const json::object& object, std::string_view name);

/// Seconds since 1970 of a number of seconds, also `1521472262.908181`; nothing if it is none.
[[nodiscard]] std::optional<std::int64_t> seconds_of(std::string_view number);
/// Of a number of thousandths of seconds.
[[nodiscard]] std::optional<std::int64_t> seconds_of_millis(std::string_view number);
/// Of `2026-03-02T10:00:05.123Z` and `...+01:00`; fractions are dropped.
[[nodiscard]] std::optional<std::int64_t> seconds_of_iso(std::string_view text);

/// A name for a part of a body that has none: the same part, the same name.
[[nodiscard]] std::string digest_name(std::string_view part);
[[nodiscard]] std::string digest_name(const json::object& part);

/// Lower case, without `_`, `-` and blanks: "hard_bounce" and "hardBounce" are one word.
[[nodiscard]] std::string squeezed(std::string_view word);

}  // namespace licet::webhooks
