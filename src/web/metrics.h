// SPDX-License-Identifier: Apache-2.0
//
// What monitors may know: how many requests each route answered, how, and how fast; in Prometheus'
// text form. Routes, never targets: nothing in it tells of a person.
//
// Source: Prometheus exposition format 0.0.4.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "http/server.h"

namespace licet::web {

/// Threads: any.
class Metrics {
  public:
    /// For the routes of a router, which outlives it.
    explicit Metrics(const http::Router& router);

    void count(const http::LogEntry& entry);

    /// A number besides: its name, what it is, its value now.
    struct Gauge {
        std::string name;
        std::string help;
        double value = 0;
        bool is_counter = false;
    };
    [[nodiscard]] std::string text(const std::vector<Gauge>& gauges) const;

  private:
    static constexpr std::array<std::int64_t, 8> kMicros = {100,    500,     1'000,   5'000,
                                                            20'000, 100'000, 500'000, 2'000'000};
    struct Counts {
        std::string method;
        std::string pattern;
        std::array<std::atomic<std::uint64_t>, 6> by_class{};  ///< status / 100
        std::array<std::atomic<std::uint64_t>, kMicros.size() + 1> by_time{};
        std::atomic<std::uint64_t> micros = 0;
    };
    std::vector<std::unique_ptr<Counts>> all_;
    std::unordered_map<const char*, Counts*> by_pattern_;  ///< by where the router keeps it
    Counts other_;                                         ///< what found no route
};

/// One line of a structured log, in JSON, with its end of line.
[[nodiscard]] std::string log_line(const http::LogEntry& entry, const std::string& at);

}  // namespace licet::web
