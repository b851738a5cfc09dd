// SPDX-License-Identifier: Apache-2.0
//
// Seals the events of a batch: the next ones while whoever writes them is at the ones before.
//
//     events ──► some are sealed, beside ──► take(): the oldest
//
// Private to the module.
#pragma once

#include <future>
#include <optional>
#include <span>
#include <vector>

#include "base/digest.h"
#include "ledger/person_keys.h"
#include "ledger/sealed_event.h"

namespace licet::store {

struct Sealed {
    ledger::Era era = 0;
    ledger::SealedEvent event;
    Digest digest{};  ///< SHA-256 of the sealed bytes
};
[[nodiscard]] Sealed sealed_by(const ledger::PersonKey& key, const ledger::Event& event);

/// Threads: one thread takes.
class AheadSealer {
  public:
    /// Both outlive it; `keys` may change after wait(), until the next take().
    AheadSealer(const ledger::PersonKeys& keys, std::span<const ledger::Event* const> events)
        : keys_(keys), left_(events) {}

    /// Gives the seal of the next event; nothing if its person has no key. To be called as often as
    /// there are events.
    [[nodiscard]] std::optional<Sealed> take();
    /// Returns when nobody reads the keys.
    void wait() const;

  private:
    using Some = std::vector<std::optional<Sealed>>;
    [[nodiscard]] std::span<const ledger::Event* const> take_some();
    void begin_next();
    [[nodiscard]] Some seal_some(std::span<const ledger::Event* const> events);

    const ledger::PersonKeys& keys_;
    std::span<const ledger::Event* const> left_;
    ledger::UpperLevels upper_;  ///< of whoever seals: one at a time
    Some sealed_;
    std::size_t taken_ = 0;   ///< of sealed_
    std::future<Some> next_;  // last: it is waited for before the rest dies
};

}  // namespace licet::store
