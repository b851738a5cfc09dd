// SPDX-License-Identifier: Apache-2.0
//
// Fuzzes the reader of requests: whatever bytes a stranger sends, the same answers must come out
// whether they arrive at once or in pieces of any size. A reader for which pieces matter sees two
// requests where a proxy sees one; that is how requests are smuggled.
//
// The connection is the server's own; only its socket is a string here.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "http/internal/connection.h"
#include "http/url.h"

namespace licet::http {
namespace {

/// Gives `bytes` in pieces of `piece` bytes, and keeps what is answered.
class StringTransport final : public Transport {
  public:
    StringTransport(Core& core, std::string_view bytes, std::size_t piece, std::string& answers)
        : core_(core), left_(bytes), piece_(piece), answers_(answers) {}

    void begin(Went went) override {
        asio::post(core_.io, [went = std::move(went)] { went(true); });
    }
    void read(asio::mutable_buffer room, Came came) override {
        const std::size_t count = std::min({left_.size(), piece_, room.size()});
        std::copy_n(left_.data(), count, static_cast<char*>(room.data()));
        left_.remove_prefix(count);
        asio::post(core_.io, [came = std::move(came), count] { came(count); });
    }
    void write(std::string_view first, std::string_view second, Went went) override {
        answers_.append(first).append(second);
        asio::post(core_.io, [went = std::move(went)] { went(true); });
    }
    void end_sending() override {}
    void close() override {}
    [[nodiscard]] bool is_secure() const override { return false; }
    [[nodiscard]] std::string remote() const override { return "192.0.2.1"; }

  private:
    Core& core_;
    std::string_view left_;
    std::size_t piece_;
    std::string& answers_;
};

// Says all that it was given, so that a difference anywhere is seen.
Answer echo(const Request& request) {
    Answer out;
    out.type = "text/plain";
    out.body.append(name_of(request.method)).append(" ").append(request.path).append(" ");
    out.body.append(request.query).append("\n");
    for (const auto& [name, value] : request.fields->all())
        out.body.append(name).append("=").append(value).append("\n");
    static_cast<void>(form_of_urlencoded(request.query));
    static_cast<void>(cookie_of(request.field("cookie"), "session"));
    static_cast<void>(media_type_of(request.field("content-type")));
    static_cast<void>(request.language());
    out.body.append(request.body);
    return out;
}

std::shared_ptr<const Router> routes() {
    std::vector<Route> out;
    for (const Method method : {Method::kGet, Method::kPost}) {
        Route route;
        route.method = method;
        route.pattern = "/{rest...}";
        route.handle = echo;
        route.run = Run::kAtOnce;
        route.most_body_bytes = 1000;
        out.push_back(std::move(route));
    }
    return std::make_shared<const Router>(std::move(out));
}

Shared& shared() {
    static const Catalogue empty(Language::kEnglish, {});
    static Shared one(
        [] {
            ServerSettings out;
            out.workers = 1;
            out.limits.most_head_bytes = 600;
            out.voices = {&empty, &empty};
            out.now_seconds = [] { return std::int64_t{1'772'445'606}; };
            out.now_micros = [] { return std::int64_t{0}; };
            return out;
        }(),
        routes());
    return one;
}

std::string answers_to(std::string_view bytes, std::size_t piece) {
    std::string out;
    Core core(shared());
    std::make_shared<Connection>(core, std::make_unique<StringTransport>(core, bytes, piece, out))
        ->start();
    core.io.run();
    LICET_ENSURE(core.connections.empty());
    return out;
}

void run(std::size_t piece, std::string_view bytes) {
    const std::string whole = answers_to(bytes, bytes.size() + 1);
    LICET_ENSURE(answers_to(bytes, 1) == whole);
    LICET_ENSURE(answers_to(bytes, piece) == whole);
    LICET_ENSURE(whole.empty() || whole.starts_with("HTTP/1.1 "));
}

}  // namespace
}  // namespace licet::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 0)
        licet::http::run(std::size_t{2} + data[0] % 61U,
                         {reinterpret_cast<const char*>(data + 1), size - 1});
    return 0;
}
