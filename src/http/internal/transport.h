// SPDX-License-Identifier: Apache-2.0
//
// The bytes of a connection: a socket, or TLS over one.
//
// Whether a connection is read in clear is decided once, when it is accepted. Private to the
// server.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "http/internal/core.h"

namespace licet::http {

/// Functions that are handed over are called on the thread of the connection, later, once.
class Transport {
  public:
    using Went = std::function<void(bool is_well)>;
    using Came = std::function<void(std::size_t count)>;  ///< 0: the other side is gone

    virtual ~Transport() = default;
    virtual void begin(Went went) = 0;
    virtual void read(asio::mutable_buffer room, Came came) = 0;
    /// What is written must stay until `went`.
    virtual void write(std::string_view first, std::string_view second, Went went) = 0;
    /// Tells the other side that nothing more comes; what it sends can still be read.
    virtual void end_sending() = 0;
    virtual void close() = 0;
    [[nodiscard]] virtual bool is_secure() const = 0;
    [[nodiscard]] virtual std::string remote() const = 0;
};

[[nodiscard]] std::unique_ptr<Transport> plain_transport(asio::ip::tcp::socket socket);
[[nodiscard]] std::unique_ptr<Transport> tls_transport(asio::ip::tcp::socket socket,
                                                       std::shared_ptr<asio::ssl::context> context);

/// Reads certificate and key. Errors: kInput ("http.certificate").
[[nodiscard]] Result<std::shared_ptr<asio::ssl::context>> tls_context(
    const std::string& certificate, const std::string& private_key);

}  // namespace licet::http
