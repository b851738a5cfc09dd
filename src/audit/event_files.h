// SPDX-License-Identifier: Apache-2.0
//
// Events of a ledger as files of an archive, with what is needed to check each, whatever their
// number.
//
//     verdicts/0001.jsonl     one event a line: words, bytes, blind, place in the log
//     objections/0001.jsonl   likewise, in the order of the log
//     proof/leaves/0001.bin   the leaves of the log, 32 bytes each, those of all other events too
//
// Whoever has all leaves computes the root that the checkpoint signs; whoever has bytes and blind
// computes the leaf. The leaf of an event that is not shown tells nothing of it.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "audit/signed_archive.h"
#include "ledger/store.h"

namespace licet::audit {

/// Folder of an event's file: "verdicts", "objections", "consents", "requests", "contacts",
/// "origins", "registers".
[[nodiscard]] std::string_view folder_of(ledger::EventKind kind);

/// An event as it goes into a file.
struct ShownEvent {
    std::uint64_t index = 0;  ///< in the log
    ledger::EventPlace place;
    const ledger::Event& event;
    std::span<const std::uint8_t> bytes;
    Digest blind{};
    Digest sealed_digest{};
};

class EventFiles {
  public:
    /// `archive` outlives it.
    explicit EventFiles(SignedArchive& archive) : archive_(archive) {}
    /// Adds an event to the file of its kind. Errors: those of the archive.
    [[nodiscard]] Result<Done> add(const ShownEvent& shown);
    /// Adds a leaf of the log; they come in its order. Errors: those of the archive.
    [[nodiscard]] Result<Done> add_leaf(const Digest& leaf);
    /// Writes what is left. Errors: those of the archive.
    [[nodiscard]] Result<Done> finish();

    /// How many events, by folder.
    [[nodiscard]] const std::map<std::string, std::uint64_t, std::less<>>& counts() const {
        return counts_;
    }

  private:
    struct Part {
        std::string ending;
        std::string bytes;
        int written = 0;
    };
    [[nodiscard]] Result<Done> put(const std::string& folder, Part& part, std::string_view bytes);
    [[nodiscard]] Result<Done> flush(const std::string& folder, Part& part);

    SignedArchive& archive_;
    std::map<std::string, Part, std::less<>> parts_;
    std::map<std::string, std::uint64_t, std::less<>> counts_;
};

}  // namespace licet::audit
