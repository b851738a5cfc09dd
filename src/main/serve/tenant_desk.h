// SPDX-License-Identifier: Apache-2.0
//
// The ledger of one tenant, as a server needs it: looked up by many at once, written by one.
//
//     requests ──events──► queue ──► writer: one batch, one fsync ──► follow ──► answered
//     requests ──tokens──► standings in memory ◄── follow, now and then: what others wrote
//
// What was answered is durable, and the very next look-up knows it: the writer takes its own batch
// into the standings before it answers. A ledger that cannot be followed for two seconds answers
// nobody any more (store/head_follower.h). Threads: any.
#pragma once

#include <condition_variable>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "ledger/store.h"
#include "main/serve/reader_pool.h"
#include "main/workspace.h"
#include "store/head_follower.h"
#include "web/check.h"

namespace licet {

class TenantDesk final : public web::Standings {
  public:
    /// Opens the workspace and reads the standings. Errors: those of both.
    [[nodiscard]] static Result<std::shared_ptr<TenantDesk>> open(const std::string& id,
                                                                  const std::string& folder);
    ~TenantDesk() override;
    TenantDesk(const TenantDesk&) = delete;
    TenantDesk& operator=(const TenantDesk&) = delete;

    [[nodiscard]] const std::string& id() const { return id_; }
    [[nodiscard]] const Workspace& workspace() const { return workspace_; }

    [[nodiscard]] Result<std::optional<ledger::Standing>> find(
        const std::vector<ledger::ContactTokens>& points, Date until) const override;
    [[nodiscard]] bool has_lists() const override { return list_count() > 0; }
    [[nodiscard]] std::size_t list_count() const { return follower_->list_count(); }

    /// Stores events in one batch with those of others; when it answers, they are durable and
    /// looked up. Errors: those of Store::append().
    [[nodiscard]] Result<ledger::Appended> append(std::vector<ledger::Event> events);

    /// Takes in what others have written, so that the next look-up knows it. Errors: those of
    /// HeadFollower::follow().
    [[nodiscard]] Result<Done> catch_up() const { return follow_now(); }

    /// A store to read from, for one request. Errors: those of opening.
    [[nodiscard]] Result<ReaderPool::Reader> reader() const;

    /// Nothing if the ledger can be written and followed; else what is wrong. Errors are answers.
    [[nodiscard]] std::optional<Error> fault() const;
    /// Number of events taken in since the start.
    [[nodiscard]] std::uint64_t appended() const { return appended_.load(); }

  private:
    struct Wanted {
        std::vector<ledger::Event> events;
        std::promise<Result<ledger::Appended>> answer;
    };
    TenantDesk(std::string id, Workspace workspace);
    void follow_for_ever(const std::stop_token& stop);
    void write_for_ever(const std::stop_token& stop);
    void keep_for_ever(const std::stop_token& stop) const;
    void write(std::vector<Wanted> batch);
    [[nodiscard]] Result<ledger::Appended> store_all(std::span<const ledger::Event> events);
    [[nodiscard]] Result<Done> follow_now() const;
    /// Errors: kBroken ("serve.ledger_moved").
    [[nodiscard]] Result<Done> check_place() const;

    std::string id_;
    Workspace workspace_;
    ReaderPool readers_;
    mutable std::mutex following_;
    std::unique_ptr<store::HeadFollower> follower_;
    std::string ledger_file_;  ///< "" = a server has the ledger
    std::uint64_t ledger_place_ = 0;
    std::mutex queue_mutex_;
    std::condition_variable_any queue_moved_;
    std::deque<Wanted> queue_;
    std::unique_ptr<ledger::Store> store_;  ///< of the writer's thread; null: to be opened
    std::atomic<std::uint64_t> appended_ = 0;
    std::jthread writes_;
    std::jthread follows_;
    std::jthread keeps_;
};

}  // namespace licet
