// SPDX-License-Identifier: Apache-2.0
#include "main/screen_profile.h"

#include <algorithm>
#include <filesystem>

#include "base/json.h"
#include "base/text.h"
#include "base/toml.h"
#include "main/files.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

// A name is a file name and nothing else.
Result<fs::path> path_of(const std::string& workspace, const std::string& name) {
    const bool is_name =
        !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
            return is_ascii_letter(c) || is_ascii_digit(c) || c == '-' || c == '_';
        });
    if (!is_name) return error(ErrorCode::kInput, "profile.name");
    return fs::path(workspace) / "profiles" / (name + ".toml");
}

std::string names_in(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code fault;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, fault))
        if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names.empty() ? "–" : join(names, ", ");
}

std::vector<std::string> role_names() {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < lists::kRoleCount; ++i)
        out.emplace_back(name_of(static_cast<lists::Role>(i)));
    return out;
}

}  // namespace

Result<std::vector<std::string>> profile_choices(const std::string& workspace,
                                                 const std::string& name,
                                                 std::vector<std::string> map) {
    const fs::path path = LICET_TRY(path_of(workspace, name));
    std::error_code fault;
    if (!fs::is_regular_file(path, fault))
        return error(ErrorCode::kMissing, "profile.missing",
                     {{"name", name}, {"names", names_in(path.parent_path())}});
    const std::string text = LICET_TRY(read_file(path.string()));
    const TomlFile file = LICET_TRY(parse_toml(text, path.string()));
    const std::vector<std::string> roles = role_names();
    const std::vector<Error> unknown = file.unknown_names(roles);
    if (!unknown.empty()) return unknown.front();
    std::vector<std::string> choices;
    for (const std::string& role : roles) {
        const bool is_mapped = std::any_of(map.begin(), map.end(), [&](std::string_view choice) {
            return ascii_lower(trimmed(choice.substr(0, choice.find('=')))) == role;
        });
        if (is_mapped || !file.values.contains(role)) continue;
        choices.push_back(role + "=");
        for (const std::string& column : file.items(role)) choices.push_back(role + "=" + column);
    }
    choices.insert(choices.end(), map.begin(), map.end());
    return choices;
}

Result<Done> save_profile(const std::string& workspace, const std::string& name,
                          const lists::Mapping& mapping) {
    const fs::path path = LICET_TRY(path_of(workspace, name));
    std::string text = "# licet screen --profile " + name + "\n";
    for (std::size_t i = 0; i < lists::kRoleCount; ++i) {
        const auto role = static_cast<lists::Role>(i);
        std::string columns;
        // Where words of refusal were found, they are looked for again in the next list.
        const bool is_state = role == lists::Role::kContactStatus;
        for (const lists::MappedColumn& column : mapping.all(role))
            if (!is_state || column.by != lists::FoundBy::kContent)
                columns += (columns.empty() ? "" : ", ") +
                           json::serialize(json::value(mapping.names[column.index]));
        if (is_state && columns.empty()) continue;
        text += std::string(name_of(role)) + " = [" + columns + "]\n";
    }
    std::error_code fault;
    fs::create_directories(path.parent_path(), fault);
    return write_file(path.string(), text);
}

}  // namespace licet
