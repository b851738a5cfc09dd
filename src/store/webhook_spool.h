// SPDX-License-Identifier: Apache-2.0
//
// What providers send us, kept before anybody looks at it: an answer with 2xx means that the
// request is on disk, and nothing but that.
//
//     keep() ──► waiting ──► done          read, and in the ledger
//          └───► doubtful ──► waiting      its signature was wrong, and is right since
//                waiting ──► unreadable    no form that the provider has; kept for somebody to see
//
// Requests hold addresses: they are sealed (XChaCha20-Poly1305) under a key of the workspace, and
// what is done with is deleted after some days. Several threads keep requests at once and share one
// write to disk, so that a flood costs a sync for many and not for each.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/personal.h"
#include "base/result.h"

namespace licet::store {

/// The number of an enumerator is stored; never change or reuse one.
enum class SpoolState : std::uint8_t { kWaiting = 1, kDoubtful = 2, kDone = 3, kUnreadable = 4 };

struct SpoolEntry {
    std::int64_t number = 0;       ///< from 1, in the order of keeping; never used again
    std::int64_t received_at = 0;  ///< seconds since 1970-01-01T00:00Z
    std::string endpoint;
    SpoolState state = SpoolState::kWaiting;
    Personal<std::string> request{std::string()};
    std::string note;   ///< what became of it: counts, or why it is doubtful; nothing personal
    std::string nonce;  ///< digests of what is used once and of the body with it; may be empty
};

struct NewSpoolEntry {
    std::int64_t received_at = 0;
    std::string endpoint;
    SpoolState state = SpoolState::kWaiting;
    std::string_view request;
    std::string note = {};
    std::string nonce = {};
};

struct SpoolMark {
    std::int64_t number = 0;
    SpoolState state = SpoolState::kDone;
    std::string note = {};
};

/// Number of requests in each state, by its number, and when the oldest of each came.
struct SpoolCounts {
    std::array<std::uint64_t, 5> entries{};
    std::array<std::int64_t, 5> oldest{};
    std::uint64_t doubtful_bytes = 0;
};

/// Threads: keep() from any number; the rest too, one after the other.
class WebhookSpool {
  public:
    /// Opens the file, and makes it if it is not there. Errors: as private_database().
    [[nodiscard]] static Result<std::unique_ptr<WebhookSpool>> open(
        const std::string& path, const Digest& key,
        std::chrono::milliseconds patience = std::chrono::seconds(5));
    virtual ~WebhookSpool() = default;

    /// Keeps a request; durable when it returns. Gives its number. Errors: kBroken ("store.full"),
    /// kBusy ("store.locked"): nothing of it was kept.
    [[nodiscard]] virtual Result<std::int64_t> keep(const NewSpoolEntry& entry) = 0;

    /// Gives up to `most` requests of a state with numbers above `after`, in their order. Errors:
    /// kBroken ("spool.other_key") if they cannot be opened.
    [[nodiscard]] virtual Result<std::vector<SpoolEntry>> entries(SpoolState state,
                                                                  std::int64_t after,
                                                                  std::size_t most) = 0;
    /// Changes what requests are, all or none; durable when it returns.
    [[nodiscard]] virtual Result<Done> mark(const std::vector<SpoolMark>& marks) = 0;
    /// Hands over all but the request itself of every one, in their order, without opening any.
    [[nodiscard]] virtual Result<Done> for_each_note(
        const std::function<void(const SpoolEntry&)>& visit) = 0;
    [[nodiscard]] virtual Result<SpoolCounts> counts() = 0;
    /// Deletes what is done and came before `moment`; gives how many. What waits, is doubtful or
    /// unreadable stays until somebody has decided.
    [[nodiscard]] virtual Result<std::size_t> forget_before(std::int64_t moment) = 0;
    /// How often there was a write to disk for requests: fewer than requests, in a flood.
    [[nodiscard]] virtual std::uint64_t commits() const = 0;
};

}  // namespace licet::store
