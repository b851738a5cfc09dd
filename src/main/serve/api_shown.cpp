// SPDX-License-Identifier: Apache-2.0
//
// What people are shown, over HTTP: the banner of a site, the notices of forms, and messages before
// they are sent. All of it is made of the tenant's organisation.toml at each request.
#include <algorithm>
#include <functional>

#include "audit/archive.h"
#include "base/text.h"
#include "base/toml.h"
#include "http/url.h"
#include "main/banner_publishing.h"
#include "main/command_form.h"
#include "main/command_message.h"
#include "main/files.h"
#include "main/paper_desk.h"
#include "main/resources.h"
#include "main/serve/api.h"
#include "main/serve/captured.h"
#include "main/serve/printed.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;
using web::ApiRoute;
using web::Call;
using web::Permission;

constexpr std::size_t kMostMessageBytes = std::size_t{50} << 20;
constexpr Language kShownIn[] = {Language::kFrench, Language::kEnglish};

// The page shows our own files and asks nobody: no choice leaves it.
constexpr const char* kPreviewPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'";
// A snippet is to be read and copied.
constexpr const char* kSnippetPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";

// Errors: kMissing ("papers.no_register") if there is no register yet; those of TOML.
Result<TomlFile> register_of(const ServerOffice& office, const Call& call) {
    const std::string path = organisation_path(office.common_of(call.tenant));
    const auto text = read_file(path);
    if (!text && text.error().message.id == "file.missing")
        return error(ErrorCode::kMissing, "papers.no_register");
    if (!text) return text.error();
    return parse_toml(*text, "organisation.toml");
}

std::string type_of_shown(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, const char*>, 5> kTypes = {
        {{".js", "text/javascript; charset=utf-8"},
         {".css", "text/css; charset=utf-8"},
         {".html", "text/html; charset=utf-8"},
         {".json", "application/json"},
         {".txt", "text/plain; charset=utf-8"}}};
    for (const auto& [ending, type] : kTypes)
        if (name.ends_with(ending)) return type;
    return "application/octet-stream";
}

json::array texts_json(const std::vector<std::string>& texts) {
    json::array out;
    for (const std::string& one : texts) out.emplace_back(one);
    return out;
}

bool is_kept_notice(const std::vector<Notice>& notices, const std::string& version) {
    return std::any_of(notices.begin(), notices.end(),
                       [&](const Notice& one) { return one.sha256 == version; });
}

Result<std::vector<Notice>> kept_notices(ServerOffice& office, const Call& call) {
    const auto desk = LICET_TRY(office.desk(call.tenant));
    const auto store = LICET_TRY(desk->reader());
    return notices_of(*store);
}

// ---- banner -------------------------------------------------------------------------------------
/// A site's banner in both languages.
struct SiteBanner {
    papers::Site site;
    std::vector<std::string> known;       ///< ids of all sites of the register
    std::vector<papers::Banner> banners;  ///< by kShownIn
    std::vector<papers::BannerFile> files;
};

/// A site, or the faults that keep it from being read.
using ReadBanner = Read<SiteBanner>;

Result<ReadBanner> banner_of(const ServerOffice& office, const Call& call, bool is_preview) {
    const http::Form query = LICET_TRY(web::query_of(call.request));
    const TomlFile file = LICET_TRY(register_of(office, call));
    const auto law = office.law();
    auto read =
        papers::read_site(*law, file, http::value_of(query, "site").value_or(""), office.today());
    ReadBanner out;
    out.problems = std::move(read.problems);
    if (!out.problems.empty()) return out;
    out.value.site = std::move(read.value);
    out.value.known = papers::sites_of(file);
    // Who only looks has chosen nothing: nothing is sent.
    if (is_preview) out.value.site.record_link.clear();
    const papers::BannerParts parts = carried_banner_parts();
    for (const Language language : kShownIn) {
        const Catalogue& say = catalogue_of(language);
        auto banner = LICET_TRY(papers::build_banner(out.value.site, parts, say));
        for (const papers::BannerFile& one : banner.files)
            if (std::none_of(out.value.files.begin(), out.value.files.end(),
                             [&](const auto& kept) { return kept.name == one.name; }))
                out.value.files.push_back(one);
        out.value.banners.push_back(std::move(banner));
    }
    if (out.value.banners.front().has_choice)
        out.value.files.push_back({kBannerLicence, std::string(carried_banner_licence())});
    return out;
}

