// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 (FIPS 180-4), for identities of texts and chains of stored bytes; never for addresses,
// which are short enough to be guessed (ledger/token.h has the keyed function for those).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace licet {

using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Digest sha256(std::span<const std::uint8_t> bytes);
[[nodiscard]] Digest sha256(std::string_view text);

/// The digest of pieces that stand one after the other. Use once: add, add, ..., digest.
class Hasher {
  public:
    Hasher();
    Hasher& add(std::span<const std::uint8_t> bytes);
    Hasher& add(std::string_view text);
    Hasher& add(std::uint8_t byte) { return add(std::span(&byte, 1)); }
    [[nodiscard]] Digest digest();

  private:
    static constexpr std::size_t kStateBytes = 128;
    alignas(8) std::array<std::byte, kStateBytes> state_;
};

}  // namespace licet
