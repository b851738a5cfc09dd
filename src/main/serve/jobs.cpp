// SPDX-License-Identifier: Apache-2.0
#include "main/serve/jobs.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/utc.h"
#include "http/problem.h"
#include "main/files.h"
#include "main/zones.h"

namespace licet {
namespace {

namespace fs = std::filesystem;
constexpr const char* kState = "job.json";
constexpr std::size_t kIdBytes = 12;

std::string text_in(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    return found == nullptr || !found->is_string() ? std::string()
                                                   : std::string(found->get_string());
}

json::object object_in(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    return found == nullptr || !found->is_object() ? json::object{} : found->get_object();
}

json::array files_in(const std::string& folder) {
    json::array out;
    std::error_code fault;
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder, fault)) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths)
        out.push_back(
            json::object{{"name", path.filename().string()}, {"size", fs::file_size(path, fault)}});
    return out;
}

// The names that each job has; the others are what was asked.
bool is_own_name(std::string_view name) {
    constexpr std::array<std::string_view, 9> kOwn = {
        "id", "state", "at", "rows", "bytes", "total_bytes", "summary", "problem", "files"};
    return std::find(kOwn.begin(), kOwn.end(), name) != kOwn.end();
}

json::object problem_of(const Error& fault, const Catalogue& say) {
    json::object out{{"code", fault.message.id}, {"detail", say(fault.message)}};
    if (fault.code == ErrorCode::kInput && !fault.where.empty())
        out["where"] = fault.where.substr(fault.where.rfind('/') + 1);
    return out;
}

}  // namespace

std::string Job::asked_text(std::string_view name) const { return text_in(asked, name); }

Jobs::Jobs(ServerOffice& office, std::string folder, std::ptrdiff_t most, Work work)
    : office_(office), folder_(std::move(folder)), most_(most), work_(std::move(work)) {}

