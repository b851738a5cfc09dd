// SPDX-License-Identifier: Apache-2.0
//
// `licet law export`: the law in another form, as files in a folder or as one text.
#include <filesystem>

#include "law/export_json.h"
#include "main/commands.h"
#include "main/files.h"

namespace licet {
namespace {

struct OutputFile {
    std::string name;
    std::string text;
};

Result<std::vector<OutputFile>> files_of(const law::Law& law, const ExportOptions& options) {
    law::Scope scope{options.questions, options.countries};
    LICET_TRY(law::check_scope(law, scope));
    std::vector<OutputFile> files;
    files.push_back({"law.json", law::export_json(law, scope)});
    return files;
}

Result<Done> write_files(const Terminal& terminal, const std::string& folder,
                         const std::vector<OutputFile>& files) {
    for (const OutputFile& file : files) {
        const std::filesystem::path path = std::filesystem::path(folder) / file.name;
        std::error_code fault;  // what cannot be made cannot be written: the writer says so
        std::filesystem::create_directories(path.parent_path(), fault);
        const auto writer = LICET_TRY(ByteWriter::create(path.string()));
        LICET_TRY(writer->write(file.text));
        LICET_TRY(writer->finish());
        terminal.note(terminal.text()("law.export_done", {{"path", path.string()}}));
    }
    return Done{};
}

}  // namespace

int run_law_export(const Terminal& terminal, const Common& common, const ExportOptions& options) {
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    const auto files = files_of(*law, options);
    if (!files) return fail(terminal, files.error());
    if (options.out.empty()) {
        for (const OutputFile& file : *files)
            terminal.print(std::string_view(file.text).substr(0, file.text.size() - 1));
        return 0;
    }
    const auto done = write_files(terminal, options.out, *files);
    return done ? 0 : fail(terminal, done.error());
}

}  // namespace licet
