// SPDX-License-Identifier: Apache-2.0
#include "main/serve/public_choices.h"

#include <algorithm>

#include "base/base64.h"
#include "base/digest.h"
#include "base/text.h"
#include "base/toml.h"
#include "http/url.h"
#include "main/files.h"
#include "main/paper_desk.h"
#include "main/serve/captured.h"
#include "main/serve/public_frame.h"
#include "papers/trackers.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;

constexpr std::size_t kMostChoiceBytes = 8 * 1024;
constexpr std::size_t kMostPurposes = 64;
constexpr web::Limiter::Rate kOneBrowser{1, 30};
constexpr web::Limiter::Rate kOneTenant{200, 2000};

/// Sites of a register: their names, and the origins that their pages have.
struct ChoiceSites {
    std::vector<std::string> names;
    std::vector<std::string> origins;
};

// "https://www.example.com/shop" -> "https://www.example.com"; "" if it is no address of the web.
std::string origin_of(std::string_view link) {
    const std::size_t scheme = link.find("://");
    if (scheme == link.npos) return "";
    const std::size_t end = link.find_first_of("/?#", scheme + 3);
    return ascii_lower(link.substr(0, end));
}

Result<ChoiceSites> choice_sites(const ServerOffice& office, const std::string& tenant) {
    const std::string text = LICET_TRY(read_file(organisation_path(office.common_of(tenant))));
    const TomlFile file = LICET_TRY(parse_toml(text, "organisation.toml"));
    ChoiceSites out;
    for (const std::string& site : papers::sites_of(file)) {
        const std::string link = "site." + site + ".link";
        if (!file.values.contains(link)) continue;
        out.names.push_back(site);
        const std::string origin = origin_of(file.text(link));
        if (!origin.empty()) out.origins.push_back(origin);
    }
    return out;
}

bool is_of(const std::vector<std::string>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

// A page of one of the sites may read the answer; nobody else may.
Answer for_site(Answer out, const http::Request& request, const ChoiceSites& sites) {
    out.with("Vary", "Origin");
    out.with("Cache-Control", "no-store");
    const std::string_view origin = request.field("origin");
    if (is_of(sites.origins, origin)) out.with("Access-Control-Allow-Origin", std::string(origin));
    return out;
}

bool is_hex(std::string_view text, std::size_t size) {
    return text.size() == size && std::all_of(text.begin(), text.end(), [](char c) {
               return is_ascii_digit(c) || (c >= 'a' && c <= 'f');
           });
}

bool is_purpose(std::string_view name) {
    return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || is_ascii_digit(c) || c == '_' || c == '-';
    });
}

// "2026-11-27T05:59:55.123Z", as browsers write it; without the fraction too.
std::optional<std::string> moment_in(std::string_view text) {
    constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd";
    if (text.size() < kForm.size() + 1 || text.size() > kForm.size() + 5 || text.back() != 'Z')
        return std::nullopt;
    for (std::size_t i = 0; i < kForm.size(); ++i)
        if (kForm[i] == 'd' ? !is_ascii_digit(text[i]) : kForm[i] != text[i]) return std::nullopt;
    const std::string_view rest = text.substr(kForm.size(), text.size() - kForm.size() - 1);
    const bool is_fraction =
        rest.empty() || (rest[0] == '.' && std::all_of(rest.begin() + 1, rest.end(),
                                                       [](char c) { return is_ascii_digit(c); }));
    if (!is_fraction || !parse_date(text.substr(0, 10))) return std::nullopt;
    if (text.substr(11, 2) > "23" || text.substr(14, 2) > "59" || text.substr(17, 2) > "60")
        return std::nullopt;
    return std::string(text.substr(0, kForm.size())) + "Z";
}

Error bad_choice(std::string_view name) {
    return error(ErrorCode::kInput, "papers_api.choice", {{"name", std::string(name)}});
}

// Yes and no apart, in alphabetical order; false if one of them is neither.
bool sort_choices(const json::object& choices, std::string& yes, std::string& no) {
    std::vector<std::string> agreed;
    std::vector<std::string> refused;
    for (const auto& [name, value] : choices) {
        if (!is_purpose(name) || !value.is_bool()) return false;
        (value.get_bool() ? agreed : refused).emplace_back(name);
    }
    std::sort(agreed.begin(), agreed.end());
    std::sort(refused.begin(), refused.end());
    yes = join(agreed, ",");
    no = join(refused, ",");
    return !choices.empty() && choices.size() <= kMostPurposes;
}

