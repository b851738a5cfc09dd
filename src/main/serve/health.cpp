// SPDX-License-Identifier: Apache-2.0
#include "main/serve/health.h"

#include "main/administration.h"
#include "main/resources.h"
#include "main/serve/api.h"
#include "main/serve/captured.h"
#include "main/zones.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;

Answer plain(std::string text) {
    Answer out;
    out.type = "text/plain; charset=utf-8";
    out.body = std::move(text);
    return out.with("Cache-Control", "no-store");
}

Answer ready(ServerOffice& office, const http::Request& request) {
    const Catalogue& say = office.voices().in(request.language());
    if (!office.law()) return http::problem(503, Message("serve.no_law"), say);
    // The first tenant also when its folder shows none any more: then above all.
    std::vector<std::string> ids = {std::string(web::kFirstTenant)};
    for (const TenantEntry& one : office.tenants())
        if (one.id != web::kFirstTenant) ids.push_back(one.id);
    for (const std::string& id : ids) {
        const auto desk = office.desk(id);
        if (!desk) return http::problem(503, desk.error().message, say);
        if (const auto fault = (*desk)->fault()) return http::problem(503, fault->message, say);
    }
    return plain("ready\n");
}

bool is_of_this_machine(std::string_view remote) {
    return remote == "127.0.0.1" || remote == "::1" || remote == "::ffff:127.0.0.1";
}

Answer metrics(const HealthParts& parts, const http::Request& request) {
    const auto who = parts.guard.identity_of(request);
    const bool may =
        is_of_this_machine(request.remote) || (who && who->may(web::Permission::kTokens));
    if (may) {
        Answer out = plain(parts.metrics());
        out.type = "text/plain; version=0.0.4; charset=utf-8";
        return out;
    }
    return http::problem(403, Message("web.not_allowed", {{"wants", "tokens"}}),
                         parts.office.voices().in(request.language()));
}

}  // namespace

std::vector<http::Route> health_routes(const HealthParts& parts) {
    return {
        {Method::kGet, "/healthz", [](const http::Request&) { return plain("ok\n"); },
         http::Run::kAtOnce},
        {Method::kGet, "/readyz",
         [&office = parts.office](const http::Request& request) { return ready(office, request); }},
        {Method::kGet, "/api/v1/openapi.json",
         [](const http::Request&) {
             Answer out;
             out.body = resource("docs/openapi.json");
             return out;
         },
         http::Run::kAtOnce},
        {Method::kGet, "/metrics",
         [parts](const http::Request& request) { return metrics(parts, request); },
         http::Run::kAtOnce},
    };
}

Result<Done> record_administration(ServerOffice& office, std::string_view act,
                                   const web::Identity& by, std::string_view what,
                                   std::string_view tenant) {
    const auto desk = LICET_TRY(office.desk(tenant));
    ledger::Event event = event_of({std::string(act), by.name, by.is_token, std::string(what)},
                                   office.today(), office.now_seconds());
    event.surface = "server";
    event.key = "administered-" + LICET_TRY(office.chance(12));
    std::ignore = LICET_TRY(desk->append({event}));
    return Done{};
}

}  // namespace licet
