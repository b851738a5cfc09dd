// SPDX-License-Identifier: Apache-2.0
//
// A text that a ledger signs, with the time, so that others can check it with programs of theirs.
//
//     body, one line or more
//
//     - origin base64      of the body
//     - origin base64      of the body and the time
//
// Sources: C2SP signed-note (Ed25519), tlog-cosignature (the time). docs/ledger-format.md, section
// 7. What the body says is for others: checkpoint.h, certificate.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/signature.h"

namespace licet::ledger {

/// Name and public key of a log.
struct LogIdentity {
    std::string origin;  ///< also the name of the key
    RawPublicKey key{};
};

/// "origin+id+base64": how the identity is given to others (a vkey of signed-note).
[[nodiscard]] std::string text_of(const LogIdentity& identity);
/// Errors: kInput ("log.vkey_form").
[[nodiscard]] Result<LogIdentity> log_identity_of(std::string_view vkey);

/// What is signed. The body ends with a line feed.
struct SignedText {
    std::string body;
    std::int64_t signed_at = 0;  ///< seconds since 1970-01-01T00:00Z
};

/// Gives the note with two signatures of one key: of the body, and of the body and the time.
/// Errors: kInput ("key.not_ed25519_private").
[[nodiscard]] Result<std::string> note_of(const SignedText& text, const std::string& origin,
                                          std::string_view private_pem);

/// Checks that this log signed the note, and when; signatures of others are passed over. Errors:
/// kInput ("log.note_form", "log.not_signed").
[[nodiscard]] Result<SignedText> signed_text_of(std::string_view note, const LogIdentity& identity);

/// Reads a note without checking who signed it, its time from the line of `name`; nothing if the
/// form is wrong.
[[nodiscard]] std::optional<SignedText> unverified_text_of(std::string_view note,
                                                           std::string_view name);

/// Takes the text up to the next line feed off the front; nothing if there is none.
[[nodiscard]] std::optional<std::string_view> take_line(std::string_view& text);

}  // namespace licet::ledger
