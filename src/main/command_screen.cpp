// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "base/json.h"
#include "base/number.h"
#include "base/text.h"
#include "lists/screen.h"
#include "main/commands.h"
#include "main/cost_words.h"
#include "main/files.h"
#include "main/people.h"
#include "main/zones.h"
#include "store/standings.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

// All that a screening needs, built once and passed down.
struct Desk {
    std::unique_ptr<law::Law> law;
    gate::Campaign campaign;
    gate::Reference reference;
    ledger::Tokeniser tokeniser;
    ledger::StandingIndex index;
    ledger::ForeignNames foreign;
    Moment at;
    Turnover turnover;
};

Result<Moment> moment_of(const law::Law& law, const gate::Campaign& campaign,
                         const std::string& wanted) {
    if (!wanted.empty()) {
        auto moment = parse_moment(wanted);
        if (!moment) return error(ErrorCode::kInput, "screen.at_form", {{"text", wanted}});
        return moment;
    }
    const law::FactValue* at = campaign.facts.find(law.vocabulary().find("at"));
    const Moment* moment = at == nullptr ? nullptr : std::get_if<Moment>(at);
    // Without a moment the message is still to be sent: today, at an hour that is not known yet.
    return moment == nullptr ? Moment{now().day, {}} : *moment;
}

// Says how far it is while a large ledger is read for the first time.
Result<ledger::StandingIndex> standings_at(const Terminal& terminal, const Workspace& workspace,
                                           Date day) {
    std::optional<ProgressBar> bar;
    auto index =
        store::standings_of(files_of(workspace), day, [&](std::uint64_t done, std::uint64_t all) {
            if (!bar) bar.emplace(terminal, all);
            bar->show(done, done);
        });
    if (bar) bar->finish();
    return index;
}

Result<Desk> desk_of(const Terminal& terminal, const Common& common, const ScreenOptions& options) {
    auto law = load_law(terminal, common);
    if (!law) return error(ErrorCode::kInput, "screen.no_law");
    Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    if (options.campaign.empty()) return error(ErrorCode::kInput, "screen.no_campaign");
    const std::string text = LICET_TRY(read_file(options.campaign));
    auto campaign = gate::read_campaign(*law, text, options.campaign);
    if (!campaign.is_clean()) {
        terminal.print_errors({campaign.problems.data(), campaign.problems.size() - 1});
        return campaign.problems.back();
    }
    if (campaign.value.country.empty()) campaign.value.country = workspace.country;
    const Moment at = LICET_TRY(moment_of(*law, campaign.value, options.at));
    campaign.value.facts.set(law->vocabulary().find("at"), at, law::Supplier::kCampaign);
    ledger::Tokeniser tokeniser = LICET_TRY(ledger::Tokeniser::create(workspace.key));
    std::ignore = LICET_TRY(open_ledger(workspace, true));  // what it erased is erased
    ledger::StandingIndex index = LICET_TRY(standings_at(terminal, workspace, at.day));
    ledger::ForeignNames foreign = LICET_TRY(foreign_names(workspace, &index.lists()));
    return Desk{std::move(law),
                std::move(campaign.value),
                carried_reference(),
                std::move(tokeniser),
                std::move(index),
                std::move(foreign),
                at,
                workspace.turnover};
}

void print_mapping(const Terminal& terminal, const lists::Mapping& mapping) {
    if (terminal.wants_json()) return;
    const std::string_view vendor = name_of(mapping.vendor);
    terminal.print(terminal.colour(Colour::kBold, terminal.text()("screen.columns")) +
                   (vendor.empty() ? ""
                                   : "  " + terminal.text()("screen.vendor",
                                                            {{"name", std::string(vendor)}})));
    for (std::size_t i = 0; i < lists::kRoleCount; ++i) {
        const auto role = static_cast<lists::Role>(i);
        std::string names;
        for (const lists::MappedColumn& column : mapping.all(role))
            names += (names.empty() ? "" : ", ") + mapping.names[column.index];
        if (!names.empty())
            terminal.print(
                "  " + terminal.text()("role." + std::string(name_of(role))) + " = " + names +
                terminal.colour(Colour::kDim, "  --map " + std::string(name_of(role)) + "=…"));
    }
    terminal.print();
}

