// SPDX-License-Identifier: Apache-2.0
//
// `licet portfolio report` and `hand-over`: what one client is given, and nothing of another.
#include <algorithm>
#include <array>
#include <filesystem>

#include "audit/book_json.h"
#include "audit/label.h"
#include "audit/signed_archive.h"
#include "base/signature.h"
#include "base/text.h"
#include "base/utc.h"
#include "main/command_label.h"
#include "main/files.h"
#include "main/portfolio.h"
#include "main/zones.h"
#include "papers/fields.h"
#include "store/ledger_file.h"

namespace licet {
namespace {

namespace fs = std::filesystem;
using audit::SignedArchive;

// Files of a workspace that a client takes along. Lists hold addresses, access.json people of the
// firm, webhooks.toml secrets of providers: those stay.
constexpr std::array kTakenFiles{"organisation.toml", "rights.toml"};
constexpr std::array kTakenFolders{"notices", "evidence", "papers", "campaigns", "label"};
constexpr const char* kStaying =
    "lists/, exports/, partners/, authority-files/, hand-overs/, webhooks.toml, access.json";

// ---- the annual report --------------------------------------------------------------------------
class YearOfClient {
  public:
    YearOfClient(const AuditDesk& desk, int year, const Catalogue& say)
        : desk_(desk), year_(year), say_(say) {}

    [[nodiscard]] std::vector<std::pair<std::string, std::vector<std::string>>> sections() const {
        return {{say_("portfolio.section_requests"), requests()},
                {say_("portfolio.section_objections"), objections()},
                {say_("portfolio.section_processors"), processors()},
                {say_("portfolio.section_breaches"), entries(book_.breaches)},
                {say_("portfolio.section_complaints"), entries(book_.complaints)},
                {say_("portfolio.section_papers"), papers()},
                {say_("portfolio.section_labels"), labels()},
                {say_("portfolio.section_plan"), plan()}};
    }

  private:
    [[nodiscard]] bool is_of_year(Date day) const {
        return static_cast<int>(std::chrono::year_month_day{day}.year()) == year_;
    }
    [[nodiscard]] std::string counted(std::string_view id, std::size_t count) const {
        return say_(id, {{"count", std::to_string(count)}});
    }

    [[nodiscard]] std::vector<std::string> requests() const {
        std::size_t opened = 0;
        std::size_t answered = 0;
        for (const auto& [name, request] : desk_.requests()) {
            const auto on = request.on(rights::RequestStep::kOpened);
            if (!on || !is_of_year(*on)) continue;
            ++opened;
            if (request.on(rights::RequestStep::kAnswered)) ++answered;
        }
        if (opened == 0) return {};
        return {counted("portfolio.requests_opened", opened),
                counted("portfolio.requests_answered", answered)};
    }

    [[nodiscard]] std::vector<std::string> objections() const {
        const std::vector<int>& days = desk_.statistics().objection_days;
        if (days.empty()) return {};
        return {counted("portfolio.objections", days.size()),
                counted("portfolio.objections_median",
                        static_cast<std::size_t>(std::max(0, days[days.size() / 2]))),
                counted("portfolio.suppressions", desk_.statistics().suppressions)};
    }

    [[nodiscard]] std::vector<std::string> processors() const {
        std::vector<std::string> out;
        for (const auto& [id, one] : book_.processors) {
            const auto reviewed = one.last("reviewed");
            out.push_back(
                say_("portfolio.processor_line",
                     {{"id", id},
                      {"country", one.text("country").empty() ? "?" : one.text("country")},
                      {"contract", one.text("contract").empty() ? "?" : one.text("contract")},
                      {"day", reviewed ? text_of(*reviewed) : "–"}}));
        }
        return out;
    }

    [[nodiscard]] std::vector<std::string> entries(
        const std::map<std::string, audit::BookEntry, std::less<>>& book) const {
        std::vector<std::string> out;
        for (const auto& [id, entry] : book) {
            std::string line;
            for (const audit::BookStep& step : entry.steps)
                if (is_of_year(step.on)) line += " · " + text_of(step.on) + " " + step.name;
            if (!line.empty()) out.push_back(id + line);
        }
        return out;
    }

    [[nodiscard]] std::vector<std::string> papers() const {
        std::vector<std::string> out;
        for (const ledger::Event& event : desk_.own_events()) {
            const std::string_view document = ledger::attribute(event, "document");
            const bool is_paper = event.kind == ledger::EventKind::kNoticePublished &&
                                  !document.empty() && is_of_year(event.happened_on);
            if (is_paper)
                out.push_back(text_of(event.happened_on) + " · " + std::string(document) + " v" +
                              std::string(ledger::attribute(event, "version")) + " (" +
                              std::string(ledger::attribute(event, "language")) + ")");
        }
        std::sort(out.begin(), out.end());
        return out;
    }

