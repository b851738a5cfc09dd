// SPDX-License-Identifier: Apache-2.0
//
// What stands before every route of the API: who asks, of which tenant, and whether they may.
//
//     request ──► token or session ──► still well? ──► tenant ──► permission ──► rate ──► handler
//                                                                                   │
//     problem details  ◄──────────────── the first thing that is missing ◄──────────┘
//
// A route says what it wants as a value, so that the table of routes is the table of rights
// (route_rights_test in tests/server tries every route as every role). Of a tenant that is not
// theirs people are told what they would be told of one that does not exist.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "http/problem.h"
#include "http/router.h"
#include "http/url.h"
#include "web/access.h"
#include "web/sessions.h"

namespace licet::web {

struct Identity {
    std::string name;  ///< of the user, or the id of the token
    bool is_token = false;
    std::optional<Role> role;       ///< of a user
    std::set<Permission> scopes;    ///< of a token
    std::set<std::string> tenants;  ///< theirs
    bool is_everywhere = false;     ///< all tenants are theirs
    std::int64_t rate = 0;          ///< of a token
    std::string session;            ///< its name; empty for a token
    std::string csrf;

    [[nodiscard]] bool may(Permission permission) const;
    [[nodiscard]] bool has_tenant(std::string_view id) const;
};

/// What main gives: the rest of the world.
class Office {
  public:
    virtual ~Office() = default;
    [[nodiscard]] virtual std::shared_ptr<const Access> access() const = 0;
    /// Changes and keeps it; durable when answered. Errors: those of `change`, of the file.
    [[nodiscard]] virtual Result<Done> change_access(
        const std::function<Result<Done>(Access&)>& change) = 0;
    [[nodiscard]] virtual bool has_tenant(std::string_view id) const = 0;
    [[nodiscard]] virtual std::int64_t now_seconds() const = 0;
    [[nodiscard]] virtual std::int64_t now_micros() const = 0;
    [[nodiscard]] virtual Date today() const = 0;
    /// Random bytes as base64url. Errors: kBroken ("workspace.no_randomness").
    [[nodiscard]] virtual Result<std::string> chance(std::size_t bytes) = 0;
    [[nodiscard]] virtual const http::Voices& voices() const = 0;
};

inline constexpr std::string_view kSessionCookie = "licet_session";
/// The tenant of a workspace without others.
inline constexpr std::string_view kFirstTenant = "default";

/// A request whose sender may make it.
struct Call {
    const http::Request& request;
    Identity who;
    std::string tenant;
    Language language = Language::kFrench;
    const Catalogue& say;
};

using ApiHandler = std::function<Result<http::Answer>(Call& call)>;

struct ApiRoute {
    http::Method method = http::Method::kGet;
    std::string pattern;
    /// Nothing: whoever is logged in.
    std::optional<Permission> wants;
    ApiHandler handle;
    http::Run run = http::Run::kWorker;
    std::size_t most_body_bytes = std::size_t{1} << 20;
    bool keeps_body_in_file = false;
};

/// Threads: any.
class Guard {
  public:
    Guard(Office& office, Sessions& sessions, Limiter& limiter)
        : office_(office), sessions_(sessions), limiter_(limiter) {}

    /// Puts the guard before a route. GET answers get an ETag, and 304 if it is known.
    [[nodiscard]] http::Route guarded(ApiRoute route);

    /// Who asks; nothing if nobody says so in a way that holds.
    [[nodiscard]] std::optional<Identity> identity_of(const http::Request& request);

  private:
    using Refused = std::optional<http::Answer>;
    [[nodiscard]] http::Answer answer(const ApiRoute& route, const http::Request& request);
    [[nodiscard]] Refused refused(const ApiRoute& route, const http::Request& request,
                                  const Identity& who, const Catalogue& say);
    [[nodiscard]] std::optional<std::string> tenant_of(const http::Request& request,
                                                       const Identity& who) const;

    Office& office_;
    Sessions& sessions_;
    Limiter& limiter_;
};

/// Errors: kInput ("web.json_wanted") for a body of another content type.
[[nodiscard]] Result<Done> check_is_json(const http::Request& request);
/// The object of a JSON body. Errors: kInput ("check.json_object"), those of parse_json and
/// check_is_json.
[[nodiscard]] Result<json::object> object_of(const http::Request& request);

/// The query of the target. Errors: those of form_of_urlencoded.
[[nodiscard]] Result<http::Form> query_of(const http::Request& request);
/// What the query has under a name; empty if it has none. Errors: as query_of.
[[nodiscard]] Result<std::string> asked_in_query(const http::Request& request,
                                                 std::string_view name);

/// An answer of JSON.
[[nodiscard]] http::Answer json_answer(const json::value& value, int status = 200);
[[nodiscard]] http::Answer no_content();

}  // namespace licet::web
