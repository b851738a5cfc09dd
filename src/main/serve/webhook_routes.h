// SPDX-License-Identifier: Apache-2.0
//
// Where providers report, over HTTP.
//
//     POST /webhooks/TOKEN              of the first tenant
//     POST /t/TENANT/webhooks/TOKEN     of another one
//
// What was answered with 2xx is on disk before anything is read of it; a thread of each tenant
// reads it a moment later and puts what it says into the ledger.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

#include "main/serve/server_office.h"
#include "main/webhook_desk.h"
#include "main/webhook_sender.h"

namespace licet {

/// Threads: any.
class WebhookRoutes {
  public:
    /// `base`: how providers reach this server, as they sign it.
    WebhookRoutes(ServerOffice& office, std::string base);
    ~WebhookRoutes();
    WebhookRoutes(const WebhookRoutes&) = delete;
    WebhookRoutes& operator=(const WebhookRoutes&) = delete;

    [[nodiscard]] std::vector<http::Route> routes();
    /// Starts reading and sending for the tenants that have a webhooks.toml; reads those files
    /// anew. Gives what is wrong with them.
    [[nodiscard]] std::vector<Error> reload();
    /// Lets go of a tenant that is no more.
    void forget(const std::string& id);

  private:
    struct Tenant;
    [[nodiscard]] http::Answer receive(const http::Request& request);

    ServerOffice& office_;
    std::string base_;
    std::mutex changing_;      ///< of whoever changes the map
    std::shared_mutex mutex_;  ///< shared by who is answered; alone while a desk is exchanged
    std::map<std::string, std::unique_ptr<Tenant>, std::less<>> tenants_;
};

}  // namespace licet