    [[nodiscard]] std::vector<std::string> labels() const {
        std::vector<std::string> out;
        for (const audit::LabelState& one : audit::labels_of(desk_.own_events()))
            for (const audit::LabelState::Step& step : one.steps)
                if (is_of_year(step.on))
                    out.push_back(text_of(step.on) + " · " + one.level + " " + step.name);
        return out;
    }

    [[nodiscard]] std::vector<std::string> plan() const {
        std::vector<std::string> out;
        for (const audit::PlannedAction& one : desk_.plan()) {
            const std::string text = one.action->words.in(say_.language());
            if (one.because.empty())
                out.push_back(say_("portfolio.action_done", {{"action", text}}));
            else
                out.push_back(
                    say_("portfolio.action_open", {{"action", text}, {"day", text_of(one.due)}}));
        }
        return out;
    }

    const AuditDesk& desk_;
    int year_;
    const Catalogue& say_;
    audit::Book book_ = audit::book_of(desk_.own_events());
};

// ---- hand-over ----------------------------------------------------------------------------------
Result<Done> add_file(SignedArchive& archive, const std::string& path, const std::string& as) {
    const std::string text = LICET_TRY(read_file(path));
    return archive.add(as, text);
}

std::vector<std::string> files_below(const std::string& folder) {
    std::vector<std::string> out;
    std::error_code fault;
    for (auto at = fs::recursive_directory_iterator(folder, fault);
         !fault && at != fs::recursive_directory_iterator(); at.increment(fault))
        if (at->is_regular_file(fault)) out.push_back(at->path().string());
    std::sort(out.begin(), out.end());
    return out;
}

// config.toml without the address of a server, which may hold a password.
std::string config_without_server(std::string_view config) {
    std::string out;
    for (const std::string_view line : lines_of(config))
        if (!trimmed(line).starts_with("database")) out += std::string(line) + "\n";
    return out;
}

Result<Done> add_ledger(SignedArchive& archive, const Workspace& workspace,
                        const std::string& beside) {
    const std::string path = beside + ".ledger";
    std::ignore = LICET_TRY(store::export_ledger(files_of(workspace), path));
    const auto added = [&]() -> Result<Done> {
        const auto reader = LICET_TRY(ByteReader::open(path));
        return archive.add_stream("ledger-export", reader->size_bytes(),
                                  [&](std::span<char> out) { return reader->read(out); });
    }();
    std::error_code fault;
    fs::remove(path, fault);
    return added;
}

Result<Done> add_workspace_files(SignedArchive& archive, const Client& client) {
    std::error_code fault;
    const std::string config = LICET_TRY(read_file(client.folder + "/config.toml"));
    LICET_TRY(archive.add("config.toml", config_without_server(config)));
    for (const char* name : kTakenFiles)
        if (fs::exists(client.folder + "/" + name, fault))
            LICET_TRY(add_file(archive, client.folder + "/" + name, name));
    for (const char* folder : kTakenFolders)
        for (const std::string& path : files_below(client.folder + "/" + folder))
            LICET_TRY(add_file(archive, path, fs::relative(path, client.folder, fault).string()));
    return Done{};
}

Result<Done> add_audit_pages(SignedArchive& archive, const AuditDesk& desk) {
    const auto registers = audit::registers_json(audit::book_of(desk.own_events()));
    for (const auto& [name, entries] : registers)
        LICET_TRY(archive.add(name + ".json", canonical(entries) + "\n"));
    if (desk.sheet().audit.empty()) return Done{};
    for (const Language language : {Language::kFrench, Language::kEnglish}) {
        const Catalogue& say = catalogue_of(language);
        const std::string code(papers::code_of(language));
        LICET_TRY(
            archive.add("audit." + code + ".html", audit::report_page(desk.report(say), say)));
    }
    return Done{};
}

Result<Done> add_hand_over_readme(SignedArchive& archive, const Client& client) {
    for (const Language language : {Language::kFrench, Language::kEnglish}) {
        const Catalogue& say = catalogue_of(language);
        const std::string code(papers::code_of(language));
        std::string text = say("portfolio.hand_over_title", {{"client", client.id}}) + "\n\n";
        for (const char* id : {"portfolio.hand_over_what", "portfolio.hand_over_verify",
                               "portfolio.hand_over_open", "portfolio.hand_over_stays"})
            text += say(id, {{"stays", kStaying}}) + "\n\n";
        LICET_TRY(archive.add("README." + code + ".txt", text));
    }
    return Done{};
}

Result<Done> write_archive(const Client& client, const AuditDesk& desk, const LogKey& key,
                           const std::string& path) {
    auto writer = LICET_TRY(ByteWriter::create(path));
    SignedArchive archive([&](std::string_view bytes) { return writer->write(bytes); });
    LICET_TRY(add_ledger(archive, desk.workspace(), path));
    LICET_TRY(add_workspace_files(archive, client));
    LICET_TRY(add_audit_pages(archive, desk));
    LICET_TRY(archive.add("signing.vkey", ledger::text_of(key.identity) + "\n"));
    LICET_TRY(add_hand_over_readme(archive, client));
    LICET_TRY(archive.finish([&](std::string_view text) { return sign(text, key.private_pem); }));
    return writer->finish();
}

Result<Done> write_keys(const Client& client, const LogKey& key, const std::string& path) {
    auto writer = LICET_TRY(ByteWriter::create(path));
    SignedArchive archive([&](std::string_view bytes) { return writer->write(bytes); });
    std::error_code fault;
    for (const char* name : kKeyFiles)
        if (fs::exists(client.folder + "/" + name, fault))
            LICET_TRY(add_file(archive, client.folder + "/" + name, name));
    for (const auto& entry : fs::directory_iterator(client.folder, fault)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(kLabelKeyFile))
            LICET_TRY(add_file(archive, entry.path().string(), name));
    }
    for (const std::string& partner : files_below(client.folder + "/partners"))
        LICET_TRY(add_file(archive, partner, fs::relative(partner, client.folder, fault).string()));
    LICET_TRY(archive.finish([&](std::string_view text) { return sign(text, key.private_pem); }));
    return writer->finish();
}

}  // namespace

