// SPDX-License-Identifier: Apache-2.0
#include "main/command_site.h"
#include "main/evidence_files.h"
#include "main/register_facts.h"
#include "main/serve/api.h"
#include "main/serve/captured.h"
#include "main/serve/printed.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;
using web::ApiRoute;
using web::Call;
using web::Permission;

Result<Answer> sites(const ServerOffice& office, const Call& call) {
    const Ran ran = run_captured(office, call, [](const auto& terminal, const auto& common) {
        return run_site_list(terminal, common);
    });
    return web::json_answer(json::object{{"sites", LICET_TRY(ran.value())}});
}

Result<Answer> visit_of_site(ServerOffice& office, const Call& call, bool is_public_only) {
    const json::object body = LICET_TRY(web::object_of(call.request));
    for (const auto& [name, value] : body)
        if (name != "url" || !value.is_string())
            return error(ErrorCode::kInput, "web.unknown_name", {{"name", std::string(name)}});
    SiteOptions options;
    options.is_public_only = is_public_only;
    if (const json::value* url = body.if_contains("url")) options.url = url->get_string();
    const BrowserTurn turn = LICET_TRY(browser_turn());
    const auto act = [&](const auto& terminal, const auto& common) {
        return run_site_visit(terminal, common, options);
    };
    return web::json_answer(LICET_TRY(run_recorded(office, call, act)), 201);
}

// As the last visit saw it.
Result<Answer> picture_of_site(ServerOffice& office, const Call& call) {
    const auto desk = LICET_TRY(office.desk(call.tenant));
    const auto reader = LICET_TRY(desk->reader());
    const audit::Book book = LICET_TRY(book_in(*reader));
    const auto found = book.sites.find(call.request.value("id"));
    const std::string digest =
        found == book.sites.end() ? std::string() : found->second.text("picture");
    if (digest.empty())
        return error(ErrorCode::kMissing, "entry.no_such",
                     {{"id", std::string(call.request.value("id"))}});
    Answer out;
    out.type = "image/png";
    out.body = LICET_TRY(text_of_evidence(desk->workspace(), digest));
    return out;
}

}  // namespace

std::vector<ApiRoute> site_routes(ServerOffice& office, bool is_public_only) {
    std::vector<ApiRoute> out;
    out.push_back({Method::kGet, "/api/v1/sites", Permission::kPapers,
                   [&office](Call& call) { return sites(office, call); }});
    out.push_back({Method::kPost, "/api/v1/sites", Permission::kRecord,
                   [&office, is_public_only](Call& call) {
                       return visit_of_site(office, call, is_public_only);
                   }});
    out.push_back({Method::kGet, "/api/v1/sites/{id}/picture", Permission::kPapers,
                   [&office](Call& call) { return picture_of_site(office, call); }});
    return out;
}

}  // namespace licet
