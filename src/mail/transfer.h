// SPDX-License-Identifier: Apache-2.0
//
// How the bytes of a part stand in a message, and how others are put among them.
//
//     bytes in the message ──decoded──► bytes of the part ──utf8_of──► text
//     place in the part    ──raw_insertion──► a span of the message and what to put there
//
// What is put into a part is written as the part is: quoted-printable, base64 or as it stands, in
// the charset of the part. Nothing else of the message is written again, so what a sender signed or
// wrote oddly stays byte for byte.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace licet::mail {

/// The transfer encodings of RFC 2045; kPlain is 7bit, 8bit and binary alike.
enum class Encoding { kPlain, kQuotedPrintable, kBase64 };

/// Bytes of a message to be replaced; offsets in bytes, `end` behind the last.
struct Edit {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string bytes;
    friend bool operator==(const Edit&, const Edit&) = default;
};

/// Gives the bytes of a part. Bytes that are none of the encoding are skipped, as readers of mail
/// do.
[[nodiscard]] std::string decoded(std::string_view raw, Encoding encoding);

/// Gives what to replace in `raw` so that `bytes` stand in the part before `place`, which counts
/// decoded bytes. For base64 `padding` is added behind `bytes` until they fill whole groups: it
/// must be something that does not matter there. `line_end` is that of the message.
/// Errors: kInput ("mail.place") if the part is shorter than `place`.
struct Insertion {
    std::size_t place = 0;
    std::string_view bytes;
    std::string_view padding;
    std::string_view line_end;
};
[[nodiscard]] Result<Edit> raw_insertion(std::string_view raw, Encoding encoding,
                                         const Insertion& insertion);

/// Turns the bytes of a part into UTF-8; what is no text of the charset becomes U+FFFD. An unknown
/// charset is read as Windows-1252. NUL is dropped.
[[nodiscard]] std::string utf8_of(std::string_view bytes, std::string_view charset);

/// Turns UTF-8 into the charset. `fallback` words what the charset cannot say: as an entity of
/// HTML, or in ASCII letters. Nothing for a charset that is unknown or in which ASCII is not
/// written as itself (UTF-16, UTF-7, ISO-2022).
enum class Fallback { kEntities, kAscii };
[[nodiscard]] std::optional<std::string> in_charset(std::string_view utf8, std::string_view charset,
                                                    Fallback fallback);

}  // namespace licet::mail
