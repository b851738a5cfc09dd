// SPDX-License-Identifier: Apache-2.0
//
// Where requests of providers arrive: judged, kept on disk, answered; then read and recorded.
//
//     request ──► receive() ──► spool ──► answer          at once, on any thread
//                                 └─────► process() ──► ledger ──► mark        a little later
//
// Between the two anything may happen to the process: what was answered with 2xx is in the spool
// and is recorded at the next process(). An event that is recorded twice is recorded once.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "main/workspace.h"
#include "store/webhook_spool.h"
#include "webhooks/receive.h"
#include "webhooks/recorded.h"

namespace licet {

/// Puts events into the ledger, durable when it returns; `Recorder` in commands, the server's own
/// hand there. Gives how many were new.
using WebhookSink = std::function<Result<std::size_t>(std::span<const webhooks::ToRecord> events)>;

struct WebhookAnswer {
    int status = 200;
    int retry_after_seconds = 0;  ///< 0 = the header is not sent
};

struct WebhooksDone {
    std::size_t requests = 0;
    std::size_t events = 0;      ///< new in the ledger
    std::size_t unreadable = 0;  ///< of the requests
    std::size_t left = 0;        ///< for an endpoint that webhooks.toml does not name any more
    webhooks::Tally tally;
};

/// Reads webhooks.toml of a workspace; no file is no endpoint. Errors: kInput
/// ("webhooks.file_open_to_others"), and all that is wrong in it.
[[nodiscard]] Read<webhooks::Configuration> webhooks_of(const Workspace& workspace);

/// Threads: receive() from any number; process() and the rest from one.
class WebhookDesk {
  public:
    /// Errors: those of webhooks.toml (the first) and of the spool.
    [[nodiscard]] static Result<std::unique_ptr<WebhookDesk>> open(const Workspace& workspace);

    /// Answers 200 when the request is on disk; 404 and 405 for what is not for us; 429 when more
    /// doubtful requests are kept than anybody will look at; 503 if it could not be kept.
    /// `moment`: seconds since 1970.
    [[nodiscard]] WebhookAnswer receive(const webhooks::RawRequest& request, std::int64_t moment);

    /// Keeps a request that somebody got by another way and vouches for. Errors: kMissing
    /// ("webhooks.no_endpoint"), those of the spool.
    [[nodiscard]] Result<Done> take(const std::string& endpoint,
                                    const webhooks::RawRequest& request, std::int64_t moment);

    /// Reads and records all that waits. Errors: those of spool and sink; what was not recorded
    /// still waits then.
    [[nodiscard]] Result<WebhooksDone> process(const WebhookSink& sink);
    /// Judges again what was doubtful, by the secrets of now; gives how many wait since.
    [[nodiscard]] Result<std::size_t> judge_again();
    /// Makes what is done or unreadable and came at or after `moment` wait again, for a reading
    /// that has learnt something since; gives how many.
    [[nodiscard]] Result<std::size_t> read_again(std::int64_t moment);

    /// Lets go of what is done and came a month or more before `moment`; gives how many.
    [[nodiscard]] Result<std::size_t> forget_old(std::int64_t moment);

    [[nodiscard]] store::WebhookSpool& spool() { return *spool_; }
    [[nodiscard]] const webhooks::Configuration& configuration() const { return configuration_; }

  private:
    WebhookDesk() = default;
    struct Round;
    [[nodiscard]] const webhooks::Endpoint* endpoint(std::string_view name) const;
    [[nodiscard]] Result<Done> remember_nonces();
    [[nodiscard]] bool is_first_body(const std::string& mark, std::int64_t moment);
    void read(const store::SpoolEntry& entry, Round& round) const;
    [[nodiscard]] Result<Done> record(Round& round, const WebhookSink& sink, WebhooksDone& done);

    webhooks::Configuration configuration_;
    std::string country_;
    std::unique_ptr<store::WebhookSpool> spool_;
    std::mutex lock_;  ///< of the two below
    webhooks::NonceWindow nonces_;
    std::uint64_t doubtful_bytes_ = 0;
};

}  // namespace licet
