// SPDX-License-Identifier: Apache-2.0
//
// Whole numbers as bytes, the most significant first, as every stored form of the ledger has them
// (docs/ledger-format.md).
#pragma once

#include <cstdint>
#include <iterator>
#include <span>
#include <vector>

namespace licet {

/// Writes the last `size_bytes` bytes of `value` to `to`; gives the place after them.
template <typename Output>
Output put_big_endian(Output to, std::uint64_t value, unsigned size_bytes) {
    for (unsigned shift = size_bytes * 8; shift > 0; shift -= 8)
        *to++ = static_cast<std::uint8_t>(value >> (shift - 8) & 0xFFU);
    return to;
}

/// Appends them.
inline void append_big_endian(std::vector<std::uint8_t>& out, std::uint64_t value,
                              unsigned size_bytes) {
    put_big_endian(std::back_inserter(out), value, size_bytes);
}

/// The number that up to eight bytes are.
[[nodiscard]] inline std::uint64_t big_endian(std::span<const std::uint8_t> bytes) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes) value = value << 8U | byte;
    return value;
}

}  // namespace licet
