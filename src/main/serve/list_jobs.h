// SPDX-License-Identifier: Apache-2.0
//
// Screenings of uploaded lists, one after another, in the folder `lists` of each tenant.
//
//     upload ──► lists/ID/source ──► queue ──► run_screen() ──► lists/ID/out/...
//                lists/ID/job.json: name, campaign, state, counts
//
// The source is removed when it has been screened; results stay until they are deleted. A job that
// was under way when the server stopped is told as interrupted. Threads: any.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/json.h"
#include "main/serve/server_office.h"

namespace licet {

class ListJobs {
  public:
    explicit ListJobs(ServerOffice& office);
    ~ListJobs();
    ListJobs(const ListJobs&) = delete;
    ListJobs& operator=(const ListJobs&) = delete;

    struct Wanted {
        std::string tenant;
        std::string name;      ///< of the file, as its owner calls it: shown, never opened
        std::string campaign;  ///< of the tenant's; empty: a campaign must not be needed
        Language language = Language::kFrench;
    };
    /// Takes the file at `path`, which is moved, and gives the job's id. Errors: those of files.
    [[nodiscard]] Result<std::string> add(const Wanted& wanted, const std::string& path);

    /// Everything that is known of a job. Errors: kMissing ("lists.no_job").
    [[nodiscard]] Result<json::object> job(const std::string& tenant, const std::string& id) const;
    [[nodiscard]] json::array jobs(const std::string& tenant) const;
    /// Removes a job and its files; one that runs is not. Errors: kMissing ("lists.no_job"), kBusy
    /// ("lists.running").
    [[nodiscard]] Result<Done> remove(const std::string& tenant, const std::string& id);
    /// Path of one of its result files. Errors: kMissing ("lists.no_job", "lists.no_file").
    [[nodiscard]] Result<std::string> file(const std::string& tenant, const std::string& id,
                                           const std::string& name) const;

  private:
    struct Job {
        Wanted wanted;
        std::string id;
        std::string folder;
        std::string state = "queued";
        std::string at;  ///< when it was taken
        std::uint64_t rows = 0;
        std::uint64_t bytes = 0;
        std::uint64_t total_bytes = 0;
        json::object summary;
        json::object problem;
    };
    using Key = std::pair<std::string, std::string>;
    void work(const std::stop_token& stop);
    void screen(const Key& key);
    void read_old();
    [[nodiscard]] json::object in_json(const Job& job) const;
    void keep(const Job& job) const;

    ServerOffice& office_;
    mutable std::mutex mutex_;
    std::condition_variable_any moved_;
    std::map<Key, Job> jobs_;
    std::deque<Key> queue_;
    std::jthread thread_;
};

}  // namespace licet
