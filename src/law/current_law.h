// SPDX-License-Identifier: Apache-2.0
//
// The law of a running process, which may be exchanged while others are deciding by it.
//
//     readers: get()  -> const Law*, one load; never waits, never counts
//     one writer: put() -> the new law is there for whoever asks next; the old ones stay
//
// A law that was handed out is kept until the holder goes: packs change a few times a year, and a
// count of references would make all readers write to one place of memory at every decision.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "law/law.h"

namespace licet::law {

class CurrentLaw {
  public:
    explicit CurrentLaw(std::unique_ptr<const Law> law) { put(std::move(law)); }
    CurrentLaw(const CurrentLaw&) = delete;
    CurrentLaw& operator=(const CurrentLaw&) = delete;

    /// Gives the law of now. The pointer holds as long as the holder. Any thread, without waiting.
    [[nodiscard]] const Law& get() const { return *current_.load(std::memory_order_acquire); }

    /// Exchanges the law. Threads that write wait for each other; readers never wait.
    void put(std::unique_ptr<const Law> law) {
        LICET_ENSURE(law != nullptr);
        const std::lock_guard lock(writing_);
        kept_.push_back(std::move(law));
        current_.store(kept_.back().get(), std::memory_order_release);
    }

  private:
    std::atomic<const Law*> current_{nullptr};
    std::mutex writing_;
    std::vector<std::unique_ptr<const Law>> kept_;
};

}  // namespace licet::law
