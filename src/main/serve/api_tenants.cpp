// SPDX-License-Identifier: Apache-2.0
#include "main/serve/api.h"
#include "main/serve/captured.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;

Result<Answer> add_tenant(ServerOffice& office, const web::Administered& administered,
                          const web::Call& call) {
    const json::object body = LICET_TRY(web::object_of(call.request));
    LICET_TRY(check_names(body, {"id", "name", "country"}));
    TenantEntry made{LICET_TRY(text_of(body, "id")), LICET_TRY(text_of(body, "name")),
                     LICET_TRY(text_of(body, "country"))};
    if (made.country.empty()) made.country = "fr";
    LICET_TRY(office.make_tenant(made.id, made.country, made.name));
    if (made.name.empty()) made.name = made.id;
    LICET_TRY(administered("tenant_made", call.who, made.id));
    return web::json_answer(json_of(made), 201);
}

Result<Answer> add_example(ServerOffice& office, const web::Administered& administered,
                           const web::Call& call) {
    Capture said;
    const Terminal terminal(catalogue_of(call.language), said);
    const auto made = office.add_example(terminal);
    if (!made) return said.errors.empty() ? made.error() : said.errors.front();
    LICET_TRY(administered("tenant_made", call.who, made->id));
    return web::json_answer(json_of(*made), 201);
}

}  // namespace

std::vector<web::ApiRoute> tenant_routes(ServerOffice& office,
                                         const web::Administered& administered,
                                         const ForgetTenant& forget) {
    const auto all = [&office](web::Call&) -> Result<Answer> {
        json::array out;
        for (const TenantEntry& one : office.tenants()) out.push_back(json_of(one));
        return web::json_answer(json::object{{"tenants", std::move(out)}});
    };
    const auto with = [&office, administered](auto act) {
        return [&office, administered, act](web::Call& call) {
            return act(office, administered, call);
        };
    };
    const auto remove = [&office, administered, forget](web::Call& call) -> Result<Answer> {
        const std::string id(call.request.value("id"));
        LICET_TRY(office.remove_example(id, forget));
        LICET_TRY(administered("tenant_removed", call.who, id));
        return web::no_content();
    };
    return {
        {Method::kGet, "/api/v1/tenants", web::Permission::kAdmin, all},
        {Method::kPost, "/api/v1/tenants", web::Permission::kAdmin, with(add_tenant)},
        {Method::kPost, "/api/v1/tenants/example", web::Permission::kAdmin, with(add_example)},
        {Method::kDelete, "/api/v1/tenants/{id}", web::Permission::kAdmin, remove},
    };
}

}  // namespace licet