std::string_view need_name(papers::Need need) {
    switch (need) {
        case papers::Need::kNothing:
            return "nothing";
        case papers::Need::kRefusal:
            return "refusal";
        case papers::Need::kConsent:
            return "consent";
    }
    return "";
}

json::array trackers_json(const papers::Site& site, Language language) {
    json::array out;
    for (const papers::Tracker& one : site.trackers)
        out.push_back(json::object{{"id", one.id},
                                   {"name", one.name},
                                   {"issuer", one.issuer},
                                   {"country", one.country},
                                   {"kind", one.kind},
                                   {"title", one.title.in(language)},
                                   {"lifetime_months", one.lifetime_months},
                                   {"cookies", texts_json(one.cookies)},
                                   {"script", one.script},
                                   {"need", need_name(one.need)},
                                   {"tell", one.tell.in(language)},
                                   {"cites", texts_json(one.cites)}});
    return out;
}

Result<Answer> banner(ServerOffice& office, const Call& call) {
    const ReadBanner read = LICET_TRY(banner_of(office, call, false));
    if (!read.is_clean()) return faults_answer(read.problems, call.say);
    const std::vector<Notice> notices = LICET_TRY(kept_notices(office, call));
    json::object versions;
    json::array files;
    for (std::size_t i = 0; i < read.value.banners.size(); ++i) {
        const std::string& version = read.value.banners[i].version;
        versions[papers::code_of(kShownIn[i])] =
            json::object{{"sha256", version},
                         {"is_published", is_kept_notice(notices, version)},
                         {"is_pictured", is_pictured(notices, version)}};
    }
    for (const papers::BannerFile& one : read.value.files)
        files.push_back(json::object{{"name", one.name}, {"size", one.bytes.size()}});
    const papers::Site& site = read.value.site;
    return web::json_answer(json::object{{"sites", texts_json(read.value.known)},
                                         {"site", site.id},
                                         {"name", site.name},
                                         {"link", site.link},
                                         {"record_link", site.record_link},
                                         {"choice_days", site.choice_days},
                                         {"has_banner", read.value.banners.front().has_choice},
                                         {"versions", std::move(versions)},
                                         {"trackers", trackers_json(site, call.language)},
                                         {"files", std::move(files)}});
}

Result<Answer> banner_file(ServerOffice& office, const Call& call) {
    const ReadBanner read = LICET_TRY(banner_of(office, call, false));
    if (!read.is_clean()) return faults_answer(read.problems, call.say);
    const std::string_view name = call.request.value("file");
    for (const papers::BannerFile& one : read.value.files) {
        if (one.name != name) continue;
        Answer out;
        out.type = type_of_shown(one.name);
        out.body = one.bytes;
        out.with("Content-Security-Policy", kSnippetPolicy);
        return out.with("Content-Disposition", "attachment; filename=\"" + one.name + "\"");
    }
    return error(ErrorCode::kMissing, "papers_api.no_file");
}

Result<Answer> banner_archive(ServerOffice& office, const Call& call) {
    const ReadBanner read = LICET_TRY(banner_of(office, call, false));
    if (!read.is_clean()) return faults_answer(read.problems, call.say);
    std::vector<audit::ArchiveFile> files;
    for (const papers::BannerFile& one : read.value.files) files.push_back({one.name, one.bytes});
    Answer out;
    out.type = "application/zip";
    out.body = LICET_TRY(audit::zip_of(files));
    return out.with("Content-Disposition",
                    "attachment; filename=\"banner-" + read.value.site.id + ".zip\"");
}

// The page, its script and its style; each is asked for with the same query as the page.
Result<Answer> banner_preview(ServerOffice& office, const Call& call) {
    const ReadBanner read = LICET_TRY(banner_of(office, call, true));
    if (!read.is_clean()) return faults_answer(read.problems, call.say);
    const std::string_view name = call.request.value("file");
    for (const papers::BannerFile& one : read.value.files) {
        const bool is_part = one.name.starts_with("preview-") || one.name.ends_with(".js") ||
                             one.name.ends_with(".css");
        if (one.name != name || !is_part) continue;
        Answer out;
        out.type = type_of_shown(one.name);
        out.body = one.bytes;
        for (const std::string part : {"banner.css", "banner-fr.js", "banner-en.js"}) {
            const std::size_t place = out.body.find("\"" + part + "\"");
            if (!one.name.ends_with(".html") || place == out.body.npos) continue;
            out.body.insert(place + 1 + part.size(),
                            html_escaped("?" + std::string(call.request.query)));
        }
        return out.with("Content-Security-Policy", kPreviewPolicy);
    }
    return error(ErrorCode::kMissing, "papers_api.no_file");
}

