// SPDX-License-Identifier: Apache-2.0
#include "main/export_key.h"

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "ledger/exchange.h"
#include "main/files.h"
#include "main/partners.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

std::string folder_of(const Workspace& workspace) {
    return (fs::path(workspace.folder) / "exports").string();
}
std::string path_of(const Workspace& workspace, const std::string& name, const char* extension) {
    return folder_of(workspace) + "/" + name + extension;
}

std::string name_of(const ledger::TokenLayer& layer) {
    std::string out;
    for (int shift = 60; shift >= 0; shift -= 4)
        out += "0123456789abcdef"[layer.check_value() >> static_cast<unsigned>(shift) & 15U];
    return out;
}

bool is_name(const std::string& name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
}

Result<Done> write_private(const std::string& path, const std::string& text) {
    auto writer = LICET_TRY(ByteWriter::create(path));
    LICET_TRY(writer->write(text));
    return writer->finish();
}

}  // namespace

Result<std::set<std::string>> list_names(const Workspace& workspace,
                                         const std::set<std::string, std::less<>>& reasons) {
    std::set<std::string> out;
    for (const ledger::ForeignDigest digest : ledger::kForeignDigests)
        if (ledger::has_list(reasons, ledger::name_of(digest)))
            out.emplace(ledger::name_of(digest));
    if (!ledger::has_list(reasons, "partner")) return out;
    const auto partners = LICET_TRY(partners_of(workspace));
    for (const Partner& partner : partners) out.insert("partner/" + partner.name);
    return out;
}

Result<ExportKey> new_export_key(const Workspace& workspace, std::set<std::string> lists) {
    const ledger::TokenKey key = LICET_TRY(new_token_key());
    ledger::TokenLayer layer = LICET_TRY(ledger::TokenLayer::create(key));
    std::string name = name_of(layer);
    std::error_code fault;  // what cannot be made cannot be written: the writer says so
    fs::create_directories(folder_of(workspace), fault);
    fs::permissions(folder_of(workspace), fs::perms::owner_all, fault);
    std::string lines;
    for (const std::string& list : lists) lines += list + "\n";
    LICET_TRY(write_private(path_of(workspace, name, ".lists"), lines));
    LICET_TRY(write_private(path_of(workspace, name, ".key"), ledger::secret_text_of(key)));
    return ExportKey{std::move(name), std::move(layer), std::move(lists)};
}

Result<ExportKey> export_key_of(const Workspace& workspace, const std::string& name) {
    std::error_code fault;
    const std::string path = path_of(workspace, name, ".key");
    if (!is_name(name) || !fs::exists(path, fault))
        return error(ErrorCode::kMissing, "export.key_missing", {}, folder_of(workspace));
    const ledger::TokenKey key = LICET_TRY(read_token_key(path));
    ledger::TokenLayer layer = LICET_TRY(ledger::TokenLayer::create(key));
    if (name_of(layer) != name) return error(ErrorCode::kInput, "workspace.key_form", {}, path);
    const std::string text = LICET_TRY(read_file(path_of(workspace, name, ".lists")));
    std::set<std::string> lists;
    for (const std::string_view line : lines_of(text)) lists.emplace(line);
    return ExportKey{name, std::move(layer), std::move(lists)};
}

void forget_export_key(const Workspace& workspace, const std::string& name) {
    if (!is_name(name)) return;
    std::error_code fault;
    fs::remove(path_of(workspace, name, ".key"), fault);
    fs::remove(path_of(workspace, name, ".lists"), fault);
}

}  // namespace licet
