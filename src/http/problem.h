// SPDX-License-Identifier: Apache-2.0
//
// What went wrong, for programs and people: problem details (RFC 9457).
//
//     Error ──► status by what its receiver can do ──► {"type","title","status","detail","code"}
//
// `code` is the id of the message and never changes; title and detail are in the language of the
// request. Nothing of what was sent is repeated.
#pragma once

#include <string>

#include "base/message.h"
#include "http/message.h"

namespace licet::http {

/// Both catalogues; the request chooses.
struct Voices {
    const Catalogue* french = nullptr;
    const Catalogue* english = nullptr;
    [[nodiscard]] const Catalogue& in(Language language) const {
        return language == Language::kFrench ? *french : *english;
    }
};

/// The status of an error: 400, 404, 409, 503 with Retry-After, or 500.
[[nodiscard]] int status_of(ErrorCode code);

[[nodiscard]] Answer problem(int status, const Message& message, const Catalogue& say);
/// Of an error; its place goes into "where".
[[nodiscard]] Answer problem(const Error& error, const Catalogue& say);

}  // namespace licet::http