json::object published_json(const Notice& notice) {
    return {{"language", notice.language},
            {"sha256", notice.sha256},
            {"published_on", licet::text_of(notice.published_on)}};
}

Result<json::array> publish_shown(ServerOffice& office, const Call& call,
                                  const std::vector<PublishedText>& texts) {
    const auto desk = LICET_TRY(office.desk(call.tenant));
    const auto store = LICET_TRY(open_ledger(desk->workspace(), false));
    json::array out;
    for (const PublishedText& one : texts) {
        const Notice notice = LICET_TRY(publish_text(desk->workspace(), *store, one));
        out.push_back(published_json(notice));
    }
    return out;
}

// Opens the documents and hands them to `act`; what keeps them from being opened is the answer.
Result<Answer> with_office(const ServerOffice& office, const Call& call,
                           const std::function<Result<Answer>(const papers::Office&)>& act) {
    Result<Answer> out = error(ErrorCode::kBroken, "http.internal");
    const Ran ran = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        const auto desk = open_desk(terminal, common, {});
        if (!desk) return exit_status::kBadInput;
        const auto made = desk->office();
        if (!made) return fail(terminal, made.error());
        out = act(*made);
        return exit_status::kAllowed;
    });
    if (auto refused = refusal_of(ran, call)) return *std::move(refused);
    return out;
}

// The form that the address names. Errors: kMissing ("papers_api.no_form").
// The files stand in a folder of their own while their picture is taken.
Result<Answer> publish_pictured(ServerOffice& office, const Call& call, const SiteBanner& banner) {
    const bool has_choice = banner.banners.front().has_choice;
    const BrowserTurn turn = LICET_TRY(browser_turn());
    const auto folder = LICET_TRY(PassingFolder::create());
    LICET_TRY(write_banner(folder->path(), banner.files));
    const auto desk = LICET_TRY(office.desk(call.tenant));
    const auto store = LICET_TRY(open_ledger(desk->workspace(), false));
    const PublishedBanner done =
        LICET_TRY(publish_banners(desk->workspace(), *store, folder->path(), has_choice));
    json::array published;
    for (const Notice& notice : done.versions) published.push_back(published_json(notice));
    return web::json_answer(json::object{{"published", std::move(published)},
                                         {"without_picture", texts_json(done.without_picture)}});
}

Result<Answer> publish_banner(ServerOffice& office, const Call& call) {
    const ReadBanner read = LICET_TRY(banner_of(office, call, false));
    if (!read.is_clean()) return faults_answer(read.problems, call.say);
    return with_office(office, call, [&](const papers::Office& made) -> Result<Answer> {
        const auto problems = contradictions_of_trackers(made, call.language);
        if (!problems.empty()) return faults_answer(problems, call.say);
        return publish_pictured(office, call, read.value);
    });
}

// ---- forms --------------------------------------------------------------------------------------
std::vector<std::string> forms_of(const papers::Office& office) {
    return office.organisation().entries("form");
}

Result<Read<papers::Form>> form_asked(const papers::Office& forms, const Call& call,
                                      Language language) {
    const std::string id(call.request.value("form"));
    const std::vector<std::string> known = forms_of(forms);
    if (std::find(known.begin(), known.end(), id) == known.end())
        return error(ErrorCode::kMissing, "papers_api.no_form");
    return papers::read_form(forms, id, language);
}

json::object form_json(const papers::Office& forms, const std::string& id,
                       const std::vector<Notice>& notices, const Call& call) {
    json::object versions;
    Read<papers::Form> read;  // in the language of the call
    for (const Language language : kShownIn) {
        auto one = papers::read_form(forms, id, language);
        if (one.is_clean()) {
            const std::string version =
                papers::build_form(one.value, catalogue_of(language)).version;
            versions[papers::code_of(language)] = json::object{
                {"sha256", version}, {"is_published", is_kept_notice(notices, version)}};
        }
        if (language == call.language) read = std::move(one);
    }
    json::array problems;
    for (const Error& one : read.problems) problems.push_back(fault_json(one, call.say));
    return {{"form", id},
            {"case", read.value.use},
            {"channel", read.value.channel},
            {"box", papers::name_of(read.value.box)},
            {"cites", texts_json(read.value.cites)},
            {"versions", std::move(versions)},
            {"problems", std::move(problems)}};
}

