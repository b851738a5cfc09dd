// SPDX-License-Identifier: Apache-2.0
//
// Tells those who asked to be told: reads what is new in the ledger, sends it, and tries again for
// more than three days.
//
//     ledger ──► outbox (on disk) ──► POST, signed ──► taken · tried again · given up
//
// A receiver that does not answer, or says 429 or 5xx, is left alone for a while, and with it all
// that waits for it: what it refuses otherwise is about one message, and only that person's next
// ones wait. Nothing is lost at a restart, because nothing is known here that is not in the outbox.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "main/web_post.h"
#include "main/workspace.h"
#include "store/webhook_outbox.h"
#include "webhooks/outgoing.h"

namespace licet {

struct SendingDone {
    std::size_t made = 0;  ///< messages that are new
    std::size_t taken = 0;
    std::size_t failed = 0;
    std::size_t given_up = 0;
};

using Post = std::function<Result<WebPostAnswer>(const WebPost& post)>;

/// Threads: one object per thread; SendingThread has its own.
class WebhookSender {
  public:
    /// Errors: those of webhooks.toml, of the outbox, of the key of the log (it names us).
    [[nodiscard]] static Result<std::unique_ptr<WebhookSender>> open(const Workspace& workspace,
                                                                     Post post = web_post);

    /// Makes messages of what is new and sends all that is due. `goes_on` is asked between
    /// messages. Errors: those of the ledger and the outbox; none of the receivers.
    [[nodiscard]] Result<SendingDone> run_once(std::int64_t now,
                                               const std::function<bool()>& goes_on = {});

    [[nodiscard]] store::WebhookOutbox& outbox() { return *outbox_; }
    [[nodiscard]] const std::vector<webhooks::Subscription>& subscriptions() const {
        return subscriptions_;
    }

  private:
    WebhookSender() = default;
    [[nodiscard]] Result<std::size_t> take_in(std::int64_t now);
    [[nodiscard]] Result<bool> send(const webhooks::Subscription& to,
                                    const store::OutgoingMessage& message, std::int64_t now,
                                    SendingDone& done);
    [[nodiscard]] Result<Done> try_again(const store::OutgoingMessage& message, std::int64_t now,
                                         int least_wait, SendingDone& done);

    std::vector<webhooks::Subscription> subscriptions_;
    store::LedgerFiles ledger_;
    std::string source_;                               ///< name of the ledger
    std::map<std::string, std::string> subject_keys_;  ///< by subscription
    std::unique_ptr<store::WebhookOutbox> outbox_;
    Post post_;
};

/// A sender that works on a thread of its own, every two seconds and when it is woken.
class SendingThread {
  public:
    /// `now`: seconds since 1970. `fault` is told what went wrong, on that thread.
    SendingThread(std::unique_ptr<WebhookSender> sender, std::function<std::int64_t()> now,
                  std::function<void(const Error&)> fault);
    SendingThread(const SendingThread&) = delete;
    SendingThread& operator=(const SendingThread&) = delete;
    /// Waits for the message that is being sent.
    ~SendingThread();
    /// Something is new in the ledger. Threads: any.
    void wake();

  private:
    void work();
    std::unique_ptr<WebhookSender> sender_;
    std::function<std::int64_t()> now_;
    std::function<void(const Error&)> fault_;
    std::mutex lock_;
    std::condition_variable changed_;
    bool is_stopping_ = false;
    bool is_woken_ = false;
    std::thread thread_;
};

}  // namespace licet
