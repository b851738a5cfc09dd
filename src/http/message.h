// SPDX-License-Identifier: Apache-2.0
//
// A request as handlers see it, and what they answer.
//
//     bytes ──► connection ──► Request ──► handler ──► Answer ──► bytes
//
// Only views: a request lives during the call of its handler. Types of the library that parses do
// not appear here. What a handler answers is whole, or comes piece by piece from a Feed, so that a
// file of any size and events without end need no more memory than a piece.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/message.h"
#include "base/result.h"

namespace licet::http {

enum class Method { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions };
/// "GET", "HEAD", ...
[[nodiscard]] std::string_view name_of(Method method);
[[nodiscard]] std::optional<Method> method_of(std::string_view name);
/// True for methods that promise to change nothing (RFC 9110, section 9.2.1).
[[nodiscard]] constexpr bool is_safe(Method method) {
    return method == Method::kGet || method == Method::kHead || method == Method::kOptions;
}

/// The fields of a request, by name in any case.
class Fields {
  public:
    virtual ~Fields() = default;
    /// Gives the value of the first field of that name; empty if there is none.
    [[nodiscard]] virtual std::string_view find(std::string_view name) const = 0;
    /// Gives all fields, in their order.
    [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>> all() const = 0;
};

/// Names of a pattern and what stood in their places, decoded.
using PathValues = std::vector<std::pair<std::string, std::string>>;

struct Request {
    Method method = Method::kGet;
    std::string_view path;   ///< as it was sent, without the query
    std::string_view query;  ///< as it was sent, without the question mark
    const Fields* fields = nullptr;
    std::string_view body;
    std::string_view body_file;  ///< path of the body, where the route keeps it in a file
    std::string_view remote;     ///< address of the other side
    std::string_view id;         ///< of this request, for logs
    bool is_secure = false;      ///< it came by TLS, here or at a trusted proxy
    PathValues values;

    [[nodiscard]] std::string_view field(std::string_view name) const {
        return fields == nullptr ? std::string_view{} : fields->find(name);
    }
    /// What stood in the place of {name}; empty if the pattern has no such place.
    [[nodiscard]] std::string_view value(std::string_view name) const;
    /// Of the languages that licet speaks, the one that Accept-Language prefers; French if none.
    [[nodiscard]] Language language() const;
};

/// Chooses by Accept-Language (RFC 9110, section 12.5.4).
[[nodiscard]] Language language_of_header(std::string_view accept_language);

/// An answer that comes in pieces. Its functions are called one at a time, on threads that may
/// wait.
class Feed {
  public:
    virtual ~Feed() = default;
    /// Gives the next piece, at once or when there is one; nothing at the end. An error cuts the
    /// connection, so that the other side knows that the answer is not whole.
    [[nodiscard]] virtual Result<std::optional<std::string>> next() = 0;
    /// Is told that the server stops, or that the other side is gone: next() should end.
    virtual void stop() {}
};

struct Answer {
    int status = 200;
    std::string type = "application/json";  ///< Content-Type; empty = no content
    std::string body;
    std::vector<std::pair<std::string, std::string>> fields;
    std::shared_ptr<Feed> feed;  ///< instead of a body
    /// Instead of all: gives the answer, on a thread that may wait. The request lives until then.
    std::function<Answer()> later;

    Answer& with(std::string name, std::string value) {
        fields.emplace_back(std::move(name), std::move(value));
        return *this;
    }
};

using Handler = std::function<Answer(const Request&)>;

}  // namespace licet::http
