// SPDX-License-Identifier: Apache-2.0
//
// Documents over HTTP: what `licet paper` answers, and one document in the form that is asked for.
#include <algorithm>
#include <mutex>

#include "http/url.h"
#include "main/command_paper.h"
#include "main/paper_desk.h"
#include "main/serve/api.h"
#include "main/serve/captured.h"
#include "main/serve/printed.h"
#include "papers/document_html.h"
#include "papers/document_text.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;
using web::ApiRoute;
using web::Call;
using web::Permission;

// A document is read: nothing in it runs, and it is framed by nobody else.
constexpr const char* kPaperPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'";

Answer typed(std::string type, std::string body) {
    Answer out;
    out.type = std::move(type);
    out.body = std::move(body);
    out.with("Content-Security-Policy", kPaperPolicy);
    return out;
}

// Each document once, with the state of each language.
json::array with_states(json::array documents, json::array states) {
    for (json::value& state : states) {
        json::object& one = state.get_object();
        const json::value id = one.at("document");
        one.erase("document");
        const auto same = std::find_if(
            documents.begin(), documents.end(),
            [&](const json::value& document) { return document.at("document") == id; });
        if (same != documents.end()) {
            same->at("versions").as_array().push_back(std::move(one));
            continue;
        }
        // It was published, and the register has nothing any more that it is about.
        documents.push_back(json::object{{"document", id},
                                         {"kind", ""},
                                         {"title", id},
                                         {"input", ""},
                                         {"is_complete", false},
                                         {"versions", json::array{std::move(one)}}});
    }
    return documents;
}

Result<Answer> all_papers(const ServerOffice& office, const Call& call) {
    PaperOptions options;
    options.in = "all";
    const Ran list = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        return run_paper_list(terminal, common, options);
    });
    if (auto refused = refusal_of(list, call)) return *std::move(refused);
    const Ran status = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        return run_paper_status(terminal, common, options);
    });
    if (auto refused = refusal_of(status, call)) return *std::move(refused);
    json::value documents = LICET_TRY(list.value());
    json::value states = LICET_TRY(status.value());
    for (json::value& one : documents.as_array()) one.get_object()["versions"] = json::array{};
    return web::json_answer(json::object{
        {"papers", with_states(std::move(documents.as_array()), std::move(states.as_array()))}});
}

// ---- one document -------------------------------------------------------------------------------
Result<Answer> in_form(const papers::Document& document, const std::string& form) {
    const Catalogue& say = catalogue_of(document.language);
    if (form == "html" || form.empty())
        return typed("text/html; charset=utf-8", papers::html_of(document, say));
    if (form == "text") return typed("text/plain; charset=utf-8", papers::text_of(document, say));
    if (form == "json") return web::json_answer(papers::json_of(document));
    if (form == "pdf")
        return printed(papers::html_of(document, say),
                       document.id + "." + std::string(papers::code_of(document.language)));
    return error(ErrorCode::kInput, "papers_api.form");
}

Result<Answer> published_paper(ServerOffice& office, const Call& call, const std::string& id,
                               const std::string& language, const std::string& form) {
    const auto desk = LICET_TRY(office.desk(call.tenant));
    const auto store = LICET_TRY(desk->reader());
    const auto all = LICET_TRY(published_papers(*store));
    const PublishedPaper* paper = published_one(all, id, language);
    if (paper == nullptr)
        return error(ErrorCode::kMissing, "papers.never_published",
                     {{"document", id + " " + language}});
    Notice kept = paper->notice;
    if (form == "json") kept.sha256 = paper->twin;
    if (form == "text") return error(ErrorCode::kInput, "papers_api.form");
    std::string text = LICET_TRY(text_of_notice(desk->workspace(), kept));
    if (form == "pdf") return printed(text, id + "." + language);
    return form == "json" ? typed("application/json", std::move(text))
                          : typed("text/html; charset=utf-8", std::move(text));
}

