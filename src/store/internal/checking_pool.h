// SPDX-License-Identifier: Apache-2.0
//
// Batches of rows that threads check, and that come out in the order in which they went in.
//
//     put ──► [ waiting | being checked | checked ] ──► take: the oldest, checked
//
// Whoever takes helps until the oldest is ready, so that one thread alone does all of it. What is
// found first does not depend on the number of threads. Private to the module.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/internal/row_check.h"

namespace licet::store {

/// Threads: one thread puts and takes.
class CheckingPool {
  public:
    /// `threads`: with the caller's, at least 1. `keys` outlives it and does not change.
    CheckingPool(const ledger::PersonKeys& keys, unsigned threads);
    CheckingPool(const CheckingPool&) = delete;
    CheckingPool& operator=(const CheckingPool&) = delete;
    /// What was not taken is dropped.
    ~CheckingPool();

    [[nodiscard]] bool is_empty() const { return all_.empty(); }
    /// True while there is as much in it as keeps every thread busy.
    [[nodiscard]] bool is_full() const { return all_.size() >= most_; }
    void put(RowBatch batch);
    /// Not to be called when it is empty.
    [[nodiscard]] RowBatch take();

  private:
    enum class State { kWaiting, kBeingChecked, kChecked };
    struct Slot {
        RowBatch batch;
        State state = State::kWaiting;
    };
    void work();
    /// Checks the oldest that waits; false if none does.
    bool check_one(RowChecker& checker, std::unique_lock<std::mutex>& lock);

    const ledger::PersonKeys& keys_;
    const std::size_t most_;
    RowChecker own_checker_;
    std::mutex mutex_;  ///< of all below; only the thread that puts and takes changes `all_`
    std::condition_variable is_waiting_;
    std::condition_variable is_checked_;
    std::deque<std::unique_ptr<Slot>> all_;
    std::deque<Slot*> waiting_;
    bool is_ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace licet::store
