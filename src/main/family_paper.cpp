// SPDX-License-Identifier: Apache-2.0
//
// licet paper list|build|diff|publish|status|lint: documents of the register and of the law.
#include <algorithm>
#include <chrono>

#include "base/json.h"
#include "base/text.h"
#include "main/command_paper.h"
#include "main/files.h"
#include "main/output_path.h"
#include "main/paper_desk.h"
#include "main/paper_files.h"
#include "papers/document_html.h"
#include "papers/document_text.h"
#include "papers/lint.h"
#include "papers/reading_ease.h"
#include "papers/text_diff.h"

namespace licet {
namespace {

constexpr Language kBoth[] = {Language::kFrench, Language::kEnglish};

constexpr std::size_t kLinesAround = 2;  ///< of what differs

std::vector<Language> languages_of(const Terminal& terminal, const std::string& in) {
    if (in == "all") return {std::begin(kBoth), std::end(kBoth)};
    if (in == "fr") return {Language::kFrench};
    if (in == "en") return {Language::kEnglish};
    return {terminal.language()};
}

Result<std::set<std::string>> forms_of(const std::string& text) {
    std::set<std::string> out;
    for (const std::string_view one : split(text, ',')) {
        const std::string form(trimmed(one));
        const auto& known = paper_forms();
        if (std::find(known.begin(), known.end(), form) == known.end())
            return error(ErrorCode::kInput, "papers.no_form",
                         {{"form", form}, {"known", join(known, ", ")}});
        out.insert(form);
    }
    return out;
}

// The documents that were asked for, or all that need nothing besides.
Result<std::vector<papers::DocumentName>> wanted(const papers::Office& office,
                                                 const PaperOptions& options) {
    const auto all = office.names();
    if (options.documents.empty()) {
        std::vector<papers::DocumentName> out;
        for (const papers::DocumentName& name : all)
            if (name.input.empty()) out.push_back(name);
        return out;
    }
    std::vector<papers::DocumentName> out;
    std::vector<std::string> known;
    for (const papers::DocumentName& name : all) known.push_back(name.id);
    for (const std::string& id : options.documents) {
        const std::size_t before = out.size();
        for (const papers::DocumentName& name : all)
            if (name.id == id || name.kind == id) out.push_back(name);
        if (out.size() > before) continue;
        const std::string near = nearest(id, known);
        if (near.empty())
            return error(ErrorCode::kMissing, "papers.no_document", {{"known", join(known, ", ")}});
        return error(ErrorCode::kMissing, "papers.no_document_near", {{"near", near}});
    }
    return out;
}

class PaperCommand {
  public:
    PaperCommand(const Terminal& terminal, const Common& common, const PaperOptions& options)
        : terminal_(terminal), common_(common), options_(options) {}

    int list() {
        if (const int status = open(); status != 0) return status;
        json::array out;
        for (const papers::DocumentName& name : office_->names()) {
            const auto read = office_->build(name, terminal_.language());
            const std::string title = read.value.title;
            if (terminal_.wants_json())
                out.push_back(json::object{{"document", name.id},
                                           {"kind", name.kind},
                                           {"title", title},
                                           {"input", name.input},
                                           {"is_complete", read.is_clean()}});
            else
                terminal_.print(padded(name.id, 36) +
                                (name.input.empty() ? title : say("papers.needs_input", name)));
        }
        if (terminal_.wants_json()) terminal_.print(json::serialize(out));
        return 0;
    }

    int build() {
        const auto spared = check_output(options_.out, common_.workspace);
        if (!spared) return fail(terminal_, spared.error());
        if (const int status = open(); status != 0) return status;
        const auto forms = forms_of(options_.form);
        if (!forms) return fail(terminal_, forms.error());
        const auto names = wanted(*office_, options_);
        if (!names) return fail(terminal_, names.error());
        const auto start = std::chrono::steady_clock::now();
        const auto documents = built(*names);
        const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - start);
        std::vector<Error> problems = contradictions();
        const bool is_unlawful = std::any_of(problems.begin(), problems.end(),
                                             [&](const Error& one) { return is_of_letter(one); });
        add_new(problems, documents.problems);
        terminal_.print_errors(problems);
        // A letter that the law forbids is not written: somebody would send it.
        if (is_unlawful) return exit_status::kBadInput;
        for (const papers::Document& document : documents.value)
            if (const int status = write(document, *forms); status != 0) return status;
        if (!options_.out.empty())
            terminal_.note(
                terminal_.text()(documents.value.size() == 1 ? "papers.built_one" : "papers.built",
                                 {{"count", std::to_string(documents.value.size())},
                                  {"time", std::to_string(time.count())},
                                  {"folder", options_.out}}));
        return problems.empty() ? 0 : exit_status::kBadInput;
    }

