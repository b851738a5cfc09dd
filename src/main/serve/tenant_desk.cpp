// SPDX-License-Identifier: Apache-2.0
#include "main/serve/tenant_desk.h"

#include <sys/stat.h>

#include "main/zones.h"
#include "store/log_keeper.h"
#include "store/standings.h"

namespace licet {
namespace {

constexpr std::chrono::milliseconds kFollowEvery{250};
constexpr std::chrono::milliseconds kKeepEvery{100};
constexpr std::size_t kMostInABatch = 4096;  ///< events

// What tells a file from another one that has its name; 0 if there is none.
std::uint64_t place_of(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

void sleep_for(std::chrono::milliseconds time, const std::stop_token& stop) {
    std::mutex unused;
    std::condition_variable_any woken;
    std::unique_lock lock(unused);
    woken.wait_for(lock, stop, time, [] { return false; });
}

store::HeadFollower::Moment steady_now() { return std::chrono::steady_clock::now(); }

}  // namespace

TenantDesk::TenantDesk(std::string id, Workspace workspace)
    : id_(std::move(id)),
      workspace_(std::move(workspace)),
      readers_([this]() -> Result<std::unique_ptr<ledger::ReadStore>> {
          auto store = LICET_TRY(open_ledger(workspace_, true));
          return std::unique_ptr<ledger::ReadStore>(std::move(store));
      }) {}

Result<std::shared_ptr<TenantDesk>> TenantDesk::open(const std::string& id,
                                                     const std::string& folder) {
    Workspace workspace = LICET_TRY(open_workspace(folder));
    auto desk = std::shared_ptr<TenantDesk>(new TenantDesk(id, std::move(workspace)));  // NOLINT
    const store::LedgerFiles files = files_of(desk->workspace_);
    auto known = LICET_TRY(store::fresh_standing_file(files, now().day, {}));
    desk->follower_ = LICET_TRY(store::HeadFollower::open(files, steady_now, std::move(known)));
    desk->store_ = LICET_TRY(open_ledger(desk->workspace_, false));
    if (!store::is_server(files.database)) {
        desk->ledger_file_ = files.database;
        desk->ledger_place_ = place_of(files.database);
    }
    TenantDesk& self = *desk;
    self.writes_ =
        std::jthread([&self](const std::stop_token& stop) { self.write_for_ever(stop); });
    self.follows_ =
        std::jthread([&self](const std::stop_token& stop) { self.follow_for_ever(stop); });
    self.keeps_ = std::jthread([&self](const std::stop_token& stop) { self.keep_for_ever(stop); });
    return desk;
}

TenantDesk::~TenantDesk() {
    keeps_.request_stop();
    follows_.request_stop();
    writes_.request_stop();
    queue_moved_.notify_all();
}

// Who puts back a backup while we run leaves us with a file that nobody will open again: what is
// written there would be lost, and what is looked up there is not what holds.
Result<Done> TenantDesk::check_place() const {
    if (ledger_file_.empty() || place_of(ledger_file_) == ledger_place_) return Done{};
    return error(ErrorCode::kBroken, "serve.ledger_moved", {}, ledger_file_);
}

// ---- looking up ---------------------------------------------------------------------------------
Result<Done> TenantDesk::follow_now() const {
    LICET_TRY(check_place());
    const std::lock_guard lock(following_);
    const auto taken = follower_->follow(std::chrono::milliseconds{0});
    if (!taken) return taken.error();
    return Done{};
}

void TenantDesk::follow_for_ever(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        // An error leaves the heads unconfirmed: look-ups refuse, and fault() says so.
        std::ignore = follow_now();
        sleep_for(kFollowEvery, stop);
    }
}

Result<std::optional<ledger::Standing>> TenantDesk::find(
    const std::vector<ledger::ContactTokens>& points, Date until) const {
    return follower_->find(points, until);
}

std::optional<Error> TenantDesk::fault() const {
    if (const auto here = check_place(); !here) return here.error();
    const auto confirmed = follower_->confirmed();
    if (confirmed) return std::nullopt;
    return confirmed.error();
}

Result<ReaderPool::Reader> TenantDesk::reader() const {
    LICET_TRY(check_place());
    return readers_.take();
}

// ---- writing ------------------------------------------------------------------------------------
Result<ledger::Appended> TenantDesk::append(std::vector<ledger::Event> events) {
    std::future<Result<ledger::Appended>> answer;
    {
        const std::lock_guard lock(queue_mutex_);
        queue_.push_back({std::move(events), {}});
        answer = queue_.back().answer.get_future();
    }
    queue_moved_.notify_one();
    return answer.get();
}

void TenantDesk::write_for_ever(const std::stop_token& stop) {
    while (true) {
        std::vector<Wanted> batch;
        {
            std::unique_lock lock(queue_mutex_);
            // What is queued when the server stops is still written.
            if (!queue_moved_.wait(lock, stop, [&] { return !queue_.empty(); })) return;
            std::size_t events = 0;
            while (!queue_.empty() && events < kMostInABatch) {
                events += queue_.front().events.size();
                batch.push_back(std::move(queue_.front()));
                queue_.pop_front();
            }
        }
        write(std::move(batch));
    }
}

Result<ledger::Appended> TenantDesk::store_all(std::span<const ledger::Event> events) {
    LICET_TRY(check_place());
    if (!store_) store_ = LICET_TRY(open_ledger(workspace_, false));
    auto done = store_->append(events);
    // A server that was restarted wants a new connection; a refused event does not.
    if (!done && done.error().code != ErrorCode::kInput) store_.reset();
    if (done) appended_.fetch_add(done->added, std::memory_order_relaxed);
    return done;
}

void TenantDesk::keep_for_ever(const std::stop_token& stop) const {
    auto keeper = store::LogKeeper::open(files_of(workspace_).database);
    std::uint64_t kept = 0;
    for (; keeper && !stop.stop_requested(); sleep_for(kKeepEvery, stop)) {
        const std::uint64_t appended = appended_.load(std::memory_order_relaxed);
        // What cannot be moved now stays in the log, and the writer says what is wrong.
        if (appended != kept && check_place() && keeper->keep()) kept = appended;
    }
}

void TenantDesk::write(std::vector<Wanted> batch) {
    std::vector<ledger::Event> all;
    for (const Wanted& one : batch) all.insert(all.end(), one.events.begin(), one.events.end());
    std::vector<Result<ledger::Appended>> answers;
    const auto done = store_all(all);
    for (const Wanted& one : batch) {
        if (done)
            answers.emplace_back(batch.size() == 1 ? *done
                                                   : ledger::Appended{one.events.size(), 0});
        // One that is refused must not take the others with it.
        else if (done.error().code == ErrorCode::kInput && batch.size() > 1)
            answers.push_back(store_all(one.events));
        else
            answers.emplace_back(done.error());
    }
    // They are durable; whether they are looked up too decides whether that may be said.
    const auto followed = follow_now();
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (answers[i] && !followed) answers[i] = followed.error();
        batch[i].answer.set_value(std::move(answers[i]));
    }
}

}  // namespace licet
