// SPDX-License-Identifier: Apache-2.0
//
// The server: connections in, requests to their handlers, answers out. HTTP/1.1, by TLS or behind a
// proxy that has it.
//
//     a thread a core: accept, read, parse ──► kAtOnce: handler ──► write
//                                          └─► kWorker: a thread that may wait ──► write
//
// Hard to hold up: the head of a request, its body and the reading of an answer each have a
// deadline, an idle connection one too; sizes and the number of connections have limits. Hard to
// fool: what the parser of the library lets pass and the RFC forbids (two lengths, a length and
// chunks, spaces before a colon, two hosts) is refused, and the connection closed, so that a proxy
// and we never see two different requests in the same bytes (RFC 9112, section 11.2).
//
// Deadlines are counted in ticks of one coarse timer a thread: a timer for each operation would
// cost a third of the speed.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "http/problem.h"
#include "http/router.h"

namespace licet::http {

struct Limits {
    std::size_t most_head_bytes = 16 * 1024;
    std::size_t most_connections = 20'000;
    int head_seconds = 10;                          ///< from its first byte to the end of the head
    int body_seconds = 30;                          ///< without a byte of the body
    std::uint64_t least_body_bytes_a_second = 128;  ///< on average, after body_seconds
    int write_seconds = 30;                         ///< without a byte of the answer being taken
    int idle_seconds = 75;
};

/// What is said of a request when it is answered: nothing that tells who sent it or of whom.
struct LogEntry {
    std::string_view id;
    Method method = Method::kGet;
    std::string_view pattern;  ///< of the route, never the target; empty if there was none
    int status = 0;
    std::int64_t micros = 0;
    std::uint64_t body_bytes = 0;
    std::uint64_t answer_bytes = 0;
};

struct ServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: any free one
    unsigned threads = 1;
    unsigned workers = 8;
    std::string certificate;  ///< PEM files; empty: no TLS
    std::string private_key;
    bool is_behind_proxy = false;  ///< believe X-Forwarded-For and -Proto of the nearest proxy
    std::string body_folder;       ///< for bodies that are kept in files
    Limits limits;
    Voices voices;
    /// Fields of every answer: what browsers must hold to.
    std::vector<std::pair<std::string, std::string>> fields;
    std::function<std::int64_t()> now_seconds;  ///< since 1970-01-01T00:00Z
    std::function<std::int64_t()> now_micros;   ///< of a clock that never goes back
    std::function<void(const LogEntry&)> log;   ///< is called from many threads
};

/// Counters since the start. Threads: any.
struct ServerCounts {
    std::uint64_t connections = 0;  ///< open now
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;  ///< beyond the limit of connections
    std::uint64_t malformed = 0;
    std::uint64_t timed_out = 0;
};

class Server {
  public:
    /// Listens; answers nothing before run(). Errors: kInput ("http.address", "http.certificate"),
    /// kBusy ("http.port_taken").
    [[nodiscard]] static Result<std::unique_ptr<Server>> open(ServerSettings settings,
                                                              std::shared_ptr<const Router> router);
    virtual ~Server() = default;

    [[nodiscard]] virtual std::uint16_t port() const = 0;
    /// Answers until stop() and for requests that are there then, at most `patience` longer.
    virtual void run(std::chrono::seconds patience) = 0;
    /// Threads: any; also from a handler of signals by way of a thread.
    virtual void stop() = 0;
    /// Reads certificate and key again, for connections to come. Errors: as open().
    [[nodiscard]] virtual Result<Done> renew_certificate() = 0;
    [[nodiscard]] virtual ServerCounts counts() const = 0;
};

}  // namespace licet::http