    int publish() {
        if (const int status = open(); status != 0) return status;
        const auto names = wanted(*office_, options_);
        if (!names) return fail(terminal_, names.error());
        const auto documents = built(*names);
        std::vector<Error> problems = contradictions();
        add_new(problems, documents.problems);
        terminal_.print_errors(problems);
        if (!problems.empty()) return exit_status::kBadInput;
        const auto done = publish_all(documents.value);
        return done ? 0 : fail(terminal_, done.error());
    }

    int status() {
        if (const int status = open(); status != 0) return status;
        const auto all = published();
        if (!all) return fail(terminal_, all.error());
        json::array out;
        bool is_outdated = false;
        for (const papers::DocumentName& name : office_->names()) {
            if (!name.input.empty()) continue;
            for (const Language language : languages()) {
                const auto* paper =
                    published_one(*all, name.id, std::string(papers::code_of(language)));
                json::object one = state_of(name, language, paper);
                const bool is_old = one.at("state") == "outdated";
                is_outdated = is_outdated || is_old;
                show_state(one, out);
                if (is_old && !terminal_.wants_json())
                    if (const auto shown = show_changes(name, language, *paper); !shown)
                        return fail(terminal_, shown.error());
            }
        }
        for (const PublishedPaper& paper : *all)
            if (!is_known(paper.document)) {
                json::object one = orphan(paper);
                show_state(one, out);
                is_outdated = true;
            }
        if (terminal_.wants_json()) terminal_.print(json::serialize(out));
        return is_outdated ? exit_status::kOtherAnswer : 0;
    }

    int diff() {
        if (const int status = open(); status != 0) return status;
        const auto all = published();
        if (!all) return fail(terminal_, all.error());
        const auto names = wanted(*office_, options_);
        if (!names) return fail(terminal_, names.error());
        bool differs = false;
        for (const papers::DocumentName& name : *names)
            for (const Language language : languages()) {
                const auto* paper =
                    published_one(*all, name.id, std::string(papers::code_of(language)));
                const auto shown = show_diff(name, language, paper);
                if (!shown) return fail(terminal_, shown.error());
                differs = differs || *shown;
            }
        return differs ? exit_status::kOtherAnswer : 0;
    }

    int lint() {
        auto shelf = shelf_of(common_);
        std::vector<Error> problems = std::move(shelf.problems);
        const auto law = load_law(terminal_, common_);
        if (law == nullptr) return exit_status::kBadInput;
        const auto faults = papers::lint(shelf.value, *law);
        problems.insert(problems.end(), faults.begin(), faults.end());
        if (has_register() && open() == 0) lint_documents(problems);
        terminal_.print_errors(problems);
        if (!problems.empty()) return exit_status::kBadInput;
        terminal_.note(terminal_.text()("papers.lint_well"));
        return 0;
    }

  private:
    static std::string padded(std::string text, std::size_t width) {
        return text.size() < width ? text + std::string(width - text.size(), ' ') : text + "  ";
    }

    [[nodiscard]] std::string say(std::string_view id, const papers::DocumentName& name) const {
        return terminal_.text()(id, {{"input", name.input}});
    }

    int open() {
        if (office_) return 0;
        desk_ = open_desk(terminal_, common_, {options_.input, options_.at});
        if (!desk_) return exit_status::kBadInput;
        auto office = desk_->office();
        if (!office) return fail(terminal_, office.error());
        office_ = std::make_unique<papers::Office>(std::move(*office));
        return 0;
    }

    [[nodiscard]] bool has_register() const {
        return read_file(organisation_path(common_)).has_value();
    }

    [[nodiscard]] std::vector<Language> languages() const {
        return languages_of(terminal_, options_.in);
    }

    [[nodiscard]] std::vector<Error> contradictions() const {
        return office_->contradictions(terminal_.language());
    }

