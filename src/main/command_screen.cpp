// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <iostream>
#include <map>
#include <thread>

#include "base/json.h"
#include "base/number.h"
#include "base/text.h"
#include "lists/screen.h"
#include "lists/screen_state.h"
#include "main/commands.h"
#include "main/cost_words.h"
#include "main/files.h"
#include "main/output_path.h"
#include "main/pdf.h"
#include "main/screen_desk.h"
#include "main/screen_list.h"
#include "main/screen_profile.h"
#include "main/screen_report.h"
#include "main/screen_since.h"
#include "main/screen_workbook.h"
#include "main/source_judge.h"
#include "main/zones.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

// All that rows rest on beside the list and the ledger.
Digest settings_of(const Desk& desk, const Common& common, const ScreenOptions& options,
                   Language language) {
    Hasher hasher;
    const auto add = [&](std::string_view text) {
        hasher.add(std::to_string(text.size())).add(":").add(text);
    };
    add(options.version);
    add(common.reading);
    add(desk.workspace.country);
    add(language == Language::kFrench ? "fr" : "en");
    add(options.is_safe ? "safe" : "");
    if (options.is_brief) add("brief");
    for (const std::string& choice : options.map) add(choice);
    if (!options.channel.empty()) add("channel=" + options.channel);
    for (const law::Pack& pack : desk.law->packs()) add(pack.digest);
    hasher.add(desk.campaign_file);
    if (desk.campaign.declaration) hasher.add(desk.campaign.declaration->sha256);
    return hasher.digest();
}

// A file on its way, and its digest if a certificate will name it.
struct Output {
    std::unique_ptr<ByteWriter> writer;
    Hasher hasher;
    std::uint64_t bytes = 0;
    bool is_certified = false;

    Result<Done> write(std::string_view text) {
        if (is_certified) hasher.add(text);
        bytes += text.size();
        return writer->write(text);
    }
};

// The three lists and what goes with them, written under temporary names until all is well.
struct OutputFiles {
    std::array<Output, kResultFiles.size()> results;
    Output state;
    Output answers;  ///< without a writer if rows have their words themselves
    std::unique_ptr<ByteWriter> report;

    static Result<OutputFiles> create(const std::string& folder, bool is_certified, bool is_brief) {
        std::error_code fault;
        fs::create_directories(folder, fault);
        if (fault) return error(ErrorCode::kBroken, "file.unwritable", {{"path", folder}}, folder);
        // One a line: GCC 12 forgets what a braced list had built when a later part returns.
        OutputFiles files;
        for (std::size_t i = 0; i < kResultFiles.size(); ++i) {
            files.results[i].writer = LICET_TRY(ByteWriter::create(folder + "/" + kResultFiles[i]));
            files.results[i].is_certified = is_certified;
        }
        files.report = LICET_TRY(ByteWriter::create(folder + "/report.html"));
        if (is_brief)
            files.answers.writer = LICET_TRY(ByteWriter::create(folder + "/" + kAnswersFile));
        files.answers.is_certified = is_certified;
        if (is_certified)
            files.state.writer = LICET_TRY(ByteWriter::create(folder + "/" + kStateFile));
        return files;
    }
    Result<Done> finish(const std::string& folder) const {
        for (const Output& output : results) LICET_TRY(output.writer->finish());
        LICET_TRY(report->finish());
        // What was certified before is no longer there.
        std::error_code fault;
        fs::remove(folder + "/" + kCertificateFile, fault);
        fs::remove(folder + "/" + kWorkbookFile, fault);
        if (answers.writer)
            LICET_TRY(answers.writer->finish());
        else
            fs::remove(folder + "/" + kAnswersFile, fault);
        if (state.writer) return state.writer->finish();
        fs::remove(folder + "/" + kStateFile, fault);
        return Done{};
    }
};

std::string counted(const Terminal& terminal, std::uint64_t count) {
    constexpr std::size_t kWidth = 12;
    const std::string number = worded(count, terminal.language());
    const std::size_t width = utf8_count(number);
    return std::string(width < kWidth ? kWidth - width : 0, ' ') + number;
}

