// SPDX-License-Identifier: Apache-2.0
#include "main/portfolio.h"

#include <algorithm>
#include <filesystem>

#include "audit/label.h"
#include "base/utc.h"
#include "main/rights_desk.h"
#include "main/zones.h"
#include "rights/deadline.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOwnClient = "default";
constexpr const char* kTenantsFolder = "tenants";

void add_clients_below(const std::string& folder, std::vector<Client>& out) {
    std::error_code fault;
    for (auto at = fs::directory_iterator(folder, fault); !fault && at != fs::directory_iterator();
         at.increment(fault)) {
        const std::string path = at->path().string();
        if (has_workspace(path)) out.push_back({at->path().filename().string(), path});
    }
}

// The newest label that still holds.
std::string label_end_of(const AuditDesk& desk) {
    std::int64_t end = 0;
    for (const audit::LabelState& one : audit::labels_of(desk.own_events()))
        if (!one.is_revoked && !one.is_suspended) end = std::max(end, one.valid_until);
    if (end == 0 || utc_day(end) < desk.today()) return {};
    return text_of(utc_day(end));
}

bool has_audit(const AuditDesk& desk) { return !desk.sheet().audit.empty(); }

}  // namespace

Result<std::vector<Client>> clients_of(const std::string& folder) {
    const std::string root = folder.empty() ? "." : folder;
    std::vector<Client> out;
    if (has_workspace(root)) {
        out.push_back({kOwnClient, root});
        add_clients_below(root + "/" + kTenantsFolder, out);
    } else {
        add_clients_below(root, out);
    }
    if (out.empty()) return error(ErrorCode::kMissing, "portfolio.no_client", {}, root);
    std::sort(out.begin(), out.end(), [](const Client& a, const Client& b) { return a.id < b.id; });
    return out;
}

std::optional<Portfolio> Portfolio::open(const Terminal& terminal, const Common& common,
                                         const PortfolioOptions& options) {
    auto clients = clients_of(options.folder.empty() ? common.workspace : options.folder);
    if (!clients) {
        terminal.print_error(clients.error());
        return std::nullopt;
    }
    if (!options.client.empty()) {
        std::erase_if(*clients, [&](const Client& one) { return one.id != options.client; });
        if (clients->empty()) {
            terminal.print_error(error(ErrorCode::kMissing, "portfolio.no_such_client"));
            return std::nullopt;
        }
    }
    auto law = load_law(terminal, common);
    if (!law) return std::nullopt;
    auto questionnaire = load_questionnaire(terminal, "");
    if (!questionnaire) return std::nullopt;
    return Portfolio(terminal, common, std::move(law), *std::move(questionnaire),
                     std::move(clients).value());
}

Common Portfolio::common_of(const Client& client) const {
    Common out = common_;
    out.workspace = client.folder;
    out.law = law_;
    return out;
}

PortfolioRun Portfolio::visit(
    const std::function<Result<Done>(const Client&, const AuditDesk&)>& visitor) const {
    PortfolioRun out;
    for (const Client& client : clients_) {
        const auto visited = [&]() -> Result<Done> {
            const Common common = common_of(client);
            auto desk = AuditDesk::open(*law_, questionnaire_, common, {});
            if (!desk && desk.error().message.id == "audit.none") {
                AuditDeskOptions without;
                without.needs_audit = false;
                desk = AuditDesk::open(*law_, questionnaire_, common, without);
            }
            if (!desk) return desk.error();
            return visitor(client, **desk);
        }();
        if (visited) continue;
        terminal_.note(terminal_.text()("portfolio.skipped", {{"client", client.id}}));
        terminal_.print_error(visited.error());
        out.skipped.push_back(client.id);
    }
    return out;
}

Result<std::vector<WaitingRequest>> waiting_requests(const AuditDesk& desk) {
    const rights::Settings settings = LICET_TRY(rights_settings_of(desk.workspace()));
    std::vector<WaitingRequest> out;
    for (const auto& [name, request] : desk.requests()) {
        if (!rights::is_waiting(rights::state_of(request))) continue;
        const auto deadline = rights::deadline_of(desk.law(), settings.country, request);
        if (!deadline) continue;
        out.push_back({request.id,
                       request.kind ? std::string(rights::name_of(*request.kind)) : std::string(),
                       deadline->due_on});
    }
    return out;
}

