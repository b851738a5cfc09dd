// SPDX-License-Identifier: Apache-2.0
#include "web/sessions.h"

#include <algorithm>

namespace licet::web {
namespace {

constexpr std::size_t kMostBuckets = 100'000;
constexpr double kMicrosASecond = 1e6;

bool is_over(const Session& session, std::int64_t now) {
    return now - session.seen > Sessions::kIdleSeconds ||
           now - session.began > Sessions::kMostSeconds;
}

}  // namespace

void Sessions::open(const std::string& name, Session session) {
    const std::lock_guard lock(mutex_);
    std::erase_if(sessions_, [&](const auto& one) { return is_over(one.second, session.seen); });
    sessions_.insert_or_assign(name, std::move(session));
}

std::optional<Session> Sessions::find(std::string_view name, std::int64_t now) {
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(name);
    if (found == sessions_.end()) return std::nullopt;
    if (is_over(found->second, now)) {
        sessions_.erase(found);
        return std::nullopt;
    }
    found->second.seen = now;
    return found->second;
}

void Sessions::close(std::string_view name) {
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(name);
    if (found != sessions_.end()) sessions_.erase(found);
}

void Sessions::close_all_of(std::string_view user) {
    const std::lock_guard lock(mutex_);
    std::erase_if(sessions_, [&](const auto& one) { return one.second.user == user; });
}

bool Limiter::allow(const std::string& key, const Rate& rate, std::int64_t now_micros) {
    const std::lock_guard lock(mutex_);
    // Whoever has been quiet has nothing to be remembered for.
    if (buckets_.size() >= kMostBuckets)
        std::erase_if(buckets_, [&](const auto& one) {
            const double passed = static_cast<double>(now_micros - one.second.at) / kMicrosASecond;
            return one.second.level - passed * rate.per_second <= 0;
        });
    Bucket& bucket = buckets_[key];
    const double passed = static_cast<double>(now_micros - bucket.at) / kMicrosASecond;
    bucket.level = std::max(0.0, bucket.level - passed * rate.per_second);
    bucket.at = now_micros;
    if (bucket.level + 1 > rate.at_once) return false;
    bucket.level += 1;
    return true;
}

std::size_t Limiter::size() const {
    const std::lock_guard lock(mutex_);
    return buckets_.size();
}

}  // namespace licet::web
