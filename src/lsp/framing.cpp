// SPDX-License-Identifier: Apache-2.0
#include "lsp/framing.h"

#include "base/text.h"

namespace licet::lsp {
namespace {

constexpr std::string_view kEnd = "\r\n\r\n";
constexpr std::size_t kLongestHeader = 4096;
// An editor sends one document at a time, in a text that escapes may make six times longer.
constexpr std::int64_t kLongestMessage = 32 << 20;

std::optional<std::int64_t> length_in(std::string_view header) {
    for (const std::string_view line : split(header, '\n')) {
        const std::size_t colon = line.find(':');
        if (colon == line.npos || ascii_lower(line.substr(0, colon)) != "content-length") continue;
        return whole_number(trimmed(line.substr(colon + 1)));
    }
    return std::nullopt;
}

}  // namespace

std::string framed(std::string_view message) {
    return "Content-Length: " + std::to_string(message.size()) + "\r\n\r\n" + std::string(message);
}

Result<std::optional<std::string>> Framing::next() {
    const std::size_t end = waiting_.find(kEnd);
    if (end == waiting_.npos && waiting_.size() <= kLongestHeader)
        return std::optional<std::string>{};
    const auto length = length_in(std::string_view(waiting_).substr(0, end));
    if (end == waiting_.npos || !length || *length > kLongestMessage)
        return error(ErrorCode::kInput, "lsp.frame");
    const std::size_t start = end + kEnd.size();
    const auto size = static_cast<std::size_t>(*length);
    if (waiting_.size() - start < size) return std::optional<std::string>{};
    std::string message = waiting_.substr(start, size);
    waiting_.erase(0, start + size);
    return std::optional<std::string>(std::move(message));
}

}  // namespace licet::lsp
