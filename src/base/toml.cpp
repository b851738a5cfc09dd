// SPDX-License-Identifier: Apache-2.0
#include "base/toml.h"

#include <algorithm>
#include <sstream>

#include <toml++/toml.h>

#include "base/text.h"

namespace licet {
namespace {

std::string text_of_node(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* flag = node.as_boolean()) return flag->get() ? "yes" : "no";
    std::ostringstream out;
    node.visit([&](const auto& value) {
        if constexpr (!toml::is_table<decltype(value)> && !toml::is_array<decltype(value)>)
            out << value.get();
    });
    return out.str();
}

void flatten(const toml::table& table, const std::string& prefix, TomlFile& out) {
    for (const auto& [key, node] : table) {
        const std::string name = prefix + std::string(key.str());
        if (const toml::table* below = node.as_table()) {
            flatten(*below, name + ".", out);
            continue;
        }
        TomlValue value;
        value.line = static_cast<int>(node.source().begin.line);
        value.column = static_cast<int>(node.source().begin.column);
        if (const toml::array* array = node.as_array()) {
            value.is_array = true;
            for (const toml::node& item : *array) value.items.push_back(text_of_node(item));
        } else {
            value.text = text_of_node(node);
        }
        out.values.emplace(name, std::move(value));
    }
}

// The library goes as deep as a dotted name has parts, and a name of a megabyte is deeper than the
// stack. Gives the first such line, or 0. Values may have dots: a line of a thousand is no name.
int line_too_deep(std::string_view text) {
    constexpr std::ptrdiff_t kMostDots = 1000;
    int number = 0;
    for (const std::string_view line : lines_of(text)) {
        ++number;
        if (std::count(line.begin(), line.end(), '.') > kMostDots) return number;
    }
    return 0;
}

}  // namespace

std::string TomlFile::text(std::string_view name, std::string_view otherwise) const {
    const auto found = values.find(name);
    return found == values.end() ? std::string(otherwise) : found->second.text;
}

std::vector<std::string> TomlFile::items(std::string_view name) const {
    const auto found = values.find(name);
    if (found == values.end()) return {};
    return found->second.is_array ? found->second.items : std::vector{found->second.text};
}

std::string TomlFile::where(std::string_view name) const {
    const auto found = values.find(name);
    if (found == values.end()) return path;
    return path + ":" + std::to_string(found->second.line) + ":" +
           std::to_string(found->second.column);
}

std::vector<Error> TomlFile::unknown_names(const std::vector<std::string>& known) const {
    std::vector<Error> problems;
    for (const auto& [name, value] : values) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        const std::string near = nearest(name, known);
        problems.push_back(
            near.empty() ? error(ErrorCode::kInput, "toml.unknown", {{"name", name}}, where(name))
                         : error(ErrorCode::kInput, "toml.unknown_near",
                                 {{"name", name}, {"near", near}}, where(name)));
    }
    return problems;
}

Result<TomlFile> parse_toml(std::string_view text, std::string path) {
    TomlFile out;
    out.path = std::move(path);
    if (const int line = line_too_deep(text); line > 0)
        return error(ErrorCode::kInput, "toml.too_deep", {},
                     out.path + ":" + std::to_string(line) + ":1");
    try {
        const toml::table table = toml::parse(text);
        flatten(table, "", out);
    } catch (const toml::parse_error& problem) {
        const auto at = problem.source().begin;
        return error(ErrorCode::kInput, "toml.syntax",
                     {{"detail", std::string(problem.description())}},
                     out.path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column));
    }
    return out;
}

}  // namespace licet
