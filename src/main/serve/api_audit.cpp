// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "audit/report.h"
#include "base/text.h"
#include "http/url.h"
#include "main/command_audit.h"
#include "main/command_delegate.h"
#include "main/evidence_files.h"
#include "main/files.h"
#include "main/serve/api.h"
#include "main/serve/captured.h"
#include "main/serve/delegated_pages.h"
#include "main/serve/printed.h"
#include "main/zones.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;
using web::ApiRoute;
using web::Call;
using web::Permission;

constexpr std::string_view kNextQuestion = "next";
constexpr std::size_t kMostEvidence = 32'000'000;  // evidence_files.cpp keeps no more

bool is_evidence_name(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

json::object progress_json(const AuditDesk& desk) {
    const audit::Score& score = desk.score();
    return {{"asked", score.questions.size()},
            {"unanswered", score.unanswered},
            {"seconds_left", score.seconds_left},
            {"score", score.shown},
            {"assurance", score.assurance}};
}

// The first question without an answer behind this one, else the first of all.
const audit::Judged* next_card(const AuditDesk& desk, std::string_view after) {
    const std::vector<audit::Judged>& all = desk.score().questions;
    const auto is_open = [](const audit::Judged& one) { return !one.is_answered; };
    const auto place = std::find_if(all.begin(), all.end(), [&](const audit::Judged& one) {
        return one.question->id == after;
    });
    auto found = place == all.end() ? all.end() : std::find_if(place + 1, all.end(), is_open);
    if (found == all.end()) found = std::find_if(all.begin(), all.end(), is_open);
    return found == all.end() || found->question->id == after ? nullptr : &*found;
}

json::object shown_card(const AuditDesk& desk, const audit::Judged* one, const Catalogue& say) {
    json::object out{{"audit", desk.sheet().audit},
                     {"version", desk.questionnaire().version},
                     {"progress", progress_json(desk)},
                     {"card", nullptr}};
    if (one == nullptr) return out;
    out["card"] = card_json(desk, *one, say);
    out["number"] = one - desk.score().questions.data() + 1;
    json::object reasons;
    for (const auto& [key, words] : desk.questionnaire().reasons)
        reasons[key] = words.in(say.language());
    out["reasons"] = std::move(reasons);
    return out;
}

class AuditApi {
  public:
    AuditApi(ServerOffice& office, AuditRooms& rooms, std::string base)
        : office_(office), rooms_(rooms), base_(std::move(base)) {}

    Result<Answer> all(Call& call) {
        auto found =
            rooms_.at(call.tenant, kNewestAudit, "", [](AuditDesk& desk) -> Result<Answer> {
                json::array out;
                for (const std::string& name : audit::audits_of(desk.own_events()))
                    out.push_back(json::object{{"audit", name}});
                return web::json_answer(json::object{{"audits", std::move(out)},
                                                     {"version", desk.questionnaire().version},
                                                     {"progress", progress_json(desk)}});
            });
        // Nothing was begun yet: an answer, and no fault.
        if (!found && found.error().message.id == "audit.none")
            return web::json_answer(json::object{{"audits", json::array{}}});
        return found;
    }

    Result<Answer> start(Call& call) {
        const json::object body = LICET_TRY(web::object_of(call.request));
        LICET_TRY(check_names(body, {"audit"}));
        AuditOptions options;
        options.name = LICET_TRY(text_of(body, "audit"));
        if (options.name == kNewestAudit) return error(ErrorCode::kInput, "audit.name_form");
        const auto made =
            run_recorded(office_, call, [&](const auto& terminal, const auto& common) {
                return run_audit_start(terminal, common, options);
            });
        if (made) return web::json_answer(*made, 201);
        Error fault = made.error();
        if (fault.message.id == "audit.started_before") fault.code = ErrorCode::kChanged;
        return fault;
    }

    Result<Answer> questions(Call& call) {
        return on_desk(call, [&](AuditDesk& desk) -> Result<Answer> {
            json::array out;
            for (const audit::Judged& one : desk.score().questions)
                out.push_back(
                    json::object{{"id", one.question->id},
                                 {"theme", one.question->theme},
                                 {"question", one.question->words.in(call.language)},
                                 {"severity", audit::name_of(one.question->severity)},
                                 {"answered", one.is_answered},
                                 {"contradicted", one.is_contradicted},
                                 {"blocking", audit::is_blocking(desk.questionnaire(), one)}});
            return web::json_answer(json::object{{"audit", desk.sheet().audit},
                                                 {"version", desk.questionnaire().version},
                                                 {"sha256", desk.questionnaire().sha256},
                                                 {"progress", progress_json(desk)},
                                                 {"questions", std::move(out)}});
        });
    }

    Result<Answer> question(Call& call) {
        const std::string after = LICET_TRY(web::asked_in_query(call.request, "after"));
        return on_desk(call, [&](AuditDesk& desk) -> Result<Answer> {
            const std::string_view id = call.request.value("question");
            if (id == kNextQuestion)
                return web::json_answer(shown_card(desk, next_card(desk, after), call.say));
            const audit::Judged* one = desk.score().find(id);
            if (one == nullptr) return error(ErrorCode::kMissing, "audit.no_question_here");
            return web::json_answer(shown_card(desk, one, call.say));
        });
    }

    Result<Answer> answer(Call& call) {
        const json::object body = LICET_TRY(web::object_of(call.request));
        LICET_TRY(check_names(
            body, {"question", "answer", "proof", "reason", "evidence", "by", "over", "version"}));
        AuditOptions said;
        said.question = LICET_TRY(text_of(body, "question"));
        said.answer = LICET_TRY(text_of(body, "answer"));
        said.proof = LICET_TRY(text_of(body, "proof"));
        said.reason = LICET_TRY(text_of(body, "reason"));
        said.evidence = LICET_TRY(text_of(body, "evidence"));
        said.by = LICET_TRY(text_of(body, "by"));
        said.over = LICET_TRY(text_of(body, "over"));
        const std::string version = LICET_TRY(text_of(body, "version"));
        if (said.by.empty() && call.who.role) said.by = web::name_of(*call.who.role);
        if (said.over.empty()) said.over = "none";
        return on_desk(call, [&](AuditDesk& desk) -> Result<Answer> {
            LICET_TRY(check_version(desk, version));
            return take(call, desk, said);
        });
    }

    Result<Answer> add_evidence(Call& call) {
        const auto desk = LICET_TRY(office_.desk(call.tenant));
        const std::string kept =
            LICET_TRY(keep_text(desk->workspace(), std::string(call.request.body)));
        return web::json_answer(json::object{{"evidence", kept}}, 201);
    }

    Result<Answer> evidence(Call& call) {
        const std::string name(call.request.value("sha256"));
        if (!is_evidence_name(name))
            return error(ErrorCode::kMissing, "evidence.lost", {{"sha256", "?"}});
        const auto desk = LICET_TRY(office_.desk(call.tenant));
        Answer out;
        out.body = LICET_TRY(text_of_evidence(desk->workspace(), name));
        out.type = "application/octet-stream";
        out.with("Content-Disposition", "attachment; filename=\"" + name.substr(0, 12) + "\"");
        return out;
    }

    Result<Answer> score(Call& call) {
        return on_desk(call, [&](AuditDesk& desk) -> Result<Answer> {
            return web::json_answer(audit::report_json(desk.report(call.say), call.say));
        });
    }

    Result<Answer> plan(Call& call) {
        return on_desk(call, [&](AuditDesk& desk) -> Result<Answer> {
            return web::json_answer(plan_of(desk, call.say));
        });
    }

    Result<Answer> assign(Call& call) {
        const json::object body = LICET_TRY(web::object_of(call.request));
        LICET_TRY(check_names(body, {"action", "owner", "due", "begun", "cost"}));
        const std::string action = LICET_TRY(text_of(body, "action"));
        SaidOfAction said;
        for (const auto& [name, to] : {std::pair{"owner", &said.owner},
                                       {"due", &said.due},
                                       {"begun", &said.begun},
                                       {"cost", &said.cost}})
            if (body.contains(name)) *to = LICET_TRY(text_of(body, name));
        return on_desk(call, [&](AuditDesk& desk) -> Result<Answer> {
            const ledger::Event event = LICET_TRY(assignment_from(desk, action, said));
            LICET_TRY(rooms_.record(call.tenant, desk, {event}));
            return web::json_answer(plan_of(desk, call.say));
        });
    }

    Result<Answer> delegate(Call& call) {
        const json::object body = LICET_TRY(web::object_of(call.request));
        LICET_TRY(check_names(body, {"question", "by", "days"}));
        AuditOptions asked;
        asked.question = LICET_TRY(text_of(body, "question"));
        asked.by = LICET_TRY(text_of(body, "by"));
        if (const json::value* days = body.if_contains("days")) {
            if (!days->is_int64())
                return error(ErrorCode::kInput, "web.number_wanted", {{"name", "days"}});
            asked.days = static_cast<int>(std::clamp<std::int64_t>(days->get_int64(), 0, 1000));
        }
        return on_desk(call, [&](AuditDesk& desk) -> Result<Answer> {
            const DelegatedQuestion given = LICET_TRY(delegated_question(desk, asked));
            return web::json_answer(
                json::object{{"question", asked.question},
                             {"until", text_of(given.until)},
                             {"link", base_ + DelegatedPages::path_of(call.tenant, given.token)}},
                201);
        });
    }

    // As a page; or as PDF, printed once the desk is free again.
    Result<Answer> report(Call& call) {
        const std::string as = LICET_TRY(web::asked_in_query(call.request, "as"));
        if (!as.empty() && as != "html" && as != "pdf")
            return error(ErrorCode::kInput, "papers_api.form");
        Answer page = LICET_TRY(report_page(call));
        if (as != "pdf" || page.status != 200) return page;
        return printed(page.body, "audit-" + std::string(call.request.value("audit")));
    }

  private:
    Result<Answer> report_page(Call& call) {
        return on_desk(call, [&](AuditDesk& desk) -> Result<Answer> {
            Answer out;
            out.type = "text/html; charset=utf-8";
            out.body = audit::report_page(desk.report(call.say), call.say);
            out.with("Content-Disposition",
                     "attachment; filename=\"" + desk.sheet().audit + ".html\"");
            return out;
        });
    }

    Result<Answer> on_desk(const Call& call, const AuditRooms::Act& act) {
        const std::string day = call.request.method == Method::kGet
                                    ? LICET_TRY(web::asked_in_query(call.request, "at"))
                                    : std::string();
        return rooms_.at(call.tenant, call.request.value("audit"), day, act);
    }

    static json::object plan_of(const AuditDesk& desk, const Catalogue& say) {
        const json::object whole = audit::report_json(desk.report(say), say);
        json::array history = whole.at("history").get_array();
        // The last day is today as it is, with what was measured and not recorded yet.
        if (!history.empty() && history.back().at("day").get_string() == text_of(desk.today()))
            history.pop_back();
        history.push_back(today_of(desk));
        return {{"audit", desk.sheet().audit},
                {"today", text_of(desk.today())},
                {"plan", whole.at("plan")},
                {"history", std::move(history)}};
    }

    static json::object today_of(const AuditDesk& desk) {
        const auto& all = desk.score().questions;
        const auto open = std::count_if(all.begin(), all.end(), [](const audit::Judged& one) {
            return one.question->is_scored() && one.is_lacking();
        });
        return {{"day", text_of(desk.today())},
                {"score", desk.score().shown},
                {"blocking", desk.score().blocking(desk.questionnaire()).size()},
                {"open", open}};
    }

    static Result<Done> check_version(const AuditDesk& desk, const std::string& version) {
        if (version.empty() || version == desk.questionnaire().version) return Done{};
        return error(ErrorCode::kChanged, "audit.other_version",
                     {{"now", desk.questionnaire().version}});
    }

    // Nothing is recorded twice, and nothing over what its author has not seen.
    Result<Answer> take(const Call& call, AuditDesk& desk, AuditOptions said) {
        if (!said.evidence.empty()) {
            if (!is_evidence_name(said.evidence))
                return error(ErrorCode::kInput, "audit.evidence_form");
            std::ignore = LICET_TRY(text_of_evidence(desk.workspace(), said.evidence));
            said.evidence = office_.folder_of(call.tenant) + "/evidence/" + said.evidence;
        }
        const audit::Answer given = LICET_TRY(answer_from(desk, said));
        std::vector<ledger::Event> events = LICET_TRY(
            events_of_answer(desk, given, said.over == "none" ? std::string() : said.over));
        const bool is_same = events.empty();
        if (!is_same) LICET_TRY(rooms_.record(call.tenant, desk, std::move(events)));
        json::object out = shown_card(desk, next_card(desk, given.question), call.say);
        const audit::Judged* judged = desk.score().find(given.question);
        out["recorded"] = !is_same;
        if (judged != nullptr && judged->answer != nullptr) out["key"] = judged->answer->key;
        out["blocking"] = judged != nullptr && audit::is_blocking(desk.questionnaire(), *judged);
        out["contradicted"] = judged != nullptr && judged->is_contradicted;
        return web::json_answer(out, is_same ? 200 : 201);
    }

    ServerOffice& office_;
    AuditRooms& rooms_;
    std::string base_;
};

}  // namespace

