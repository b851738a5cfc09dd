// SPDX-License-Identifier: Apache-2.0
//
// Logging in and out, people and tokens, as routes.
//
//     POST /api/v1/session       name and password ──► cookie, and what must go with changes
//     /api/v1/users  /tokens     who may do what; a token's secret is shown once
//
// Somebody who tries passwords is slowed down by account and by address, and is told the same
// whether the account exists or not.
#pragma once

#include <vector>

#include "web/guard.h"

namespace licet::web {

/// What changed, for the audit trail: "user_added", by whom, and the name of what.
using Administered =
    std::function<Result<Done>(std::string_view act, const Identity& by, std::string_view what)>;

/// The routes behind the guard. References outlive them.
[[nodiscard]] std::vector<ApiRoute> account_routes(Office& office, Sessions& sessions,
                                                   Administered administered);

/// The one route before the guard: logging in. `tenants` gives what the session answer lists, for
/// an identity.
using TenantsOf = std::function<json::array(const Identity& who)>;
[[nodiscard]] http::Route login_route(Office& office, Sessions& sessions, Limiter& limiter,
                                      TenantsOf tenants);
/// GET of the session that is.
[[nodiscard]] ApiRoute session_route(Office& office, TenantsOf tenants);

}  // namespace licet::web
