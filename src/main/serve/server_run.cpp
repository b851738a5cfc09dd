// SPDX-License-Identifier: Apache-2.0
#include "main/serve/server_run.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <iostream>
#include <thread>

#include "base/text.h"
#include "base/utc.h"
#include "http/server.h"
#include "ledger/event.h"
#include "main/serve/api.h"
#include "main/serve/console_files.h"
#include "main/serve/delegated_pages.h"
#include "main/serve/health.h"
#include "main/serve/label_rounds.h"
#include "main/serve/public_choices.h"
#include "main/serve/public_pages.h"
#include "main/serve/webhook_routes.h"
#include "main/zones.h"
#include "web/metrics.h"

namespace licet {
namespace {

constexpr std::chrono::seconds kPatience{20};  ///< with requests that are there at the end

struct Listen {
    std::string address;
    std::uint16_t port = 0;
};

// "127.0.0.1:8080", "[::1]:8080", ":8080".
Result<Listen> listen_of(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    const auto port = colon == text.npos ? std::nullopt : whole_number(text.substr(colon + 1));
    if (!port || *port > 65535) return error(ErrorCode::kInput, "http.address");
    std::string address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']'))
        address = address.substr(1, address.size() - 2);
    if (address.empty()) address = "0.0.0.0";
    return Listen{address, static_cast<std::uint16_t>(*port)};
}

