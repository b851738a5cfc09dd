// SPDX-License-Identifier: Apache-2.0
//
// Work that several threads share and that comes out in the order in which it went in.
//
//     give(a), give(b), give(c) ──► workers, each with what it needs of its own ──► take(): a, b, c
//
// Private to the module. One thread gives and takes. With one worker nothing is started: give()
// does the work, and what comes out is the same.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace licet::lists::internal {

template <typename Item, typename Output>
class OrderedWork {
  public:
    using Worker = std::function<Output(Item)>;

    explicit OrderedWork(std::vector<Worker> workers) : workers_(std::move(workers)) {
        if (workers_.size() < 2) return;
        for (const Worker& worker : workers_)
            threads_.emplace_back([this, &worker] { run(worker); });
    }
    OrderedWork(const OrderedWork&) = delete;
    OrderedWork& operator=(const OrderedWork&) = delete;
    ~OrderedWork() {
        {
            const std::lock_guard lock(mutex_);
            is_over_ = true;
        }
        given_.notify_all();
        for (std::thread& thread : threads_) thread.join();
    }

    /// True when the oldest should be taken before more is given: memory is bounded by it.
    [[nodiscard]] bool is_full() const { return jobs_.size() >= kJobsAWorker * workers_.size(); }

    void give(Item item) {
        if (threads_.empty()) {
            jobs_.emplace_back().output = workers_.front()(std::move(item));
            return;
        }
        {
            const std::lock_guard lock(mutex_);
            jobs_.emplace_back().item = std::move(item);
        }
        given_.notify_one();
    }

    /// The output of the oldest item, waited for; nothing if all were taken.
    [[nodiscard]] std::optional<Output> take() {
        std::unique_lock lock(mutex_);
        if (jobs_.empty()) return std::nullopt;
        done_.wait(lock, [&] { return jobs_.front().output.has_value(); });
        std::optional<Output> output = std::move(jobs_.front().output);
        jobs_.pop_front();
        return output;
    }

  private:
    // With two, whoever gives and takes was waited for while it wrote.
    static constexpr std::size_t kJobsAWorker = 6;

    struct Job {
        std::optional<Item> item;  ///< until a worker took it
        std::optional<Output> output;
    };

    void run(const Worker& worker) {
        std::unique_lock lock(mutex_);
        while (true) {
            Job* job = nullptr;
            given_.wait(lock, [&] { return is_over_ || (job = waiting()) != nullptr; });
            if (is_over_) return;
            Item item = *std::exchange(job->item, std::nullopt);
            lock.unlock();
            Output output = worker(std::move(item));
            lock.lock();
            job->output = std::move(output);  // it stays where it is until it is taken
            done_.notify_one();
        }
    }
    [[nodiscard]] Job* waiting() {
        for (Job& job : jobs_)
            if (job.item) return &job;
        return nullptr;
    }

    std::vector<Worker> workers_;
    std::mutex mutex_;
    std::condition_variable given_;
    std::condition_variable done_;
    std::deque<Job> jobs_;  ///< its ends grow and shrink, its elements do not move
    bool is_over_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace licet::lists::internal
