// SPDX-License-Identifier: Apache-2.0
#include "main/evidence_files.h"

#include <filesystem>

#include "base/digest.h"
#include "base/text.h"
#include "main/files.h"

namespace licet {
namespace {

constexpr std::size_t kMostBytes = 32'000'000;

std::string folder_of(const Workspace& workspace) { return path_in(workspace, "evidence"); }

}  // namespace

Result<std::string> keep_text(const Workspace& workspace, const std::string& text) {
    namespace fs = std::filesystem;
    if (trimmed(text).empty()) return error(ErrorCode::kInput, "notice.empty");
    if (text.size() > kMostBytes) return error(ErrorCode::kInput, "notice.too_large");
    std::error_code fault;
    const std::string folder = folder_of(workspace);
    if (fs::create_directory(folder, fault)) fs::permissions(folder, fs::perms::owner_all, fault);
    if (fault) return error(ErrorCode::kBroken, "file.unwritable", {{"path", folder}}, folder);
    const std::string digest = hex_of(sha256(text));
    auto writer = LICET_TRY(ByteWriter::create(folder + "/" + digest));
    LICET_TRY(writer->write(text));
    LICET_TRY(writer->finish());
    return digest;
}

Result<std::string> keep_evidence(const Workspace& workspace, const std::string& path) {
    const std::string text = LICET_TRY(read_file(path));
    return keep_text(workspace, text);
}

Result<std::string> text_of_evidence(const Workspace& workspace, const std::string& digest) {
    const std::string path = folder_of(workspace) + "/" + digest;
    auto text = read_file(path);
    if (!text) return error(ErrorCode::kMissing, "evidence.lost", {{"sha256", digest}}, path);
    if (hex_of(sha256(*text)) != digest)
        return error(ErrorCode::kBroken, "evidence.changed", {{"sha256", digest}}, path);
    return text;
}

}  // namespace licet
