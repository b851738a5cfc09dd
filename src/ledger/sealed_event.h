// SPDX-License-Identifier: Apache-2.0
//
// An event as a store keeps it: readable with the key of its person, provable without.
//
//     event ──bytes──► commitment = SHA-256(00 || blind || bytes)
//                      sealed     = XChaCha20-Poly1305(key of the person, bytes)
//     (part, seq, commitment, SHA-256(sealed)) ──► entry ──► leaf ──► chain of the partition, log
//
// When the person's key is destroyed the seal cannot be opened any more; the entry stays the same,
// and so do the chain and the log. Byte by byte: docs/ledger-format.md, sections 5 and 6.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "ledger/event.h"
#include "ledger/person_keys.h"

namespace licet::ledger {

/// Name of an event among those of its person: says nothing without the person's key.
using EventName = std::array<std::uint8_t, 16>;

struct SealedEvent {
    EventName name{};
    Digest commitment{};
    std::vector<std::uint8_t> sealed;
};

[[nodiscard]] EventName name_of_key(const PersonKey& key, std::string_view event_key);
/// What blinds the commitment of the event of that name; shown to whoever may check the event.
[[nodiscard]] Digest blind_of(const PersonKey& key, const EventName& name);
[[nodiscard]] Digest commitment_of(const Digest& blind, std::span<const std::uint8_t> event_bytes);

[[nodiscard]] SealedEvent seal(const PersonKey& key, const Event& event);

/// Opens a seal and holds it to its commitment. Errors: kBroken ("event.unreadable") if it was
/// changed, is not of this person or is no event.
[[nodiscard]] Result<Event> open_seal(const PersonKey& key, const SealedEvent& event);

/// Opens many seals, one after the other, into one place. Wiped when it dies. Threads: one object
/// per thread.
class SealOpener {
  public:
    SealOpener() = default;
    SealOpener(const SealOpener&) = delete;
    SealOpener& operator=(const SealOpener&) = delete;
    ~SealOpener();
    /// Gives the bytes of the event, held to its commitment; they are there until the next call.
    /// Nothing if the seal was changed or is not of this person.
    [[nodiscard]] std::optional<std::span<const std::uint8_t>> open(const PersonKey& key,
                                                                    const SealedEvent& event);

  private:
    std::vector<std::uint8_t> bytes_;
};

/// Number and hash of the last event of a partition.
struct Head {
    std::int64_t seq = 0;
    Digest hash{};
    friend bool operator==(const Head&, const Head&) = default;
};

inline constexpr std::size_t kEntryBytes = 77;
using Entry = std::array<std::uint8_t, kEntryBytes>;

/// `sealed_digest` is SHA-256 of the sealed bytes; it outlives them.
[[nodiscard]] Entry entry_of(std::uint32_t part, std::int64_t seq, const Digest& commitment,
                             const Digest& sealed_digest);
/// The head after one more event.
[[nodiscard]] Head next(const Head& head, const Digest& leaf);

}  // namespace licet::ledger