std::vector<ApiRoute> audit_routes(ServerOffice& office, AuditRooms& rooms,
                                   const std::string& base) {
    const auto api = std::make_shared<AuditApi>(office, rooms, base);
    const auto on = [&api](auto act) -> web::ApiHandler {
        return [api, act](Call& call) { return ((*api).*act)(call); };
    };
    const std::string one = "/api/v1/audits/{audit}";
    std::vector<ApiRoute> routes = {
        {Method::kGet, "/api/v1/audits", Permission::kPapers, on(&AuditApi::all)},
        {Method::kPost, "/api/v1/audits", Permission::kPapers, on(&AuditApi::start)},
        {Method::kGet, one + "/questions", Permission::kPapers, on(&AuditApi::questions)},
        {Method::kGet, one + "/questions/{question}", Permission::kPapers, on(&AuditApi::question)},
        {Method::kPost, one + "/answers", Permission::kPapers, on(&AuditApi::answer)},
        {Method::kGet, one + "/score", Permission::kPapers, on(&AuditApi::score)},
        {Method::kGet, one + "/plan", Permission::kPapers, on(&AuditApi::plan)},
        {Method::kPost, one + "/plan", Permission::kPapers, on(&AuditApi::assign)},
        {Method::kPost, one + "/delegations", Permission::kPapers, on(&AuditApi::delegate)},
        {Method::kGet, one + "/report", Permission::kPapers, on(&AuditApi::report)},
        {Method::kGet, "/api/v1/evidence/{sha256}", Permission::kPapers, on(&AuditApi::evidence)},
    };
    ApiRoute evidence{Method::kPost, "/api/v1/evidence", Permission::kPapers,
                      on(&AuditApi::add_evidence)};
    evidence.most_body_bytes = kMostEvidence;
    routes.push_back(std::move(evidence));
    return routes;
}

}  // namespace licet
