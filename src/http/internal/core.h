// SPDX-License-Identifier: Apache-2.0
//
// What the connections of one thread share, and what all threads share.
//
//     Shared   settings, routes, threads that may wait, counters    one a server
//     Core     loop, ticks, list of connections, the date as text   one a thread
//
// Private to the server.
#pragma once

#include <atomic>
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

#include "http/server.h"

namespace licet::http {

namespace asio = boost::asio;

/// A moment as a number of ticks since the start of a thread.
using Tick = std::uint64_t;
inline constexpr std::chrono::milliseconds kTick{250};
inline constexpr Tick kTicksASecond = 4;
inline constexpr Tick kNever = std::numeric_limits<Tick>::max();

struct Shared {
    Shared(ServerSettings given, std::shared_ptr<const Router> routes)
        : settings(std::move(given)), router(std::move(routes)), workers(settings.workers) {}

    const ServerSettings settings;
    const std::shared_ptr<const Router> router;
    asio::thread_pool workers;
    std::atomic<bool> is_stopping = false;
    std::atomic<std::uint64_t> connections = 0;
    std::atomic<std::uint64_t> accepted = 0;
    std::atomic<std::uint64_t> refused = 0;
    std::atomic<std::uint64_t> malformed = 0;
    std::atomic<std::uint64_t> timed_out = 0;
    std::atomic<std::uint64_t> requests = 0;

    /// Null without TLS.
    [[nodiscard]] std::shared_ptr<asio::ssl::context> tls() {
        const std::lock_guard lock(tls_mutex_);
        return tls_;
    }
    void set_tls(std::shared_ptr<asio::ssl::context> context) {
        const std::lock_guard lock(tls_mutex_);
        tls_ = std::move(context);
    }

  private:
    std::mutex tls_mutex_;
    std::shared_ptr<asio::ssl::context> tls_;
};

/// What a tick asks of a connection.
class Ticking {
  public:
    virtual ~Ticking() = default;
    virtual void on_tick(Tick now) = 0;
    /// Closes it now, or after the answer that is under way.
    virtual void on_stop(bool at_once) = 0;
};

struct Core {
    explicit Core(Shared& all) : shared(all), acceptor(io), ticker(io) {}

    Shared& shared;
    asio::io_context io{1};
    asio::ip::tcp::acceptor acceptor;
    asio::steady_timer ticker;
    Tick now = 0;
    Tick stopped_at = kNever;
    bool is_accepting = false;
    std::string date;  ///< field Date, with its end of line
    std::unordered_set<Ticking*> connections;
    std::string scratch = std::string(std::size_t{64} * 1024, '\0');  ///< pieces of bodies
};

}  // namespace licet::http
