// SPDX-License-Identifier: Apache-2.0
//
// What a ledger signs about itself, and proofs for one event, as text that others can check.
//
//     origin            c2sp.org/tlog-proof@v1
//     size              index 3
//     base64(root)      base64(hash)...
//
//     - origin base64   checkpoint
//
// Sources: C2SP tlog-checkpoint, tlog-proof. How a note is signed: signed_note.h.
// docs/ledger-format.md, section 7.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "ledger/signed_note.h"

namespace licet::ledger {

struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Digest root{};
    std::int64_t signed_at = 0;  ///< seconds since 1970-01-01T00:00Z
    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// Gives the note with two signatures of one key: of the text, and of the text and the time.
/// Errors: kInput ("key.not_ed25519_private").
[[nodiscard]] Result<std::string> signed_note(const Checkpoint& checkpoint,
                                              std::string_view private_pem);

/// Reads a note and checks that this log signed it, and when; signatures of others are passed over.
/// Errors: kInput ("log.note_form", "log.other_origin", "log.not_signed").
[[nodiscard]] Result<Checkpoint> checkpoint_of(std::string_view note, const LogIdentity& identity);

/// Reads a note without checking who signed it, its time included. For copies of what is checked
/// elsewhere; nothing if the form is wrong.
[[nodiscard]] std::optional<Checkpoint> unverified_checkpoint_of(std::string_view note);

/// A proof that one entry is under a checkpoint.
struct LogProof {
    std::uint64_t index = 0;
    std::vector<Digest> hashes;
    std::string note;
};
[[nodiscard]] std::string text_of(const LogProof& proof);
/// Errors: kInput ("log.proof_form").
[[nodiscard]] Result<LogProof> log_proof_of(std::string_view text);

/// A proof that the log under a checkpoint begins with what an older one was signed over.
struct LogExtension {
    std::uint64_t old_size = 0;
    std::vector<Digest> hashes;
    std::string note;  ///< the newer checkpoint
};
/// Source: C2SP tlog-witness, the body of add-checkpoint.
[[nodiscard]] std::string text_of(const LogExtension& extension);

}  // namespace licet::ledger
