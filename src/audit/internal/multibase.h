// SPDX-License-Identifier: Apache-2.0
//
// How W3C's data integrity writes bytes: base58 of Bitcoin behind "z", base64url behind "u".
//
//     Multibase and Multikey: Controlled Identifiers v1.0, sections 2.4 and 2.2.2
//     the key of an Ed25519 signature: z + base58(ed 01 + 32 bytes)
//
// Only what labels need; there is one writing of bytes, and no other is read.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/signature.h"

namespace licet::audit {

[[nodiscard]] std::string base58_of(std::span<const std::uint8_t> bytes);
/// Nothing if a sign is none of the alphabet. Cost: grows with the square of the length; texts over
/// 200 signs are refused.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> bytes_of_base58(std::string_view text);

/// Base64 of RFC 4648, section 5, without padding.
[[nodiscard]] std::string base64url_of(std::string_view bytes);
[[nodiscard]] std::optional<std::string> bytes_of_base64url(std::string_view text);

/// "z6Mk...": the key as `did:key` names it.
[[nodiscard]] std::string multikey_of(const RawPublicKey& key);
[[nodiscard]] std::optional<RawPublicKey> key_of_multikey(std::string_view text);

}  // namespace licet::audit
