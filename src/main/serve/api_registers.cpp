// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <memory>
#include <mutex>

#include "audit/book.h"
#include "base/text.h"
#include "main/command_registers.h"
#include "main/command_request.h"
#include "main/serve/api.h"
#include "main/serve/captured.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;
using ledger::EventKind;
using web::ApiRoute;
using web::Call;
using web::Permission;

/// One register: its name in paths and answers, and the commands that keep it.
struct BookOfApi {
    EventKind kind;
    const char* name;
    int (*step)(const Terminal&, const Common&, const BookOptions&);
};
constexpr std::array<BookOfApi, 3> kBooks = {{
    {EventKind::kProcessor, "processors", run_processor},
    {EventKind::kBreach, "breaches", run_breach},
    {EventKind::kComplaint, "complaints", run_complaint},
}};

Result<Answer> entries(const ServerOffice& office, const Call& call, const BookOfApi& book) {
    const std::string at = LICET_TRY(web::asked_in_query(call.request, "at"));
    const Ran ran = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        if (book.kind == EventKind::kProcessor) return run_processor_list(terminal, common, at);
        return book.kind == EventKind::kBreach ? run_breach_list(terminal, common)
                                               : run_complaint_list(terminal, common);
    });
    return web::json_answer(json::object{{book.name, LICET_TRY(ran.value())}});
}

// The names that a step of the register may carry, as `licet processor|breach|complaint` has them.
std::vector<std::string_view> attributes_of_book(EventKind kind) {
    if (kind == EventKind::kProcessor)
        return {"name", "role",     "kind", "use", "country",    "parent",
                "tool", "contract", "dpf",  "tia", "under_gdpr", "subprocessors"};
    if (kind == EventKind::kBreach) return {"what", "risk", "people", "client"};
    return {"origin", "about", "founded"};
}

Error unknown_step(std::span<const std::string_view> known) {
    const std::vector<std::string> words(known.begin(), known.end());
    return error(ErrorCode::kInput, "entry.value",
                 {{"name", "step"}, {"known", join(words, ", ")}});
}

Result<Answer> step_of_book(ServerOffice& office, Call& call, const BookOfApi& book) {
    const json::object body = LICET_TRY(web::object_of(call.request));
    const std::vector<std::string_view> names = attributes_of_book(book.kind);
    for (const auto& [name, value] : body) {
        static constexpr std::array<std::string_view, 4> kShared = {"id", "step", "note", "on"};
        const bool is_known =
            std::find(kShared.begin(), kShared.end(), std::string_view(name)) != kShared.end() ||
            std::find(names.begin(), names.end(), std::string_view(name)) != names.end();
        if (!is_known)
            return error(ErrorCode::kInput, "web.unknown_name", {{"name", std::string(name)}});
    }
    BookOptions options;
    options.id = LICET_TRY(text_of(body, "id"));
    options.note = LICET_TRY(text_of(body, "note"));
    options.on = LICET_TRY(text_of(body, "on"));
    options.step = LICET_TRY(text_of(body, "step"));
    const auto steps = audit::steps_of(book.kind);
    if (options.step.empty()) options.step = steps.front();
    if (std::find(steps.begin(), steps.end(), std::string_view(options.step)) == steps.end())
        return unknown_step(steps);
    for (const std::string_view name : names)
        options.attributes[std::string(name)] = LICET_TRY(text_of(body, name));
    const auto act = [&](const auto& terminal, const auto& common) {
        return book.step(terminal, common, options);
    };
    return web::json_answer(LICET_TRY(run_recorded(office, call, act)), 201);
}

Result<Answer> tools(const ServerOffice& office, const Call& call) {
    const std::string wanted = LICET_TRY(web::asked_in_query(call.request, "q"));
    const Ran ran = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        return run_processor_tools(terminal, common, wanted);
    });
    return web::json_answer(json::object{{"tools", LICET_TRY(ran.value())}});
}

// ---- requests of persons ------------------------------------------------------------------------
Result<Answer> requests(const ServerOffice& office, const Call& call) {
    RequestOptions options;
    const std::string all = LICET_TRY(web::asked_in_query(call.request, "all"));
    options.wants_all = all == "yes";
    const Ran ran = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        return run_request(terminal, common, "list", options);
    });
    return web::json_answer(json::object{{"requests", LICET_TRY(ran.value())}});
}

Result<Answer> step_of_request(ServerOffice& office, Call& call) {
    static constexpr std::array<std::string_view, 6> kSteps = {"open",   "confirm", "extend",
                                                               "answer", "refuse",  "close"};
    const json::object body = LICET_TRY(web::object_of(call.request));
    LICET_TRY(
        check_names(body, {"step", "address", "kind", "request", "reason", "on", "language"}));
    RequestOptions options;
    options.surface = "console";
    options.address = LICET_TRY(text_of(body, "address"));
    options.kind = LICET_TRY(text_of(body, "kind"));
    options.id = LICET_TRY(text_of(body, "request"));
    options.reason = LICET_TRY(text_of(body, "reason"));
    options.on = LICET_TRY(text_of(body, "on"));
    const std::string language = LICET_TRY(text_of(body, "language"));
    if (!language.empty() && language != "fr" && language != "en")
        return error(ErrorCode::kInput, "requests.language_form");
    if (!language.empty()) options.language = language;
    const std::string step = LICET_TRY(text_of(body, "step"));
    if (std::find(kSteps.begin(), kSteps.end(), std::string_view(step)) == kSteps.end())
        return unknown_step(kSteps);
    const auto act = [&](const auto& terminal, const auto& common) {
        return run_request(terminal, common, step, options);
    };
    return web::json_answer(LICET_TRY(run_recorded(office, call, act)), step == "open" ? 201 : 200);
}

}  // namespace

std::vector<ApiRoute> register_routes(ServerOffice& office) {
    std::vector<ApiRoute> out;
    // A step reads the register and writes: of two that open the same entry, one is refused.
    const auto one_at_a_time = std::make_shared<std::mutex>();
    for (const BookOfApi& book : kBooks) {
        const std::string path = std::string("/api/v1/") + book.name;
        out.push_back({Method::kGet, path, Permission::kPapers,
                       [&office, &book](Call& call) { return entries(office, call, book); }});
        out.push_back(
            {Method::kPost, path, Permission::kRecord, [&office, &book, one_at_a_time](Call& call) {
                 const std::lock_guard lock(*one_at_a_time);
                 return step_of_book(office, call, book);
             }});
    }
    out.push_back({Method::kGet, "/api/v1/processors/tools", Permission::kPapers,
                   [&office](Call& call) { return tools(office, call); }});
    out.push_back({Method::kGet, "/api/v1/requests", Permission::kPersons,
                   [&office](Call& call) { return requests(office, call); }});
    out.push_back({Method::kPost, "/api/v1/requests", Permission::kPersons,
                   [&office](Call& call) { return step_of_request(office, call); }});
    return out;
}

}  // namespace licet
