// SPDX-License-Identifier: Apache-2.0
//
// What a ledger can prove: signed checkpoints, proofs for one event, the log as files.
//
//     sign_checkpoint   entries that are new ──► tree in tiles ──► signed note
//     prove_events      event, blind, path through the tree, newest note
//     verify_ledger     every stored byte ──► seals, chains, tree, notes; resumable
//     publish_log       checkpoint and tiles as the files that C2SP tlog-tiles names
//
// Formats: docs/ledger-format.md, sections 6 and 7.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/checkpoint.h"
#include "ledger/store.h"
#include "store/ledger_files.h"

namespace licet::store {

struct SignedCheckpoint {
    std::uint64_t size = 0;
    std::int64_t signed_at = 0;  ///< seconds since 1970-01-01T00:00Z
    std::string note;
    std::vector<std::uint8_t> timestamp;  ///< an answer of RFC 3161 about the note; empty = none
};

/// Adds the new entries to the log and signs it. A log that has not grown gives its last checkpoint
/// again. Errors: kBroken ("store.tampered" if a new entry is not what was written: nothing is
/// signed then, "log.clock_back" if `now` is before the last one), and those of opening.
[[nodiscard]] Result<SignedCheckpoint> sign_checkpoint(const LedgerFiles& files,
                                                       const std::string& origin,
                                                       const std::string& private_pem,
                                                       std::int64_t now);

/// All checkpoints, oldest first.
[[nodiscard]] Result<std::vector<SignedCheckpoint>> checkpoints_of(const LedgerFiles& files);

/// Keeps the answer of a time-stamping authority beside its checkpoint; a newer answer replaces an
/// older one. The answer is to be checked before (base/timestamp.h). Errors: those of opening;
/// kMissing ("ledger.nothing_signed") if there is no checkpoint of that size.
[[nodiscard]] Result<Done> keep_timestamp(const LedgerFiles& files, std::uint64_t size,
                                          std::span<const std::uint8_t> answer);

/// All that somebody needs to check one event without us.
struct EventProof {
    ledger::StoredEvent event;
    std::vector<std::uint8_t> bytes;  ///< of the event
    Digest blind{};
    Digest sealed_digest{};
    ledger::LogProof proof;
};
/// Errors: kMissing ("log.no_such_event", "log.event_erased", "log.not_signed_yet").
[[nodiscard]] Result<EventProof> prove_event(const LedgerFiles& files,
                                             const ledger::EventPlace& place);
/// The same for several, in their order: all under one checkpoint.
[[nodiscard]] Result<std::vector<EventProof>> prove_events(
    const LedgerFiles& files, std::span<const ledger::EventPlace> places);

/// Proves that the log begins with what `old_note` was signed over. Errors: kMissing
/// ("ledger.nothing_signed"); those of ledger::checkpoint_of; kBroken ("log.rolled_back",
/// "log.forked") if it does not.
[[nodiscard]] Result<ledger::LogExtension> prove_extension(const LedgerFiles& files,
                                                           const ledger::LogIdentity& identity,
                                                           std::string_view old_note);

/// Writes `checkpoint`, `tile/...` and `tile/entries/...` into a folder, for any web server. What
/// is there already and complete is not written again. Gives the number of files written.
[[nodiscard]] Result<std::size_t> publish_log(const LedgerFiles& files, const std::string& folder);

struct Verified {
    std::uint64_t events = 0;  ///< entries read, erased ones included
    std::uint64_t erased = 0;
    std::uint64_t bytes = 0;        ///< of seals
    std::uint64_t in_log = 0;       ///< entries under the tree
    std::uint64_t checkpoints = 0;  ///< signatures checked
    std::uint64_t timestamps = 0;   ///< stamps of others held to their checkpoints
    std::uint64_t read_before = 0;  ///< of `events`, those that earlier sessions read
    std::int64_t since = 0;         ///< when the first of these began; seconds, 0 = none was
};

/// Where a verification keeps how far it came, so that the next one goes on there.
struct ResumeFile {
    std::string path;      ///< made if it is not there, taken away when all was verified
    std::string secret;    ///< the private key of the log: nobody else can make such a file
    std::int64_t now = 0;  ///< seconds since 1970-01-01T00:00Z
};

struct VerifyOptions {
    /// A note that was kept elsewhere.
    std::optional<std::string> kept = {};
    /// Certificates to which time stamps are held.
    std::optional<std::string> trusted_pem = {};
    /// Called now and then with the events that were read and all of them; false = stop.
    std::function<bool(std::uint64_t done, std::uint64_t all)> progress = {};
    std::optional<ResumeFile> resume = {};
    unsigned threads = 1;  ///< that check rows; what is found does not depend on it
};

/// Reads and hashes every stored byte: seals (opened too), entries, chains, heads, suppressions,
/// tiles, notes, time stamps (with `trusted_pem`, these also against its certificates). With
/// `resume`, what an earlier session read is not read again: it is vouched for as of then, which
/// Verified says. Errors: those of opening; kBroken names the first thing that is not what was
/// written ("store.tampered", "store.suppressions_changed", "log.bad_tile", "log.bad_checkpoint",
/// "log.rolled_back", "log.forked", "verification.went_back"); kInput for a kept note that is none
/// and for a file of another ledger or one that was changed ("verification.form",
/// "verification.other_ledger", "verification.changed"); kBusy ("verification.in_use",
/// "verification.stopped").
[[nodiscard]] Result<Verified> verify_ledger(const LedgerFiles& files,
                                             const ledger::LogIdentity& identity,
                                             const VerifyOptions& options);

}  // namespace licet::store