    // Whether a contradiction is of the facts that came with this letter.
    [[nodiscard]] bool is_of_letter(const Error& one) const {
        return !options_.input.empty() && one.where.starts_with(options_.input + ":");
    }

    // All documents that are complete, and each problem of the others once.
    [[nodiscard]] Read<std::vector<papers::Document>> built(
        const std::vector<papers::DocumentName>& names) const {
        Read<std::vector<papers::Document>> out;
        for (const papers::DocumentName& name : names)
            for (const Language language : languages()) {
                auto read = office_->build(name, language);
                const auto promises = papers::promises_of(*desk_->shelf, read.value);
                read.problems.insert(read.problems.end(), promises.begin(), promises.end());
                if (read.is_clean()) out.value.push_back(std::move(read.value));
                for (Error& problem : read.problems) out.problems.push_back(std::move(problem));
            }
        return out;
    }

    int write(const papers::Document& document, const std::set<std::string>& forms) const {
        if (options_.out.empty()) {
            if (terminal_.wants_json())
                terminal_.print(json::serialize(papers::json_of(document)));
            else
                terminal_.print(papers::text_of(document, catalogue_of(document.language)));
            return 0;
        }
        const papers::DocumentKind* kind = desk_->shelf->document(document.kind);
        const bool is_record = kind != nullptr && kind->is_record;
        const auto paths = write_paper(document, options_.out, forms, is_record);
        if (!paths) return fail(terminal_, paths.error());
        for (const std::string& path : *paths) terminal_.print(path);
        return 0;
    }

    [[nodiscard]] Result<std::vector<PublishedPaper>> published() const {
        const Workspace workspace = LICET_TRY(open_workspace(common_.workspace));
        const auto store = LICET_TRY(open_ledger(workspace, true));
        return published_papers(*store);
    }

    Result<Done> publish_all(const std::vector<papers::Document>& documents) const {
        const Workspace workspace = LICET_TRY(open_workspace(common_.workspace));
        const auto store = LICET_TRY(open_ledger(workspace, false));
        const auto all = LICET_TRY(published_papers(*store));
        for (papers::Document document : documents) {
            const std::string language(papers::code_of(document.language));
            const auto* before = published_one(all, document.id, language);
            if (before != nullptr && before->content == document.content_hash()) {
                document.version = before->version;
                show_published(document, "unchanged", before->notice.sha256);
                continue;
            }
            document.version = before == nullptr ? 1 : before->version + 1;
            const std::string sha256 = LICET_TRY(publish_one(workspace, *store, document));
            show_published(document, "published", sha256);
        }
        return Done{};
    }

    void show_published(const papers::Document& document, const std::string& state,
                        const std::string& sha256) const {
        const std::string language(papers::code_of(document.language));
        const auto text = [&] {
            return terminal_.text()("papers." + state,
                                    {{"document", document.id + " " + language},
                                     {"version", std::to_string(document.version)},
                                     {"sha256", sha256}});
        };
        terminal_.print(terminal_.wants_json()
                            ? json::serialize(json::object{{"document", document.id},
                                                           {"language", language},
                                                           {"state", state},
                                                           {"version", document.version},
                                                           {"sha256", sha256}})
                            : text());
    }

    static Result<std::string> publish_one(const Workspace& workspace, ledger::Store& store,
                                           const papers::Document& document) {
        const std::string twin = json::serialize(papers::json_of(document));
        PublishedText published{papers::html_of(document, catalogue_of(document.language)),
                                std::string(papers::code_of(document.language)),
                                {{"document", document.id},
                                 {"version", std::to_string(document.version)},
                                 {"content", document.content_hash()}}};
        published.more["twin"] = LICET_TRY(keep_text(workspace, twin));
        const Notice notice = LICET_TRY(publish_text(workspace, store, published));
        return notice.sha256;
    }

    [[nodiscard]] Result<json::object> twin_of(const PublishedPaper& paper) const {
        const Workspace workspace = LICET_TRY(open_workspace(common_.workspace));
        Notice kept;
        kept.sha256 = paper.twin;
        const std::string text = LICET_TRY(text_of_notice(workspace, kept));
        const json::value twin = LICET_TRY(parse_json(text));
        if (!twin.is_object())
            return error(ErrorCode::kBroken, "notice.changed", {{"sha256", paper.twin}});
        return twin.get_object();
    }