// The three lists, written under temporary names until all is well.
struct OutputFiles {
    std::unique_ptr<ByteWriter> allowed;
    std::unique_ptr<ByteWriter> blocked;
    std::unique_ptr<ByteWriter> review;
    std::unique_ptr<ByteWriter> report;

    static Result<OutputFiles> create(const std::string& folder) {
        std::error_code fault;
        fs::create_directories(folder, fault);
        if (fault) return error(ErrorCode::kBroken, "file.unwritable", {{"path", folder}}, folder);
        // One a line: GCC 12 forgets what a braced list had built when a later part returns.
        OutputFiles files;
        files.allowed = LICET_TRY(ByteWriter::create(folder + "/allowed.csv"));
        files.blocked = LICET_TRY(ByteWriter::create(folder + "/blocked.csv"));
        files.review = LICET_TRY(ByteWriter::create(folder + "/review.csv"));
        files.report = LICET_TRY(ByteWriter::create(folder + "/report.html"));
        return files;
    }
    Result<Done> finish() const {
        LICET_TRY(allowed->finish());
        LICET_TRY(blocked->finish());
        LICET_TRY(review->finish());
        return report->finish();
    }
};

std::string counted(const Terminal& terminal, std::uint64_t count) {
    constexpr std::size_t kWidth = 12;
    const std::string number = worded(count, terminal.language());
    const std::size_t width = utf8_count(number);
    return std::string(width < kWidth ? kWidth - width : 0, ' ') + number;
}

void print_summary(const Terminal& terminal, const lists::ScreenResult& result,
                   const std::string& folder) {
    using lists::Outcome;
    const auto count = [&](Outcome outcome) {
        return result.totals.at(static_cast<std::size_t>(outcome));
    };
    if (terminal.wants_json()) {
        json::array reasons;
        for (const auto& reason : result.report.reasons)
            reasons.push_back(json::object{{"rule", reason.rule}, {"count", reason.count}});
        terminal.print(json::serialize(json::object{{"rows", result.rows},
                                                    {"allowed", count(Outcome::kAllowed)},
                                                    {"forbidden", count(Outcome::kForbidden)},
                                                    {"undetermined", count(Outcome::kUndetermined)},
                                                    {"out_of_scope", count(Outcome::kOutOfScope)},
                                                    {"unreadable", count(Outcome::kUnreadable)},
                                                    {"reasons", std::move(reasons)},
                                                    {"out", folder}}));
        return;
    }
    const auto line = [&](Colour colour, const char* id, Outcome outcome, const char* file) {
        if (count(outcome) == 0) return;
        terminal.print(terminal.colour(colour, counted(terminal, count(outcome))) + "  " +
                       terminal.text()(id) + "  " +
                       terminal.colour(Colour::kDim, folder + "/" + file));
    };
    line(Colour::kGreen, "verdict.allowed", Outcome::kAllowed, "allowed.csv");
    line(Colour::kPlain, "verdict.out_of_scope", Outcome::kOutOfScope, "allowed.csv");
    line(Colour::kRed, "verdict.forbidden", Outcome::kForbidden, "blocked.csv");
    line(Colour::kYellow, "verdict.undetermined", Outcome::kUndetermined, "review.csv");
    line(Colour::kYellow, "verdict.unreadable", Outcome::kUnreadable, "review.csv");
    constexpr std::size_t kReasonsShown = 5;
    std::size_t shown = 0;
    for (const auto& reason : result.report.reasons) {
        if (reason.outcome != Outcome::kForbidden || shown++ >= kReasonsShown) continue;
        terminal.print("    " + terminal.colour(Colour::kDim, counted(terminal, reason.count)) +
                       "  " + reason.text + "  " + terminal.colour(Colour::kBlue, reason.citation));
    }
    terminal.print();
    terminal.print(terminal.text()("screen.report", {{"path", folder + "/report.html"}}));
}

