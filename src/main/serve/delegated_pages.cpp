// SPDX-License-Identifier: Apache-2.0
#include "main/serve/delegated_pages.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "main/command_delegate.h"
#include "main/serve/public_frame.h"
#include "main/zones.h"
#include "rights/form.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;

constexpr web::Limiter::Rate kOneReader{0.5, 10};
constexpr int kMostAnswersADay = 20;
constexpr std::array<std::string_view, 4> kLinkFaults = {"delegation.invalid", "delegation.ended",
                                                         "delegation.changed", "audit.not_asked"};

Answer page_of(std::string html, int status = 200) {
    Answer out;
    out.status = status;
    out.type = "text/html; charset=utf-8";
    out.body = std::move(html);
    return public_page(std::move(out));
}

// A link that opens nothing; whatever else goes wrong is the server's matter.
bool is_about_the_link(const Error& fault) {
    return std::find(kLinkFaults.begin(), kLinkFaults.end(), fault.message.id) != kLinkFaults.end();
}

Message trouble_of(const Error& fault) {
    const std::string& id = fault.message.id;
    if (id == "delegation.ended") return Message("delegation.page_ended");
    return Message(id == "delegation.invalid" ? "delegation.page_invalid"
                                              : "delegation.page_changed");
}

bool has_answered_enough(const AuditDesk& desk, const audit::Delegation& given) {
    const std::vector<audit::Answer>& all = desk.sheet().history;
    return std::count_if(all.begin(), all.end(), [&](const audit::Answer& one) {
               return one.question == given.question && one.by == given.role &&
                      one.on == desk.today();
           }) >= kMostAnswersADay;
}

audit::AskedQuestion question_for(const AuditDesk& desk, const audit::Delegation& given,
                                  const Catalogue& say) {
    const audit::Questionnaire& questionnaire = desk.questionnaire();
    audit::AskedQuestion out;
    out.questionnaire = &questionnaire;
    out.question = questionnaire.question(given.question);
    out.controller = desk.workspace().controller;
    out.until = worded(given.until, say.language());
    const audit::LawDay day(desk.law(), desk.law_day());
    for (const law::Rule* rule : day.in_force_of(out.question->rules))
        out.rules.push_back(rule->tell.in(say.language()) + " (" + join(rule->cites, ", ") + ")");
    if (const audit::Answer* before = desk.sheet().find(given.question)) {
        out.said = audit::worded_value(questionnaire, *out.question, before->value, say);
        out.over = before->key;
    }
    return out;
}

audit::QuestionFields fields_of(const rights::Form& form) {
    audit::QuestionFields out;
    const auto [first, last] = form.fields().equal_range("choice");
    for (auto one = first; one != last; ++one) out.choices.push_back(one->second);
    out.typed = trimmed(form.text("typed"));
    out.reason = form.text("reason");
    out.over = form.text("over");
    return out;
}

}  // namespace

Result<Answer> DelegatedPages::taken(const std::string& tenant, AuditDesk& desk,
                                     const audit::Delegation& given,
                                     const audit::QuestionFields& fields, const Catalogue& say) {
    const audit::AskedQuestion asked = question_for(desk, given, say);
    const auto again = [&](const Error& fault, int status) {
        const std::string wrong = expected_words(*asked.question, fault, say);
        return page_of(question_page(asked, fields, wrong, say), status);
    };
    const auto said = fields.answer();
    if (!said) return again(said.error(), 422);
    AuditOptions options;
    options.question = given.question;
    options.answer = *said;
    // Words of strangers are not kept.
    if (desk.questionnaire().reasons.contains(fields.reason)) options.reason = fields.reason;
    options.by = given.role;
    options.over = fields.over.empty() ? "none" : fields.over;
    const auto answer = answer_from(desk, options);
    if (!answer) return again(answer.error(), 422);
    auto events = events_of_answer(desk, *answer, answer->over);
    if (!events) return again(error(ErrorCode::kChanged, "delegation.page_meanwhile"), 409);
    if (events->empty()) return page_of(thanks_page(asked, say));
    if (has_answered_enough(desk, given))
        return again(error(ErrorCode::kBusy, "delegation.page_enough"), 429);
    LICET_TRY(rooms_.record(tenant, desk, *std::move(events)));
    return page_of(thanks_page(asked, say), 201);
}

Result<Answer> DelegatedPages::shown(const http::Request& request, const std::string& tenant) {
    const Catalogue& say = office_.voices().in(request.language());
    const auto desk = LICET_TRY(office_.desk(tenant));
    const audit::Delegation given =
        LICET_TRY(opened_delegation_of(desk->workspace(), request.value("token"), office_.today()));
    return rooms_.at(tenant, given.audit, "", [&](AuditDesk& audit) -> Result<Answer> {
        LICET_TRY(check_question_of(audit.questionnaire(), given));
        std::ignore = LICET_TRY(question_asked(audit, given.question));
        const auto page = [&](const std::string& wrong, int status) {
            return page_of(question_page(question_for(audit, given, say), {}, wrong, say), status);
        };
        if (request.method != Method::kPost) return page("", 200);
        const auto form = rights::form_of(request.field("content-type"), request.body);
        if (!form) return page(say(form.error().message), 400);
        return taken(tenant, audit, given, fields_of(*form), say);
    });
}

std::string DelegatedPages::path_of(std::string_view tenant, std::string_view token) {
    return path_prefix(tenant) + "/d/" + std::string(token);
}

Answer DelegatedPages::page(const http::Request& request) {
    const Catalogue& say = office_.voices().in(request.language());
    if (!limiter_.allow("delegated " + std::string(request.remote), kOneReader,
                        office_.now_micros()))
        return http::problem(429, Message("web.too_many"), say).with("Retry-After", "2");
    const std::string tenant = tenant_named(request);
    if (!office_.has_tenant(tenant)) return http::problem(404, Message("http.not_found"), say);
    auto done = shown(request, tenant);
    if (done) return *std::move(done);
    if (is_about_the_link(done.error()))
        return page_of(audit::delegation_trouble_page(trouble_of(done.error()), say), 404);
    // What is wrong with the server is told to whoever runs it, not to strangers.
    return http::problem(503, Message("http.internal"), say).with("Retry-After", "5");
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