// The event of a choice. Errors: kInput ("papers_api.choice"), which names what is not as it should
// be and repeats nothing of it.
Result<ledger::Event> event_of_choice(const json::object& body, Date today,
                                      const std::vector<std::string>& sites) {
    LICET_TRY(check_names(body, {"version", "site", "choices", "at", "id"}));
    const std::string version = LICET_TRY(licet::text_of(body, "version"));
    const std::string site = LICET_TRY(licet::text_of(body, "site"));
    const std::string at = LICET_TRY(licet::text_of(body, "at"));
    const std::string id = LICET_TRY(licet::text_of(body, "id"));
    constexpr std::string_view kSignal = "gpc-";
    const bool is_by_signal = id.starts_with(kSignal);
    const json::value* choices = body.if_contains("choices");
    std::string yes;
    std::string no;
    const auto moment = moment_in(at);
    if (!is_hex(version, 64)) return bad_choice("version");
    if (!is_of(sites, site)) return bad_choice("site");
    if (!moment) return bad_choice("at");
    if (!is_hex(std::string_view(id).substr(is_by_signal ? kSignal.size() : 0), 32))
        return bad_choice("id");
    if (choices == nullptr || !choices->is_object() ||
        !sort_choices(choices->get_object(), yes, no))
        return bad_choice("choices");
    // The browser's signal refuses; it never agrees to anything.
    if (is_by_signal && !yes.empty()) return bad_choice("choices");

    ledger::Event event;
    event.kind = ledger::EventKind::kSiteChoice;
    const Digest digest = sha256("licet/site-choice/1 " + id);
    std::copy_n(digest.begin(), event.person.bytes.size(), event.person.bytes.begin());
    const Date said = LICET_TRY(parse_date(moment->substr(0, 10)));
    event.happened_on = std::min(said, today);  // a clock that is ahead
    event.surface = "banner";
    event.key = "site-choice-" + id;
    event.attributes = {{"notice", version}, {"site", site}, {"at", *moment}};
    if (!yes.empty()) event.attributes.emplace("yes", yes);
    if (!no.empty()) event.attributes.emplace("no", no);
    if (is_by_signal) event.attributes.emplace("by", "signal");
    return event;
}

// What is kept under the key of an event, if it says the same.
Result<bool> is_said_already(const TenantDesk& desk, const ledger::Event& event) {
    const auto store = LICET_TRY(desk.reader());
    const auto kept = LICET_TRY(store->events_of(std::array{event.person}));
    for (const ledger::StoredEvent& one : kept)
        if (one.event.key == event.key) return one.event.attributes == event.attributes;
    return false;
}

}  // namespace

Answer PublicChoices::allow(const http::Request& request) const {
    const auto sites = choice_sites(office_, tenant_named(request));
    Answer out = web::no_content();
    if (!sites) return out;
    if (is_of(sites->origins, request.field("origin"))) {
        out.with("Access-Control-Allow-Methods", "POST");
        out.with("Access-Control-Allow-Headers", "Content-Type");
        out.with("Access-Control-Max-Age", "86400");
    }
    return for_site(std::move(out), request, *sites);
}

Answer PublicChoices::receive(const http::Request& request) {
    const Catalogue& say = office_.voices().in(request.language());
    const std::string tenant = tenant_named(request);
    const auto sites = office_.has_tenant(tenant) ? choice_sites(office_, tenant)
                                                  : error(ErrorCode::kMissing, "http.not_found");
    if (!sites) return http::problem(404, Message("http.not_found"), say);
    const std::string_view origin = request.field("origin");
    // A page elsewhere says nothing for the visitors of these sites.
    if (!origin.empty() && !is_of(sites->origins, origin))
        return for_site(http::problem(403, Message("papers_api.origin"), say), request, *sites);
    const std::int64_t now = office_.now_micros();
    const bool may = limiter_.allow("choice " + std::string(request.remote), kOneBrowser, now) &&
                     limiter_.allow("choices of " + tenant, kOneTenant, now);
    if (!may)
        return for_site(http::problem(429, Message("web.too_many"), say).with("Retry-After", "5"),
                        request, *sites);
    auto done = recorded(request, tenant, sites->names);
    return for_site(done ? *std::move(done) : http::problem(done.error(), say), request, *sites);
}

Result<Answer> PublicChoices::recorded(const http::Request& request, const std::string& tenant,
                                       const std::vector<std::string>& sites) {
    const json::object body = LICET_TRY(web::object_of(request));
    ledger::Event event = LICET_TRY(event_of_choice(body, office_.today(), sites));
    event.received_at = office_.now_seconds();
    const auto desk = LICET_TRY(office_.desk(tenant));
    const ledger::Appended kept = LICET_TRY(desk->append({event}));
    if (kept.added == 1) return web::no_content();
    if (LICET_TRY(is_said_already(*desk, event))) return web::no_content();
    return error(ErrorCode::kChanged, "papers_api.choice_other");
}

std::vector<http::Route> PublicChoices::routes() {
    std::vector<http::Route> out;
    for (const std::string path : {"/public/banner", "/t/{tenant}/public/banner"}) {
        http::Route post{Method::kPost, path,
                         [this](const http::Request& request) { return receive(request); }};
        post.most_body_bytes = kMostChoiceBytes;
        out.push_back(std::move(post));
        out.push_back({Method::kOptions, path,
                       [this](const http::Request& request) { return allow(request); }});
    }
    return out;
}

}  // namespace licet
