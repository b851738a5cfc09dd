// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "main/commands.h"
#include "main/files.h"
#include "main/output_path.h"
#include "main/resources.h"
#include "main/workspace.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

Result<Done> write_examples(const std::string& folder) {
    constexpr std::string_view kPrefix = "examples/";
    std::error_code fault;
    fs::create_directories(folder, fault);
    for (const Resource& one : all_resources()) {
        if (!one.path.starts_with(kPrefix)) continue;
        auto writer = LICET_TRY(
            ByteWriter::create(folder + "/" + std::string(one.path.substr(kPrefix.size()))));
        LICET_TRY(writer->write(one.bytes));
        LICET_TRY(writer->finish());
    }
    return Done{};
}

struct DemoScreening {
    const char* title;
    const char* list;
    const char* campaign;
    const char* out;
};

constexpr DemoScreening kScreenings[] = {
    {"demo.email", "hubspot-webinaire.csv", "email-b2b.toml", "courriels"},
    {"demo.calls_before", "dolibarr-clients.csv", "appels-avant.toml", "appels-10-aout"},
    {"demo.calls_after", "dolibarr-clients.csv", "appels-apres.toml", "appels-11-aout"}};

}  // namespace

int run_init(const Terminal& terminal, const Common&, const std::string& folder,
             const std::string& country, const std::string& database) {
    const bool is_code = country.size() == 2 && country[0] >= 'a' && country[0] <= 'z' &&
                         country[1] >= 'a' && country[1] <= 'z';
    if (!is_code) return fail(terminal, error(ErrorCode::kInput, "init.country"));
    const auto workspace = create_workspace(folder, country, database);
    if (!workspace) return fail(terminal, workspace.error());
    terminal.print(terminal.text()("init.done", {{"path", folder.empty() ? "." : folder}}));
    terminal.print(terminal.text()("init.key"));
    terminal.print(terminal.text()("init.next"));
    return 0;
}

// A workspace; what persons said; an e-mail campaign; calls on both sides of the day on which the
// law changed.
int run_demo(const Terminal& terminal, const Common& common, const std::string& folder) {
    const auto spared = check_output(folder, common.workspace);
    if (!spared) return fail(terminal, spared.error());
    const std::string examples = folder + "/exemples";
    Common here = common;
    here.workspace = folder + "/espace";
    const auto title = [&](const char* id) {
        terminal.print();
        terminal.print(terminal.colour(Colour::kBold, "── " + terminal.text()(id)));
    };

    title("demo.workspace");
    const auto written = write_examples(examples);
    if (!written) return fail(terminal, written.error());
    if (has_workspace(here.workspace))
        terminal.print(terminal.text()("demo.again", {{"path", here.workspace}}));
    else if (const int status = run_init(terminal, here, here.workspace, "fr", ""); status != 0)
        return status;

    title("demo.events");
    RecordOptions events;
    events.jsonl = examples + "/evenements.jsonl";
    if (const int status = run_record(terminal, here, events); status != 0) return status;

    for (const DemoScreening& one : kScreenings) {
        title(one.title);
        ScreenOptions options;
        options.file = examples + "/" + one.list;
        options.campaign = examples + "/" + one.campaign;
        options.out = folder + "/" + one.out;
        const int status = run_screen(terminal, here, options);
        if (status != 0 && status != exit_status::kUnreadableRows) return status;
    }
    terminal.print();
    terminal.print(terminal.text()("demo.look", {{"path", folder + "/courriels/report.html"}}));
    return 0;
}

}  // namespace licet
