// SPDX-License-Identifier: Apache-2.0
//
// Numbers as a reader writes them: French gaps and commas, English commas and points.
//
//     1284000 -> "1 284 000" | "1,284,000"        1 of 3 -> "33,3 %" | "33.3%"
#pragma once

#include <cstdint>
#include <string>

#include "base/message.h"

namespace licet {

/// Words a number for a reader: "1 284 000" with narrow no-break spaces, or "1,284,000".
[[nodiscard]] std::string worded(std::uint64_t number, Language language);

/// Words a share in percent: "67,6 %" or "67.6%"; never 0 or 100 for a share that is neither.
[[nodiscard]] std::string worded_share(std::uint64_t part, std::uint64_t whole, Language language);

/// Words an amount of whole euros: "525 000 €" with narrow no-break spaces, or "€525,000".
[[nodiscard]] std::string worded_euros(std::int64_t amount, Language language);

}  // namespace licet
