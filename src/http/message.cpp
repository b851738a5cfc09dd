// SPDX-License-Identifier: Apache-2.0
#include "http/message.h"

#include <array>

#include "base/text.h"

namespace licet::http {
namespace {

constexpr std::array<std::pair<Method, std::string_view>, 7> kNames = {
    {{Method::kGet, "GET"},
     {Method::kHead, "HEAD"},
     {Method::kPost, "POST"},
     {Method::kPut, "PUT"},
     {Method::kPatch, "PATCH"},
     {Method::kDelete, "DELETE"},
     {Method::kOptions, "OPTIONS"}}};

// The weight of one range in thousandths (RFC 9110, section 12.4.2): "fr;q=0.7" -> 700.
int weight_of(std::string_view range) {
    constexpr int kWhole = 1000;
    const std::size_t mark = range.find(";q=");
    if (mark == range.npos) return kWhole;
    const std::string_view text = trimmed(range.substr(mark + 3));
    if (text.empty() || text.front() == '1') return kWhole;
    int weight = 0;
    int place = kWhole;
    for (const char c : text.substr(std::min<std::size_t>(text.size(), 2), 3)) {
        if (!is_ascii_digit(c)) break;
        place /= 10;
        weight += (c - '0') * place;
    }
    return weight;
}

}  // namespace

std::string_view name_of(Method method) {
    for (const auto& [one, name] : kNames)
        if (one == method) return name;
    return "GET";
}

std::optional<Method> method_of(std::string_view name) {
    for (const auto& [method, known] : kNames)
        if (known == name) return method;
    return std::nullopt;
}

std::string_view Request::value(std::string_view name) const {
    for (const auto& [known, text] : values)
        if (known == name) return text;
    return {};
}

Language language_of_header(std::string_view accept_language) {
    int french = 0;
    int english = 0;
    for (const std::string_view part : split(accept_language, ',')) {
        const std::string range = ascii_lower(trimmed(part));
        const std::string_view tag = trimmed(std::string_view(range).substr(0, range.find(';')));
        const std::string_view language = tag.substr(0, tag.find('-'));
        if (language == "fr") french = std::max(french, weight_of(range));
        if (language == "en") english = std::max(english, weight_of(range));
    }
    return english > french ? Language::kEnglish : Language::kFrench;
}

Language Request::language() const { return language_of_header(field("accept-language")); }

}  // namespace licet::http