// Fields of every answer: browsers guess no types, tell nobody where they come from, frame nothing.
std::vector<std::pair<std::string, std::string>> safe_fields(bool is_tls) {
    std::vector<std::pair<std::string, std::string>> out = {
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"X-Frame-Options", "DENY"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"}};
    if (is_tls) out.emplace_back("Strict-Transport-Security", "max-age=31536000");
    return out;
}

// Connections must leave descriptors for the ledger, or nobody's objection could be kept.
std::size_t most_connections(std::size_t wanted) {
    constexpr rlim_t kForLedger = 256;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
    if (limit.rlim_cur < limit.rlim_max) {
        const rlimit raised{limit.rlim_max, limit.rlim_max};
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
    }
    const rlim_t most =
        limit.rlim_cur > 2 * kForLedger ? limit.rlim_cur - kForLedger : limit.rlim_cur / 2;
    return std::min<std::size_t>(wanted, most);
}

// What a server that was cut off left there belongs to nobody; what another server is receiving
// does, so this comes after the port is ours.
void empty_folder(const std::string& folder) {
    std::error_code fault;
    std::filesystem::remove_all(folder, fault);
    std::filesystem::create_directories(folder, fault);
    ::chmod(folder.c_str(), S_IRWXU);
}

// Archives that a tenant may have on the server, of each kind.
constexpr std::ptrdiff_t kMostArchives = 20;

// All that runs.
class ServerRun {
  public:
    ServerRun(const Terminal& terminal, const Common& common, const ServeOptions& options)
        : terminal_(terminal), common_(common), options_(options) {}

    Result<Done> run() {
        block_signals();
        const Listen listen = LICET_TRY(listen_of(options_.listen));
        office_ = LICET_TRY(ServerOffice::open(terminal_, common_));
        lists_ = std::make_unique<Jobs>(*office_, "lists", 0, list_screening(*office_));
        authority_files_ = std::make_unique<Jobs>(*office_, "authority-files", kMostArchives,
                                                  authority_building(*office_, *lists_));
        hand_overs_ =
            std::make_unique<Jobs>(*office_, "hand-overs", kMostArchives, handing_over(*office_));
        audits_ = std::make_unique<AuditRooms>(*office_);
        guard_ = std::make_unique<web::Guard>(*office_, sessions_, limiter_);
        base_ = options_.base.empty() ? "http://" + options_.listen : options_.base;
        pages_ = std::make_unique<PublicPages>(*office_, limiter_, base_);
        delegated_ = std::make_unique<DelegatedPages>(*office_, *audits_, limiter_);
        choices_ = std::make_unique<PublicChoices>(*office_, limiter_);
        webhooks_ = std::make_unique<WebhookRoutes>(*office_, base_);
        const auto router = std::make_shared<const http::Router>(routes());
        if (options_.only_shows_routes) return show(*router);
        metrics_ = std::make_unique<web::Metrics>(*router);
        http::ServerSettings wanted = settings(listen);
        const std::string bodies = wanted.body_folder;
        server_ = LICET_TRY(http::Server::open(std::move(wanted), router));
        empty_folder(bodies);
        lists_->start();
        authority_files_->start();
        hand_overs_->start();
        reload_webhooks();
        say_ready(listen);
        rounds_ = std::make_unique<LabelRounds>(*office_, [this](const Error& fault) {
            terminal_.note(terminal_.text()(fault.message));
        });
        std::jthread signals([this] { obey_signals(); });
        server_->run(kPatience);
        // The thread of signals may still wait for one.
        ::kill(::getpid(), SIGTERM);
        return Done{};
    }

  private:
    std::vector<http::Route> routes() {
        const auto tenants = [this](const web::Identity& who) { return tenants_of(who); };
        const web::Administered administered = [this](std::string_view act, const web::Identity& by,
                                                      std::string_view what) {
            return record_administration(*office_, act, by, what);
        };
        std::vector<http::Route> out = console_routes(office_->voices());
        out.push_back(web::login_route(*office_, sessions_, limiter_, tenants));
        std::vector<web::ApiRoute> api = {web::session_route(*office_, tenants)};
        const auto add = [&api](std::vector<web::ApiRoute> more) {
            for (web::ApiRoute& one : more) api.push_back(std::move(one));
        };
        add(web::account_routes(*office_, sessions_, administered));
        add(tenant_routes(*office_, administered, [this](const std::string& id) {
            audits_->forget(id);
            pages_->forget(id);
            webhooks_->forget(id);
            for (Jobs* jobs : {lists_.get(), authority_files_.get(), hand_overs_.get()})
                jobs->forget(id);
        }));
        add(audit_routes(*office_, *audits_, base_));
        add(check_routes(*office_));
        add(law_routes(*office_));
        add(ledger_routes(*office_));
        add(campaign_routes(*office_));
        add(label_routes(*office_, *audits_));
        add(list_routes(*office_, *lists_));
        add(practice_routes(*audits_));
        add(key_routes(*office_));
        add(hand_over_routes(*hand_overs_));
        add(authority_routes(*office_, *authority_files_));
        add(portfolio_routes(*office_, *audits_));
        add(register_routes(*office_));
        add(organisation_routes(*office_));
        add(paper_routes(*office_));
        add(shown_routes(*office_));
        add(site_routes(*office_, !options_.may_visit_private));
        for (web::ApiRoute& one : api) out.push_back(guard_->guarded(std::move(one)));
        const HealthParts parts{*office_, *guard_, [this] { return metrics_text(); }};
        for (http::Route& one : health_routes(parts)) out.push_back(std::move(one));
        for (http::Route& one : label_pages(*office_)) out.push_back(std::move(one));
        for (http::Route& one : pages_->routes()) out.push_back(std::move(one));
        for (http::Route& one : delegated_->routes()) out.push_back(std::move(one));
        for (http::Route& one : choices_->routes()) out.push_back(std::move(one));
        for (http::Route& one : webhooks_->routes()) out.push_back(std::move(one));
        return out;
    }

    // Who may ask what: the table that tests try.
    Result<Done> show(const http::Router& router) const {
        for (const http::Route& route : router.routes())
            terminal_.print(terminal_.wants_json() ? json::serialize(json::object{
                                                         {"method", http::name_of(route.method)},
                                                         {"path", route.pattern},
                                                         {"rights", route.rights}})
                                                   : std::string(http::name_of(route.method)) +
                                                         " " + route.pattern + "  " + route.rights);
        return Done{};
    }

    http::ServerSettings settings(const Listen& listen) {
        http::ServerSettings out;
        out.address = listen.address;
        out.port = listen.port;
        out.threads = options_.threads != 0 ? options_.threads
                                            : std::max(1U, std::thread::hardware_concurrency());
        out.workers = 16;
        out.limits.most_connections = most_connections(out.limits.most_connections);
        out.certificate = options_.certificate;
        out.private_key = options_.key;
        out.is_behind_proxy = options_.is_behind_proxy;
        out.body_folder = office_->folder_of(web::kFirstTenant) + "/uploads";
        out.voices = office_->voices();
        out.fields = safe_fields(!options_.certificate.empty());
        out.now_seconds = now_seconds;
        out.now_micros = [this] { return office_->now_micros(); };
        out.log = [this](const http::LogEntry& entry) { log(entry); };
        return out;
    }

    void log(const http::LogEntry& entry) {
        metrics_->count(entry);
        const bool is_wanted =
            options_.log == "requests" || (options_.log == "errors" && entry.status >= 500);
        if (!is_wanted) return;
        const std::string line = web::log_line(entry, utc_text(now_seconds()));
        // One write a line: lines of several threads do not mix.
        std::ignore = ::write(STDERR_FILENO, line.data(), line.size());
    }

    std::string metrics_text() {
        const http::ServerCounts counts = server_->counts();
        const auto number = [](std::uint64_t value) { return static_cast<double>(value); };
        return metrics_->text(
            {{"licet_connections", "Connections open now.", number(counts.connections)},
             {"licet_connections_total", "Connections accepted.", number(counts.accepted), true},
             {"licet_connections_refused_total", "Connections beyond the limit.",
              number(counts.refused), true},
             {"licet_http_malformed_total", "Requests refused before they were parsed.",
              number(counts.malformed), true},
             {"licet_http_timeouts_total", "Connections that were too slow.",
              number(counts.timed_out), true}});
    }

    json::array tenants_of(const web::Identity& who) const {
        json::array out;
        for (const TenantEntry& one : office_->tenants())
            if (who.has_tenant(one.id)) out.push_back(json_of(one));
        return out;
    }

    void say_ready(const Listen& listen) {
        const std::string address =
            std::string(options_.certificate.empty() ? "http" : "https") + "://" +
            (listen.address.find(':') == std::string::npos ? listen.address
                                                           : "[" + listen.address + "]") +
            ":" + std::to_string(server_->port()) + "/";
        if (terminal_.wants_json()) {
            terminal_.print(json::serialize(json::object{{"listening", address}}));
            std::cout.flush();
            return;
        }
        terminal_.print(terminal_.text()("serve.ready", {{"address", address}}));
        if (office_->access()->users.empty()) terminal_.print(terminal_.text()("serve.no_users"));
        std::cout.flush();
    }

    static void block_signals() {
        sigset_t set;
        ::sigemptyset(&set);
        for (const int one : {SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&set, one);
        ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    }

    void obey_signals() {
        sigset_t set;
        ::sigemptyset(&set);
        for (const int one : {SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&set, one);
        while (true) {
            int got = 0;
            if (::sigwait(&set, &got) != 0) continue;
            if (got != SIGHUP) return server_->stop();
            for (const auto& done :
                 {office_->reload_law(terminal_), office_->reload_access(), renewed()})
                if (!done) terminal_.print_error(done.error());
            pages_->reload();
            reload_webhooks();
            terminal_.note(terminal_.text()("serve.reloaded"));
        }
    }

    void reload_webhooks() {
        for (const Error& problem : webhooks_->reload()) terminal_.print_error(problem);
    }

    Result<Done> renewed() {
        return options_.certificate.empty() ? Result<Done>(Done{}) : server_->renew_certificate();
    }

    const Terminal& terminal_;
    const Common& common_;
    const ServeOptions& options_;
    std::unique_ptr<ServerOffice> office_;
    web::Sessions sessions_;
    web::Limiter limiter_;
    std::unique_ptr<Jobs> lists_;
    std::unique_ptr<Jobs> authority_files_;
    std::unique_ptr<Jobs> hand_overs_;
    std::unique_ptr<AuditRooms> audits_;
    std::unique_ptr<web::Guard> guard_;
    std::string base_;  ///< how people reach this server
    std::unique_ptr<PublicPages> pages_;
    std::unique_ptr<DelegatedPages> delegated_;
    std::unique_ptr<PublicChoices> choices_;
    std::unique_ptr<WebhookRoutes> webhooks_;
    std::unique_ptr<LabelRounds> rounds_;
    std::unique_ptr<web::Metrics> metrics_;
    std::unique_ptr<http::Server> server_;
};

}  // namespace

int run_serve(const Terminal& terminal, const Common& common, const ServeOptions& options) {
    const auto done = ServerRun(terminal, common, options).run();
    return done ? 0 : fail(terminal, done.error());
}

// ---- people -------------------------------------------------------------------------------------
int run_user_add(const Terminal& terminal, const Common& common, const UserOptions& options) {
    auto office = ServerOffice::open(terminal, common);
    if (!office) return fail(terminal, office.error());
    const auto role = web::role_of(options.role);
    if (!role) return fail(terminal, error(ErrorCode::kInput, "access.role_unknown"));
    if (const auto done = web::check_name(options.name); !done) return fail(terminal, done.error());
    terminal.note(terminal.text()("user.password"));
    std::string password;
    std::getline(std::cin, password);
    auto digest = web::digest_of_password(password);
    if (!digest) return fail(terminal, digest.error());
    web::User user{options.name,
                   options.display.empty() ? options.name : options.display,
                   *std::move(digest),
                   *role,
                   {options.tenants.begin(), options.tenants.end()},
                   terminal.language() == Language::kFrench ? "fr" : "en"};
    if (user.tenants.empty()) user.tenants.emplace(web::kFirstTenant);
    for (const std::string& one : user.tenants)
        if (!(*office)->has_tenant(one))
            return fail(terminal, error(ErrorCode::kInput, "web.no_tenant"));
    const auto done = (*office)->change_access([&](web::Access& access) -> Result<Done> {
        access.users.insert_or_assign(user.name, user);
        return Done{};
    });
    if (!done) return fail(terminal, done.error());
    web::Identity by;
    by.name = "command_line";
    const auto kept = record_administration(**office, "user_added", by, user.name);
    if (!kept) return fail(terminal, kept.error());
    terminal.print(terminal.text()("user.added", {{"name", user.name}, {"role", options.role}}));
    return 0;
}

int run_user_list(const Terminal& terminal, const Common& common) {
    auto office = ServerOffice::open(terminal, common);
    if (!office) return fail(terminal, office.error());
    for (const auto& [name, user] : (*office)->access()->users) {
        std::vector<std::string> tenants(user.tenants.begin(), user.tenants.end());
        terminal.print(name + "  " + std::string(web::name_of(user.role)) + "  " +
                       join(tenants, ", "));
    }
    return 0;
}

}  // namespace licet
