// SPDX-License-Identifier: Apache-2.0
//
// Base64 of RFC 4648, section 4: with padding, without line breaks. Notes and proofs of
// transparency logs are written in it; there is one writing of bytes, and no other is read, so that
// a text that was signed cannot be written otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace licet {

[[nodiscard]] std::string base64_of(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::string base64_of(std::string_view bytes);
/// Nothing if the text is not what base64_of writes.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> bytes_of_base64(std::string_view text);

/// Base64url of RFC 4648, section 5, without padding: what can stand in an address.
[[nodiscard]] std::string base64url_of(std::span<const std::uint8_t> bytes);
/// Nothing if the text is not what base64url_of writes.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> bytes_of_base64url(std::string_view text);

}  // namespace licet
