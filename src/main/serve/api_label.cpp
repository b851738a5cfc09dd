// SPDX-License-Identifier: Apache-2.0
//
// The label: its state for whoever may see papers, its files for everybody.
//
//     /api/v1/labels          state, level reached, what lacks; POST issues or withdraws
//     /label/                 page, label.json, badge and status lists of the first tenant
//     /t/TENANT/label/        of another one
//
// The public files are those that `licet label issue` writes into the folder `label` of the
// workspace: no login, no cookie, no script.
#include <array>
#include <filesystem>

#include "audit/label.h"
#include "base/text.h"
#include "main/command_label.h"
#include "main/files.h"
#include "main/serve/api.h"
#include "main/serve/captured.h"
#include "main/serve/label_rounds.h"
#include "main/serve/public_frame.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;
using web::ApiRoute;
using web::Call;
using web::Permission;

constexpr const char* kLabelPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";

struct LabelFile {
    std::string_view name;
    const char* type;
};
constexpr std::array<LabelFile, 8> kLabelFiles = {{
    {"index.html", "text/html; charset=utf-8"},
    {"label.json", "application/json"},
    {"badge.svg", "image/svg+xml"},
    {"status-revocation.json", "application/json"},
    {"status-suspension.json", "application/json"},
    {"logged.json", "application/json"},
    {"logged.tlog-proof", "text/plain; charset=utf-8"},
    {"signing.vkey", "text/plain; charset=utf-8"},
}};

std::string public_address(std::string_view tenant) { return path_prefix(tenant) + "/label/"; }

// What an audit has reached, beside the labels; nothing while there is no audit.
Result<json::object> reached(AuditRooms& rooms, const Call& call) {
    json::object out{{"level", nullptr}, {"level_words", ""}, {"lacking", json::array{}}};
    const auto asked =
        rooms.at(call.tenant, kNewestAudit, "", [&](AuditDesk& desk) -> Result<Answer> {
            // The ledger is checked as a whole when a label is issued; that is what 0 days says.
            const audit::LevelResult level = desk.level(0);
            json::array lacking;
            for (const Message& one : level.lacking) lacking.emplace_back(call.say(one));
            if (level.level->validity_days > 0) out["level"] = level.level->id;
            out["level_words"] = level.level->words.in(call.language);
            out["lacking"] = std::move(lacking);
            return Answer{};
        });
    if (!asked && asked.error().message.id != "audit.none") return asked.error();
    return out;
}

Result<Answer> labels(ServerOffice& office, AuditRooms& rooms, const Call& call) {
    const Ran ran = run_captured(office, call, [](const auto& terminal, const auto& common) {
        return run_label_list(terminal, common);
    });
    json::object out = LICET_TRY(reached(rooms, call));
    out["labels"] = LICET_TRY(ran.value());
    std::error_code fault;
    const bool is_published =
        std::filesystem::exists(label_folder(office, call.tenant) + "/index.html", fault);
    out["page"] = is_published ? json::value(public_address(call.tenant)) : json::value(nullptr);
    out["sentence"] = call.say("label.fixed_sentence");
    return web::json_answer(out);
}

// A token that only records what happened does not speak for the company.
Result<Done> may_sign(const Call& call) {
    if (call.who.may(Permission::kPapers)) return Done{};
    return error(ErrorCode::kInput, "label.papers_wanted");
}

Result<Answer> issue_label(ServerOffice& office, Call& call) {
    const json::object body = LICET_TRY(web::object_of(call.request));
    LICET_TRY(check_names(
        body, {"domain", "siren", "url", "level", "evaluation", "evaluator", "revoke"}));
    LICET_TRY(may_sign(call));
    LabelOptions options;
    options.out = label_folder(office, call.tenant);
    options.domain = LICET_TRY(text_of(body, "domain"));
    options.siren = LICET_TRY(text_of(body, "siren"));
    options.base_url = LICET_TRY(text_of(body, "url"));
    options.level = LICET_TRY(text_of(body, "level"));
    options.evaluator = LICET_TRY(text_of(body, "evaluator"));
    options.label = LICET_TRY(text_of(body, "revoke"));
    const std::string evaluation = LICET_TRY(text_of(body, "evaluation"));
    if (!evaluation.empty()) options.evaluation = evaluation;
    const bool is_known = evaluation.empty() || evaluation == "self" || evaluation == "dpo" ||
                          evaluation == "third_party";
    if (!is_known)
        return error(ErrorCode::kInput, "entry.value",
                     {{"name", "evaluation"}, {"known", "self, dpo, third_party"}});
    const bool revokes = !options.label.empty();
    const auto act = [&](const auto& terminal, const auto& common) {
        return revokes ? run_label_revoke(terminal, common, options)
                       : run_label_issue(terminal, common, options);
    };
    const json::value made = LICET_TRY(run_recorded(office, call, act));
    if (revokes) return web::json_answer(json::object{{"revoked", options.label}});
    return web::json_answer(made, 201);
}

// ---- for everybody ------------------------------------------------------------------------------
Answer public_file(const ServerOffice& office, const http::Request& request) {
    const Catalogue& say = office.voices().in(request.language());
    const std::string tenant = tenant_named(request);
    const std::string_view wanted = request.value("file");
    for (const LabelFile& one : kLabelFiles) {
        if (one.name != (wanted.empty() ? kLabelFiles.front().name : wanted)) continue;
        if (!office.has_tenant(tenant)) break;
        auto text = read_file(label_folder(office, tenant) + "/" + std::string(one.name));
        if (!text) break;
        Answer out;
        out.type = one.type;
        out.body = *std::move(text);
        return out.with("Content-Security-Policy", kLabelPolicy).with("Cache-Control", "no-cache");
    }
    return http::problem(404, Message("http.not_found"), say);
}

}  // namespace

std::vector<ApiRoute> label_routes(ServerOffice& office, AuditRooms& rooms) {
    return {
        {Method::kGet, "/api/v1/labels", Permission::kPapers,
         [&office, &rooms](Call& call) { return labels(office, rooms, call); }},
        {Method::kPost, "/api/v1/labels", Permission::kRecord,
         [&office](Call& call) { return issue_label(office, call); }},
    };
}

std::vector<http::Route> label_pages(ServerOffice& office) {
    std::vector<http::Route> out;
    for (const char* path :
         {"/label/", "/label/{file}", "/t/{tenant}/label/", "/t/{tenant}/label/{file}"}) {
        http::Route route;
        route.method = Method::kGet;
        route.pattern = path;
        route.handle = [&office](const http::Request& request) {
            return public_file(office, request);
        };
        out.push_back(std::move(route));
    }
    return out;
}

}  // namespace licet
