// SPDX-License-Identifier: Apache-2.0
#include "store/internal/checking_pool.h"

namespace licet::store {
namespace {

constexpr std::size_t kBatchesAThread = 4;

}  // namespace

CheckingPool::CheckingPool(const ledger::PersonKeys& keys, unsigned threads)
    : keys_(keys), most_(threads * kBatchesAThread), own_checker_(keys) {
    LICET_ENSURE(threads > 0);
    for (unsigned i = 1; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

CheckingPool::~CheckingPool() {
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
        waiting_.clear();
    }
    is_waiting_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

void CheckingPool::put(RowBatch batch) {
    auto slot = std::make_unique<Slot>();
    slot->batch = std::move(batch);
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(slot.get());
        all_.push_back(std::move(slot));
    }
    is_waiting_.notify_one();
}

RowBatch CheckingPool::take() {
    std::unique_lock lock(mutex_);
    LICET_ENSURE(!all_.empty());
    Slot& oldest = *all_.front();
    while (oldest.state != State::kChecked)
        if (!check_one(own_checker_, lock)) is_checked_.wait(lock);
    RowBatch batch = std::move(oldest.batch);
    all_.pop_front();
    return batch;
}

bool CheckingPool::check_one(RowChecker& checker, std::unique_lock<std::mutex>& lock) {
    if (waiting_.empty()) return false;
    Slot& slot = *waiting_.front();
    waiting_.pop_front();
    slot.state = State::kBeingChecked;
    lock.unlock();
    checker.check(slot.batch);
    lock.lock();
    slot.state = State::kChecked;
    is_checked_.notify_one();
    return true;
}

void CheckingPool::work() {
    RowChecker checker(keys_);
    std::unique_lock lock(mutex_);
    while (!is_ending_)
        if (!check_one(checker, lock))
            is_waiting_.wait(lock, [this] { return is_ending_ || !waiting_.empty(); });
}

}  // namespace licet::store
