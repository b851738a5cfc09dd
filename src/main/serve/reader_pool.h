// SPDX-License-Identifier: Apache-2.0
//
// Open ledgers that wait to be read from again: opening one reads keys and asks the file what it
// is, which costs more than the look-up of a person.
//
//     take() ──► one that waits and still answers, or a new one ──► given back when it is let go
//
// Each read is a transaction of its own, so one that waited sees what was written meanwhile. What
// was opened more than five seconds ago is not given out again: it has a copy of the keys of that
// time.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "ledger/store.h"

namespace licet {

/// Threads: any.
class ReaderPool {
  public:
    using Open = std::function<Result<std::unique_ptr<ledger::ReadStore>>()>;
    explicit ReaderPool(Open open) : shared_(std::make_shared<Shared>()), open_(std::move(open)) {}

  private:
    using Clock = std::chrono::steady_clock;
    struct Waiting {
        std::unique_ptr<ledger::ReadStore> store;
        Clock::time_point opened_at;
    };
    struct Shared {
        std::mutex mutex;
        std::vector<Waiting> waiting;
    };
    struct GiveBack {
        std::shared_ptr<Shared> to;
        Clock::time_point opened_at;
        void operator()(ledger::ReadStore* store) const;
    };

  public:
    /// A store for one reader; it goes back when it is let go.
    using Reader = std::unique_ptr<ledger::ReadStore, GiveBack>;
    /// Errors: those of opening.
    [[nodiscard]] Result<Reader> take() const;

  private:
    std::shared_ptr<Shared> shared_;
    Open open_;
};

}  // namespace licet
