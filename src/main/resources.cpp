// SPDX-License-Identifier: Apache-2.0
#include "main/resources.h"

namespace licet {

std::string_view resource(std::string_view path) {
    for (const Resource& one : all_resources())
        if (one.path == path) return one.bytes;
    return {};
}

std::vector<law::SourceFile> carried_packs() {
    constexpr std::string_view kFolder = "packs/";
    std::vector<law::SourceFile> files;
    for (const Resource& one : all_resources())
        if (one.path.starts_with(kFolder))
            files.push_back({std::string(one.path.substr(kFolder.size())), std::string(one.bytes)});
    return files;
}

}  // namespace licet
