// SPDX-License-Identifier: Apache-2.0
#include "lsp/documents.h"

#include <algorithm>

#include "base/text.h"

namespace licet::lsp {
namespace {

constexpr std::string_view kScheme = "file://";

// Counts UTF-16 units of the first `characters` characters.
std::int64_t units_before(std::string_view line, int characters) {
    std::int64_t units = 0;
    std::size_t place = 0;
    for (int i = 0; i < characters && place < line.size(); ++i) {
        const std::size_t length = utf8_length_at(line, place);
        units += length == 4 ? 2 : 1;
        place += length;
    }
    return units;
}

int characters_before(std::string_view line, std::int64_t units) {
    int characters = 0;
    for (std::size_t place = 0; place < line.size() && units > 0; ++characters) {
        const std::size_t length = utf8_length_at(line, place);
        units -= length == 4 ? 2 : 1;
        place += length;
    }
    return characters;
}

// Starts of the characters of a line, and its end.
std::vector<std::size_t> starts_of(std::string_view line) {
    std::vector<std::size_t> starts;
    for (std::size_t place = 0; place < line.size(); place += utf8_length_at(line, place))
        starts.push_back(place);
    starts.push_back(line.size());
    return starts;
}

bool is_of_word(char c) {
    return std::string_view(" \t|,`{}=<>\"").find(c) == std::string_view::npos;
}

std::int64_t number_of(const json::value& object, const char* name) {
    const json::value* found = object.is_object() ? object.as_object().if_contains(name) : nullptr;
    const std::int64_t* number = found != nullptr ? found->if_int64() : nullptr;
    return number != nullptr ? *number : 0;
}

}  // namespace

std::optional<std::string> path_of_uri(std::string_view uri) {
    if (!uri.starts_with(kScheme)) return std::nullopt;
    uri.remove_prefix(kScheme.size());
    uri.remove_prefix(std::min(uri.find('/'), uri.size()));  // the name of a machine, or nothing
    std::string path;
    for (std::size_t i = 0; i < uri.size(); ++i) {
        const auto byte = uri[i] == '%' && i + 2 < uri.size()
                              ? bytes_of_hex(ascii_lower(uri.substr(i + 1, 2)))
                              : std::nullopt;
        path += byte ? static_cast<char>(byte->front()) : uri[i];
        if (byte) i += 2;
    }
    return path;
}

std::string uri_of_path(std::string_view path) {
    std::string uri(kScheme);
    for (const char c : path) {
        const bool is_plain = is_ascii_letter(c) || is_ascii_digit(c) ||
                              std::string_view("/-_.~").find(c) != std::string_view::npos;
        const auto byte = static_cast<std::uint8_t>(c);
        uri += is_plain ? std::string(1, c) : "%" + hex_of({&byte, 1});
    }
    return uri;
}

std::string_view line_of(std::string_view text, int number) {
    for (int i = 1; i < number; ++i) {
        const std::size_t end = text.find('\n');
        if (end == text.npos) return {};
        text.remove_prefix(end + 1);
    }
    std::string_view line = text.substr(0, text.find('\n'));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

Span word_at(std::string_view line, int column) {
    const std::vector<std::size_t> starts = starts_of(line);
    const int last = static_cast<int>(starts.size());  // the column after the last character
    const int at = std::clamp(column, 1, last);
    const auto is_word = [&](int c) {
        return c >= 1 && c < last && is_of_word(line[starts[static_cast<std::size_t>(c) - 1]]);
    };
    Span span{at, at};
    while (is_word(span.from - 1)) --span.from;
    while (is_word(span.end)) ++span.end;
    return span;
}

std::string text_of(std::string_view line, const Span& span) {
    const std::vector<std::size_t> starts = starts_of(line);
    const auto start = [&](int column) {
        return starts[std::min(static_cast<std::size_t>(std::max(column, 1)) - 1,
                               starts.size() - 1)];
    };
    return std::string(line.substr(start(span.from), start(span.end) - start(span.from)));
}

void Documents::set_disk(std::vector<law::SourceFile> files) {
    disk_.clear();
    for (law::SourceFile& file : files) disk_[file.path] = std::move(file.text);
}

bool Documents::open(std::string_view uri, std::string text) {
    const auto path = path_of(uri);
    if (path) open_[*path] = std::move(text);
    return path.has_value();
}

void Documents::close(std::string_view uri) {
    if (const auto path = path_of(uri)) open_.erase(*path);
}

std::vector<law::SourceFile> Documents::files() const {
    std::map<std::string, std::string> all = open_;
    all.insert(disk_.begin(), disk_.end());
    std::vector<law::SourceFile> out;
    for (auto& [path, text] : all) out.push_back({path, std::move(text)});
    return out;
}

const std::string* Documents::text(const std::string& path) const {
    for (const auto* files : {&open_, &disk_})
        if (const auto found = files->find(path); found != files->end()) return &found->second;
    return nullptr;
}

std::optional<std::string> Documents::path_of(std::string_view uri) const {
    const auto path = path_of_uri(uri);
    if (!path || folder_.empty() || !path->starts_with(folder_ + "/")) return std::nullopt;
    std::string below = path->substr(folder_.size() + 1);
    const bool is_ours = below.ends_with(".md") || below.ends_with(".toml");
    return is_ours ? std::optional(std::move(below)) : std::nullopt;
}

std::string Documents::uri_of(const std::string& path) const {
    return uri_of_path(folder_ + "/" + path);
}

law::Place Documents::place_of(const std::string& path, const json::value& position) const {
    const std::string* all = text(path);
    const int line =
        static_cast<int>(std::clamp<std::int64_t>(number_of(position, "line"), 0, 1 << 24)) + 1;
    const std::string_view here = all == nullptr ? std::string_view{} : line_of(*all, line);
    return {path, line, characters_before(here, number_of(position, "character")) + 1};
}

json::object Documents::range_of(const std::string& path, int line, const Span& span) const {
    const std::string* all = text(path);
    const std::string_view here = all == nullptr ? std::string_view{} : line_of(*all, line);
    const auto position = [&](int column) {
        return json::object{{"line", line - 1}, {"character", units_before(here, column - 1)}};
    };
    return {{"start", position(span.from)}, {"end", position(span.end)}};
}

}  // namespace licet::lsp