Result<audit::ClientState> state_of(const Client& client, const AuditDesk& desk) {
    audit::ClientState out;
    out.id = client.id;
    out.name = desk.workspace().controller.empty() ? client.id : desk.workspace().controller;
    out.label_until = label_end_of(desk);
    const auto requests = LICET_TRY(waiting_requests(desk));
    out.waiting = requests.size();
    out.late = static_cast<std::size_t>(
        std::count_if(requests.begin(), requests.end(),
                      [&](const WaitingRequest& one) { return one.due_on < desk.today(); }));
    out.has_audit = has_audit(desk);
    if (!out.has_audit) return out;
    Date audited = desk.sheet().started_on;
    for (const audit::Answer& one : desk.sheet().history)
        if (one.proof != audit::Proof::kMeasured) audited = std::max(audited, utc_day(one.at));
    out.audited_on = text_of(audited);
    const audit::Score& score = desk.score();
    out.shown = score.shown;
    out.assurance = score.assurance;
    out.unanswered = score.unanswered;
    if (const audit::Level* level = desk.level().level) out.level = level->id;
    const auto blocking = score.blocking(desk.questionnaire());
    out.blocking = blocking.size();
    out.overdue = static_cast<std::size_t>(std::count_if(
        desk.plan().begin(), desk.plan().end(),
        [](const audit::PlannedAction& one) { return one.is_overdue && !one.because.empty(); }));
    for (const audit::ThemeScore& one : score.themes) {
        const bool is_blocked = std::any_of(
            blocking.begin(), blocking.end(),
            [&](const audit::Judged* judged) { return judged->question->theme == one.theme->id; });
        out.themes.push_back({one.theme->id, one.weight == 0 ? -1 : one.points(), is_blocked});
    }
    return out;
}

Result<std::vector<audit::CalendarEntry>> days_of(const Client& client, const AuditDesk& desk,
                                                  const Catalogue& say) {
    std::vector<audit::CalendarEntry> out;
    const std::string name =
        desk.workspace().controller.empty() ? client.id : desk.workspace().controller;
    const auto add = [&](const std::string& about, Date day, std::string_view id,
                         Message::Arguments arguments) {
        out.push_back({client.id + "/" + about, day, say(id, std::move(arguments)),
                       about.substr(0, about.find('/'))});
    };
    const auto requests = LICET_TRY(waiting_requests(desk));
    for (const WaitingRequest& one : requests)
        add("request/" + one.id, one.due_on, "portfolio.day_request",
            {{"client", name}, {"id", one.id}});
    const audit::Book book = audit::book_of(desk.own_events());
    for (const auto& [id, processor] : book.processors) {
        auto seen = processor.last("reviewed");
        if (!seen) seen = processor.first("added");
        if (seen)
            add("processor/" + id, plus_months(*seen, desk.questionnaire().limits.review_months),
                "portfolio.day_processor", {{"client", name}, {"id", id}});
    }
    for (const audit::LabelState& one : audit::labels_of(desk.own_events()))
        if (!one.is_revoked && utc_day(one.valid_until) >= desk.today())
            add("label/" + one.id, utc_day(one.valid_until), "portfolio.day_label",
                {{"client", name}});
    if (!has_audit(desk)) return out;
    for (const audit::PlannedAction& one : desk.plan())
        if (!one.because.empty())
            add("action/" + one.action->id, one.due, "portfolio.day_action",
                {{"client", name}, {"action", one.action->words.in(say.language())}});
    constexpr int kMonthsOfAnAudit = 12;
    add("audit/" + desk.sheet().audit, plus_months(desk.sheet().started_on, kMonthsOfAnAudit),
        "portfolio.day_audit", {{"client", name}, {"audit", desk.sheet().audit}});
    return out;
}

}  // namespace licet
