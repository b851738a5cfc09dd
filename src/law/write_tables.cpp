// SPDX-License-Identifier: Apache-2.0
//
// Run by the build: compiles the packs for each reading and writes their tables, for the program to
// carry (table_image.h).
//
//     licet_tables OUT ROOT FILE...     OUT/strict.tables, OUT/authority.tables, OUT/text.tables
//
// Names of files are kept relative to ROOT, as the program gives them to read_law().
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "law/law.h"
#include "law/table_image.h"

namespace {

namespace fs = std::filesystem;
using namespace licet;  // NOLINT: a program of one file

std::vector<law::SourceFile> files_of(const fs::path& root, int count, char** names) {
    std::vector<law::SourceFile> files;
    for (int i = 0; i < count; ++i) {
        const fs::path path = names[i];
        std::ifstream in(path, std::ios::binary);
        files.push_back({path.lexically_relative(root).generic_string(),
                         {std::istreambuf_iterator<char>(in), {}}});
    }
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

bool write(const std::vector<law::SourceFile>& files, law::Reading reading, const fs::path& out) {
    const auto read = law::read_law(files, reading);
    for (const Error& problem : read.problems)
        std::fprintf(stderr, "%s: %s\n", problem.where.c_str(), problem.message.id.c_str());
    if (!read.value) return false;
    std::ofstream file(out, std::ios::binary | std::ios::trunc);
    file << law::image_of(read.value->tables(), law::key_of_tables(files, reading));
    return static_cast<bool>(file.flush());
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 4) return 64;
    const fs::path folder = arguments[1];
    const std::vector<law::SourceFile> files = files_of(arguments[2], count - 3, arguments + 3);
    for (const law::Reading reading :
         {law::Reading::kStrict, law::Reading::kAuthority, law::Reading::kText})
        if (!write(files, reading, folder / (std::string(law::name_of(reading)) + ".tables")))
            return 1;
    return 0;
}
