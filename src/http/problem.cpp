// SPDX-License-Identifier: Apache-2.0
#include "http/problem.h"

#include "base/json.h"

namespace licet::http {
namespace {

constexpr const char* kRetryAfterSeconds = "2";

Answer answer_of(int status, json::object content) {
    Answer out;
    out.status = status;
    out.type = "application/problem+json";
    out.body = json::serialize(content);
    if (status == 503) out.with("Retry-After", kRetryAfterSeconds);
    return out;
}

json::object content_of(int status, const Message& message, const Catalogue& say) {
    return {{"type", "about:blank"},
            {"title", say("http.status_" + std::to_string(status))},
            {"status", status},
            {"detail", say(message)},
            {"code", message.id}};
}

}  // namespace

int status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::kInput:
            return 400;
        case ErrorCode::kMissing:
            return 404;
        case ErrorCode::kChanged:
            return 409;
        case ErrorCode::kBusy:
            return 503;
        case ErrorCode::kBroken:
            return 503;
    }
    return 503;
}

Answer problem(int status, const Message& message, const Catalogue& say) {
    return answer_of(status, content_of(status, message, say));
}

Answer problem(const Error& error, const Catalogue& say) {
    const int status = status_of(error.code);
    json::object content = content_of(status, error.message, say);
    // A place in what was sent helps whoever sent it; a path of this machine helps nobody.
    if (error.code == ErrorCode::kInput && !error.where.starts_with('/') && !error.where.empty())
        content["where"] = error.where;
    return answer_of(status, std::move(content));
}

}  // namespace licet::http
