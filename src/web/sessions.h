// SPDX-License-Identifier: Apache-2.0
//
// Who is logged in, and how often somebody tried in vain.
//
// Sessions are kept in memory alone: after a restart people log in again. A session ends after half
// an hour without a request, and after twelve hours whatever happens. Its name is chance that main
// gives; what a page must show to change anything (against forged requests) is another.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace licet::web {

struct Session {
    std::string user;
    std::string csrf;
    std::int64_t began = 0;  ///< seconds since 1970-01-01T00:00Z
    std::int64_t seen = 0;
};

/// Threads: any.
class Sessions {
  public:
    static constexpr std::int64_t kIdleSeconds = 30 * 60;
    static constexpr std::int64_t kMostSeconds = 12 * 3600;

    void open(const std::string& name, Session session);
    /// Gives the session and says that it was used; nothing if there is none, or it is over.
    [[nodiscard]] std::optional<Session> find(std::string_view name, std::int64_t now);
    void close(std::string_view name);
    /// Ends all of one user: after another password, or the loss of a right.
    void close_all_of(std::string_view user);

  private:
    std::mutex mutex_;
    std::map<std::string, Session, std::less<>> sessions_;
};

/// Counts what comes from one side: so many a second on the average, so many at once.
/// Threads: any.
class Limiter {
  public:
    struct Rate {
        double per_second = 1;
        double at_once = 10;
    };
    /// True if one more is allowed now; `now_micros` of a clock that never goes back.
    [[nodiscard]] bool allow(const std::string& key, const Rate& rate, std::int64_t now_micros);
    /// How many are known: old ones go when there are many.
    [[nodiscard]] std::size_t size() const;

  private:
    struct Bucket {
        double level = 0;
        std::int64_t at = 0;
    };
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace licet::web
