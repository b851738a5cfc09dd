// SPDX-License-Identifier: Apache-2.0
//
// One POST to an address that the user has configured: the only call that the program makes to
// others, and only if webhooks.toml names somebody to tell.
//
// Certificates are held to the authorities of the machine and to the name of the host; redirections
// are not followed, since what is signed for one address is for no other. Boost.Beast is seen by
// web_post.cpp alone.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace licet {

struct WebPost {
    std::string url;
    std::string type = "application/json";
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::chrono::seconds timeout{15};  ///< for all of it
};

struct WebPostAnswer {
    int status = 0;
    int retry_after_seconds = 0;  ///< 0 = the other side does not say
};

/// Sends it and waits for the answer, of which only the head is read. Errors: kBusy
/// ("webhooks.unreachable") if there was no answer in time; kInput ("webhooks.bad_url").
[[nodiscard]] Result<WebPostAnswer> web_post(const WebPost& post);

}  // namespace licet
