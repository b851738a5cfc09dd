// SPDX-License-Identifier: Apache-2.0
#include "main/serve/job_routes.h"

#include <atomic>
#include <filesystem>

#include "main/files.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;
using web::ApiRoute;
using web::Call;

// How far a job is, four times a second, until it is over.
class Progress final : public http::Feed {
  public:
    Progress(Jobs& jobs, std::string tenant, std::string id)
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
    Jobs& jobs_;
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
    const std::string ending = std::filesystem::path(name).extension().string();
    if (ending == ".csv") return "text/csv; charset=utf-8";
    if (ending == ".html") return "text/html; charset=utf-8";
    if (ending == ".txt") return "text/plain; charset=utf-8";
    if (ending == ".tar") return "application/x-tar";
    return "application/octet-stream";
}

class JobViews {
  public:
    JobViews(Jobs& jobs, std::string name) : jobs_(jobs), name_(std::move(name)) {}

    Result<Answer> all(Call& call) {
        return web::json_answer(json::object{{name_, jobs_.jobs(call.tenant)}});
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
    Jobs& jobs_;
    std::string name_;
};

std::string address_of_jobs(const Jobs& jobs) { return "/api/v1/" + jobs.folder(); }

}  // namespace

Answer taken(const Jobs& jobs, const std::string& id) {
    return web::json_answer(json::object{{"id", id}}, 202)
        .with("Location", address_of_jobs(jobs) + "/" + id);
}

std::vector<ApiRoute> job_routes(Jobs& jobs, std::string_view name, web::Permission wanted) {
    const auto all = std::make_shared<JobViews>(jobs, std::string(name));
    const auto on = [&all](auto act) -> web::ApiHandler {
        return [all, act](Call& call) { return ((*all).*act)(call); };
    };
    const std::string base = address_of_jobs(jobs);
    return {
        {Method::kGet, base, wanted, on(&JobViews::all)},
        {Method::kGet, base + "/{id}", wanted, on(&JobViews::one)},
        {Method::kGet, base + "/{id}/progress", wanted, on(&JobViews::progress)},
        {Method::kGet, base + "/{id}/files/{file}", wanted, on(&JobViews::file)},
        {Method::kDelete, base + "/{id}", wanted, on(&JobViews::remove)},
    };
}

}  // namespace licet