std::string default_folder(const std::string& file) {
    const std::string stem = file == "-" ? "licet" : fs::path(file).stem().string();
    return stem + "-licet";
}

}  // namespace

int run_screen(const Terminal& terminal, const Common& common, const ScreenOptions& options) {
    // 1. The input must be there before anything is made.
    auto reader = ByteReader::open(options.file);
    if (!reader) return fail(terminal, reader.error());

    // 2. Law, campaign, key, ledger.
    auto desk = desk_of(terminal, common, options);
    if (!desk) return fail(terminal, desk.error());

    // 3. Refusals first: one in any row counts for every row of the person. A pipe cannot be read
    // twice; there, a refusal reaches the rows after it.
    if ((*reader)->size_bytes() > 0) {
        auto again = ByteReader::open(options.file);
        if (!again) return fail(terminal, again.error());
        const law::FactId channel = desk->law->vocabulary().find("channel");
        const law::FactValue* value = desk->campaign.facts.find(channel);
        const auto done = lists::add_refusals(
            desk->campaign, law::value_text(desk->law->vocabulary().fact(channel), *value),
            desk->tokeniser, options.map, desk->at.day,
            [&](std::span<char> out) { return (*again)->read(out); }, desk->index);
        if (!done && done.error().code != ErrorCode::kInput) return fail(terminal, done.error());
    }

    // 4. Screen, row by row.
    const std::string folder = options.out.empty() ? default_folder(options.file) : options.out;
    // made once the columns are known: a refusal leaves nothing behind
    std::optional<OutputFiles> files;
    gate::RowGate gate(*desk->law, desk->campaign, desk->reference, zone_offset, desk->at);
    const lists::ScreenSetup setup{
        *desk->law,  desk->campaign,  desk->reference, gate,        desk->tokeniser, desk->foreign,
        desk->index, terminal.text(), desk->at.day,    options.map, options.is_safe};
    const lists::ScreenOutputs outputs{
        [&](std::string_view bytes) { return files->allowed->write(bytes); },
        [&](std::string_view bytes) { return files->blocked->write(bytes); },
        [&](std::string_view bytes) { return files->review->write(bytes); }};
    ProgressBar bar(terminal, (*reader)->size_bytes());
    auto screened = lists::screen(
        setup, [&](std::span<char> out) { return (*reader)->read(out); }, options.file, outputs,
        [&](const lists::Mapping& mapping) -> Result<Done> {
            print_mapping(terminal, mapping);
            files = LICET_TRY(OutputFiles::create(folder));
            return Done{};
        },
        [&](const lists::ScreenProgress& progress) { bar.show(progress.rows, progress.bytes); });
    bar.finish();
    if (!screened.is_clean()) {
        terminal.print_errors(screened.problems);
        return status_of(screened.problems.front());
    }

    // 5. The report, and the files into place.
    lists::ScreenResult& result = screened.value;
    add_costs(result.report, *desk->law, desk->at.day, desk->turnover, terminal.text());
    result.report.date = worded(desk->at.day, terminal.language());
    for (const law::Pack& pack : desk->law->packs()) result.report.packs.push_back(pack.identity());
    auto done = files->report->write(lists::report_html(result.report, terminal.text()));
    if (done) done = files->finish();
    if (!done) return fail(terminal, done.error());
    for (const auto& problem : result.report.problems) {
        constexpr std::size_t kShown = 10;
        if (&problem - result.report.problems.data() >= static_cast<std::ptrdiff_t>(kShown)) {
            terminal.note(
                terminal.text()("screen.more_problems",
                                {{"count", std::to_string(result.report.problem_count - kShown)}}));
            break;
        }
        terminal.note(options.file + ":" + std::to_string(problem.line) + ": " +
                      (problem.column.empty() ? "" : problem.column + ": ") + problem.message +
                      (problem.masked_value.empty() ? "" : " (" + problem.masked_value + ")"));
    }
    print_summary(terminal, result, folder);
    const bool has_unreadable =
        result.totals.at(static_cast<std::size_t>(lists::Outcome::kUnreadable)) > 0;
    return has_unreadable ? exit_status::kUnreadableRows : 0;
}

}  // namespace licet