Result<Answer> forms(ServerOffice& office, const Call& call) {
    const std::vector<Notice> notices = LICET_TRY(kept_notices(office, call));
    return with_office(office, call, [&](const papers::Office& forms) -> Result<Answer> {
        json::array out;
        for (const std::string& id : forms_of(forms))
            out.push_back(form_json(forms, id, notices, call));
        return web::json_answer(json::object{{"forms", std::move(out)}});
    });
}

// As html, text or json; or the script that looks whether the notice was on the page.
Result<Answer> snippet_of(const papers::Office& forms, const Call& call, Language language,
                          const std::string& as) {
    const auto read = LICET_TRY(form_asked(forms, call, language));
    if (!read.is_clean()) return faults_answer(read.problems, call.say);
    Answer out;
    out.with("Content-Security-Policy", kSnippetPolicy);
    if (as == "script") {
        out.type = type_of_shown(".js");
        out.body = resource("src/papers/form_shown.mjs");
        return out;
    }
    const std::string ending = as == "text" ? ".txt" : "." + as;
    const std::string name =
        "form-" + read.value.id + "-" + std::string(papers::code_of(language)) + ending;
    for (const papers::BannerFile& one :
         papers::build_form(read.value, catalogue_of(language)).files) {
        if (one.name != name) continue;
        out.type = type_of_shown(ending);
        out.body = one.bytes;
        return out;
    }
    return error(ErrorCode::kInput, "papers_api.form");
}

Result<Answer> snippet(const ServerOffice& office, const Call& call) {
    const http::Form query = LICET_TRY(web::query_of(call.request));
    const Language language = LICET_TRY(language_asked(call, query));
    const std::string as = http::value_of(query, "as").value_or("html");
    return with_office(office, call, [&](const papers::Office& forms) {
        return snippet_of(forms, call, language, as);
    });
}

Result<Answer> publish_form(ServerOffice& office, const Call& call) {
    return with_office(office, call, [&](const papers::Office& forms) -> Result<Answer> {
        std::vector<PublishedText> texts;
        for (const Language language : kShownIn) {
            const auto read = LICET_TRY(form_asked(forms, call, language));
            if (!read.is_clean()) return faults_answer(read.problems, call.say);
            for (const papers::BannerFile& one :
                 papers::build_form(read.value, catalogue_of(language)).files)
                if (one.name.ends_with(".notice.html"))
                    texts.push_back({one.bytes, std::string(papers::code_of(language)),
                                     papers::attributes_of(read.value)});
        }
        return web::json_answer(
            json::object{{"published", LICET_TRY(publish_shown(office, call, texts))}});
    });
}

// All notices that the register has now.
std::vector<papers::ShownNotice> notices_now(const papers::Office& forms) {
    std::vector<papers::ShownNotice> out;
    for (const std::string& id : forms_of(forms))
        for (const Language language : kShownIn) {
            const auto read = papers::read_form(forms, id, language);
            if (!read.is_clean()) continue;
            out.push_back({papers::build_form(read.value, catalogue_of(language)).version, id,
                           std::string(papers::code_of(language)), read.value.channel,
                           read.value.box});
        }
    return out;
}

Result<FormBinding> binding_of(const Call& call) {
    const json::object body = LICET_TRY(web::object_of(call.request));
    LICET_TRY(check_names(body, {"fields", "field", "purpose", "key", "notices"}));
    FormBinding out;
    const json::value* fields = body.if_contains("fields");
    if (fields == nullptr || !fields->is_object())
        return error(ErrorCode::kInput, "web.object_wanted", {{"name", "fields"}});
    for (const auto& [name, value] : fields->get_object())
        if (value.is_string()) out.fields.emplace(name, std::string(value.get_string()));
    const std::string field = LICET_TRY(licet::text_of(body, "field"));
    if (!field.empty()) out.field = field;
    out.purpose = LICET_TRY(licet::text_of(body, "purpose"));
    out.key = LICET_TRY(licet::text_of(body, "key"));
    const json::value* notices = body.if_contains("notices");
    if (notices == nullptr || notices->is_null()) return out;
    if (!notices->is_array()) return error(ErrorCode::kInput, "form.descriptor");
    for (const json::value& one : notices->get_array())
        out.notices.push_back(LICET_TRY(papers::read_descriptor(json::serialize(one))));
    return out;
}

bool names_one_of(const std::vector<papers::ShownNotice>& notices, const FormBinding& binding) {
    const auto named = binding.fields.find("licet_notice");
    return named != binding.fields.end() &&
           std::any_of(notices.begin(), notices.end(),
                       [&](const auto& one) { return one.version == named->second; });
}

