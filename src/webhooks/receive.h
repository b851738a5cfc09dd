// SPDX-License-Identifier: Apache-2.0
//
// What is done with a request before anything of it is read: which endpoint it is for, and whether
// its provider can have sent it.
//
//     request ──► receive() ──► status 404, 405: nothing is kept
//                        └────► status 200: keep the request on disk, THEN answer
//                                  is_authentic   read_reports(), outcome_of(), the ledger
//                                  doubtful       kept apart and not believed (decision 0032)
//
// A request that is for one of our endpoints is always kept and answered with 200, also if its
// signature is wrong: several providers throw a report away at the first other answer, and a
// signature is wrong most often because a secret was changed on one side only. What is doubtful
// changes nothing until somebody has put the secret right (`licet webhook replay`).
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>

#include "base/message.h"
#include "webhooks/configuration.h"
#include "webhooks/report.h"

namespace licet::webhooks {

struct Received {
    int status = 404;                    ///< of HTTP; 200 = keep, then answer
    const Endpoint* endpoint = nullptr;  ///< in the configuration that was given; null with 404
    bool is_authentic = false;
    Message doubt;      ///< why not
    std::string nonce;  ///< what the provider uses once; another body with it is a forgery
};

/// Judges a request. `moment`: seconds since 1970, when it came. Cost: all tokens are compared, in
/// the same time whichever it is.
[[nodiscard]] Received receive(const Configuration& configuration, const RawRequest& request,
                               std::int64_t moment);

/// True if the request is one that the endpoint's provider can have sent; else `doubt` and `nonce`
/// as in Received.
[[nodiscard]] Received judge(const Endpoint& endpoint, const RawRequest& request,
                             std::int64_t moment);

/// Which values that are used once came with which body. A provider that is not answered sends the
/// same again; another body under the same value is a forgery.
/// Threads: one object per thread.
class NonceWindow {
  public:
    /// Remembers a mark of nonce_mark(); false if its nonce came before with another body. An empty
    /// one is always accepted.
    [[nodiscard]] bool accepts(const std::string& mark, std::int64_t moment);

  private:
    struct Seen {
        std::int64_t at = 0;
        std::string nonce;
    };
    std::map<std::string, std::string, std::less<>> bodies_;  ///< by nonce; both as digests
    std::deque<Seen> order_;
};
/// Digests of a nonce and of the body with it, 64 hexadecimal digits; empty if there is no nonce.
[[nodiscard]] std::string nonce_mark(const std::string& nonce, std::string_view body);

/// How old a signed moment may be, or how far in the future. Seconds. Providers repeat what was not
/// answered for up to a day, some with the first signature.
inline constexpr std::int64_t kWindowSeconds = std::int64_t{36} * 3600;
inline constexpr std::int64_t kFutureSeconds = 600;

}  // namespace licet::webhooks
