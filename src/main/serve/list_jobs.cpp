// SPDX-License-Identifier: Apache-2.0
#include "main/serve/list_jobs.h"

#include <sys/stat.h>

#include <filesystem>

#include "base/utc.h"
#include "http/problem.h"
#include "main/files.h"
#include "main/screen_certificate.h"
#include "main/serve/api.h"
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

// What a screening left for its owner; its state is for the next screening alone.
json::array files_in(const std::string& folder) {
    json::array out;
    std::error_code fault;
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder, fault))
        if (entry.path().filename() != kStateFile) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths)
        out.push_back(
            json::object{{"name", path.filename().string()}, {"size", fs::file_size(path, fault)}});
    return out;
}

json::object problem_of(const Error& fault, const Catalogue& say) {
    json::object out{{"code", fault.message.id}, {"detail", say(fault.message)}};
    if (fault.code == ErrorCode::kInput && !fault.where.empty())
        out["where"] = fault.where.substr(fault.where.rfind('/') + 1);
    return out;
}

}  // namespace

ListJobs::ListJobs(ServerOffice& office) : office_(office) {
    read_old();
    thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

ListJobs::~ListJobs() = default;

// What is known from before a restart.
void ListJobs::read_old() {
    for (const TenantEntry& tenant : office_.tenants()) {
        std::error_code fault;
        const std::string lists = office_.folder_of(tenant.id) + "/lists";
        for (const auto& entry : fs::directory_iterator(lists, fault)) {
            const auto text = read_file(entry.path().string() + "/" + kState);
            const auto value = text ? parse_json(*text) : Result<json::value>(text.error());
            if (!value || !value->is_object()) continue;
            const json::object& kept = value->get_object();
            Job job;
            job.wanted = {tenant.id, text_in(kept, "name"), text_in(kept, "campaign")};
            job.id = entry.path().filename().string();
            job.folder = entry.path().string();
            job.state = text_in(kept, "state");
            job.at = text_in(kept, "at");
            job.summary = object_in(kept, "summary");
            job.problem = object_in(kept, "problem");
            if (job.state == "queued" || job.state == "running") {
                job.state = "failed";
                job.problem = problem_of(error(ErrorCode::kBusy, "lists.interrupted"),
                                         office_.voices().in(Language::kFrench));
                fs::remove(job.folder + "/source", fault);
                keep(job);
            }
            jobs_.emplace(Key{tenant.id, job.id}, std::move(job));
        }
    }
}

json::object ListJobs::in_json(const Job& job) const {
    json::object out{{"id", job.id},       {"name", job.wanted.name},
                     {"state", job.state}, {"campaign", job.wanted.campaign},
                     {"at", job.at},       {"rows", job.rows},
                     {"bytes", job.bytes}, {"total_bytes", job.total_bytes}};
    if (!job.summary.empty()) out["summary"] = job.summary;
    if (!job.problem.empty()) out["problem"] = job.problem;
    if (job.state == "done") out["files"] = files_in(job.folder + "/out");
    return out;
}

void ListJobs::keep(const Job& job) const {
    auto file = ByteWriter::create(job.folder + "/" + kState);
    if (!file) return;  // it is told from memory, and as interrupted after a restart
    if ((*file)->write(json::serialize(in_json(job)))) std::ignore = (*file)->finish();
}

Result<std::string> ListJobs::add(const Wanted& wanted, const std::string& path) {
    Job job;
    job.wanted = wanted;
    const std::string chance = LICET_TRY(office_.chance(kIdBytes));
    job.id = chance;
    job.folder = office_.folder_of(wanted.tenant) + "/lists/" + job.id;
    job.at = utc_text(now_seconds());
    std::error_code fault;
    fs::create_directories(job.folder, fault);
    ::chmod(job.folder.c_str(), S_IRWXU);
    fs::rename(path, job.folder + "/source", fault);
    if (fault) return error(ErrorCode::kBroken, "http.disk_full");
    job.total_bytes = fs::file_size(job.folder + "/source", fault);
    keep(job);
    const Key key{wanted.tenant, job.id};
    const std::lock_guard lock(mutex_);
    std::string id = job.id;
    jobs_.emplace(key, std::move(job));
    queue_.push_back(key);
    moved_.notify_one();
    return id;
}

Result<json::object> ListJobs::job(const std::string& tenant, const std::string& id) const {
    const std::lock_guard lock(mutex_);
    const auto found = jobs_.find({tenant, id});
    if (found == jobs_.end()) return error(ErrorCode::kMissing, "lists.no_job");
    return in_json(found->second);
}

json::array ListJobs::jobs(const std::string& tenant) const {
    const std::lock_guard lock(mutex_);
    std::vector<const Job*> all;
    for (const auto& [key, job] : jobs_)
        if (key.first == tenant) all.push_back(&job);
    std::sort(all.begin(), all.end(), [](const Job* a, const Job* b) { return a->at > b->at; });
    json::array out;
    for (const Job* one : all) out.push_back(in_json(*one));
    return out;
}

Result<Done> ListJobs::remove(const std::string& tenant, const std::string& id) {
    const std::lock_guard lock(mutex_);
    const auto found = jobs_.find({tenant, id});
    if (found == jobs_.end()) return error(ErrorCode::kMissing, "lists.no_job");
    if (found->second.state == "running") return error(ErrorCode::kBusy, "lists.running");
    std::error_code fault;
    fs::remove_all(found->second.folder, fault);
    std::erase(queue_, found->first);
    jobs_.erase(found);
    return Done{};
}

Result<std::string> ListJobs::file(const std::string& tenant, const std::string& id,
                                   const std::string& name) const {
    const json::object known = LICET_TRY(job(tenant, id));
    const json::value* files = known.if_contains("files");
    if (files != nullptr)
        for (const json::value& one : files->get_array())
            if (text_in(one.get_object(), "name") == name)
                return office_.folder_of(tenant) + "/lists/" + id + "/out/" + name;
    return error(ErrorCode::kMissing, "lists.no_file");
}

void ListJobs::work(const std::stop_token& stop) {
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
        screen(key);
    }
}

