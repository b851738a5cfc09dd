// SPDX-License-Identifier: Apache-2.0
#include "main/serve/webhook_routes.h"

#include <algorithm>

#include "main/recorder.h"
#include "main/serve/public_frame.h"
#include "main/zones.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;

constexpr std::size_t kMostBody = std::size_t{8} << 20;
constexpr int kRetrySeconds = 60;
constexpr std::chrono::seconds kLookAgain{5};  ///< for what a fault left waiting
constexpr std::int64_t kForgetEvery = 3600;    ///< seconds

Answer empty_answer(const WebhookAnswer& told) {
    Answer out;
    out.status = told.status;
    out.type.clear();
    if (told.retry_after_seconds > 0)
        out.with("Retry-After", std::to_string(told.retry_after_seconds));
    return out;
}

}  // namespace

// A tenant's endpoint, with the thread that reads what it kept.
struct WebhookRoutes::Tenant {
    Tenant(ServerOffice& given, std::string id, std::unique_ptr<WebhookDesk> opened)
        : office(given), name(std::move(id)), desk(std::move(opened)) {}
    ~Tenant() { halt(); }
    Tenant(const Tenant&) = delete;
    Tenant& operator=(const Tenant&) = delete;

    // Ends reading and sending, when what is under way is done; receiving goes on.
    void halt() {
        thread.request_stop();
        if (thread.joinable()) thread.join();
        sending.reset();
    }

    // For a thread of its own, once all is there that it uses.
    void start(std::unique_ptr<SendingThread> sender) {
        sending = std::move(sender);
        thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
    }

    void work(const std::stop_token& stop) {
        // The secrets may be those of now since what was doubtful came.
        std::ignore = desk->judge_again();
        std::int64_t forget_at = 0;
        while (!stop.stop_requested()) {
            {
                std::unique_lock lock(mutex);
                moved.wait_for(lock, stop, kLookAgain, [&] { return is_waiting; });
                is_waiting = false;
            }
            // What cannot be recorded now still waits, and is tried again.
            std::ignore = record();
            if (office.now_seconds() < forget_at) continue;
            std::ignore = desk->forget_old(office.now_seconds());
            forget_at = office.now_seconds() + kForgetEvery;
        }
    }

    Result<Done> record() {
        auto recorder = LICET_TRY(Recorder::open(office.common_of(name)));
        const WebhookSink sink =
            [&recorder](std::span<const webhooks::ToRecord> events) -> Result<std::size_t> {
            const std::size_t before = recorder.added();
            for (const webhooks::ToRecord& one : events)
                LICET_TRY(recorder.add(one.event, one.point));
            LICET_TRY(recorder.flush());
            return recorder.added() - before;
        };
        const WebhooksDone done = LICET_TRY(desk->process(sink));
        if (done.events == 0) return Done{};
        const auto ledger = LICET_TRY(office.desk(name));
        if (sending) sending->wake();
        return ledger->catch_up();
    }

    void wake() {
        {
            const std::lock_guard lock(mutex);
            is_waiting = true;
        }
        moved.notify_one();
    }

    ServerOffice& office;
    std::string name;
    std::unique_ptr<WebhookDesk> desk;
    std::unique_ptr<SendingThread> sending;  ///< null: nobody asked to be told
    std::mutex mutex;
    std::condition_variable_any moved;
    bool is_waiting = true;  ///< what was kept before the start
    std::jthread thread;
};

WebhookRoutes::WebhookRoutes(ServerOffice& office, std::string base)
    : office_(office), base_(std::move(base)) {}

WebhookRoutes::~WebhookRoutes() = default;

void WebhookRoutes::forget(const std::string& id) {
    const std::lock_guard one_at_a_time(changing_);
    const auto gone = tenants_.find(id);
    if (gone == tenants_.end()) return;
    gone->second->halt();
    const std::unique_lock lock(mutex_);
    tenants_.erase(gone);
}

std::vector<Error> WebhookRoutes::reload() {
    const std::lock_guard one_at_a_time(changing_);
    std::vector<Error> problems;
    for (const TenantEntry& one : office_.tenants()) {
        const auto ledger = office_.desk(one.id);
        if (!ledger) continue;
        const Workspace& workspace = (*ledger)->workspace();
        const auto read = webhooks_of(workspace);
        problems.insert(problems.end(), read.problems.begin(), read.problems.end());
        if (!read.is_clean()) continue;
        // Only who holds `changing_` changes the map. Waiting for what is sent right now blocks
        // nobody.
        if (const auto old = tenants_.find(one.id); old != tenants_.end()) old->second->halt();
        // Two spools of one file would read the same twice: the old one goes first, and who reports
        // meanwhile waits, since a provider may throw away what is answered otherwise than by 200.
        const std::unique_lock lock(mutex_);
        tenants_.erase(one.id);
        auto desk = WebhookDesk::open(workspace);
        if (!desk) {
            problems.push_back(desk.error());
            continue;
        }
        auto tenant = std::make_unique<Tenant>(office_, one.id, std::move(desk).value());
        auto sender = WebhookSender::open(workspace);
        std::unique_ptr<SendingThread> sending;
        if (sender && !(*sender)->subscriptions().empty())
            sending = std::make_unique<SendingThread>(std::move(sender).value(), now_seconds,
                                                      [](const Error&) {});
        tenant->start(std::move(sending));
        tenants_.emplace(one.id, std::move(tenant));
    }
    return problems;
}

Answer WebhookRoutes::receive(const http::Request& request) {
    const std::string name = tenant_named(request);
    const std::shared_lock lock(mutex_);
    const auto found = tenants_.find(name);
    // One that could not be opened is there again after the next signal.
    if (found == tenants_.end())
        return empty_answer(office_.has_tenant(name) ? WebhookAnswer{503, kRetrySeconds}
                                                     : WebhookAnswer{404, 0});
    Tenant& tenant = *found->second;
    webhooks::RawRequest raw;
    raw.method = http::name_of(request.method);
    raw.token = request.value("token");
    raw.url = base_ + std::string(request.path) +
              (request.query.empty() ? "" : "?" + std::string(request.query));
    raw.headers = request.fields->all();
    raw.body = request.body;
    const WebhookAnswer told = tenant.desk->receive(raw, office_.now_seconds());
    if (told.status == 200) tenant.wake();
    return empty_answer(told);
}

std::vector<http::Route> WebhookRoutes::routes() {
    std::vector<http::Route> out;
    for (const char* pattern : {"/webhooks/{token}", "/t/{tenant}/webhooks/{token}"})
        for (const Method method : {Method::kPost, Method::kGet}) {
            http::Route one;
            one.method = method;
            one.pattern = pattern;
            one.handle = [this](const http::Request& request) { return receive(request); };
            one.most_body_bytes = kMostBody;
            out.push_back(std::move(one));
        }
    return out;
}

}  // namespace licet
