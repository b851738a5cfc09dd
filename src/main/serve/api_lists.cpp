// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "gate/campaign.h"
#include "http/url.h"
#include "main/files.h"
#include "main/screen_certificate.h"
#include "main/serve/api.h"
#include "main/serve/captured.h"
#include "main/serve/job_routes.h"

namespace licet {
namespace {

namespace fs = std::filesystem;
using http::Answer;
using http::Method;
using web::ApiRoute;
using web::Call;
using web::Permission;

// ---- campaigns ----------------------------------------------------------------------------------
Result<Answer> campaigns(ServerOffice& office, const Call& call) {
    std::vector<std::string> names;
    std::error_code fault;
    for (const auto& entry :
         fs::directory_iterator(office.folder_of(call.tenant) + "/campaigns", fault))
        if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    json::array out;
    for (const std::string& name : names) out.push_back(json::object{{"name", name}});
    return web::json_answer(json::object{{"campaigns", std::move(out)}});
}

Result<Answer> campaign(ServerOffice& office, const Call& call) {
    const std::string path =
        LICET_TRY(campaign_path(office, call.tenant, call.request.value("name")));
    auto text = read_file(path);
    if (!text) return error(ErrorCode::kMissing, "lists.no_campaign");
    Answer out;
    out.type = "application/toml; charset=utf-8";
    out.body = *std::move(text);
    return out;
}

Result<Answer> put_campaign(ServerOffice& office, const Call& call) {
    const std::string name(call.request.value("name"));
    const std::string path = LICET_TRY(campaign_path(office, call.tenant, name));
    const auto law = office.law();
    const auto read = gate::read_campaign(*law, call.request.body, name + ".toml");
    if (!read.is_clean()) {
        Answer out = http::problem(read.problems.front(), call.say);
        json::object body = LICET_TRY(parse_json(out.body)).as_object();
        json::array all;
        for (const Error& one : read.problems)
            all.push_back(json::object{{"where", one.where}, {"detail", call.say(one.message)}});
        body["problems"] = std::move(all);
        out.body = json::serialize(body);
        return out;
    }
    std::error_code fault;
    const bool was_there = fs::exists(path, fault);
    fs::create_directory(fs::path(path).parent_path(), fault);
    auto file = LICET_TRY(ByteWriter::create(path));
    LICET_TRY(file->write(call.request.body));
    LICET_TRY(file->finish());
    return web::json_answer(json::object{{"name", name}}, was_there ? 200 : 201);
}

Result<Answer> remove_campaign(ServerOffice& office, const Call& call) {
    const std::string path =
        LICET_TRY(campaign_path(office, call.tenant, call.request.value("name")));
    std::error_code fault;
    if (!fs::remove(path, fault)) return error(ErrorCode::kMissing, "lists.no_campaign");
    return web::no_content();
}

// ---- lists --------------------------------------------------------------------------------------
Result<Answer> add_list(ServerOffice& office, Jobs& jobs, const Call& call) {
    const http::Form query = LICET_TRY(web::query_of(call.request));
    const std::string name = http::value_of(query, "name").value_or("list.csv");
    const std::string campaign = http::value_of(query, "campaign").value_or("");
    if (!campaign.empty()) {
        const std::string path = LICET_TRY(campaign_path(office, call.tenant, campaign));
        std::error_code fault;
        if (!fs::exists(path, fault)) return error(ErrorCode::kMissing, "lists.no_campaign");
    }
    const json::object asked{{"name", name}, {"campaign", campaign}};
    return taken(jobs, LICET_TRY(jobs.add({call.tenant, asked, call.language},
                                          std::string(call.request.body_file))));
}

}  // namespace

Jobs::Work list_screening(const ServerOffice& office) {
    return [&office](const Job& job, const Terminal& terminal) -> Result<json::object> {
        ScreenOptions options;
        options.file = job.source();
        options.out = job.out();
        options.is_safe = true;
        const std::string campaign = job.asked_text("campaign");
        if (!campaign.empty())
            options.campaign = office.folder_of(job.tenant) + "/campaigns/" + campaign + ".toml";
        const int status = run_screen(terminal, office.common_of(job.tenant), options);
        json::object summary = LICET_TRY(object_said(status, terminal));
        // What the next screening of the same list would want; no list is screened again here.
        std::error_code fault;
        fs::remove(job.out() + "/" + kStateFile, fault);
        summary.erase("out");
        // Where it lies on this machine is nobody's business; its name among the files is.
        if (json::value* of = summary.if_contains("certificate"); of && of->is_object())
            if (json::value* file = of->get_object().if_contains("file"); file && file->is_string())
                *file = fs::path(std::string(file->get_string())).filename().string();
        return summary;
    };
}

Result<std::string> campaign_path(const ServerOffice& office, std::string_view tenant,
                                  std::string_view name) {
    LICET_TRY(web::check_name(name));
    return office.folder_of(tenant) + "/campaigns/" + std::string(name) + ".toml";
}

std::vector<ApiRoute> campaign_routes(ServerOffice& office) {
    const auto on = [&office](auto handle) -> web::ApiHandler {
        return [&office, handle](Call& call) { return handle(office, call); };
    };
    return {
        {Method::kGet, "/api/v1/campaigns", Permission::kLists, on(campaigns)},
        {Method::kGet, "/api/v1/campaigns/{name}", Permission::kLists, on(campaign)},
        {Method::kPut, "/api/v1/campaigns/{name}", Permission::kLists, on(put_campaign)},
        {Method::kDelete, "/api/v1/campaigns/{name}", Permission::kLists, on(remove_campaign)},
    };
}

std::vector<ApiRoute> list_routes(ServerOffice& office, Jobs& jobs) {
    std::vector<ApiRoute> routes = job_routes(jobs, "lists", Permission::kLists);
    routes.push_back({Method::kPost, "/api/v1/lists", Permission::kLists,
                      [&office, &jobs](Call& call) { return add_list(office, jobs, call); }});
    routes.back().keeps_body_in_file = true;
    return routes;
}

}  // namespace licet
