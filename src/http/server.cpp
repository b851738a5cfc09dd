// SPDX-License-Identifier: Apache-2.0
#include "http/server.h"

#include <array>
#include <ctime>
#include <thread>

#include "http/internal/connection.h"

namespace licet::http {
namespace {

using asio::ip::tcp;

// "Date: Fri, 27 Nov 2026 10:00:00 GMT" (RFC 9110, section 5.6.7).
std::string date_field(std::int64_t seconds) {
    const std::time_t moment = seconds;
    std::tm parts{};
    ::gmtime_r(&moment, &parts);
    static constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::array<char, 64> out{};
    const int length =
        std::snprintf(out.data(), out.size(), "Date: %s, %02d %s %04d %02d:%02d:%02d GMT\r\n",
                      kDays[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                      kMonths[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                      parts.tm_hour, parts.tm_min, parts.tm_sec);
    return {out.data(), static_cast<std::size_t>(length)};
}

class AsioServer final : public Server {
  public:
    AsioServer(ServerSettings settings, std::shared_ptr<const Router> router)
        : shared_(std::move(settings), std::move(router)) {
        for (unsigned i = 0; i < std::max(1U, shared_.settings.threads); ++i)
            cores_.push_back(std::make_unique<Core>(shared_));
    }
    ~AsioServer() override {
        // Connections hold themselves in their operations: let those go before the cores.
        shared_.workers.stop();
        shared_.workers.join();
    }

    Result<Done> listen() {
        if (!shared_.settings.certificate.empty()) LICET_TRY(renew_certificate());
        boost::system::error_code fault;
        const auto address = asio::ip::make_address(shared_.settings.address, fault);
        if (fault) return error(ErrorCode::kInput, "http.address");
        tcp::endpoint end(address, shared_.settings.port);
        if (end.port() != 0) LICET_TRY(probe(end));
        for (const auto& core : cores_) {
            LICET_TRY(bind(*core, end));
            // The other threads share the port that the first one got.
            end.port(core->acceptor.local_endpoint(fault).port());
        }
        port_ = end.port();
        return Done{};
    }

    [[nodiscard]] std::uint16_t port() const override { return port_; }

    void run(std::chrono::seconds patience) override {
        patience_ = static_cast<Tick>(patience.count()) * kTicksASecond;
        std::vector<std::thread> threads;
        for (const auto& core : cores_) {
            core->date = date_field(shared_.settings.now_seconds());
            accept(*core);
            tick(*core);
            threads.emplace_back([&core] { core->io.run(); });
        }
        for (std::thread& one : threads) one.join();
        shared_.workers.join();
    }

    void stop() override {
        shared_.is_stopping = true;
        for (const auto& core : cores_)
            asio::post(core->io, [&core = *core] {
                boost::system::error_code fault;
                core.acceptor.close(fault);
                const auto all = core.connections;
                for (Ticking* one : all)
                    if (core.connections.contains(one)) one->on_stop(false);
            });
    }

    Result<Done> renew_certificate() override {
        shared_.set_tls(
            LICET_TRY(tls_context(shared_.settings.certificate, shared_.settings.private_key)));
        return Done{};
    }

    [[nodiscard]] ServerCounts counts() const override {
        return {shared_.connections.load(), shared_.accepted.load(), shared_.refused.load(),
                shared_.malformed.load(), shared_.timed_out.load()};
    }

  private:
    // Threads share a port, and so could two servers of one user: the second one is told.
    [[nodiscard]] static Result<Done> probe(const tcp::endpoint& end) {
        boost::system::error_code fault;
        asio::io_context io;
        tcp::acceptor alone(io);
        alone.open(end.protocol(), fault);
        if (!fault) alone.set_option(tcp::acceptor::reuse_address(true), fault);
        if (!fault) alone.bind(end, fault);
        if (fault) return error(ErrorCode::kBusy, "http.port_taken");
        return Done{};
    }

    [[nodiscard]] static Result<Done> bind(Core& core, const tcp::endpoint& end) {
        boost::system::error_code fault;
        tcp::acceptor& acceptor = core.acceptor;
        acceptor.open(end.protocol(), fault);
        if (!fault) acceptor.set_option(tcp::acceptor::reuse_address(true), fault);
        using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
        if (!fault) acceptor.set_option(ReusePort(true), fault);
        if (!fault) acceptor.bind(end, fault);
        if (!fault) acceptor.listen(asio::socket_base::max_listen_connections, fault);
        if (fault) return error(ErrorCode::kBusy, "http.port_taken");
        return Done{};
    }

    // Without a descriptor left, each try fails at once: the next tick tries again.
    void accept(Core& core) {
        core.is_accepting = true;
        core.acceptor.async_accept([this, &core](auto fault, tcp::socket socket) {
            core.is_accepting = false;
            if (shared_.is_stopping || fault) return;
            begin(core, std::move(socket));
            accept(core);
        });
    }

    void begin(Core& core, tcp::socket socket) {
        shared_.accepted.fetch_add(1, std::memory_order_relaxed);
        if (shared_.connections.load() >= shared_.settings.limits.most_connections) {
            shared_.refused.fetch_add(1, std::memory_order_relaxed);
            return;  // the socket closes
        }
        boost::system::error_code fault;
        socket.set_option(tcp::no_delay(true), fault);
        auto context = shared_.tls();
        auto transport = context ? tls_transport(std::move(socket), std::move(context))
                                 : plain_transport(std::move(socket));
        std::make_shared<Connection>(core, std::move(transport))->start();
    }

    void tick(Core& core) {
        core.ticker.expires_after(kTick);
        core.ticker.async_wait([this, &core](auto fault) {
            if (fault) return;
            ++core.now;
            core.date = date_field(shared_.settings.now_seconds());
            const auto all = core.connections;
            for (Ticking* one : all)
                if (core.connections.contains(one)) one->on_tick(core.now);
            if (shared_.is_stopping && !is_still_wanted(core)) return;
            if (!core.is_accepting && !shared_.is_stopping) accept(core);
            tick(core);
        });
    }

    // After stop(): whether somebody is still being answered, and there is patience.
    bool is_still_wanted(Core& core) {
        if (core.connections.empty()) return false;
        if (core.stopped_at == kNever) core.stopped_at = core.now;
        if (core.now - core.stopped_at < patience_) return true;
        const auto all = core.connections;
        for (Ticking* one : all) one->on_stop(true);
        return false;
    }

    Shared shared_;
    std::vector<std::unique_ptr<Core>> cores_;
    std::uint16_t port_ = 0;
    Tick patience_ = 0;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::open(ServerSettings settings,
                                             std::shared_ptr<const Router> router) {
    try {
        auto server = std::make_unique<AsioServer>(std::move(settings), std::move(router));
        LICET_TRY(server->listen());
        return std::unique_ptr<Server>(std::move(server));
    } catch (const std::exception&) {
        return error(ErrorCode::kBroken, "http.internal");
    }
}

}  // namespace licet::http
