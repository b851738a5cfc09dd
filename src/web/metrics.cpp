// SPDX-License-Identifier: Apache-2.0
#include "web/metrics.h"

#include "base/json.h"

namespace licet::web {
namespace {

constexpr double kMicrosASecond = 1e6;

std::string number(double value) {
    std::array<char, 32> out{};
    const int length = std::snprintf(out.data(), out.size(), "%.9g", value);
    return {out.data(), static_cast<std::size_t>(length)};
}

}  // namespace

Metrics::Metrics(const http::Router& router) {
    other_.pattern = "none";
    other_.method = "none";
    for (const http::Route& route : router.routes()) {
        all_.push_back(std::make_unique<Counts>());
        all_.back()->method = http::name_of(route.method);
        all_.back()->pattern = route.pattern;
        by_pattern_.emplace(route.pattern.data(), all_.back().get());
    }
}

void Metrics::count(const http::LogEntry& entry) {
    const auto found = by_pattern_.find(entry.pattern.data());
    Counts& counts = found == by_pattern_.end() ? other_ : *found->second;
    const auto relaxed = std::memory_order_relaxed;
    const std::size_t status = static_cast<std::size_t>(entry.status) / 100;
    counts.by_class[status < counts.by_class.size() ? status : 0].fetch_add(1, relaxed);
    std::size_t bucket = 0;
    while (bucket < kMicros.size() && entry.micros > kMicros[bucket]) ++bucket;
    counts.by_time[bucket].fetch_add(1, relaxed);
    counts.micros.fetch_add(static_cast<std::uint64_t>(entry.micros), relaxed);
}

std::string Metrics::text(const std::vector<Gauge>& gauges) const {
    std::string out;
    for (const Gauge& one : gauges) {
        out += "# HELP " + one.name + " " + one.help + "\n# TYPE " + one.name +
               (one.is_counter ? " counter\n" : " gauge\n") + one.name + " " + number(one.value) +
               "\n";
    }
    std::vector<const Counts*> shown;
    for (const auto& one : all_) shown.push_back(one.get());
    shown.push_back(&other_);
    out +=
        "# HELP licet_http_requests_total Requests answered.\n"
        "# TYPE licet_http_requests_total counter\n";
    for (const Counts* one : shown)
        for (std::size_t i = 0; i < one->by_class.size(); ++i)
            if (const auto count = one->by_class[i].load(); count > 0)
                out += "licet_http_requests_total{method=\"" + one->method + "\",route=\"" +
                       one->pattern + "\",status=\"" + std::to_string(i) + "xx\"} " +
                       std::to_string(count) + "\n";
    out +=
        "# HELP licet_http_request_seconds Time from the first byte to the last.\n"
        "# TYPE licet_http_request_seconds histogram\n";
    for (const Counts* one : shown) {
        std::uint64_t sum = 0;
        std::string lines;
        const std::string labels = "{method=\"" + one->method + "\",route=\"" + one->pattern + "\"";
        for (std::size_t i = 0; i < one->by_time.size(); ++i) {
            sum += one->by_time[i].load();
            const std::string edge = i < kMicros.size()
                                         ? number(static_cast<double>(kMicros[i]) / kMicrosASecond)
                                         : "+Inf";
            lines += "licet_http_request_seconds_bucket" + labels + ",le=\"" + edge + "\"} " +
                     std::to_string(sum) + "\n";
        }
        if (sum == 0) continue;
        out += lines + "licet_http_request_seconds_sum" + labels + "} " +
               number(static_cast<double>(one->micros.load()) / kMicrosASecond) + "\n" +
               "licet_http_request_seconds_count" + labels + "} " + std::to_string(sum) + "\n";
    }
    return out;
}

std::string log_line(const http::LogEntry& entry, const std::string& at) {
    const json::object line{{"at", at},
                            {"id", entry.id},
                            {"method", http::name_of(entry.method)},
                            {"route", entry.pattern.empty() ? "none" : entry.pattern},
                            {"status", entry.status},
                            {"micros", entry.micros},
                            {"in_bytes", entry.body_bytes},
                            {"out_bytes", entry.answer_bytes}};
    return json::serialize(line) + "\n";
}

}  // namespace licet::web
