// SPDX-License-Identifier: Apache-2.0
//
// Which handler a request goes to.
//
//     "POST /api/v1/lists"   "GET /api/v1/lists/{id}"   "GET /console/{rest...}"
//
// A pattern is a path whose places in braces take one segment each, the last with dots all that is
// left. What is named goes before what is a place. A target that is badly encoded, or that climbs
// by "..", is found nowhere.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace licet::http {

/// Where a handler runs.
enum class Run {
    kAtOnce,  ///< on the thread of the connection: it computes, and never waits
    kWorker,  ///< on a thread that may wait for disks and databases
};

struct Route {
    Method method = Method::kGet;
    std::string pattern;
    Handler handle;
    Run run = Run::kWorker;
    std::size_t most_body_bytes = std::size_t{1} << 20;
    bool keeps_body_in_file = false;  ///< bodies of any size, in a file that goes with the request
    std::string rights = "public";    ///< who may ask, in the words of whoever made the route
};

/// Immutable once built. Threads: any.
class Router {
  public:
    /// A pattern that is there already, with that method, is a bug.
    explicit Router(std::vector<Route> routes);
    ~Router();
    Router(Router&&) noexcept;

    struct Match {
        const Route* route = nullptr;  ///< null if there is none
        PathValues values;
        std::vector<Method> other_methods;  ///< that the path has, if this one it has not
    };
    /// HEAD finds the route of GET.
    [[nodiscard]] Match find(Method method, std::string_view path) const;

    [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

  private:
    struct Node;
    using ByMethod = std::map<Method, const Route*>;
    [[nodiscard]] static const ByMethod* walk(const Node& node,
                                              const std::vector<std::string>& segments,
                                              std::size_t at, std::vector<std::string>& taken);
    std::vector<Route> routes_;
    std::map<std::string, ByMethod, std::less<>> exact_;  ///< patterns without a place
    std::unique_ptr<Node> root_;
};

}  // namespace licet::http
