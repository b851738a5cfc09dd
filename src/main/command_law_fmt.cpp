// SPDX-License-Identifier: Apache-2.0
//
// licet law fmt: gives the files of packs their one shape (law/format.h). A file is replaced only
// if its text changes, and only as a whole; a file with a fault is left alone and told.
#include <algorithm>
#include <filesystem>

#include "base/json.h"
#include "law/format.h"
#include "main/commands.h"
#include "main/files.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

bool has_pack_toml(const fs::path& folder) {
    std::error_code fault;
    return fs::is_regular_file(folder / "pack.toml", fault);
}

// So that a slip in some other folder does not shape its notes: a folder of packs is known by
// facts.md or by the pack.toml of a pack, a pack by its own.
bool holds_packs(const fs::path& folder) {
    std::error_code fault;
    if (has_pack_toml(folder) || fs::is_regular_file(folder / "facts.md", fault)) return true;
    fs::directory_iterator it(folder, fault);
    for (; !fault && it != fs::directory_iterator(); it.increment(fault))
        if (has_pack_toml(it->path())) return true;
    return false;
}

// Words lie in the folder itself, the rest in the folders of packs.
bool is_of_a_pack(const fs::path& folder, const std::string& path) {
    const std::size_t slash = path.find('/');
    if (!path.ends_with(".md")) return false;
    if (slash == path.npos) return true;
    return path.find('/', slash + 1) == path.npos && has_pack_toml(folder / path.substr(0, slash));
}

struct Outcome {
    std::size_t files = 0;
    std::size_t faulty = 0;
    std::vector<std::string> changed;
};

Result<Outcome> format_all(const Terminal& terminal, const std::string& folder, bool checks_only) {
    Outcome outcome;
    const auto files = LICET_TRY(read_packs(folder));
    for (const law::SourceFile& file : files) {
        if (!is_of_a_pack(folder, file.path)) continue;
        ++outcome.files;
        const auto done = law::formatted(file);
        terminal.print_errors(done.problems);
        if (!done.is_clean()) ++outcome.faulty;
        if (done.value == file.text) continue;
        if (!checks_only)
            LICET_TRY(replace_file((fs::path(folder) / file.path).string(), done.value));
        outcome.changed.push_back(file.path);
    }
    return outcome;
}

void print_outcome(const Terminal& terminal, const Outcome& outcome, bool checks_only) {
    if (terminal.wants_json()) {
        json::array changed;
        for (const std::string& path : outcome.changed) changed.emplace_back(path);
        terminal.print(json::serialize(json::object{{"files", outcome.files},
                                                    {"changed", std::move(changed)},
                                                    {"faulty", outcome.faulty}}));
        return;
    }
    const std::string what =
        terminal.text()(checks_only ? "law.fmt_would_change" : "law.fmt_changed");
    for (const std::string& path : outcome.changed)
        terminal.print(path + "  " + terminal.colour(Colour::kDim, what));
    terminal.print(terminal.text()(checks_only ? "law.fmt_summary_check" : "law.fmt_summary",
                                   {{"files", std::to_string(outcome.files)},
                                    {"changed", std::to_string(outcome.changed.size())},
                                    {"faulty", std::to_string(outcome.faulty)}}));
}

}  // namespace

int run_law_fmt(const Terminal& terminal, const Common& common, const FormatOptions& options) {
    const std::string folder = !options.folder.empty() ? options.folder
                               : !common.packs.empty() ? common.packs
                                                       : ".";
    std::error_code fault;
    if (!fs::is_directory(folder, fault))
        return fail(terminal, error(ErrorCode::kMissing, "file.missing", {}, folder));
    if (!holds_packs(folder))
        return fail(terminal, error(ErrorCode::kMissing, "law.fmt_no_packs", {}, folder));
    const auto outcome = format_all(terminal, folder, options.checks_only);
    if (!outcome) return fail(terminal, outcome.error());
    print_outcome(terminal, *outcome, options.checks_only);
    if (outcome->faulty > 0) return exit_status::kBadInput;
    return options.checks_only && !outcome->changed.empty() ? exit_status::kTestsFailed : 0;
}

}  // namespace licet
