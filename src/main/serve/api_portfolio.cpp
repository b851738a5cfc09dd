// SPDX-License-Identifier: Apache-2.0
//
// Many clients at a glance, for whoever serves more than one: what `licet portfolio` shows, of the
// tenants that the caller may see and of no other.
//
//     request ──► tenants of the caller ──► room of each in turn (audit_rooms.h) ──► one answer
//
// A client that cannot be read is named in `skipped`, one whose ledger is still being read in
// `reading`; the others are shown.
#include <filesystem>
#include <set>

#include "audit/calendar.h"
#include "base/text.h"
#include "main/portfolio_impact.h"
#include "main/portfolio_processors.h"
#include "main/serve/api.h"
#include "main/serve/captured.h"
#include "main/serve/job_routes.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;
using web::ApiRoute;
using web::Call;
using web::Permission;

class PortfolioApi {
  public:
    PortfolioApi(ServerOffice& office, AuditRooms& rooms) : office_(office), rooms_(rooms) {}

    Result<Answer> all(Call& call) {
        json::array themes;
        json::array clients;
        const Visit seen =
            visit(call, [&](const Client& client, const AuditDesk& desk) -> Result<Done> {
                if (themes.empty()) themes = themes_json(desk.questionnaire(), call.language);
                const audit::ClientState state = LICET_TRY(state_of(client, desk));
                json::object one = audit::json_of(state);
                for (const audit::ThemeState& theme : state.themes)
                    one["themes"].as_object()[theme.theme].as_object()["heat"] =
                        audit::heat_of(theme);
                clients.push_back(std::move(one));
                return Done{};
            });
        return answer(json::object{{"themes", std::move(themes)}, {"clients", std::move(clients)}},
                      seen);
    }

    Result<Answer> days(Call& call) {
        const std::string client = LICET_TRY(web::asked_in_query(call.request, "client"));
        Visit seen;
        json::array out = json_of_days(days_of_all(call, kPatience, seen, client));
        for (json::value& one : out) {
            const std::string_view about = one.as_object()["about"].as_string();
            one.as_object()["client"] = about.substr(0, about.find('/'));
        }
        return answer(json::object{{"days", std::move(out)}}, seen);
    }

    // What cannot be read has no day: a calendar has no place to say so, the screen has. For what
    // is being read it waits, as a file cannot be half.
    Result<Answer> calendar(Call& call) {
        Visit seen;
        Answer answer;
        answer.type = "text/calendar; charset=utf-8";
        answer.body = audit::calendar_of(days_of_all(call, kForAFile, seen),
                                         call.say("portfolio.title"), office_.now_seconds());
        return answer;
    }

    Result<Answer> impact(Call& call) {
        const auto asked = [&](std::string_view name) {
            return web::asked_in_query(call.request, name);
        };
        const std::string date = LICET_TRY(asked("date"));
        const std::string from = LICET_TRY(asked("from"));
        const std::string to = LICET_TRY(asked("to"));
        const LawChange change = LICET_TRY(law_change(date, from, to));
        std::vector<ClientImpact> impacts;
        const Visit seen =
            visit(call, [&](const Client& client, const AuditDesk& desk) -> Result<Done> {
                impacts.push_back(LICET_TRY(impact_on(client, desk, change)));
                return Done{};
            });
        sort_by_gravity(impacts);
        const auto law = office_.law();
        return answer(json_of(change, changed_rules(*law, change), impacts, seen.skipped), seen);
    }

    Result<Answer> processors(Call& call) {
        SharedProcessors library;
        const Visit seen =
            visit(call, [&](const Client& client, const AuditDesk& desk) -> Result<Done> {
                add_processors(client, desk, library);
                return Done{};
            });
        return answer(json::object{{"processors", json_of(library)}}, seen);
    }

    // Of the tenant of the request: what its year was, as a page.
    Result<Answer> report(Call& call) {
        const std::string asked = LICET_TRY(web::asked_in_query(call.request, "year"));
        const auto year =
            asked.empty() ? static_cast<int>(std::chrono::year_month_day{office_.today()}.year())
                          : whole_number(asked).value_or(0);
        if (year < 2000 || year > 9999)
            return error(ErrorCode::kInput, "web.number_wanted", {{"name", "year"}});
        const std::string tenant(call.tenant);
        Answer out;
        out.type = "text/html; charset=utf-8";
        const Client client{tenant, office_.folder_of(tenant)};
        const auto look = [&](const AuditDesk& desk) -> Result<Done> {
            out.body = LICET_TRY(year_page(client, desk, static_cast<int>(year), call.say));
            return Done{};
        };
        const auto seen = rooms_.look_at(tenant, std::chrono::seconds{2}, look);
        if (!seen) return seen.error();
        if (*seen == AuditRooms::Seen::kReading)
            return error(ErrorCode::kBusy, "portfolio.reading");
        return out.with("Content-Disposition", "attachment; filename=\"" + tenant + "-" +
                                                   std::to_string(year) + ".html\"");
    }

    // The tenant of the request gets a vendor that another one of the caller's has.
    Result<Answer> adopt(Call& call) {
        const json::object body = LICET_TRY(web::object_of(call.request));
        LICET_TRY(check_names(body, {"processor"}));
        const std::string id = LICET_TRY(text_of(body, "processor"));
        SharedProcessors library;
        const Visit seen =
            visit(call, [&](const Client& client, const AuditDesk& desk) -> Result<Done> {
                add_processors(client, desk, library);
                return Done{};
            });
        // Half of them might say otherwise than the rest.
        if (!seen.reading.empty()) return error(ErrorCode::kBusy, "portfolio.reading");
        const BookOptions step = LICET_TRY(adopted(library, id));
        const auto act = [&](const auto& terminal, const auto& common) {
            return run_processor(terminal, common, step);
        };
        return web::json_answer(LICET_TRY(run_recorded(office_, call, act)), 201);
    }

