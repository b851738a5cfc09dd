// SPDX-License-Identifier: Apache-2.0
//
// Signatures of others, checked; and our own, made. All comparisons of secrets take the same time
// whatever they find.
//
// OpenSSL's EVP interface does the mathematics and is seen by signatures.cpp alone. A signature, a
// key or a certificate that cannot be read is simply not one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace licet::webhooks {

enum class HashFunction { kMd5, kSha1, kSha256, kSha512 };

/// HMAC (RFC 2104); the bytes of the code.
[[nodiscard]] std::string hmac(HashFunction function, std::string_view key, std::string_view text);
/// The bytes of the digest.
[[nodiscard]] std::string digest(HashFunction function, std::string_view text);
[[nodiscard]] std::string hex_of_text(std::string_view bytes);

/// Compares without telling by the time taken where texts differ; only their length can be told.
[[nodiscard]] bool is_same_secret(std::string_view a, std::string_view b);

/// Decodes base64 with or without padding, also in the alphabet of URLs (RFC 4648, section 5).
[[nodiscard]] std::optional<std::string> text_of_base64(std::string_view text);

/// True if `signature` (DER) is that of `text` by the P-256 key, which is base64 of a
/// SubjectPublicKeyInfo or a PEM file.
[[nodiscard]] bool is_signed_ecdsa(std::string_view text, std::string_view signature,
                                   std::string_view public_key);
/// True if the text can be such a key.
[[nodiscard]] bool is_ecdsa_key(std::string_view text);

/// True if `signature` is that of `text` by one of the RSA certificates (PEM) that are valid at
/// `moment` (seconds since 1970). PKCS #1 v1.5.
[[nodiscard]] bool is_signed_rsa(HashFunction function, std::string_view text,
                                 std::string_view signature, std::string_view certificates,
                                 std::int64_t moment);
/// True if the text holds at least one certificate (PEM).
[[nodiscard]] bool is_certificate(std::string_view text);

}  // namespace licet::webhooks
