// SPDX-License-Identifier: Apache-2.0
#include "webhooks/internal/fields.h"

#include <algorithm>
#include <chrono>

#include "base/date.h"
#include "base/digest.h"
#include "base/text.h"

namespace licet::webhooks {
namespace {

constexpr std::size_t kMostFields = 2000;  // of a form: no provider sends a tenth of it
constexpr std::size_t kNameBytes = 16;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = ascii_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Value of `name="..."` in a line of headers; empty if it is not there.
std::string_view quoted(std::string_view line, std::string_view name) {
    const std::string wanted = std::string(name) + "=\"";
    const std::size_t at = line.find(wanted);
    if (at == line.npos) return {};
    line.remove_prefix(at + wanted.size());
    return line.substr(0, line.find('"'));
}

// Text of a part of a body with several parts; files are passed over.
void add_part(std::string_view part, Pairs& out) {
    const std::size_t blank = part.find("\r\n\r\n");
    if (blank == part.npos) return;
    const std::string_view head = part.substr(0, blank);
    // `filename="` holds `name="`: a blank or a semicolon stands before the one that is meant.
    std::string_view name = quoted(head, " name");
    if (name.empty()) name = quoted(head, ";name");
    if (name.empty() || !quoted(head, "filename").empty()) return;
    part.remove_prefix(blank + 4);
    if (part.ends_with("\r\n")) part.remove_suffix(2);
    out.emplace_back(name, part);
}

Pairs pairs_of_parts(std::string_view body, std::string_view boundary) {
    Pairs out;
    const std::string mark = "--" + std::string(boundary);
    std::size_t at = body.find(mark);
    while (at != body.npos && out.size() < kMostFields) {
        at += mark.size();
        const std::size_t end = body.find(mark, at);
        if (end == body.npos) break;
        add_part(body.substr(at, end - at), out);
        at = end;
    }
    return out;
}

std::string text_of_value(const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_int64()) return std::to_string(value.get_int64());
    if (value.is_uint64()) return std::to_string(value.get_uint64());
    if (value.is_bool()) return value.get_bool() ? "true" : "false";
    if (value.is_double()) return std::to_string(value.get_double());
    return {};
}

}  // namespace

std::string_view header(const RawRequest& request, std::string_view name) {
    const std::string wanted = ascii_lower(name);
    for (const auto& [key, value] : request.headers)
        if (key.size() == wanted.size() && ascii_lower(key) == wanted) return trimmed(value);
    return {};
}

std::string percent_decoded(std::string_view text, bool has_plus_for_blank) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_sign = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                             hex_digit(text[i + 2]) >= 0;
        if (is_sign) {
            out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' && has_plus_for_blank ? ' ' : text[i];
        }
    }
    return out;
}

Pairs pairs_of_form(std::string_view text) {
    Pairs out;
    for (const std::string_view part : split(text, '&')) {
        if (part.empty()) continue;
        if (out.size() == kMostFields) break;
        const std::size_t equals = part.find('=');
        out.emplace_back(
            percent_decoded(part.substr(0, equals)),
            equals == part.npos ? std::string() : percent_decoded(part.substr(equals + 1)));
    }
    return out;
}

Pairs pairs_of_query(std::string_view url) {
    const std::size_t mark = url.find('?');
    if (mark == url.npos) return {};
    url.remove_prefix(mark + 1);
    return pairs_of_form(url.substr(0, url.find('#')));
}

Pairs pairs_of_body(const RawRequest& request) {
    const std::string_view type = header(request, "content-type");
    if (!ascii_lower(type).starts_with("multipart/form-data")) return pairs_of_form(request.body);
    const std::size_t at = ascii_lower(type).find("boundary=");
    if (at == type.npos) return {};
    std::string_view boundary = trimmed(type.substr(at + 9));
    boundary = boundary.substr(0, boundary.find(';'));
    if (boundary.size() > 1 && boundary.front() == '"' && boundary.back() == '"')
        boundary = boundary.substr(1, boundary.size() - 2);
    return boundary.empty() ? Pairs{} : pairs_of_parts(request.body, boundary);
}

std::string_view value_of(const Pairs& pairs, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
        for (const auto& [key, value] : pairs)
            if (key.size() == name.size() && ascii_lower(key) == ascii_lower(name)) return value;
    return {};
}

