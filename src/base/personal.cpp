// SPDX-License-Identifier: Apache-2.0
#include "base/personal.h"

#include "base/text.h"

namespace licet {

std::string masked(std::string_view text) {
    constexpr std::string_view kHidden = "…";
    if (text.empty()) return {};
    const auto first = [](std::string_view part) {
        return std::string(part.substr(0, utf8_length_at(part, 0)));
    };
    const std::size_t at = text.rfind('@');
    if (at != text.npos && at > 0 && at + 1 < text.size()) {
        const std::string_view domain = text.substr(at + 1);
        const std::size_t dot = domain.rfind('.');
        const std::string_view tail = dot == domain.npos ? std::string_view{} : domain.substr(dot);
        return first(text) + std::string(kHidden) + "@" + first(domain) + std::string(kHidden) +
               std::string(tail);
    }
    const bool is_long = text.size() >= 8;
    const bool is_ascii = text.find_first_not_of("0123456789+-. ()/") == text.npos;
    if (is_long && is_ascii)
        return std::string(text.substr(0, 2)) + std::string(kHidden) +
               std::string(text.substr(text.size() - 2));
    return first(text) + std::string(kHidden);
}

}  // namespace licet
