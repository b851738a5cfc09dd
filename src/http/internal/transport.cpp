// SPDX-License-Identifier: Apache-2.0
#include "http/internal/transport.h"

#include <array>

namespace licet::http {
namespace {

using asio::ip::tcp;

std::array<asio::const_buffer, 2> both(std::string_view first, std::string_view second) {
    return {asio::buffer(first), asio::buffer(second)};
}

std::string address_of(const tcp::socket& socket) {
    boost::system::error_code fault;
    const auto end = socket.remote_endpoint(fault);
    return fault ? std::string() : end.address().to_string();
}

template <typename Stream>
class StreamTransport : public Transport {
  public:
    template <typename... Arguments>
    explicit StreamTransport(Arguments&&... arguments)
        : stream_(std::forward<Arguments>(arguments)...) {}

    void read(asio::mutable_buffer room, Came came) override {
        stream_.async_read_some(room, [came = std::move(came)](auto fault, std::size_t count) {
            came(fault ? 0 : count);
        });
    }
    void write(std::string_view first, std::string_view second, Went went) override {
        asio::async_write(stream_, both(first, second),
                          [went = std::move(went)](auto fault, std::size_t) { went(!fault); });
    }
    void end_sending() override {
        boost::system::error_code fault;
        stream_.lowest_layer().shutdown(tcp::socket::shutdown_send, fault);
    }
    void close() override {
        boost::system::error_code fault;
        auto& socket = stream_.lowest_layer();
        socket.shutdown(tcp::socket::shutdown_both, fault);
        socket.close(fault);
    }

  protected:
    Stream stream_;  // NOLINT: for the two below
};

class Plain final : public StreamTransport<tcp::socket> {
  public:
    using StreamTransport::StreamTransport;
    void begin(Went went) override {
        asio::post(stream_.get_executor(), [went = std::move(went)] { went(true); });
    }
    [[nodiscard]] bool is_secure() const override { return false; }
    [[nodiscard]] std::string remote() const override { return address_of(stream_); }
};

class Tls final : public StreamTransport<asio::ssl::stream<tcp::socket>> {
  public:
    Tls(tcp::socket socket, std::shared_ptr<asio::ssl::context> context)
        : StreamTransport(std::move(socket), *context), context_(std::move(context)) {}
    void begin(Went went) override {
        stream_.async_handshake(asio::ssl::stream_base::server,
                                [went = std::move(went)](auto fault) { went(!fault); });
    }
    [[nodiscard]] bool is_secure() const override { return true; }
    [[nodiscard]] std::string remote() const override { return address_of(stream_.next_layer()); }

  private:
    std::shared_ptr<asio::ssl::context> context_;
};

int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_length,
                    const unsigned char* in, unsigned int in_length, void*) {
    static constexpr std::array<unsigned char, 9> kOurs = {8,   'h', 't', 't', 'p',
                                                           '/', '1', '.', '1'};
    unsigned char* chosen = nullptr;
    const int found =
        SSL_select_next_proto(&chosen, out_length, kOurs.data(), kOurs.size(), in, in_length);
    *out = chosen;
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

}  // namespace

std::unique_ptr<Transport> plain_transport(tcp::socket socket) {
    return std::make_unique<Plain>(std::move(socket));
}

std::unique_ptr<Transport> tls_transport(tcp::socket socket,
                                         std::shared_ptr<asio::ssl::context> context) {
    return std::make_unique<Tls>(std::move(socket), std::move(context));
}

Result<std::shared_ptr<asio::ssl::context>> tls_context(const std::string& certificate,
                                                        const std::string& private_key) {
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    boost::system::error_code fault;
    context->use_certificate_chain_file(certificate, fault);
    if (!fault) context->use_private_key_file(private_key, asio::ssl::context::pem, fault);
    SSL_CTX* native = context->native_handle();
    if (fault || SSL_CTX_check_private_key(native) != 1)
        return error(ErrorCode::kInput, "http.certificate", {}, certificate);
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
    return context;
}

}  // namespace licet::http