void ListJobs::screen(const Key& key) {
    Job job;
    {
        const std::lock_guard lock(mutex_);
        job = jobs_.at(key);
    }
    Capture said;
    said.progress = [&](std::uint64_t rows, std::uint64_t bytes, std::uint64_t) {
        const std::lock_guard lock(mutex_);
        Job& shown = jobs_.at(key);
        shown.rows = rows;
        shown.bytes = bytes;
    };
    const Terminal terminal(catalogue_of(job.wanted.language), said);
    ScreenOptions options;
    options.file = job.folder + "/source";
    options.out = job.folder + "/out";
    options.is_safe = true;
    if (!job.wanted.campaign.empty())
        options.campaign =
            office_.folder_of(key.first) + "/campaigns/" + job.wanted.campaign + ".toml";
    const int status = run_screen(terminal, office_.common_of(key.first), options);
    std::error_code fault;
    fs::remove(options.file, fault);
    if (status >= exit_status::kUsage) {
        job.state = "failed";
        job.problem = problem_of(
            said.errors.empty() ? error(ErrorCode::kBroken, "http.internal") : said.errors.back(),
            terminal.text());
    } else {
        job.state = "done";
        const auto summary = parse_json(said.out);
        if (summary && summary->is_object()) job.summary = summary->get_object();
        job.summary.erase("out");
        // Where it lies on this machine is nobody's business; its name among the files is.
        if (json::value* of = job.summary.if_contains("certificate"); of && of->is_object())
            if (json::value* file = of->get_object().if_contains("file"); file && file->is_string())
                *file = fs::path(std::string(file->get_string())).filename().string();
    }
    const std::lock_guard lock(mutex_);
    Job& shown = jobs_.at(key);
    shown.state = job.state;
    shown.summary = std::move(job.summary);
    shown.problem = std::move(job.problem);
    shown.bytes = shown.total_bytes;
    keep(shown);
}

}  // namespace licet