Result<Answer> one_paper(ServerOffice& office, const Call& call) {
    const http::Form query = LICET_TRY(web::query_of(call.request));
    const Language language = LICET_TRY(language_asked(call, query));
    const std::string form = http::value_of(query, "as").value_or("html");
    const std::string id(call.request.value("document"));
    if (http::value_of(query, "of").value_or("") == "published")
        return published_paper(office, call, id, std::string(papers::code_of(language)), form);
    Result<Answer> out = error(ErrorCode::kBroken, "http.internal");
    const Ran ran = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        const auto desk = open_desk(terminal, common, {});
        if (!desk) return exit_status::kBadInput;
        const auto made = desk->office();
        if (!made) return fail(terminal, made.error());
        const auto document = made->build(id, language);
        terminal.print_errors(document.problems);
        if (!document.is_clean()) return exit_status::kBadInput;
        out = in_form(document.value, form);
        return exit_status::kAllowed;
    });
    if (auto refused = refusal_of(ran, call)) return *std::move(refused);
    return out;
}

Result<Answer> paper_diff(const ServerOffice& office, const Call& call) {
    const http::Form query = LICET_TRY(web::query_of(call.request));
    const Language language = LICET_TRY(language_asked(call, query));
    PaperOptions options;
    options.documents = {std::string(call.request.value("document"))};
    options.in = papers::code_of(language);
    const Ran ran = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        return run_paper_diff(terminal, common, options);
    });
    if (auto refused = refusal_of(ran, call)) return *std::move(refused);
    const json::array found = LICET_TRY(ran.values());
    // The facts that are missing, or whose text went: there is nothing to compare with.
    if (found.empty() && !ran.said.errors.empty()) return faults_answer(ran.said.errors, call.say);
    if (found.empty()) return error(ErrorCode::kMissing, "papers.no_document", {{"known", ""}});
    return web::json_answer(found.front());
}

/// Two who publish at once would give two texts one version.
struct PublishingOrder {
    std::mutex mutex;
};

Result<Answer> publish_papers(const ServerOffice& office, const Call& call,
                              PublishingOrder& order) {
    const json::object body = LICET_TRY(web::object_of(call.request));
    LICET_TRY(check_names(body, {"documents", "in"}));
    PaperOptions options;
    options.documents = LICET_TRY(texts_of(body, "documents"));
    options.in = LICET_TRY(text_of(body, "in"));
    if (options.in.empty()) options.in = "all";
    if (options.in != "all" && options.in != "fr" && options.in != "en")
        return error(ErrorCode::kInput, "papers_api.language");
    const std::lock_guard lock(order.mutex);
    const Ran ran = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        return run_paper_publish(terminal, common, options);
    });
    if (auto refused = refusal_of(ran, call)) return *std::move(refused);
    return web::json_answer(json::object{{"published", LICET_TRY(ran.values())}});
}

}  // namespace

Result<Language> language_asked(const Call& call, const http::Form& query) {
    const std::string wanted = http::value_of(query, "in").value_or("");
    if (wanted.empty()) return call.language;
    if (wanted == "fr") return Language::kFrench;
    if (wanted == "en") return Language::kEnglish;
    return error(ErrorCode::kInput, "papers_api.language");
}

std::vector<ApiRoute> paper_routes(ServerOffice& office) {
    const auto order = std::make_shared<PublishingOrder>();
    const auto on = [&office](auto handle) -> web::ApiHandler {
        return [&office, handle](Call& call) { return handle(office, call); };
    };
    return {
        {Method::kGet, "/api/v1/papers", Permission::kPapers, on(all_papers)},
        {Method::kGet, "/api/v1/papers/{document}", Permission::kPapers, on(one_paper)},
        {Method::kGet, "/api/v1/papers/{document}/diff", Permission::kPapers, on(paper_diff)},
        {Method::kPost, "/api/v1/papers/publish", Permission::kPublish,
         [&office, order](Call& call) { return publish_papers(office, call, *order); }},
    };
}

}  // namespace licet
