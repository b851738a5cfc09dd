// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 (FIPS 180-4), for identities of texts and chains of stored bytes; never for addresses,
// which are short enough to be guessed (ledger/token.h has the keyed function for those).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace licet {

using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Digest sha256(std::span<const std::uint8_t> bytes);
[[nodiscard]] Digest sha256(std::string_view text);

}  // namespace licet