Result<std::string> year_page(const Client& client, const AuditDesk& desk, int year,
                              const Catalogue& say) {
    const audit::ClientState state = LICET_TRY(state_of(client, desk));
    const YearOfClient in_year(desk, year, say);
    return audit::client_report_page(
        {state, desk.questionnaire(), year, desk.today(), in_year.sections()}, say);
}

int run_portfolio_report(const Portfolio& portfolio, const PortfolioOptions& options) {
    const Terminal& terminal = portfolio.terminal();
    const Date today = now().day;
    const int year = options.year != 0
                         ? options.year
                         : static_cast<int>(std::chrono::year_month_day{today}.year());
    const std::string folder = options.out.empty() ? "reports" : options.out;
    std::error_code fault;
    if (fs::create_directories(folder, fault)) fs::permissions(folder, fs::perms::owner_all, fault);
    json::array written;
    const PortfolioRun run =
        portfolio.visit([&](const Client& client, const AuditDesk& desk) -> Result<Done> {
            const std::string page = LICET_TRY(year_page(client, desk, year, terminal.text()));
            const std::string path =
                folder + "/" + client.id + "-" + std::to_string(year) + ".html";
            LICET_TRY(write_own_file(path, page));
            written.emplace_back(path);
            if (!terminal.wants_json())
                terminal.print(terminal.text()("portfolio.written", {{"path", path}}));
            return Done{};
        });
    if (terminal.wants_json()) terminal.print(json::serialize(written));
    return run.status();
}

int run_portfolio_hand_over(const Portfolio& portfolio, const PortfolioOptions& options) {
    const Terminal& terminal = portfolio.terminal();
    if (!options.keys.empty() && options.keys == options.out)
        return fail(terminal, error(ErrorCode::kInput, "portfolio.keys_apart"));
    const PortfolioRun run =
        portfolio.visit([&](const Client& client, const AuditDesk& desk) -> Result<Done> {
            const LogKey key = LICET_TRY(log_key_of(desk.workspace()));
            LICET_TRY(write_archive(client, desk, key, options.out));
            if (!options.keys.empty()) LICET_TRY(write_keys(client, key, options.keys));
            if (terminal.wants_json())
                terminal.print(json::serialize(json::object{
                    {"client", client.id}, {"path", options.out}, {"stays", kStaying}}));
            else
                terminal.print(terminal.text()("portfolio.handed_over",
                                               {{"client", client.id}, {"path", options.out}}));
            terminal.note(options.keys.empty() ? terminal.text()("portfolio.keys_stay")
                                               : terminal.text()("portfolio.keys_written",
                                                                 {{"path", options.keys}}));
            terminal.note(terminal.text()("portfolio.remains", {{"stays", kStaying}}));
            return Done{};
        });
    return run.skipped.empty() ? 0 : exit_status::kBroken;
}

}  // namespace licet