void Jobs::start() {
    read_old();
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

Jobs::~Jobs() = default;

// What is known from before a restart.
void Jobs::read_old() {
    for (const TenantEntry& tenant : office_.tenants()) {
        std::error_code fault;
        const std::string all = office_.folder_of(tenant.id) + "/" + folder_;
        for (const auto& entry : fs::directory_iterator(all, fault)) {
            const auto text = read_file(entry.path().string() + "/" + kState);
            const auto value = text ? parse_json(*text) : Result<json::value>(text.error());
            if (!value || !value->is_object()) {
                // A server that was cut off before it could say what this is.
                fs::remove(entry.path() / "source", fault);
                continue;
            }
            const json::object& kept = value->get_object();
            Job job;
            job.tenant = tenant.id;
            job.id = entry.path().filename().string();
            job.folder = entry.path().string();
            job.state = text_in(kept, "state");
            job.at = text_in(kept, "at");
            job.summary = object_in(kept, "summary");
            job.problem = object_in(kept, "problem");
            for (const auto& [name, asked] : kept)
                if (!is_own_name(name)) job.asked[name] = asked;
            if (job.state == "queued" || job.state == "running") {
                job.state = "failed";
                job.problem = problem_of(error(ErrorCode::kBusy, "job.interrupted"),
                                         office_.voices().in(Language::kFrench));
                fs::remove(job.source(), fault);
                std::ignore = keep(job);  // it is told from memory too
            }
            jobs_.emplace(Key{tenant.id, job.id}, std::move(job));
        }
    }
}

json::object Jobs::in_json(const Job& job) const {
    json::object out = job.asked;
    out["id"] = job.id;
    out["state"] = job.state;
    out["at"] = job.at;
    out["rows"] = job.rows;
    out["bytes"] = job.bytes;
    out["total_bytes"] = job.total_bytes;
    if (!job.summary.empty()) out["summary"] = job.summary;
    if (!job.problem.empty()) out["problem"] = job.problem;
    if (job.state == "done") out["files"] = files_in(job.out());
    return out;
}

Result<Done> Jobs::keep(const Job& job) const {
    auto file = LICET_TRY(ByteWriter::create(job.folder + "/" + kState));
    LICET_TRY(file->write(json::serialize(in_json(job))));
    return file->finish();
}

// How many of a tenant's are kept; archives are as large as its ledger.
Result<Done> Jobs::check_room(const std::string& tenant) const {
    const std::lock_guard lock(mutex_);
    const auto count = std::count_if(jobs_.begin(), jobs_.end(),
                                     [&](const auto& one) { return one.first.first == tenant; });
    if (most_ == 0 || count < most_) return Done{};
    return error(ErrorCode::kInput, "job.too_many", {{"count", std::to_string(most_)}});
}

Result<std::string> Jobs::add(Wanted wanted, const std::string& path) {
    LICET_TRY(check_room(wanted.tenant));
    if (!has_workspace(office_.folder_of(wanted.tenant)))
        return error(ErrorCode::kMissing, "web.no_tenant");
    Job job;
    job.tenant = std::move(wanted.tenant);
    job.asked = std::move(wanted.asked);
    job.language = wanted.language;
    job.id = LICET_TRY(office_.chance(kIdBytes));
    job.folder = office_.folder_of(job.tenant) + "/" + folder_ + "/" + job.id;
    job.at = utc_text(now_seconds());
    std::error_code fault;
    // Level by level: of a tenant that goes meanwhile nothing is made anew.
    fs::create_directory(office_.folder_of(job.tenant) + "/" + folder_, fault);
    fs::create_directory(job.folder, fault);
    ::chmod(job.folder.c_str(), S_IRWXU);
    if (!path.empty()) {
        fs::rename(path, job.source(), fault);
        if (fault) {
            fs::remove_all(job.folder, fault);
            return error(ErrorCode::kBroken, "http.disk_full");
        }
        job.total_bytes = fs::file_size(job.source(), fault);
    }
    if (const auto kept = keep(job); !kept) {
        // Nobody would know of it after a restart, nor of what it was given.
        fs::remove_all(job.folder, fault);
        return kept.error();
    }
    const Key key{job.tenant, job.id};
    const std::lock_guard lock(mutex_);
    jobs_.emplace(key, std::move(job));
    queue_.push_back(key);
    moved_.notify_one();
    return key.second;
}

Result<json::object> Jobs::job(const std::string& tenant, const std::string& id) const {
    const std::lock_guard lock(mutex_);
    const auto found = jobs_.find({tenant, id});
    if (found == jobs_.end()) return error(ErrorCode::kMissing, "job.unknown");
    return in_json(found->second);
}

json::array Jobs::jobs(const std::string& tenant) const {
    const std::lock_guard lock(mutex_);
    std::vector<const Job*> all;
    for (const auto& [key, job] : jobs_)
        if (key.first == tenant) all.push_back(&job);
    std::sort(all.begin(), all.end(), [](const Job* a, const Job* b) { return a->at > b->at; });
    json::array out;
    for (const Job* one : all) out.push_back(in_json(*one));
    return out;
}

Result<Done> Jobs::remove(const std::string& tenant, const std::string& id) {
    const std::lock_guard lock(mutex_);
    const auto found = jobs_.find({tenant, id});
    if (found == jobs_.end()) return error(ErrorCode::kMissing, "job.unknown");
    if (found->second.state == "running") return error(ErrorCode::kBusy, "job.running");
    std::error_code fault;
    fs::remove_all(found->second.folder, fault);
    std::erase(queue_, found->first);
    jobs_.erase(found);
    return Done{};
}

void Jobs::forget(const std::string& tenant) {
    const std::lock_guard lock(mutex_);
    std::erase_if(queue_, [&](const Key& key) { return key.first == tenant; });
    std::erase_if(jobs_, [&](const auto& one) {
        return one.first.first == tenant && one.second.state != "running";
    });
}

Result<std::string> Jobs::file(const std::string& tenant, const std::string& id,
                               const std::string& name) const {
    const json::object known = LICET_TRY(job(tenant, id));
    const json::value* files = known.if_contains("files");
    if (files != nullptr)
        for (const json::value& one : files->get_array())
            if (text_in(one.get_object(), "name") == name)
                return office_.folder_of(tenant) + "/" + folder_ + "/" + id + "/out/" + name;
    return error(ErrorCode::kMissing, "job.no_file");
}

void Jobs::run(const std::stop_token& stop) {
    while (true) {
        Key key;
        {
            std::unique_lock lock(mutex_);
            if (!moved_.wait(lock, stop, [&] { return !queue_.empty(); })) return;
            if (stop.stop_requested()) return;
            key = queue_.front();
            queue_.pop_front();
            jobs_.at(key).state = "running";
        }
        run(key);
    }
}

void Jobs::run(const Key& key) {
    Job job;
    {
        const std::lock_guard lock(mutex_);
        job = jobs_.at(key);
    }
    Capture said;
    said.progress = [&](std::uint64_t rows, std::uint64_t bytes, std::uint64_t total_bytes) {
        const std::lock_guard lock(mutex_);
        Job& shown = jobs_.at(key);
        shown.rows = rows;
        shown.bytes = bytes;
        if (total_bytes > 0) shown.total_bytes = total_bytes;
    };
    const Terminal terminal(catalogue_of(job.language), said);
    std::error_code fault;
    // Of a tenant that went meanwhile nothing is made anew.
    auto done = fs::exists(job.folder, fault)
                    ? work_(job, terminal)
                    : Result<json::object>(error(ErrorCode::kMissing, "web.no_tenant"));
    fs::remove(job.source(), fault);
    const std::lock_guard lock(mutex_);
    Job& shown = jobs_.at(key);
    shown.state = done ? "done" : "failed";
    if (done)
        shown.summary = *std::move(done);
    else
        shown.problem = problem_of(done.error(), terminal.text());
    shown.bytes = shown.total_bytes;
    std::ignore = keep(shown);  // it is told from memory, and as interrupted after a restart
}

}  // namespace licet
