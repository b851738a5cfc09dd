// SPDX-License-Identifier: Apache-2.0
#include "main/serve/delegated_pages.h"

#include "audit/question_page.h"
#include "base/text.h"
#include "main/command_delegate.h"
#include "main/serve/public_frame.h"
#include "main/zones.h"
#include "rights/form.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;

constexpr web::Limiter::Rate kOneReader{2, 60};

Answer page_of(std::string html, int status = 200) {
    Answer out;
    out.status = status;
    out.type = "text/html; charset=utf-8";
    out.body = std::move(html);
    return public_page(std::move(out));
}

// What a link that opens nothing is told; whatever else went wrong is the server's matter.
bool is_about_the_link(const Error& fault) {
    return fault.code == ErrorCode::kInput || fault.code == ErrorCode::kMissing;
}

audit::AskedQuestion question_for(const AuditDesk& desk, const audit::Delegation& given,
                                  const Catalogue& say) {
    const audit::Questionnaire& questionnaire = desk.questionnaire();
    audit::AskedQuestion out;
    out.questionnaire = &questionnaire;
    out.question = questionnaire.question(given.question);
    out.controller = desk.workspace().controller;
    out.until = worded(given.until, say.language());
    const audit::LawDay in_force(desk.law(), desk.law_day());
    for (const std::string& id : out.question->rules) {
        const law::Rule* rule = in_force.rule(id);
        if (rule == nullptr || !in_force.is_in_force(id)) continue;
        out.rules.push_back(rule->tell.in(say.language()) + " (" + join(rule->cites, ", ") + ")");
    }
    if (const audit::Answer* before = desk.sheet().find(given.question))
        out.said = audit::worded_value(questionnaire, *out.question, before->value, say);
    return out;
}

audit::QuestionFields fields_of(const rights::Form& form) {
    audit::QuestionFields out;
    const auto [first, last] = form.fields().equal_range("choice");
    for (auto one = first; one != last; ++one) out.choices.push_back(one->second);
    out.typed = trimmed(form.text("typed"));
    out.reason = form.text("reason");
    return out;
}

}  // namespace

Result<Answer> DelegatedPages::shown(const http::Request& request, const std::string& tenant) {
    const Catalogue& say = office_.voices().in(request.language());
    const auto desk = LICET_TRY(office_.desk(tenant));
    const audit::Delegation given =
        LICET_TRY(opened_delegation_of(desk->workspace(), request.value("token"), office_.today()));
    return rooms_.at(tenant, given.audit, "", [&](AuditDesk& audit) -> Result<Answer> {
        LICET_TRY(check_question_of(audit.questionnaire(), given));
        std::ignore = LICET_TRY(question_asked(audit, given.question));
        const audit::AskedQuestion asked = question_for(audit, given, say);
        if (request.method != Method::kPost) return page_of(question_page(asked, {}, "", say));
        const rights::Form form =
            LICET_TRY(rights::form_of(request.field("content-type"), request.body));
        const audit::QuestionFields fields = fields_of(form);
        AuditOptions said;
        said.question = given.question;
        said.answer = fields.answer();
        said.reason = fields.reason;
        said.by = given.role;
        if (!said.reason.empty() && !audit.questionnaire().reasons.contains(said.reason))
            said.reason.clear();  // words of strangers are not kept
        const auto answer = answer_from(audit, said);
        if (!answer)
            return page_of(question_page(asked, fields, say(answer.error().message), say), 422);
        std::vector<ledger::Event> events = audit.new_measurements();
        events.push_back(
            audit::answer_event(audit.sheet().audit, *answer, {audit.today(), now_seconds()}));
        LICET_TRY(rooms_.record(tenant, audit, std::move(events)));
        return page_of(thanks_page(asked, say), 201);
    });
}

std::string DelegatedPages::path_of(std::string_view tenant, std::string_view token) {
    return path_prefix(tenant) + "/d/" + std::string(token);
}

Answer DelegatedPages::page(const http::Request& request) {
    const Catalogue& say = office_.voices().in(request.language());
    if (!limiter_.allow("delegated " + std::string(request.remote), kOneReader,
                        office_.now_micros()))
        return http::problem(429, Message("web.too_many"), say).with("Retry-After", "1");
    auto done = shown(request, tenant_named(request));
    if (done) return *std::move(done);
    if (is_about_the_link(done.error()))
        return page_of(audit::delegation_trouble_page(done.error().message, say), 404);
    return http::problem(done.error(), say);
}

std::vector<http::Route> DelegatedPages::routes() {
    std::vector<http::Route> out;
    for (const std::string prefix : {"", "/t/{tenant}"})
        for (const Method method : {Method::kGet, Method::kPost}) {
            http::Route route{method, prefix + "/d/{token}",
                              [this](const http::Request& request) { return page(request); }};
            route.most_body_bytes = rights::kMostFormBytes;
            out.push_back(std::move(route));
        }
    return out;
}

}  // namespace licet
