// SPDX-License-Identifier: Apache-2.0
#include "http/internal/head_check.h"

#include <algorithm>

namespace licet::http {
namespace {

bool is_token_byte(char c) {
    constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kMarks.find(c) != kMarks.npos;
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

// name: value
bool is_strict_field(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == line.npos || colon == 0) return false;
    const std::string_view name = line.substr(0, colon);
    return std::all_of(name.begin(), name.end(), is_token_byte);
}

// METHOD SP target SP HTTP/1.x
bool is_strict_request_line(std::string_view line) {
    return std::count(line.begin(), line.end(), ' ') == 2 && line.find('\t') == line.npos;
}

}  // namespace

std::optional<std::size_t> head_length(std::string_view bytes) {
    const std::size_t end = bytes.find("\r\n\r\n");
    // Lines that end by LF alone have an end too: found here, refused below.
    const std::size_t bare = bytes.find("\n\n");
    if (bare != bytes.npos && (end == bytes.npos || bare < end)) return bare + 2;
    if (end == bytes.npos) return std::nullopt;
    return end + 4;
}

bool is_strict_head(std::string_view head) {
    bool is_first = true;
    while (!head.empty()) {
        const std::size_t end = head.find('\n');
        if (end == head.npos || end == 0 || head[end - 1] != '\r') return false;
        const std::string_view line = head.substr(0, end - 1);
        head.remove_prefix(end + 1);
        if (line.empty()) return !is_first && head.empty();
        if (std::any_of(line.begin(), line.end(), is_control)) return false;
        if (is_first ? !is_strict_request_line(line) : !is_strict_field(line)) return false;
        is_first = false;
    }
    return false;
}

}  // namespace licet::http