Result<json::value> json_of_body(std::string_view body) {
    if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
    auto value =
        first_invalid_utf8(body) ? parse_json(utf8_from_windows_1252(body)) : parse_json(body);
    if (!value) return error(ErrorCode::kInput, "webhooks.unreadable");
    return value;
}

std::string text_at(const json::object& object, std::string_view name) {
    const json::value* const value = object.if_contains(name);
    return value == nullptr ? std::string() : text_of_value(*value);
}

const json::object& object_at(const json::object& object, std::string_view name) {
    static const json::object kNone;
    const json::value* const value = object.if_contains(name);
    return value != nullptr && value->is_object() ? value->get_object() : kNone;
}

std::vector<const json::object*> objects_in(const json::value* value) {
    if (value == nullptr) return {};
    if (value->is_object()) return {&value->get_object()};
    std::vector<const json::object*> out;
    if (value->is_array())
        for (const json::value& one : value->get_array())
            if (one.is_object()) out.push_back(&one.get_object());
    return out;
}

std::vector<const json::object*> objects_at(const json::object& object, std::string_view name) {
    return objects_in(object.if_contains(name));
}

std::vector<std::string> texts_at(const json::object& object, std::string_view name) {
    const json::value* const value = object.if_contains(name);
    std::vector<std::string> out;
    if (value == nullptr) return out;
    if (value->is_array()) {
        for (const json::value& one : value->get_array()) {
            std::string text = text_of_value(one);
            if (!text.empty()) out.push_back(std::move(text));
        }
    } else if (std::string text = text_of_value(*value); !text.empty()) {
        out.push_back(std::move(text));
    }
    return out;
}

bool is_true(const json::object& object, std::string_view name) {
    const std::string text = ascii_lower(text_at(object, name));
    return text == "true" || text == "1" || text == "yes";
}

std::optional<std::int64_t> seconds_of(std::string_view number) {
    const auto seconds = whole_number(number.substr(0, number.find('.')));
    // Nothing was reported before this program, and nothing will be in a thousand years.
    constexpr std::int64_t kFirst = 946'684'800;  // 2000-01-01
    constexpr std::int64_t kLast = 32'503'680'000;
    if (!seconds || *seconds < kFirst || *seconds > kLast) return std::nullopt;
    return seconds;
}

std::optional<std::int64_t> seconds_of_millis(std::string_view number) {
    const auto millis = whole_number(number.substr(0, number.find('.')));
    if (!millis) return std::nullopt;
    return seconds_of(std::to_string(*millis / 1000));
}

std::optional<std::int64_t> seconds_of_iso(std::string_view text) {
    text = trimmed(text);
    const auto day = parse_date(text.substr(0, 10));
    if (!day || text.size() < 20 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
    const auto hour = whole_number(text.substr(11, 2));
    const auto minute = whole_number(text.substr(14, 2));
    const auto second = whole_number(text.substr(17, 2));
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    std::string_view zone = text.substr(19);
    if (zone.starts_with('.')) zone = zone.substr(std::min(zone.find_first_of("Z+-"), zone.size()));
    std::int64_t offset = 0;
    if (zone != "Z") {
        if (zone.size() != 6 && zone.size() != 5) return std::nullopt;
        const auto hours = whole_number(zone.substr(1, 2));
        const auto minutes = whole_number(zone.substr(zone.size() - 2));
        if (!hours || !minutes || *hours > 14 || (zone[0] != '+' && zone[0] != '-'))
            return std::nullopt;
        offset = (*hours * 60 + *minutes) * (zone[0] == '+' ? 60 : -60);
    }
    const auto days = std::chrono::duration_cast<std::chrono::seconds>(day->time_since_epoch());
    return days.count() + *hour * 3600 + *minute * 60 + *second - offset;
}

std::string digest_name(std::string_view part) {
    const Digest digest = sha256(part);
    return hex_of(std::span(digest).first(kNameBytes));
}

std::string digest_name(const json::object& part) { return digest_name(json::serialize(part)); }

std::string squeezed(std::string_view word) {
    std::string out;
    for (const char c : word)
        if (c != '_' && c != '-' && c != ' ') out += ascii_lower(c);
    return out;
}

}  // namespace licet::webhooks
