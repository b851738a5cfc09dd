// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "gate/campaign.h"
#include "http/url.h"
#include "main/files.h"
#include "main/serve/api.h"
#include "main/serve/captured.h"

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
    fs::create_directories(fs::path(path).parent_path(), fault);
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
// How far a screening is, four times a second, until it is over.
class Progress final : public http::Feed {
  public:
    Progress(ListJobs& jobs, std::string tenant, std::string id)
        : jobs_(jobs), tenant_(std::move(tenant)), id_(std::move(id)) {}

    Result<std::optional<std::string>> next() override {
        if (is_over_ || is_stopped_) return std::optional<std::string>{};
        const json::object job = LICET_TRY(jobs_.job(tenant_, id_));
        const json::string& state = job.at("state").get_string();
        is_over_ = state == "done" || state == "failed";
        std::string text = json::serialize(job);
        // A line now and then keeps proxies from taking silence for the end.
        if (text == last_) return std::optional<std::string>(++silent_ % 40 == 0 ? ":\n\n" : "");
        last_ = text;
        return std::optional<std::string>(
            std::string("event: ") + (is_over_ ? "done" : "progress") + "\ndata: " + text + "\n\n");
    }
    void stop() override { is_stopped_ = true; }

  private:
    ListJobs& jobs_;
    std::string tenant_;
    std::string id_;
    std::string last_;
    int silent_ = 0;
    bool is_over_ = false;
    std::atomic<bool> is_stopped_ = false;
};

// A file, piece by piece.
class FileFeed final : public http::Feed {
  public:
    explicit FileFeed(std::unique_ptr<ByteReader> reader) : reader_(std::move(reader)) {}
    Result<std::optional<std::string>> next() override {
        std::string piece(kPieceBytes, '\0');
        const std::size_t count = LICET_TRY(reader_->read(std::span(piece.data(), piece.size())));
        if (count == 0) return std::optional<std::string>{};
        piece.resize(count);
        return std::optional<std::string>(std::move(piece));
    }

  private:
    static constexpr std::size_t kPieceBytes = 64 * 1024;
    std::unique_ptr<ByteReader> reader_;
};

std::string type_of(const std::string& name) {
    const std::string ending = fs::path(name).extension().string();
    if (ending == ".csv") return "text/csv; charset=utf-8";
    if (ending == ".html") return "text/html; charset=utf-8";
    if (ending == ".txt") return "text/plain; charset=utf-8";
    return "application/octet-stream";
}

class Lists {
  public:
    Lists(ServerOffice& office, ListJobs& jobs) : office_(office), jobs_(jobs) {}

    Result<Answer> add(Call& call) {
        const http::Form query = LICET_TRY(web::query_of(call.request));
        ListJobs::Wanted wanted{call.tenant, http::value_of(query, "name").value_or("list.csv"),
                                http::value_of(query, "campaign").value_or(""), call.language};
        if (!wanted.campaign.empty()) {
            const std::string path =
                LICET_TRY(campaign_path(office_, call.tenant, wanted.campaign));
            std::error_code fault;
            if (!fs::exists(path, fault)) return error(ErrorCode::kMissing, "lists.no_campaign");
        }
        const std::string id = LICET_TRY(jobs_.add(wanted, std::string(call.request.body_file)));
        return web::json_answer(json::object{{"id", id}}, 202)
            .with("Location", "/api/v1/lists/" + id);
    }
    Result<Answer> all(Call& call) {
        return web::json_answer(json::object{{"lists", jobs_.jobs(call.tenant)}});
    }
    Result<Answer> one(Call& call) {
        return web::json_answer(
            LICET_TRY(jobs_.job(call.tenant, std::string(call.request.value("id")))));
    }
    Result<Answer> progress(Call& call) {
        const std::string id(call.request.value("id"));
        std::ignore = LICET_TRY(jobs_.job(call.tenant, id));
        Answer out;
        out.type = "text/event-stream";
        out.feed = std::make_shared<Progress>(jobs_, call.tenant, id);
        return out;
    }
    Result<Answer> file(Call& call) {
        const std::string name(call.request.value("file"));
        const std::string path =
            LICET_TRY(jobs_.file(call.tenant, std::string(call.request.value("id")), name));
        Answer out;
        out.type = type_of(name);
        out.feed = std::make_shared<FileFeed>(LICET_TRY(ByteReader::open(path)));
        out.with("Content-Disposition", "attachment; filename=\"" + name + "\"");
        return out;
    }
    Result<Answer> remove(Call& call) {
        LICET_TRY(jobs_.remove(call.tenant, std::string(call.request.value("id"))));
        return web::no_content();
    }

  private:
    ServerOffice& office_;
    ListJobs& jobs_;
};

}  // namespace

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

std::vector<ApiRoute> list_routes(ServerOffice& office, ListJobs& jobs) {
    const auto all = std::make_shared<Lists>(office, jobs);
    const auto on = [&all](auto act) -> web::ApiHandler {
        return [all, act](Call& call) { return ((*all).*act)(call); };
    };
    std::vector<ApiRoute> routes = {
        {Method::kPost, "/api/v1/lists", Permission::kLists, on(&Lists::add)},
        {Method::kGet, "/api/v1/lists", Permission::kLists, on(&Lists::all)},
        {Method::kGet, "/api/v1/lists/{id}", Permission::kLists, on(&Lists::one)},
        {Method::kGet, "/api/v1/lists/{id}/progress", Permission::kLists, on(&Lists::progress)},
        {Method::kGet, "/api/v1/lists/{id}/files/{file}", Permission::kLists, on(&Lists::file)},
        {Method::kDelete, "/api/v1/lists/{id}", Permission::kLists, on(&Lists::remove)},
    };
    routes.front().keeps_body_in_file = true;
    return routes;
}

}  // namespace licet