// The notices that were published; and, if the form names none of them, those that the register has
// now. A register that cannot be read is no fault of whoever sent the form: it is to be sent again.
Result<Done> add_form_notices(ServerOffice& office, const Call& call, FormBinding& binding) {
    for (const Notice& notice : LICET_TRY(kept_notices(office, call)))
        if (auto one = papers::shown_notice(notice.sha256, notice.language, notice.attributes))
            binding.notices.push_back(*std::move(one));
    if (names_one_of(binding.notices, binding)) return Done{};
    const Answer opened =
        LICET_TRY(with_office(office, call, [&](const papers::Office& forms) -> Result<Answer> {
            const auto now = notices_now(forms);
            binding.notices.insert(binding.notices.end(), now.begin(), now.end());
            return web::no_content();
        }));
    if (opened.status >= 400) return error(ErrorCode::kBusy, "form.register_unreadable");
    return Done{};
}

Result<Answer> bind_sent(ServerOffice& office, const Call& call) {
    FormBinding binding = LICET_TRY(binding_of(call));
    LICET_TRY(add_form_notices(office, call, binding));
    const auto law = office.law();
    auto recorder = LICET_TRY(Recorder::open(office.common_of(call.tenant)));
    const papers::Proof proof = LICET_TRY(bind_form(*law, binding, recorder));
    const auto desk = LICET_TRY(office.desk(call.tenant));
    LICET_TRY(desk->catch_up());
    return web::json_answer(json::object{{"kind", proof.kind},
                                         {"notice", proof.notice.version},
                                         {"form", proof.notice.form},
                                         {"recorded", recorder.has_added()}},
                            recorder.has_added() ? 201 : 200);
}

// ---- messages -----------------------------------------------------------------------------------
Result<Answer> check_message(ServerOffice& office, const Call& call) {
    const http::Form query = LICET_TRY(web::query_of(call.request));
    const std::string type = http::media_type_of(call.request.field("content-type"));
    const char* ending = type == "message/rfc822" ? ".eml"
                         : type == "text/html"    ? ".html"
                         : type == "text/plain"   ? ".txt"
                                                  : nullptr;
    if (ending == nullptr) return error(ErrorCode::kInput, "papers_api.message_type");
    MessageOptions options;
    options.file = std::string("message") + ending;
    options.campaign = LICET_TRY(
        campaign_path(office, call.tenant, http::value_of(query, "campaign").value_or("")));
    options.at = http::value_of(query, "at").value_or("");
    if (!read_file(options.campaign)) return error(ErrorCode::kMissing, "lists.no_campaign");
    options.bytes = std::string(call.request.body);
    const Ran ran = run_captured(office, call, [&](const auto& terminal, const auto& common) {
        return run_message_check(terminal, common, options);
    });
    if (auto refused = refusal_of(ran, call)) return *std::move(refused);
    json::value found = LICET_TRY(ran.value());
    found.as_object()["state"] = ran.status == exit_status::kForbidden      ? "broken"
                                 : ran.status == exit_status::kUndetermined ? "for_some"
                                                                            : "kept";
    return web::json_answer(found);
}

}  // namespace

std::vector<ApiRoute> shown_routes(ServerOffice& office) {
    const auto on = [&office](auto handle) -> web::ApiHandler {
        return [&office, handle](Call& call) { return handle(office, call); };
    };
    std::vector<ApiRoute> routes = {
        {Method::kPost, "/api/v1/messages/check", Permission::kCheck, on(check_message)},
        {Method::kGet, "/api/v1/banner", Permission::kPapers, on(banner)},
        {Method::kGet, "/api/v1/banner/archive", Permission::kPapers, on(banner_archive)},
        {Method::kGet, "/api/v1/banner/files/{file}", Permission::kPapers, on(banner_file)},
        {Method::kGet, "/api/v1/banner/preview/{file}", Permission::kPapers, on(banner_preview)},
        {Method::kPost, "/api/v1/banner/publish", Permission::kPublish, on(publish_banner)},
        {Method::kGet, "/api/v1/forms", Permission::kPapers, on(forms)},
        {Method::kGet, "/api/v1/forms/{form}", Permission::kPapers, on(snippet)},
        {Method::kPost, "/api/v1/forms/{form}/publish", Permission::kPublish, on(publish_form)},
        {Method::kPost, "/api/v1/forms/bind", Permission::kRecord, on(bind_sent)},
    };
    routes.front().most_body_bytes = kMostMessageBytes;
    return routes;
}

}  // namespace licet
