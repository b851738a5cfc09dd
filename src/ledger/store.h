// SPDX-License-Identifier: Apache-2.0
//
// Where events are kept: the port that stores implement. One contract, one test suite for all
// (store_contract.h). A batch that was answered is durable: it survives kill -9, a full disk, a
// restart.
//
//     append ──► events (sealed by stores on disk) ──► read by person or all
//            └─► suppressions: what an objection leaves for ever, also when the event is erased
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/event.h"
#include "ledger/suppression.h"

namespace licet::ledger {

/// What became of a batch: how many events are new, how many were already there (same person and
/// key).
struct Appended {
    std::size_t added = 0;
    std::size_t already_there = 0;
    friend bool operator==(const Appended&, const Appended&) = default;
};

/// Where an event stands: partition, and number within it from 1. Never changes.
struct EventPlace {
    std::uint32_t part = 0;
    std::int64_t seq = 0;
    friend auto operator<=>(const EventPlace&, const EventPlace&) = default;
};
/// "17-3".
[[nodiscard]] std::string text_of(const EventPlace& place);
/// Errors: kInput ("log.place_form").
[[nodiscard]] Result<EventPlace> event_place_of(std::string_view text);

struct StoredEvent {
    EventPlace place;
    Event event;
    friend bool operator==(const StoredEvent&, const StoredEvent&) = default;
};

/// Which events to read: opening a seal is what costs.
enum class Which {
    kAll,
    kForStanding,  ///< without objections (the suppressions say them) and our own verdicts
    kRequests,     ///< what persons asked for, and its steps
    kSiteChoices,  ///< what was chosen in banners
};

[[nodiscard]] constexpr bool is_among(Which which, EventKind kind) {
    switch (which) {
        case Which::kAll:
            return true;
        case Which::kForStanding:
            return !is_objection(kind) && kind != EventKind::kVerdictGiven;
        case Which::kRequests:
            return kind == EventKind::kRequest;
        case Which::kSiteChoices:
            return kind == EventKind::kSiteChoice;
    }
    return false;
}

/// Reading only: what a GET handler or a report is given.
class ReadStore {
  public:
    virtual ~ReadStore() = default;

    /// Gives the events of all these tokens, each once, partition by partition and in each in the
    /// order in which they were stored. What was erased is not among them.
    /// Errors: kBroken if the store is damaged, kBusy if it is locked.
    [[nodiscard]] virtual Result<std::vector<StoredEvent>> events_of(
        std::span<const Token> tokens) = 0;

    /// Gives the suppressions of all these tokens, in the order of token and scope.
    [[nodiscard]] virtual Result<std::vector<Suppression>> suppressions_of(
        std::span<const Token> tokens) = 0;

    /// Hands every event to `visit`, one partition after another. Memory does not grow with the
    /// store.
    [[nodiscard]] virtual Result<Done> for_each(Which which,
                                                const std::function<void(const Event&)>& visit) = 0;

    [[nodiscard]] virtual Result<Done> for_each_suppression(
        const std::function<void(const Suppression&)>& visit) = 0;

    /// Number of entries, erased ones included.
    [[nodiscard]] virtual Result<std::uint64_t> count() = 0;
};

/// Why a person's events are erased.
enum class ErasureReason { kRequest, kRetention, kMistake };
/// "request", "retention", "mistake".
[[nodiscard]] std::string_view name_of(ErasureReason reason);
[[nodiscard]] std::optional<ErasureReason> erasure_reason_of(std::string_view name);

class Store : public ReadStore {
  public:
    /// Stores all events of the batch or none; returns when they are durable. Every event must have
    /// a key. Errors: kInput for an event without a key ("event.no_key"), or whose key this person
    /// already has for an event of another kind or scope ("event.key_reused": dropping
    /// it as a repeat could lose an objection); kBusy (locked; try again), kBroken (disk full,
    /// damaged, read-only).
    [[nodiscard]] virtual Result<Appended> append(std::span<const Event> batch) = 0;

    /// Destroys all events of these persons for good, here and in every copy of the store that is
    /// opened later. Suppressions stay. `if_still`, where it is given, is asked with the number of
    /// events that a person has, when nobody can add one any more; false spares the person. Gives
    /// how many events were destroyed. Errors: as append.
    using IfStill = std::function<bool(const Token& person, std::uint64_t events)>;
    [[nodiscard]] virtual Result<std::uint64_t> erase(std::span<const Token> persons, Date on,
                                                      ErasureReason reason,
                                                      const IfStill& if_still = {}) = 0;
};

/// Keeps events in memory, for tests and for `licet check` without a workspace.
[[nodiscard]] std::unique_ptr<Store> memory_store();

/// Number of virtual partitions. Stored; never change it.
inline constexpr std::uint32_t kPartitions = 256;

/// Gives the partition of a person.
[[nodiscard]] std::uint32_t partition_of(const Token& person);

}  // namespace licet::ledger
