// SPDX-License-Identifier: Apache-2.0
//
// One line of a vCard, unfolded: a property.
//
//     item1.TEL;TYPE=cell,pref;CHARSET=UTF-8:+33 6 39 98 00 01
//     group name parameters                  value
//
// Versions 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350) differ in how they write parameters and accents; a
// property is the same for all. The value keeps its escapes, since only its reader knows whether
// it is a text, a list or a structure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace licet::lists::internal {

enum class CardVersion { k21, k30, k40 };

struct CardProperty {
    static constexpr int kNotPreferred = 101;

    std::string name;                ///< without its group, in capitals: "EMAIL"
    std::vector<std::string> types;  ///< in lower case: "cell", "work"
    int preference = kNotPreferred;  ///< 1 is the most preferred
    bool is_binary = false;          ///< a picture, a sound or a key, which no list holds
    std::string value;               ///< UTF-8, with its escapes

    [[nodiscard]] bool has_type(std::string_view type) const;
};

/// Reads an unfolded line. Errors: kInput "vcard.no_property", "vcard.charset".
[[nodiscard]] Result<CardProperty> property_of(std::string_view line, CardVersion version);

/// Says whether a line in quoted-printable goes on in the next one.
[[nodiscard]] bool goes_on(std::string_view line);

/// Takes the escapes off: `\n` is a line end, `\,` a comma.
[[nodiscard]] std::string unescaped(std::string_view value);

/// Divides a structure (N, ADR, ORG) at its semicolons and takes the escapes off.
[[nodiscard]] std::vector<std::string> components_of(std::string_view value);

}  // namespace licet::lists::internal
