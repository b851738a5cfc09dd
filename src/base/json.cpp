// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace licet {
namespace {

// Characters beyond U+FFFF are written in UTF-16 with units that come before U+E000.
std::u16string utf16_of(std::string_view text) {
    std::u16string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_length_at(text, at);
        const char32_t point = code_point_at(text, at, length);
        if (point > 0xFFFF) {
            out.push_back(static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10U)));
            out.push_back(static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FFU)));
        } else {
            out.push_back(static_cast<char16_t>(point));
        }
        at += length;
    }
    return out;
}

void write_object(std::string& out, const json::object& object);

void write(std::string& out, const json::value& value) {
    if (value.is_object()) return write_object(out, value.get_object());
    if (!value.is_array()) {
        LICET_ENSURE(!value.is_double());
        out += json::serialize(value);
        return;
    }
    out += '[';
    for (std::size_t i = 0; i < value.get_array().size(); ++i) {
        if (i > 0) out += ',';
        write(out, value.get_array()[i]);
    }
    out += ']';
}

void write_object(std::string& out, const json::object& object) {
    std::vector<std::pair<std::u16string, const json::key_value_pair*>> sorted;
    for (const json::key_value_pair& one : object) sorted.emplace_back(utf16_of(one.key()), &one);
    std::sort(sorted.begin(), sorted.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    out += '{';
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (i > 0) out += ',';
        out += json::serialize(json::string(sorted[i].second->key())) + ':';
        write(out, sorted[i].second->value());
    }
    out += '}';
}

}  // namespace

std::string canonical(const json::value& value) {
    std::string out;
    write(out, value);
    return out;
}

Result<json::value> parse_json(std::string_view text, json::storage_ptr storage) {
    try {
        json::stream_parser parser;
        parser.reset(std::move(storage));
        boost::system::error_code fault;
        const std::size_t read = parser.write_some(text.data(), text.size(), fault);
        const bool is_finished = !fault && parser.done();
        if (!is_finished && !fault) parser.finish(fault);
        const bool has_rest =
            is_finished && text.find_first_not_of(" \t\r\n", read) != std::string_view::npos;
        if (fault || has_rest)
            return error(ErrorCode::kInput, "json.syntax", {{"column", std::to_string(read + 1)}});
        return parser.release();
    } catch (const std::exception&) {
        return error(ErrorCode::kInput, "json.syntax", {{"column", "1"}});
    }
}

}  // namespace licet
