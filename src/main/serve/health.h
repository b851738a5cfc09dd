// SPDX-License-Identifier: Apache-2.0
//
// What machines ask of a server: is it alive, is it fit to answer, how is it doing. And the trail
// of who changed what of the server itself.
//
//     /healthz   200 as long as the process answers
//     /readyz    503 as soon as a ledger cannot be followed or there is no law: send nobody here
//     /metrics   for this machine, or whoever may make tokens
//     /api/v1/openapi.json   what the API is (docs/openapi.json)
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "main/serve/server_office.h"

namespace licet {

struct HealthParts {
    ServerOffice& office;
    web::Guard& guard;
    std::function<std::string()> metrics;
};
[[nodiscard]] std::vector<http::Route> health_routes(const HealthParts& parts);

/// Records an act of administration in the ledger of a tenant; what is about the server is the
/// first one's. Errors: those of append().
[[nodiscard]] Result<Done> record_administration(ServerOffice& office, std::string_view act,
                                                 const web::Identity& by, std::string_view what,
                                                 std::string_view tenant = web::kFirstTenant);

}  // namespace licet
