// SPDX-License-Identifier: Apache-2.0
#include "rights/form.h"

#include <optional>

#include "base/text.h"

namespace licet::rights {
namespace {

constexpr std::size_t kMostNameBytes = 256;
constexpr std::size_t kMostBoundary = 70;  // RFC 2046, section 5.1.1

int hex_digit(char c) {
    if (is_ascii_digit(c)) return c - '0';
    const char lower = ascii_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<std::string> decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return out;
}

// Adds a field, or says that it is none that a page of ours can have.
bool add(Form::Fields& fields, std::string name, std::string value) {
    if (name.size() > kMostNameBytes || value.size() > kMostFieldBytes) return false;
    if (fields.size() >= kMostFormFields) return false;
    if (first_invalid_utf8(name) || first_invalid_utf8(value)) return false;
    fields.emplace(std::move(name), std::move(value));
    return true;
}

Error broken() { return error(ErrorCode::kInput, "form.broken"); }

Result<Form> urlencoded(std::string_view body) {
    Form::Fields fields;
    while (body.ends_with('\n') || body.ends_with('\r')) body.remove_suffix(1);
    for (const std::string_view pair : split(body, '&')) {
        if (pair.empty()) continue;
        const std::size_t equals = pair.find('=');
        auto name = decoded(pair.substr(0, equals));
        auto value = decoded(equals == pair.npos ? "" : pair.substr(equals + 1));
        if (!name || !value || !add(fields, *std::move(name), *std::move(value))) return broken();
    }
    return Form(std::move(fields));
}

// The value of a parameter of a header, without quotes; empty if it has none of that name.
std::string parameter_of(std::string_view header, std::string_view wanted) {
    for (std::string_view part : split(header, ';')) {
        part = trimmed(part);
        const std::size_t equals = part.find('=');
        if (equals == part.npos || ascii_lower(trimmed(part.substr(0, equals))) != wanted) continue;
        std::string_view value = trimmed(part.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        return std::string(value);
    }
    return {};
}

// The name of the field that a part of a body is; empty if its head does not say.
std::string name_of_part(std::string_view head) {
    constexpr std::string_view kName = "content-disposition:";
    for (const std::string_view line : lines_of(head))
        if (ascii_lower(line.substr(0, kName.size())) == kName)
            return parameter_of(line.substr(kName.size()), "name");
    return {};
}

Result<Form> multipart(std::string_view body, const std::string& boundary) {
    if (boundary.empty() || boundary.size() > kMostBoundary) return broken();
    const std::string mark = "--" + boundary;
    Form::Fields fields;
    std::size_t at = body.find(mark);
    while (at != body.npos) {
        std::string_view rest = body.substr(at + mark.size());
        if (rest.starts_with("--")) return Form(std::move(fields));
        const std::size_t end = rest.find("\n" + mark);
        if (end == rest.npos) return broken();
        std::string_view part = rest.substr(0, end);
        if (part.ends_with('\r')) part.remove_suffix(1);
        std::size_t gap = part.find("\r\n\r\n");
        const std::size_t width = gap == part.npos ? 2 : 4;
        if (gap == part.npos) gap = part.find("\n\n");
        if (gap == part.npos) return broken();
        std::string name = name_of_part(part.substr(0, gap));
        std::string value(part.substr(gap + width));
        if (name.empty() || !add(fields, std::move(name), std::move(value))) return broken();
        at += mark.size() + end + 1;
    }
    return broken();
}

}  // namespace

std::string_view Form::text(std::string_view name) const {
    const auto found = fields_.lower_bound(name);
    const bool is_there = found != fields_.end() && found->first == name;
    return is_there ? std::string_view(found->second) : std::string_view{};
}

bool Form::has(std::string_view name, std::string_view value) const {
    const auto [first, last] = fields_.equal_range(name);
    for (auto at = first; at != last; ++at)
        if (at->second == value) return true;
    return false;
}

Result<Form> form_of(std::string_view content_type, std::string_view body) {
    if (body.size() > kMostFormBytes) return error(ErrorCode::kInput, "form.too_large");
    const std::string type = ascii_lower(trimmed(content_type.substr(0, content_type.find(';'))));
    if (type == "application/x-www-form-urlencoded") return urlencoded(body);
    if (type == "multipart/form-data")
        return multipart(body, parameter_of(content_type, "boundary"));
    return error(ErrorCode::kInput, "form.type");
}

bool is_one_click(const Form& form) { return form.has("List-Unsubscribe", "One-Click"); }

}  // namespace licet::rights
