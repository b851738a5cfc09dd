// SPDX-License-Identifier: Apache-2.0
//
// A Chromium that obeys, over two pipes.
//
//     call("Page.navigate", …) ──► {"id":7,…}\0 ──► Chromium
//     listener ◄── {"method":"Network.requestWillBeSent",…}\0 ──┘
//
// Protocol: Chrome DevTools Protocol over --remote-debugging-pipe: no port that others could use.
// The profile is a folder of the caller's, new for each visit.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/json.h"

namespace licet::probe {

/// Threads: one object per thread.
class Browser {
  public:
    struct Options {
        std::string program;
        std::string profile;      ///< an empty folder
        bool has_sandbox = true;  ///< Chromium has none for root
        /// What rules of --host-resolver-rules; "" = names mean what they mean.
        std::string resolver_rules;
        std::function<std::chrono::milliseconds()> clock;  ///< that never goes back
        std::chrono::milliseconds patience{20'000};        ///< for an answer
    };
    /// Errors: kBroken ("site.no_browser") if it does not start or does not answer.
    [[nodiscard]] static Result<std::unique_ptr<Browser>> start(const Options& options);
    virtual ~Browser() = default;
    Browser() = default;
    Browser(const Browser&) = delete;
    Browser& operator=(const Browser&) = delete;

    /// Asks, and waits for the answer. Errors: kBroken ("site.browser_gone", "site.browser_says"),
    /// kBusy ("site.browser_late").
    [[nodiscard]] virtual Result<json::object> call(std::string_view method,
                                                    const json::object& params,
                                                    const std::string& session) = 0;
    /// Hears what happens for so long, or until `is_enough`. Errors: kBroken ("site.browser_gone").
    [[nodiscard]] virtual Result<Done> hear(std::chrono::milliseconds time,
                                            const std::function<bool()>& is_enough) = 0;
    /// Who is told what happens, from here on. It may send(), and must not call().
    using Listener = std::function<void(std::string_view method, const json::object& params,
                                        const std::string& session)>;
    virtual void listen(Listener listener) = 0;
    /// Asks without waiting; what is answered is not looked at.
    virtual void send(std::string_view method, const json::object& params,
                      const std::string& session) = 0;
    [[nodiscard]] virtual std::chrono::milliseconds now() const = 0;
};

}  // namespace licet::probe
