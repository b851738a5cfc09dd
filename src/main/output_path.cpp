// SPDX-License-Identifier: Apache-2.0
#include "main/output_path.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

namespace licet {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTenantKey = "tenant.key";

constexpr std::array<std::string_view, 12> kFiles = {
    "config.toml",   kTenantKey,          "persons.keys", "persons.index",
    "signing.key",   "signing.vkey",      "links.key",    "erasures.txt",
    "webhooks.toml", "organisation.toml", "rights.toml",  "access.json"};
// With what lies beside them: "ledger.db-wal", "layer.key.old".
constexpr std::array<std::string_view, 5> kBeginnings = {"ledger.db", "layer.key", "webhooks.db",
                                                         "outbox.db", "label-signing.key"};
constexpr std::array<std::string_view, 4> kFolders = {"partners", "exports", "notices", "imports"};
// A new name in it is nobody's.
constexpr std::array<std::string_view, 1> kOpenFolders = {"evidence"};

bool is_workspace(const fs::path& folder) {
    std::error_code fault;
    return fs::exists(folder / kTenantKey, fault);
}

bool is_needed_name(const std::string& name) {
    return std::find(kFiles.begin(), kFiles.end(), name) != kFiles.end() ||
           std::any_of(kBeginnings.begin(), kBeginnings.end(),
                       [&](std::string_view file) { return name.starts_with(file); });
}

bool is_in_workspace(const fs::path& path) {
    if (is_needed_name(path.filename().string()) && is_workspace(path.parent_path())) return true;
    const auto is_among = [](const auto& names, const fs::path& one) {
        return std::find(names.begin(), names.end(), one.filename().string()) != names.end();
    };
    std::error_code fault;
    const bool is_there = fs::is_regular_file(path, fault);
    for (fs::path at = path; at.has_relative_path(); at = at.parent_path()) {
        const bool is_folder = is_among(kFolders, at) || (is_there && is_among(kOpenFolders, at));
        if (is_folder && is_workspace(at.parent_path())) return true;
    }
    return false;
}

// A key may lie elsewhere, and only be linked in the workspace.
bool is_file_of(const fs::path& folder, const fs::path& path) {
    std::error_code fault;
    if (!is_workspace(folder) || !fs::exists(path, fault)) return false;
    for (const auto& entry : fs::directory_iterator(folder, fault)) {
        std::error_code other;
        if (is_needed_name(entry.path().filename().string()) &&
            fs::equivalent(entry.path(), path, other))
            return true;
    }
    return false;
}

}  // namespace

Result<Done> check_output(const std::string& path, const std::string& workspace) {
    if (path.empty()) return Done{};
    std::error_code fault;
    const fs::path whole = fs::absolute(path, fault);
    // "folder/" names the folder.
    const fs::path named = whole.has_filename() ? whole : whole.parent_path();
    // Its name in the folder that it is really in; and where it leads, if it is a link itself.
    const fs::path there = fs::weakly_canonical(named.parent_path(), fault) / named.filename();
    const fs::path real = fs::weakly_canonical(named, fault);
    const fs::path own = workspace.empty() ? fs::path(".") : fs::path(workspace);
    if (!is_in_workspace(there) && !is_in_workspace(real) && !is_file_of(own, real)) return Done{};
    return error(ErrorCode::kInput, "output.taken", {{"path", path}}, path);
}

Result<Done> check_outputs(std::initializer_list<std::string> paths, const std::string& workspace) {
    for (const std::string& path : paths) LICET_TRY(check_output(path, workspace));
    return Done{};
}

}  // namespace licet
