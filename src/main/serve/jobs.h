// SPDX-License-Identifier: Apache-2.0
//
// Long work that the API starts, one after another, in a folder of each tenant.
//
//     asked, source ──► FOLDER/ID/source ──► queue ──► work ──► FOLDER/ID/out/...
//                       FOLDER/ID/job.json: what was asked, state, how far, summary
//
// The source is removed when the work is over; results stay until they are deleted. A job that was
// under way when the server stopped is told as interrupted. Threads: any.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/json.h"
#include "main/serve/server_office.h"

namespace licet {

struct Job {
    std::string tenant;
    std::string id;
    std::string folder;
    Language language = Language::kFrench;
    json::object asked;  ///< what is shown of what was wanted
    std::string state = "queued";
    std::string at;  ///< when it was taken
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
    std::uint64_t total_bytes = 0;
    json::object summary;
    json::object problem;

    [[nodiscard]] std::string source() const { return folder + "/source"; }
    [[nodiscard]] std::string out() const { return folder + "/out"; }
    [[nodiscard]] std::string asked_text(std::string_view name) const;
};

class Jobs {
  public:
    /// Does one job and gives its summary. Its Terminal is heard: progress is shown.
    using Work = std::function<Result<json::object>(const Job&, const Terminal&)>;

    /// `folder`: its name within each tenant's; it is a part of addresses too. `most`: how many a
    /// tenant may have; 0: any number.
    Jobs(ServerOffice& office, std::string folder, std::ptrdiff_t most, Work work);
    ~Jobs();
    Jobs(const Jobs&) = delete;
    Jobs& operator=(const Jobs&) = delete;

    /// Reads what earlier servers left and begins to work. Once the port is ours: what another
    /// server works on is not interrupted.
    void start();

    struct Wanted {
        std::string tenant;
        json::object asked;
        Language language = Language::kFrench;
    };
    /// Takes the file at `path`, which is moved, and gives the job's id; "" if there is no file.
    /// Errors: kMissing ("web.no_tenant"), kInput ("job.too_many"), those of files.
    [[nodiscard]] Result<std::string> add(Wanted wanted, const std::string& path);

    /// Everything that is known of a job. Errors: kMissing ("job.unknown").
    [[nodiscard]] Result<json::object> job(const std::string& tenant, const std::string& id) const;
    [[nodiscard]] json::array jobs(const std::string& tenant) const;
    /// Removes a job and its files; one that runs is not. Errors: kMissing ("job.unknown"), kBusy
    /// ("job.running").
    [[nodiscard]] Result<Done> remove(const std::string& tenant, const std::string& id);
    /// Lets go of the jobs of a tenant that is no more; one that runs is left to fail.
    void forget(const std::string& tenant);
    /// Path of one of its result files. Errors: kMissing ("job.unknown", "job.no_file").
    [[nodiscard]] Result<std::string> file(const std::string& tenant, const std::string& id,
                                           const std::string& name) const;

    [[nodiscard]] const std::string& folder() const { return folder_; }

  private:
    using Key = std::pair<std::string, std::string>;
    void run(const std::stop_token& stop);
    void run(const Key& key);
    void read_old();
    [[nodiscard]] json::object in_json(const Job& job) const;
    [[nodiscard]] Result<Done> keep(const Job& job) const;
    [[nodiscard]] Result<Done> check_room(const std::string& tenant) const;

    ServerOffice& office_;
    std::string folder_;
    std::ptrdiff_t most_;
    Work work_;
    mutable std::mutex mutex_;
    std::condition_variable_any moved_;
    std::map<Key, Job> jobs_;
    std::deque<Key> queue_;
    std::jthread thread_;
};

}  // namespace licet