json::object json_of(const lists::Tally& rows) {
    std::uint64_t all = 0;
    for (const std::uint64_t count : rows) all += count;
    const auto count = [&](lists::Outcome outcome) {
        return rows.at(static_cast<std::size_t>(outcome));
    };
    return {{"rows", all},
            {"allowed", count(lists::Outcome::kAllowed)},
            {"forbidden", count(lists::Outcome::kForbidden)},
            {"undetermined", count(lists::Outcome::kUndetermined)},
            {"out_of_scope", count(lists::Outcome::kOutOfScope)},
            {"unreadable", count(lists::Outcome::kUnreadable)}};
}

json::object json_of(const lists::Certificate& certificate, const std::string& folder) {
    return {{"file", folder + "/" + kCertificateFile},
            {"at", text_of(certificate.at)},
            {"until", text_of(certificate.until())},
            {"checkpoint", certificate.ledger.size}};
}

// `folder` is empty where nothing stays.
void print_summary(const Terminal& terminal, const lists::ScreenResult& result,
                   const std::string& folder, bool is_brief) {
    using lists::Outcome;
    const auto count = [&](Outcome outcome) {
        return result.totals.at(static_cast<std::size_t>(outcome));
    };
    const auto line = [&](Colour colour, const char* id, Outcome outcome, const char* file) {
        if (count(outcome) == 0) return;
        terminal.print(
            terminal.colour(colour, counted(terminal, count(outcome))) + "  " +
            terminal.text()(id) +
            (folder.empty() ? "" : "  " + terminal.colour(Colour::kDim, folder + "/" + file)));
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
    if (folder.empty()) return;
    if (is_brief)
        terminal.print(terminal.text()("screen.answers", {{"path", folder + "/" + kAnswersFile}}));
    terminal.print();
    terminal.print(terminal.text()("screen.report", {{"path", folder + "/report.html"}}));
}

std::string default_folder(const std::string& file) {
    const std::string stem = file == "-" ? "licet" : fs::path(file).stem().string();
    return stem + "-licet";
}

void print_problems(const Terminal& terminal, const lists::ReportInput& report,
                    const std::string& file) {
    constexpr std::size_t kShown = 10;
    for (std::size_t i = 0; i < report.problems.size() && i < kShown; ++i) {
        const auto& problem = report.problems[i];
        terminal.note(file + ":" + std::to_string(problem.line) + ": " +
                      (problem.column.empty() ? "" : problem.column + ": ") + problem.message +
                      (problem.masked_value.empty() ? "" : " (" + problem.masked_value + ")"));
    }
    if (report.problems.size() > kShown)
        terminal.note(terminal.text()("screen.more_problems",
                                      {{"count", std::to_string(report.problem_count - kShown)}}));
}

class ScreenRun {
  public:
    ScreenRun(const Terminal& terminal, const Common& common, const ScreenOptions& options)
        : terminal_(terminal),
          say_(terminal.text()),
          common_(common),
          options_(options),
          folder_(folder_of(options)) {}

    Result<int> run() {
        // 1. The input must be there before anything is made, and what prints the report.
        LICET_TRY(check_output(folder_, common_.workspace));
        if (options_.wants_pdf) browser_ = LICET_TRY(browser_for_pdf());
        source_ = LICET_TRY(ScreenList::open(options_.file));
        // 2. Law, campaign, keys. The ledger is signed before it is read: what a certificate names
        // was looked at.
        desk_ = LICET_TRY(
            desk_of(terminal_, common_, {options_.campaign, options_.at, options_.channel}));
        const auto refused = LICET_TRY(refusal_of_campaign(terminal_, *desk_->law, desk_->campaign,
                                                           options_.campaign, desk_->at));
        if (refused) return *refused;
        settings_ = settings_of(*desk_, common_, options_, terminal_.language());
        if (!options_.has_no_certificate) ground_ = certificate_ground(desk_->workspace);
        // 3. Perhaps nothing has changed.
        if (!options_.since.empty()) {
            if (!source_->is_file()) return error(ErrorCode::kInput, "since.needs_file");
            if (!LICET_TRY(must_decide())) return 0;
        }
        // 4. Refusals first: one in any row counts for every row of the person.
        ledger_ = LICET_TRY(ledger_of(terminal_, desk_->workspace, desk_->at.day));
        lists::ListSource list = LICET_TRY(source_->for_refusals());
        dates_ = LICET_TRY(add_refusals(*desk_, std::move(list), options_.map, *ledger_));
        // 5. Every row; then the report, and the files into place.
        auto screened = screen();
        if (!screened.is_clean()) {
            terminal_.print_errors(screened.problems);
            return status_of(screened.problems.front());
        }
        LICET_TRY(finish(screened.value));
        if (browser_) {
            const std::string pdf = folder_ + "/report.pdf";
            LICET_TRY(print_to_pdf(*browser_, folder_ + "/report.html", pdf));
            if (!terminal_.wants_json()) terminal_.print(say_("pdf.written", {{"path", pdf}}));
        }
        const auto unreadable = static_cast<std::size_t>(lists::Outcome::kUnreadable);
        return screened.value.totals.at(unreadable) > 0 ? exit_status::kUnreadableRows : 0;
    }

  private:
    static std::string folder_of(const ScreenOptions& options) {
        if (!options.out.empty()) return options.out;
        if (options.since.empty()) return default_folder(options.file);
        const std::string folder = fs::path(options.since).parent_path().string();
        return folder.empty() ? "." : folder;
    }
    [[nodiscard]] bool is_certified() const { return ground_ && ground_->has_value(); }

    // False if the results stand as they are: then they have a new certificate.
    Result<bool> must_decide() {
        if (!ground_) return error(ErrorCode::kInput, "since.needs_certificate");
        const CertificateGround& ground = *LICET_TRY(pointer_to(*ground_));
        since_ = LICET_TRY(changes_since(options_.since, {desk_->workspace, ground, settings_,
                                                          desk_->at, options_.file, folder_}));
        const std::string told = say_(since_->why, {{"events", std::to_string(since_->by_events)},
                                                    {"days", std::to_string(since_->by_days)}});
        if (!since_->is_unchanged()) {
            terminal_.note(told);
            return true;
        }
        lists::Certificate next = since_->before;
        next.program = options_.version;
        next.made_at = now_seconds();
        next.at = desk_->at;
        next.ledger = {ground.checkpoint.origin, ground.checkpoint.size, ground.checkpoint.root};
        next.continues = since_->sha256;
        LICET_TRY(issue_certificate(desk_->workspace, ground, next, desk_->campaign.name, folder_));
        if (terminal_.wants_json()) {
            json::object out = json_of(next.rows);
            add_json(out, &next);
            terminal_.print(json::serialize(out));
        } else {
            terminal_.print(told);
            print_certificate(next);
        }
        return false;
    }

    static Result<const CertificateGround*> pointer_to(const Result<CertificateGround>& ground) {
        if (!ground) return ground.error();
        return &*ground;
    }

    Result<lists::ScreenTools> tools() const {
        lists::ScreenTools tools = LICET_TRY(tools_of(*desk_, *ledger_));
        if (is_certified()) tools.gate->look_ahead(lists::kDaysAhead);
        return tools;
    }

    Read<lists::ScreenResult> screen() {
        lists::StateWriter state([&](std::string_view bytes) { return files_->state.write(bytes); },
                                 desk_->at.day);
        const auto seen = [&](const lists::RowSeen& row) {
            state.add(row);
            const bool is_sent_to = row.outcome == lists::Outcome::kAllowed ||
                                    row.outcome == lists::Outcome::kOutOfScope;
            if (is_sent_to && row.changes_on) ++changes_[*row.changes_on];
        };
        const lists::ScreenSetup setup{
            *desk_->law,
            desk_->campaign,
            ledger_->index,
            say_,
            desk_->at.day,
            options_.map,
            options_.is_safe,
            options_.is_brief,
            [this] { return tools(); },
            std::thread::hardware_concurrency(),
            is_certified() ? std::function<void(const lists::RowSeen&)>(seen) : nullptr,
            dates_};
        const auto sink = [&](std::size_t place) {
            return [this, place](std::string_view bytes) {
                return files_->results.at(place).write(bytes);
            };
        };
        ProgressBar bar(terminal_, source_->size_bytes());
        auto screened = lists::screen(
            setup, source_->for_verdicts(), options_.file, {sink(0), sink(1), sink(2)},
            [&](const lists::Mapping& mapping) -> Result<Done> {
                if (options_.wants_workbook) LICET_TRY(check_workbook_width(mapping.names.size()));
                print_mapping(terminal_, mapping);
                if (!options_.save_profile.empty())
                    LICET_TRY(save_profile(common_.workspace, options_.save_profile, mapping));
                // made once the columns are known: a refusal leaves nothing behind
                files_ = LICET_TRY(OutputFiles::create(folder_, is_certified(), options_.is_brief));
                return Done{};
            },
            [&](const lists::ScreenProgress& progress) {
                bar.show(progress.rows, source_->bytes_read());
            });
        bar.finish();
        if (screened.is_clean() && files_->answers.writer) {
            const auto written = lists::write_answers(
                screened.value, say_, [&](auto bytes) { return files_->answers.write(bytes); });
            if (!written) screened.problems.push_back(written.error());
        }
        if (!screened.is_clean() || !is_certified()) return screened;
        list_ = {"", source_->sha256(), source_->bytes_read()};
        for (std::size_t i = 0; i < kResultFiles.size(); ++i) {
            Output& output = files_->results.at(i);
            results_.push_back({kResultFiles.at(i), output.hasher.digest(), output.bytes});
        }
        if (Output& answers = files_->answers; answers.writer)
            results_.push_back({kAnswersFile, answers.hasher.digest(), answers.bytes});
        const auto done = state.finish(
            {sha256(text_of(desk_->at)), settings_, list_.sha256, results_.front().sha256});
        if (!done) screened.problems.push_back(done.error());
        return screened;
    }

    [[nodiscard]] lists::Certificate certificate_for(const lists::ScreenResult& result) const {
        lists::Certificate out = certificate_about(*desk_->law, desk_->campaign, **ground_);
        out.program = options_.version;
        out.at = out.decided_for = desk_->at;
        out.campaign = desk_->campaign_file;
        out.reading = common_.reading;
        out.list = list_;
        out.results = results_;
        out.rows = result.totals;
        out.changes = changes_;
        return out;
    }

    Result<Done> finish(lists::ScreenResult& result) {
        std::optional<lists::Certificate> certificate;
        if (is_certified()) certificate = certificate_for(result);
        add_costs(result.report, *desk_->law, desk_->at.day, desk_->workspace.turnover, say_);
        result.report.date = worded(desk_->at.day, terminal_.language());
        for (const law::Pack& pack : desk_->law->packs())
            result.report.packs.push_back(pack.identity());
        LICET_TRY(complete_report(result.report, *desk_, terminal_));
        if (certificate) result.report.certificate = told(*certificate);
        LICET_TRY(files_->report->write(lists::report_html(result.report, say_)));
        LICET_TRY(files_->finish(folder_));
        if (certificate)
            LICET_TRY(issue_certificate(desk_->workspace, **ground_, *certificate,
                                        desk_->campaign.name, folder_));
        if (options_.wants_workbook) LICET_TRY(add_workbook(result));
        for (const Message& note : result.notes) terminal_.note(options_.file + ": " + say_(note));
        print_problems(terminal_, result.report, options_.file);
        if (!terminal_.wants_json()) {
            print_summary(terminal_, result, options_.is_piped ? "" : folder_, options_.is_brief);
            if (options_.wants_workbook)
                terminal_.print(say_("screen.workbook", {{"path", folder_ + "/" + kWorkbookFile}}));
            if (certificate) print_certificate(*certificate);
        } else {
            json::object out = json_of(result.totals);
            json::array reasons;
            for (const auto& reason : result.report.reasons)
                reasons.push_back(json::object{{"rule", reason.rule}, {"count", reason.count}});
            out["reasons"] = std::move(reasons);
            if (options_.wants_workbook) out["workbook"] = folder_ + "/" + kWorkbookFile;
            add_json(out, certificate ? &*certificate : nullptr);
            terminal_.print(json::serialize(out));
        }
        if (ground_ && !is_certified())
            terminal_.note(
                say_("screen.no_certificate", {{"why", say_(ground_->error().message)}}));
        return Done{};
    }

    Result<Done> add_workbook(const lists::ScreenResult& result) const {
        const WorkbookOutcome made =
            LICET_TRY(write_workbook(result, desk_->at.day, folder_, say_));
        if (made.cut_cells > 0)
            terminal_.note(say_(
                "book.cut", {{"count", std::to_string(made.cut_cells)}, {"file", kWorkbookFile}}));
        return Done{};
    }

    // The file, and its last day in the reader's words.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> words_of(
        const lists::Certificate& certificate) const {
        const Date last = certificate.until() - std::chrono::days{1};
        return {{"file", kCertificateFile},
                {"path", folder_ + "/" + kCertificateFile},
                {"day", worded(last, terminal_.language())}};
    }

    [[nodiscard]] lists::ReportInput::CertificateWords told(
        const lists::Certificate& certificate) const {
        const Date last = certificate.until() - std::chrono::days{1};
        const bool serves = certificate.until() > certificate.at.day;
        return {
            kCertificateFile,
            serves ? say_("report.certificate_until", {{"day", worded(last, terminal_.language())}})
                   : say_("report.certificate_never"),
            "licet certificate verify certificate.txt --key signing.vkey --against "
            "allowed.csv"};
    }

    void print_certificate(const lists::Certificate& certificate) const {
        const bool serves = certificate.until() > certificate.at.day;
        terminal_.print(say_(serves ? "screen.certificate" : "screen.certificate_never",
                             words_of(certificate)));
    }

    void add_json(json::object& out, const lists::Certificate* certificate) const {
        out["out"] = options_.is_piped ? "-" : folder_;
        out["certificate"] =
            certificate == nullptr ? json::value() : json::value(json_of(*certificate, folder_));
        if (since_)
            out["since"] = json::object{{"is_unchanged", since_->is_unchanged()},
                                        {"why", since_->why.substr(since_->why.find('.') + 1)},
                                        {"by_events", since_->by_events},
                                        {"by_days", since_->by_days}};
    }

    const Terminal& terminal_;
    const Catalogue& say_;
    const Common& common_;
    const ScreenOptions& options_;
    std::string folder_;
    std::optional<ScreenList> source_;
    std::optional<std::string> browser_;  ///< that prints a PDF, if one is wanted
    std::optional<Desk> desk_;
    Digest settings_{};
    std::optional<Result<CertificateGround>> ground_;  ///< none if no certificate is wanted
    std::optional<Since> since_;
    std::optional<Ledger> ledger_;
    std::optional<OutputFiles> files_;
    lists::Certificate::File list_;
    std::vector<lists::Certificate::File> results_;
    std::map<Date, std::uint64_t> changes_;
    std::vector<lists::DateColumn> dates_;  ///< how the list writes them
};

