// SPDX-License-Identifier: Apache-2.0
#include "main/web_post.h"

#include <openssl/ssl.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include <optional>

#include "base/text.h"
#include "webhooks/outgoing.h"

namespace licet {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using beast::error_code;
using Plain = beast::tcp_stream;
using Secure = beast::ssl_stream<beast::tcp_stream>;

struct Target {
    bool is_secure = true;
    std::string host;       ///< without the brackets of an IPv6 address
    std::string authority;  ///< for the header Host
    std::string port;
    std::string path;
};

std::optional<Target> target_of(const std::string& url) {
    if (!webhooks::is_web_address(url)) return std::nullopt;
    Target out;
    out.is_secure = url.starts_with("https:");
    const std::string_view rest = std::string_view(url).substr(url.find("://") + 3);
    const std::size_t slash = std::min(rest.find_first_of("/?"), rest.size());
    out.authority = rest.substr(0, slash);
    out.path = rest.substr(slash);
    if (!out.path.starts_with('/')) out.path.insert(0, "/");
    const std::size_t bracket = out.authority.find(']');
    const std::size_t colon = out.authority.find(':', bracket == std::string::npos ? 0 : bracket);
    out.host = out.authority.substr(0, colon);
    if (out.host.starts_with('[') && out.host.ends_with(']'))
        out.host = out.host.substr(1, out.host.size() - 2);
    out.port = colon == std::string::npos ? (out.is_secure ? "443" : "80")
                                          : out.authority.substr(colon + 1);
    const auto number = whole_number(out.port);
    if (!number || *number < 1 || *number > 65'535 || out.host.empty()) return std::nullopt;
    return out;
}

Error unreachable() { return error(ErrorCode::kBusy, "webhooks.unreachable"); }

// Everything is asynchronous below, since only then the library keeps its deadlines; `run` turns it
// into one call that waits.
class Call {
  public:
    Call(const WebPost& post, Target target) : post_(post), target_(std::move(target)) {}

    Result<WebPostAnswer> run() {
        request_.method(beast::http::verb::post);
        request_.target(target_.path);
        request_.version(11);
        request_.set(beast::http::field::host, target_.authority);
        request_.set(beast::http::field::user_agent, "licet");
        request_.set(beast::http::field::content_type, post_.type);
        request_.set(beast::http::field::connection, "close");
        for (const auto& [name, value] : post_.headers) request_.set(name, value);
        request_.body() = post_.body;
        request_.prepare_payload();
        parser_.body_limit(1 << 20);
        return target_.is_secure ? run_secure() : run_plain();
    }

  private:
    Result<WebPostAnswer> run_secure() {
        asio::ssl::context trusted(asio::ssl::context::tls_client);
        error_code fault;
        trusted.set_default_verify_paths(fault);
        if (fault) return unreachable();
        Secure stream(io_, trusted);
        stream.set_verify_mode(asio::ssl::verify_peer, fault);
        if (fault) return unreachable();
        stream.set_verify_callback(asio::ssl::host_name_verification(target_.host), fault);
        // What the macro of this name does, without its cast.
        std::string host = target_.host;
        if (fault || SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME,
                              TLSEXT_NAMETYPE_host_name, host.data()) != 1)
            return unreachable();
        connect(stream.next_layer(), [&] {
            stream.async_handshake(asio::ssl::stream_base::client, [&](error_code why) {
                if (!failed(why)) send(stream);
            });
        });
        return answer(stream.next_layer());
    }

    Result<WebPostAnswer> run_plain() {
        Plain stream(io_);
        connect(stream, [&] { send(stream); });
        return answer(stream);
    }

    template <typename Next>
    void connect(Plain& stream, const Next& next) {
        stream.expires_after(post_.timeout);
        // A name is looked up without a deadline of its own: the one of the whole stops it.
        deadline_.expires_after(post_.timeout);
        deadline_.async_wait([this](error_code why) {
            if (!why) resolver_.cancel();
        });
        resolver_.async_resolve(
            target_.host, target_.port,
            [this, &stream, next](error_code why, const tcp::resolver::results_type& found) {
                deadline_.cancel();
                if (failed(why)) return;
                stream.async_connect(found, [this, next](error_code fault, const tcp::endpoint&) {
                    if (!failed(fault)) next();
                });
            });
    }

    template <typename Stream>
    void send(Stream& stream) {
        beast::http::async_write(stream, request_, [this, &stream](error_code why, std::size_t) {
            if (failed(why)) return;
            beast::http::async_read_header(stream, buffer_, parser_,
                                           [this](error_code fault, std::size_t) {
                                               if (!failed(fault)) has_answer_ = true;
                                           });
        });
    }

    bool failed(error_code why) { return has_failed_ = has_failed_ || bool{why}; }

    Result<WebPostAnswer> answer(Plain& stream) {
        try {
            io_.run();
        } catch (const std::exception&) {
            return unreachable();
        }
        error_code ignored;
        stream.socket().shutdown(tcp::socket::shutdown_both, ignored);
        if (!has_answer_ || has_failed_) return unreachable();
        WebPostAnswer out;
        out.status = static_cast<int>(parser_.get().result_int());
        const auto wait = whole_number(parser_.get()[beast::http::field::retry_after]);
        constexpr std::int64_t kDay = 86'400;
        if (wait) out.retry_after_seconds = static_cast<int>(std::min(*wait, kDay));
        return out;
    }

    const WebPost& post_;
    Target target_;
    asio::io_context io_;
    tcp::resolver resolver_{io_};
    asio::steady_timer deadline_{io_};
    beast::http::request<beast::http::string_body> request_;
    beast::http::response_parser<beast::http::string_body> parser_;
    beast::flat_buffer buffer_{64 * 1024};
    bool has_failed_ = false;
    bool has_answer_ = false;
};

}  // namespace

Result<WebPostAnswer> web_post(const WebPost& post) {
    auto target = target_of(post.url);
    if (!target) return error(ErrorCode::kInput, "webhooks.bad_url");
    try {
        return Call(post, *std::move(target)).run();
    } catch (const std::exception&) {
        return unreachable();  // a header that the library will not write, or no memory
    }
}

}  // namespace licet