    [[nodiscard]] json::object state_of(const papers::DocumentName& name, Language language,
                                        const PublishedPaper* paper) const {
        json::object out{{"document", name.id}, {"language", papers::code_of(language)}};
        if (paper == nullptr) {
            out["state"] = "draft";
            return out;
        }
        out["version"] = paper->version;
        out["published_on"] = text_of(paper->notice.published_on);
        out["sha256"] = paper->notice.sha256;
        const auto now = office_->build(name, language);
        if (now.is_clean() && now.value.content_hash() == paper->content) {
            out["state"] = "in_force";
            return out;
        }
        out["state"] = "outdated";
        json::array why;
        const auto twin = twin_of(*paper);
        if (!twin)
            why.emplace_back(terminal_.text()(twin.error().message));
        else if (!now.is_clean())
            for (const Error& problem : now.problems)
                why.emplace_back(terminal_.text()(problem.message));
        else
            for (const Message& cause : causes_of(*twin, now.value))
                why.emplace_back(terminal_.text()(cause));
        out["why"] = std::move(why);
        return out;
    }

    [[nodiscard]] bool is_known(const std::string& document) const {
        const auto all = office_->names();
        return std::any_of(all.begin(), all.end(),
                           [&](const papers::DocumentName& one) { return one.id == document; });
    }

    [[nodiscard]] json::object orphan(const PublishedPaper& paper) const {
        return {{"document", paper.document},
                {"language", paper.language},
                {"version", paper.version},
                {"published_on", text_of(paper.notice.published_on)},
                {"sha256", paper.notice.sha256},
                {"state", "outdated"},
                {"why", json::array{terminal_.text()("papers.cause_orphan")}}};
    }

    void show_state(json::object& one, json::array& out) const {
        if (terminal_.wants_json()) {
            out.emplace_back(std::move(one));
            return;
        }
        const auto text = [&](const char* name) { return std::string(one.at(name).as_string()); };
        std::string line = padded(text("document"), 36) + text("language") + "  ";
        line += terminal_.text()("papers.state." + text("state"));
        if (one.contains("version"))
            line += terminal_.text()(
                "papers.since",
                {{"version", std::to_string(one.at("version").as_int64())},
                 {"day", worded(*parse_date(text("published_on")), terminal_.language())}});
        terminal_.print(line);
        if (!one.contains("why")) return;
        for (const json::value& why : one.at("why").as_array())
            terminal_.print("    " + std::string(why.as_string()));
    }

    // True if the text is another one than that in force.
    Result<bool> show_diff(const papers::DocumentName& name, Language language,
                           const PublishedPaper* paper) const {
        const std::string title = name.id + " " + std::string(papers::code_of(language));
        if (paper == nullptr) {
            if (terminal_.wants_json())
                show_hunks(name, language, {{"state", "draft"}}, {});
            else if (!options_.documents.empty())
                terminal_.note(terminal_.text()("papers.never_published", {{"document", title}}));
            return false;
        }
        const json::object twin = LICET_TRY(twin_of(*paper));
        const auto now = office_->build(name, language);
        terminal_.print_errors(now.problems);
        if (!now.is_clean()) return true;
        const auto lines = papers::diff_of(lines_of_twin(twin), papers::block_lines(now.value));
        const bool differs = std::any_of(lines.begin(), lines.end(), is_change);
        if (terminal_.wants_json()) {
            show_hunks(name, language,
                       {{"state", differs ? "outdated" : "in_force"}, {"version", paper->version}},
                       papers::hunks_of(lines, kLinesAround));
            return differs;
        }
        if (!differs) return false;
        terminal_.print(terminal_.colour(Colour::kBold, title));
        print_changes(lines, "");
        return true;
    }

    static bool is_change(const papers::DiffLine& line) {
        return line.change != papers::Change::kKept;
    }

    void print_changes(const std::vector<papers::DiffLine>& lines,
                       const std::string& before) const {
        for (const papers::DiffLine& line : lines) {
            if (!is_change(line)) continue;
            const bool is_gone = line.change == papers::Change::kGone;
            terminal_.print(before + terminal_.colour(is_gone ? Colour::kRed : Colour::kGreen,
                                                      (is_gone ? "- " : "+ ") + line.text));
        }
    }