Result<Done> to_standard_output(const std::string& path) {
    const auto reader = LICET_TRY(ByteReader::open(path));
    LICET_TRY(reader->read_to_end([](std::string_view piece) {
        std::cout << piece;
        return Result<Done>(Done{});
    }));
    std::cout.flush();
    if (!std::cout) return error(ErrorCode::kBroken, "file.unwritable", {{"path", "-"}}, "-");
    return Done{};
}

// Whom to contact goes down the pipe, and not before all is well: whoever reads it must not begin
// with a list that ends in an error. What is said goes to standard error, and no file stays.
Result<int> run_piped(const Terminal& terminal, const Common& common, ScreenOptions options) {
    if (options.wants_workbook || options.wants_pdf || !options.since.empty())
        return error(ErrorCode::kInput, "screen.pipe_alone");
    const auto folder = LICET_TRY(PassingFolder::create());
    options.out = folder->path();
    options.has_no_certificate = options.is_piped = true;
    const Terminal aside = terminal.aside();
    const int status = LICET_TRY(ScreenRun(aside, common, options).run());
    const std::string allowed = options.out + "/" + kResultFiles.front();
    if (fs::exists(allowed)) LICET_TRY(to_standard_output(allowed));
    return status;
}

}  // namespace

int run_screen(const Terminal& terminal, const Common& common, const ScreenOptions& options) {
    ScreenOptions whole = options;
    if (!options.profile.empty()) {
        auto map = profile_choices(common.workspace, options.profile, options.map);
        if (!map) return fail(terminal, map.error());
        whole.map = *std::move(map);
    }
    if (!whole.versus.empty()) return run_what_if(terminal, common, whole);
    const auto status = whole.out == "-" ? run_piped(terminal, common, whole)
                                         : ScreenRun(terminal, common, whole).run();
    return status ? *status : fail(terminal, status.error());
}

}  // namespace licet