  private:
    static constexpr std::chrono::minutes kForAFile{2};
    using Look = std::function<Result<Done>(const Client&, const AuditDesk&)>;

    static json::array list(const std::vector<std::string>& texts) {
        return json::array(texts.begin(), texts.end());
    }

    static json::array themes_json(const audit::Questionnaire& questionnaire, Language language) {
        json::array out;
        for (const audit::Theme& theme : questionnaire.themes)
            if (theme.weight > 0)
                out.push_back(json::object{{"id", theme.id}, {"label", theme.words.in(language)}});
        return out;
    }

    // Who was not shown.
    struct Visit {
        std::vector<std::string> skipped;  ///< cannot be read
        std::vector<std::string> reading;  ///< not read yet
    };
    // A screen that waits longer seems to stand still; it asks again instead.
    static constexpr std::chrono::milliseconds kPatience{60};

    static Answer answer(json::object out, const Visit& seen) {
        out["skipped"] = list(seen.skipped);
        out["reading"] = list(seen.reading);
        return web::json_answer(out);
    }

    // `only`: one of them alone.
    Visit visit(const Call& call, const Look& look, std::chrono::milliseconds patience = kPatience,
                const std::string& only = {}) {
        const std::vector<TenantEntry> tenants = office_.tenants();
        std::vector<std::string> ids;
        for (const TenantEntry& tenant : tenants)
            if (call.who.has_tenant(tenant.id) && (only.empty() || tenant.id == only))
                ids.push_back(tenant.id);
        rooms_.prepare(ids, patience);
        Visit out;
        // Those that were there once, and those that somebody was given by name.
        std::set<std::string> gone;
        for (const std::string& id : office_.missing_tenants(tenants))
            if (call.who.has_tenant(id)) gone.insert(id);
        for (const std::string& id : call.who.tenants)
            if (!office_.has_tenant(id)) gone.insert(id);
        out.skipped.assign(gone.begin(), gone.end());
        for (const std::string& id : ids) {
            const Client client{id, office_.folder_of(id)};
            const auto seen =
                rooms_.glance(id, [&](const AuditDesk& desk) { return look(client, desk); });
            if (!seen)
                out.skipped.push_back(id);
            else if (*seen == AuditRooms::Seen::kReading)
                out.reading.push_back(id);
        }
        return out;
    }

    std::vector<audit::CalendarEntry> days_of_all(const Call& call,
                                                  std::chrono::milliseconds patience, Visit& seen,
                                                  const std::string& only = {}) {
        std::vector<audit::CalendarEntry> entries;
        const Look look = [&](const Client& client, const AuditDesk& desk) -> Result<Done> {
            const auto some = LICET_TRY(days_of(client, desk, call.say));
            entries.insert(entries.end(), some.begin(), some.end());
            return Done{};
        };
        seen = visit(call, look, patience, only);
        sort_by_day(entries);
        return entries;
    }

    ServerOffice& office_;
    AuditRooms& rooms_;
};

}  // namespace

std::vector<ApiRoute> portfolio_routes(ServerOffice& office, AuditRooms& rooms) {
    const auto api = std::make_shared<PortfolioApi>(office, rooms);
    const auto on = [&api](auto act) -> web::ApiHandler {
        return [api, act](Call& call) { return ((*api).*act)(call); };
    };
    const std::string all = "/api/v1/portfolio";
    return {
        {Method::kGet, all, Permission::kPapers, on(&PortfolioApi::all)},
        {Method::kGet, all + "/days", Permission::kPapers, on(&PortfolioApi::days)},
        {Method::kGet, all + "/calendar.ics", Permission::kPapers, on(&PortfolioApi::calendar)},
        {Method::kGet, all + "/impact", Permission::kPapers, on(&PortfolioApi::impact)},
        {Method::kGet, all + "/report", Permission::kPapers, on(&PortfolioApi::report)},
        {Method::kGet, all + "/processors", Permission::kPapers, on(&PortfolioApi::processors)},
        {Method::kPost, all + "/processors", Permission::kRecord, on(&PortfolioApi::adopt)},
    };
}

Jobs::Work handing_over(const ServerOffice& office) {
    return [&office](const Job& job, const Terminal& terminal) -> Result<json::object> {
        PortfolioOptions options;
        options.folder = office.folder_of(web::kFirstTenant);
        options.client = job.tenant;
        std::error_code fault;
        std::filesystem::create_directory(job.out(), fault);
        options.out = job.out() + "/client.tar";
        const auto portfolio =
            Portfolio::open(terminal, office.common_of(web::kFirstTenant), options);
        const int status = portfolio ? run_portfolio_hand_over(*portfolio, options)
                                     : static_cast<int>(exit_status::kBroken);
        json::object summary = LICET_TRY(object_said(status, terminal));
        summary.erase("path");
        return summary;
    };
}

std::vector<ApiRoute> hand_over_routes(Jobs& jobs) {
    std::vector<ApiRoute> routes = job_routes(jobs, "hand_overs", Permission::kAdmin);
    routes.push_back({Method::kPost, "/api/v1/hand-overs", Permission::kAdmin,
                      [&jobs](Call& call) -> Result<Answer> {
                          return taken(jobs, LICET_TRY(jobs.add({call.tenant, {}, call.language},
                                                                std::string())));
                      }});
    return routes;
}

}  // namespace licet
