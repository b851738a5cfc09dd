// SPDX-License-Identifier: Apache-2.0
//
// The envelope of the language server protocol: how messages lie one after the other in a stream.
//
//     Content-Length: 42\r\n
//     \r\n
//     {"jsonrpc":"2.0", ...}          42 bytes, then the next envelope
//
// Bytes go in as they come, in pieces of any size; messages come out whole. What is inside them is
// not looked at here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace licet::lsp {

/// Puts a message into its envelope.
[[nodiscard]] std::string framed(std::string_view message);

class Framing {
  public:
    void add(std::string_view bytes) { waiting_ += bytes; }

    /// Gives the next message, or nothing if it is not all there yet.
    /// Errors: kInput ("lsp.frame") for bytes that are no envelope; the stream is then of no use.
    [[nodiscard]] Result<std::optional<std::string>> next();

  private:
    std::string waiting_;
};

}  // namespace licet::lsp
