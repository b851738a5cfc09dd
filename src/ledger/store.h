// SPDX-License-Identifier: Apache-2.0
//
// Where events are kept: the port that stores implement. One contract, one test suite for all
// (store_contract.h). A batch that was answered is durable: it survives kill -9, a full disk, a
// restart.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "ledger/event.h"

namespace licet::ledger {

/// What became of a batch: how many events are new, how many were already there (same person and
/// key).
struct Appended {
    std::size_t added = 0;
    std::size_t already_there = 0;
    friend bool operator==(const Appended&, const Appended&) = default;
};

/// Reading only: what a GET handler or a report is given.
class ReadStore {
  public:
    virtual ~ReadStore() = default;

    /// Gives the events of all these tokens, each once, partition by partition and in each in the
    /// order in which they were stored.
    /// Errors: kBroken if the store is damaged, kBusy if it is locked.
    [[nodiscard]] virtual Result<std::vector<Event>> events_of(std::span<const Token> tokens) = 0;

    /// Hands every event to `visit`, one partition after another. Memory does not grow with the
    /// store.
    [[nodiscard]] virtual Result<Done> for_each(const std::function<void(const Event&)>& visit) = 0;

    [[nodiscard]] virtual Result<std::uint64_t> count() = 0;
};

class Store : public ReadStore {
  public:
    /// Stores all events of the batch or none; returns when they are durable. Every event must have
    /// a key. Errors: kInput for an event without a key ("event.no_key"), or whose key this person
    /// already has for another kind of event ("event.key_reused": dropping it as a repeat could
    /// lose an objection); kBusy (locked; try again), kBroken (disk full, damaged, read-only).
    [[nodiscard]] virtual Result<Appended> append(std::span<const Event> batch) = 0;
};

/// Keeps events in memory, for tests and for `licet check` without a workspace.
[[nodiscard]] std::unique_ptr<Store> memory_store();

/// Number of virtual partitions. Stored; never change it.
inline constexpr std::uint32_t kPartitions = 256;

/// Gives the partition of a person.
[[nodiscard]] std::uint32_t partition_of(const Token& person);

}  // namespace licet::ledger
