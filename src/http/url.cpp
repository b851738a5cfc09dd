// SPDX-License-Identifier: Apache-2.0
#include "http/url.h"

#include <algorithm>

#include "base/text.h"

namespace licet::http {
namespace {

constexpr std::size_t kMostFields = 1000;

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_unreserved(char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

std::optional<std::string> decoded(std::string_view text, bool is_form) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && is_form) {
            out += ' ';
            continue;
        }
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = digit_of(text[i + 1]);
        const int low = digit_of(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    if (out.find('\0') != out.npos || first_invalid_utf8(out)) return std::nullopt;
    return out;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) { return decoded(text, false); }

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out;
}

std::optional<std::string> value_of(const Form& form, std::string_view name) {
    for (const auto& [known, value] : form)
        if (known == name) return value;
    return std::nullopt;
}

std::vector<std::string> values_of(const Form& form, std::string_view name) {
    std::vector<std::string> out;
    for (const auto& [known, value] : form)
        if (known == name) out.push_back(value);
    return out;
}

Result<Form> form_of_urlencoded(std::string_view text) {
    Form form;
    if (text.empty()) return form;
    for (const std::string_view pair : split(text, '&')) {
        if (pair.empty()) continue;
        if (form.size() == kMostFields) return error(ErrorCode::kInput, "http.form_too_many");
        const std::size_t equals = std::min(pair.find('='), pair.size());
        auto name = decoded(pair.substr(0, equals), true);
        auto value = decoded(pair.substr(std::min(equals + 1, pair.size())), true);
        if (!name || !value) return error(ErrorCode::kInput, "http.form_encoding");
        form.emplace_back(*std::move(name), *std::move(value));
    }
    return form;
}

std::optional<std::string_view> cookie_of(std::string_view header, std::string_view name) {
    std::optional<std::string_view> found;
    for (const std::string_view part : split(header, ';')) {
        const std::string_view pair = trimmed(part);
        const std::size_t equals = pair.find('=');
        if (equals == pair.npos || pair.substr(0, equals) != name) continue;
        if (found) return std::nullopt;  // planted beside ours: neither is believed
        found = pair.substr(equals + 1);
    }
    return found;
}

std::string media_type_of(std::string_view content_type) {
    return ascii_lower(trimmed(content_type.substr(0, content_type.find(';'))));
}

}  // namespace licet::http