    // What an outdated document would say otherwise; nothing if it cannot be built.
    Result<Done> show_changes(const papers::DocumentName& name, Language language,
                              const PublishedPaper& paper) const {
        const auto now = office_->build(name, language);
        if (!now.is_clean()) return Done{};
        const json::object twin = LICET_TRY(twin_of(paper));
        print_changes(papers::diff_of(lines_of_twin(twin), papers::block_lines(now.value)), "    ");
        return Done{};
    }

    void show_hunks(const papers::DocumentName& name, Language language, json::object told,
                    const std::vector<papers::DiffHunk>& hunks) const {
        const auto side = [](const std::optional<std::string>& line) {
            return line ? json::value(*line) : json::value(nullptr);
        };
        json::array out;
        for (const papers::DiffHunk& hunk : hunks) {
            json::array rows;
            for (const papers::DiffRow& row : hunk.rows)
                rows.push_back(json::object{{"is_kept", row.change == papers::Change::kKept},
                                            {"before", side(row.before)},
                                            {"after", side(row.after)}});
            out.push_back(json::object{{"before_line", hunk.before_line},
                                       {"after_line", hunk.after_line},
                                       {"rows", std::move(rows)}});
        }
        told["document"] = name.id;
        told["language"] = papers::code_of(language);
        told["hunks"] = std::move(out);
        terminal_.print(json::serialize(told));
    }

    void lint_documents(std::vector<Error>& problems) const {
        for (const papers::DocumentName& name : office_->names())
            for (const Language language : kBoth) {
                const auto read = office_->build(name, language);
                const auto promises = papers::promises_of(*desk_->shelf, read.value);
                problems.insert(problems.end(), promises.begin(), promises.end());
                if (read.is_clean())
                    terminal_.print(
                        padded(name.id + " " + std::string(papers::code_of(language)), 40) +
                        std::to_string(papers::reading_ease(read.value)));
            }
    }

    const Terminal& terminal_;
    const Common& common_;
    const PaperOptions& options_;
    std::optional<PaperDesk> desk_;
    std::unique_ptr<papers::Office> office_;
};

class PaperFamily : public Family {
  public:
    void declare(CLI::App& licet, const Catalogue& say) override {
        CLI::App& app = add_command(licet, say, "paper");
        app.require_subcommand(1);
        for (const char* name : {"list", "build", "diff", "publish", "status", "lint"}) {
            CLI::App& part = *app.add_subcommand(name, say("help.paper_" + std::string(name)));
            const std::string_view word(name);
            if (word == "build" || word == "diff" || word == "publish")
                part.add_option("document", options_.documents, say("help.paper_document"));
            if (word == "list" || word == "lint") continue;
            part.add_option("--in", options_.in, say("help.paper_in"))
                ->check(CLI::IsMember({"fr", "en", "all"}));
            part.add_option("--at", options_.at, say("help.paper_at"));
            if (word != "build") continue;
            part.add_option("-o,--out", options_.out, say("help.paper_out"));
            part.add_option("--form", options_.form, say("help.paper_form"));
            part.add_option("--input", options_.input, say("help.paper_input"));
        }
    }

    std::optional<int> run(const CLI::App& licet, const Terminal& terminal,
                           const Common& common) override {
        PaperCommand command(terminal, common, options_);
        if (is_chosen(licet, "paper", "list")) return command.list();
        if (is_chosen(licet, "paper", "build")) return command.build();
        if (is_chosen(licet, "paper", "diff")) return command.diff();
        if (is_chosen(licet, "paper", "publish")) return command.publish();
        if (is_chosen(licet, "paper", "status")) return command.status();
        if (is_chosen(licet, "paper", "lint")) return command.lint();
        return std::nullopt;
    }

  private:
    PaperOptions options_;
};

}  // namespace

int run_paper_list(const Terminal& terminal, const Common& common, const PaperOptions& options) {
    return PaperCommand(terminal, common, options).list();
}

int run_paper_status(const Terminal& terminal, const Common& common, const PaperOptions& options) {
    return PaperCommand(terminal, common, options).status();
}

int run_paper_publish(const Terminal& terminal, const Common& common, const PaperOptions& options) {
    return PaperCommand(terminal, common, options).publish();
}

int run_paper_diff(const Terminal& terminal, const Common& common, const PaperOptions& options) {
    return PaperCommand(terminal, common, options).diff();
}

std::unique_ptr<Family> paper_family() { return std::make_unique<PaperFamily>(); }

}  // namespace licet
