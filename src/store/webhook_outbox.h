// SPDX-License-Identifier: Apache-2.0
//
// What we owe to those who asked to be told, until they have taken it.
//
//     ledger ──take_in()──► message 1, 2, 3, ... of each subscription ──due()──► sent
//                                                 taken() · failed() · give_up()
//
// How far the ledger was read and the messages that came of it are written together, so that a
// restart neither loses nor doubles one. Of one person (`order`) only the oldest that waits is due:
// the next goes when it is taken or given up. A message has a number in its subscription, without
// gaps; replay() makes all from a number on wait again, as long as they are kept.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/store.h"
#include "store/ledger_files.h"

namespace licet::store {

/// The number of an enumerator is stored; never change or reuse one.
enum class OutgoingState : std::uint8_t { kWaiting = 1, kTaken = 2, kGivenUp = 3 };

struct OutgoingMessage {
    std::string subscription;
    std::int64_t number = 0;  ///< from 1
    std::string order;        ///< messages of one order are sent one after the other
    std::string body;
    int tries = 0;            ///< that failed
    std::int64_t due_at = 0;  ///< seconds since 1970-01-01T00:00Z
};

struct OutboxCounts {
    std::uint64_t waiting = 0;
    std::uint64_t taken = 0;
    std::uint64_t given_up = 0;
    std::int64_t last = 0;         ///< number of the newest message
    std::int64_t rests_until = 0;  ///< nothing is sent before; 0 = it does not rest
    std::int64_t oldest_due = 0;   ///< of what waits
};

/// What an event becomes for one subscription; nothing if that does not want it.
struct Wanted {
    std::string order;
    std::string body;
};
using MakeMessage = std::function<std::optional<Wanted>(
    const std::string& subscription, std::int64_t number, const ledger::Event& event)>;

/// Threads: one object per thread.
class WebhookOutbox {
  public:
    /// Opens the file, and makes it if it is not there. Errors: as private_database().
    [[nodiscard]] static Result<std::unique_ptr<WebhookOutbox>> open(
        const std::string& path, std::chrono::milliseconds patience = std::chrono::seconds(5));
    virtual ~WebhookOutbox() = default;

    /// Reads what came into the ledger since the last call and adds a message for each subscription
    /// that wants it; the first call only remembers where the ledger is. Gives the number of
    /// messages. Errors: those of the ledger (kBroken "log.rolled_back" if it has lost events).
    [[nodiscard]] virtual Result<std::size_t> take_in(const LedgerFiles& ledger,
                                                      const std::vector<std::string>& subscriptions,
                                                      const MakeMessage& make,
                                                      std::int64_t now) = 0;
    /// Gives up to `most` messages that can be sent now, in the order of their numbers; none while
    /// the subscription rests.
    [[nodiscard]] virtual Result<std::vector<OutgoingMessage>> due(const std::string& subscription,
                                                                   std::int64_t now,
                                                                   std::size_t most) = 0;
    [[nodiscard]] virtual Result<Done> taken(const OutgoingMessage& message) = 0;
    /// The next try is at `due_at`.
    [[nodiscard]] virtual Result<Done> failed(const OutgoingMessage& message,
                                              std::int64_t due_at) = 0;
    [[nodiscard]] virtual Result<Done> give_up(const OutgoingMessage& message) = 0;
    /// Sends nothing of a subscription until `moment`.
    [[nodiscard]] virtual Result<Done> rest_until(const std::string& subscription,
                                                  std::int64_t moment) = 0;
    /// Makes all messages from `number` on wait again, and ends a rest; gives how many. Errors:
    /// kMissing ("outbox.no_longer_kept") if that number was deleted already.
    [[nodiscard]] virtual Result<std::size_t> replay(const std::string& subscription,
                                                     std::int64_t number, std::int64_t now) = 0;
    [[nodiscard]] virtual Result<OutboxCounts> counts(const std::string& subscription) = 0;
    /// Deletes what does not wait and was made before `moment`; gives how many.
    [[nodiscard]] virtual Result<std::size_t> forget_before(std::int64_t moment) = 0;
};

}  // namespace licet::store
