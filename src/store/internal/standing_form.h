// SPDX-License-Identifier: Apache-2.0
//
// How the file of standings is laid out (docs/ledger-format.md, section 13).
//
//     header (4096) │ units of 64 bytes: standings │ buckets of four entries │ meta
//
// Private to the module. Numbers are in the machine's own order: the file never leaves it.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "ledger/token.h"

namespace licet::store {

inline constexpr std::array<char, 16> kStandingMagic = {'l', 'i', 'c', 'e', 't', '-', 's', 't',
                                                        'a', 'n', 'd', 'i', 'n', 'g', '-', '2'};
inline constexpr std::uint64_t kStandingHeaderBytes = 4096;

struct StandingHeader {
    std::array<char, 16> magic = kStandingMagic;
    std::uint64_t units = 0;
    std::uint64_t homes = 0;    ///< buckets that tokens are spread over
    std::uint64_t buckets = 0;  ///< those, and some after them for what runs over
    std::uint64_t entries = 0;
    std::uint64_t meta_bytes = 0;
    std::uint64_t units_sum = 0;  ///< XXH3, 64 bits
    std::uint64_t buckets_sum = 0;
    std::uint64_t meta_sum = 0;
    std::uint64_t header_sum = 0;  ///< of the fields above
};
static_assert(sizeof(StandingHeader) == 88);

/// What a token is looked up by: its first twelve bytes. That two of a thousand million share
/// them has a chance of one in 10^11.
struct StandingName {
    std::uint64_t high = 0;
    std::uint32_t low = 0;
    friend auto operator<=>(const StandingName&, const StandingName&) = default;
};
[[nodiscard]] inline StandingName standing_name_of(const ledger::Token& token) {
    StandingName name;
    std::memcpy(&name.high, token.bytes.data(), 8);
    std::memcpy(&name.low, token.bytes.data() + 8, 4);
    return {__builtin_bswap64(name.high), __builtin_bswap32(name.low)};
}

/// Either an objection (kIsObjection, number of its reach, newest day) or a person (number of the
/// unit, plus 1); 0 = none.
struct StandingEntry {
    std::uint64_t high = 0;
    std::uint32_t low = 0;
    std::uint32_t what = 0;
    [[nodiscard]] StandingName name() const { return {high, low}; }
    friend auto operator<=>(const StandingEntry&, const StandingEntry&) = default;
};
inline constexpr std::uint32_t kIsObjection = 0x8000'0000U;
inline constexpr std::uint32_t kMostReaches = 0x8000U;
inline constexpr std::uint32_t kMostDay = 0xFFFFU;  ///< days since 1970-01-01

using StandingBucket = std::array<StandingEntry, 4>;
static_assert(sizeof(StandingBucket) == 64);

/// Tokens are uniform, so the bucket where one belongs is known from its value; entries stand in
/// order, and one whose place is taken stands after it.
[[nodiscard]] inline std::uint64_t home_of(const StandingName& name, std::uint64_t homes) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>(static_cast<Wide>(name.high) * homes >> 64U);
}

inline constexpr std::size_t kDaysInUnit = 20;
inline constexpr std::uint32_t kOwnShape = 0xFFFF'FFFFU;
/// A standing: the number of a shape and its days. With kOwnShape: `size` bytes that begin where
/// the days would and go on in the units after it: count of days (4), days (4 each), shape.
struct StandingUnit {
    ledger::Token token;
    std::uint32_t shape = 0;
    std::uint32_t size = 0;
    std::array<std::uint16_t, kDaysInUnit> days{};
};
static_assert(sizeof(StandingUnit) == 64);
inline constexpr std::size_t kUnitHeadBytes = 24;

}  // namespace licet::store
