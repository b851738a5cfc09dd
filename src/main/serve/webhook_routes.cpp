// SPDX-License-Identifier: Apache-2.0
#include "main/serve/webhook_routes.h"

#include <algorithm>

#include "main/recorder.h"
#include "main/zones.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;

constexpr std::size_t kMostBody = std::size_t{8} << 20;
constexpr std::chrono::seconds kLookAgain{5};  ///< for what a fault left waiting

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
        : office(given), name(std::move(id)), desk(std::move(opened)) {
        thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
    }
    ~Tenant() { thread.request_stop(); }
    Tenant(const Tenant&) = delete;
    Tenant& operator=(const Tenant&) = delete;

    void work(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            {
                std::unique_lock lock(mutex);
                moved.wait_for(lock, stop, kLookAgain, [&] { return is_waiting; });
                is_waiting = false;
            }
            // What cannot be recorded now still waits, and is tried again.
            std::ignore = record();
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

std::vector<Error> WebhookRoutes::reload() {
    std::vector<Error> problems;
    std::map<std::string, std::shared_ptr<Tenant>, std::less<>> fresh;
    for (const TenantEntry& one : office_.tenants()) {
        const auto ledger = office_.desk(one.id);
        if (!ledger) continue;
        const Workspace& workspace = (*ledger)->workspace();
        const auto read = webhooks_of(workspace);
        problems.insert(problems.end(), read.problems.begin(), read.problems.end());
        if (!read.is_clean()) continue;
        // Two spools of one file would read the same twice: the old one goes first.
        {
            const std::lock_guard lock(mutex_);
            tenants_.erase(one.id);
        }
        auto desk = WebhookDesk::open(workspace);
        if (!desk) {
            problems.push_back(desk.error());
            continue;
        }
        auto tenant = std::make_shared<Tenant>(office_, one.id, std::move(desk).value());
        auto sender = WebhookSender::open(workspace);
        if (sender && !(*sender)->subscriptions().empty())
            tenant->sending = std::make_unique<SendingThread>(std::move(sender).value(),
                                                              now_seconds, [](const Error&) {});
        fresh.emplace(one.id, std::move(tenant));
    }
    const std::lock_guard lock(mutex_);
    for (auto& [id, tenant] : fresh) tenants_.insert_or_assign(id, std::move(tenant));
    return problems;
}

Answer WebhookRoutes::receive(const http::Request& request) {
    const std::string_view named = request.value("tenant");
    std::shared_ptr<Tenant> tenant;
    {
        const std::lock_guard lock(mutex_);
        const auto found = tenants_.find(named.empty() ? web::kFirstTenant : named);
        if (found != tenants_.end()) tenant = found->second;
    }
    if (!tenant) return empty_answer({404, 0});
    webhooks::RawRequest raw;
    raw.method = http::name_of(request.method);
    raw.token = request.value("token");
    raw.url = base_ + std::string(request.path) +
              (request.query.empty() ? "" : "?" + std::string(request.query));
    raw.headers = request.fields->all();
    raw.body = request.body;
    const WebhookAnswer told = tenant->desk->receive(raw, office_.now_seconds());
    if (told.status == 200) tenant->wake();
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
