// SPDX-License-Identifier: Apache-2.0
//
// Ed25519 signatures (RFC 8032) with keys in PEM files, as `openssl genpkey -algorithm ed25519` and
// `openssl pkey -pubout` write them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace licet {

/// Signs `text` with a private key. Gives the signature in hexadecimal, 128 digits.
/// Errors: kInput ("key.not_ed25519_private").
[[nodiscard]] Result<std::string> sign(std::string_view text, std::string_view private_pem);

/// True if `signature` (hexadecimal) is that of `text` by the key. Errors: kInput
/// ("key.not_ed25519_public"). A signature that cannot be read is simply not one.
[[nodiscard]] Result<bool> is_signed(std::string_view text, std::string_view signature,
                                     std::string_view public_pem);

/// The 32 bytes of a public key (RFC 8032, 5.1.5), as notes of transparency logs carry it.
using RawPublicKey = std::array<std::uint8_t, 32>;

/// Makes a new private key. Errors: kBroken ("workspace.no_randomness").
[[nodiscard]] Result<std::string> new_private_key();
/// Gives the public half. Errors: kInput ("key.not_ed25519_private").
[[nodiscard]] Result<RawPublicKey> public_key_of(std::string_view private_pem);
/// True if the 64 bytes are the signature of `text` by the key.
[[nodiscard]] bool is_signed_by(std::string_view text, std::span<const std::uint8_t> signature,
                                const RawPublicKey& key);

}  // namespace licet
