// SPDX-License-Identifier: Apache-2.0
#include "api/folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "api/library.h"

namespace licet::api {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kLargestPacksBytes = 64 << 20;

Result<std::string> read_beginning(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::string text(law::kLargestFileBytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad() || (in.fail() && !in.eof()))
        return error(ErrorCode::kInput, "file.unreadable", {}, path.string());
    text.resize(static_cast<std::size_t>(in.gcount()));
    text.shrink_to_fit();
    return text;
}

// The names below the folder, not where links lead: a linked file is part of the packs.
std::string path_below(const fs::path& path, int depth) {
    fs::path below;
    for (auto part = std::prev(path.end(), depth + 1); part != path.end(); ++part) below /= *part;
    return below.generic_string();
}

}  // namespace

Result<std::vector<law::SourceFile>> read_folder(const std::string& folder) {
    std::error_code fault;
    if (!fs::is_directory(folder, fault))
        return error(ErrorCode::kMissing, "file.missing", {}, folder);
    std::vector<law::SourceFile> files;
    std::size_t bytes = 0;
    fs::recursive_directory_iterator it(folder, fault);
    for (; !fault && it != fs::recursive_directory_iterator(); it.increment(fault)) {
        const fs::path& path = it->path();
        const bool is_read = path.extension() == ".md" || path.extension() == ".toml";
        if (!is_read || !it->is_regular_file(fault)) continue;
        std::string text = LICET_TRY(read_beginning(path));
        bytes += text.size();
        if (bytes > kLargestPacksBytes)
            return error(ErrorCode::kInput, "file.packs_too_large",
                         {{"most", std::to_string(kLargestPacksBytes >> 20)}}, folder);
        files.push_back({path_below(path, it.depth()), std::move(text)});
    }
    if (fault) return error(ErrorCode::kInput, "file.unreadable", {}, folder);
    if (files.empty()) return error(ErrorCode::kMissing, "file.no_packs", {}, folder);
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

}  // namespace licet::api

extern "C" licet_status licet_law_read_folder(licet_text folder, const licet_law_options* options,
                                              licet_law** law, char** error) {
    using namespace licet;  // NOLINT: C functions are outside of all namespaces
    *law = nullptr;
    std::vector<law::SourceFile> files;
    std::vector<licet_file> given;
    const Language language =
        api::language_of(options == nullptr ? LICET_FRENCH : options->language);
    const licet_status status = api::guarded(language, error, [&]() -> Result<Done> {
        files = LICET_TRY(api::read_folder(std::string(api::view(folder))));
        for (const law::SourceFile& file : files)
            given.push_back({api::text_of(file.path), api::text_of(file.text)});
        return Done{};
    });
    if (status != LICET_OK) return status;
    return licet_law_read(given.data(), given.size(), options, law, error);
}
