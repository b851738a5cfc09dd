// SPDX-License-Identifier: Apache-2.0
//
// Time stamps of RFC 3161: somebody else's signature that a digest existed at a moment.
//
//     digest ──► request (DER) ──► a time-stamping authority ──► answer (DER) ──► checked, kept
//
// Nothing here speaks to anybody: the request is carried there, and the answer back.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"

namespace licet {

/// A request for a stamp of SHA-256 `digest`, with the authority's certificate in the answer. It
/// has no nonce: the same digest gives the same request, and an answer is held to the digest.
[[nodiscard]] std::vector<std::uint8_t> timestamp_request(const Digest& digest);

struct Timestamp {
    std::int64_t at = 0;    ///< seconds since 1970-01-01T00:00Z
    std::string authority;  ///< as its certificate names it; empty if the answer does not say
};

/// Reads an answer and holds it to `digest`; if `trusted_pem` (certificates) is there, also to the
/// authority's signature: certificates that are none trust nobody. Errors: kInput
/// ("timestamp.form", "timestamp.refused", "timestamp.other_digest", "timestamp.not_trusted",
/// "timestamp.trusted_form").
[[nodiscard]] Result<Timestamp> checked_timestamp(std::span<const std::uint8_t> answer,
                                                  const Digest& digest,
                                                  const std::optional<std::string>& trusted_pem);

}  // namespace licet
