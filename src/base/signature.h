// SPDX-License-Identifier: Apache-2.0
//
// Ed25519 signatures (RFC 8032) with keys in PEM files, as `openssl genpkey -algorithm ed25519` and
// `openssl pkey -pubout` write them.
#pragma once

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

}  // namespace licet
