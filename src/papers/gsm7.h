// SPDX-License-Identifier: Apache-2.0
//
// What fits into one short message: 160 signs of the GSM alphabet, some of which count twice.
//
//     "10 EUR [STOP 36000]" -> 21 signs: each bracket counts two
//
// A sign outside the alphabet would make the network send 70 signs at a time, so it is refused.
// Source: 3GPP TS 23.038, default alphabet and its extension table.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace licet::papers {

inline constexpr std::size_t kMostSigns = 160;

/// Counts the signs of a text. Errors: kInput ("papers.sms_sign") for one that is not in the
/// alphabet.
[[nodiscard]] Result<std::size_t> gsm7_signs(std::string_view text);

}  // namespace licet::papers
