// SPDX-License-Identifier: Apache-2.0
#include "web/guard.h"

#include <openssl/crypto.h>

#include "base/text.h"
#include "http/url.h"

namespace licet::web {
namespace {

using http::Answer;

bool is_same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

// Of what is read, so that a second reading that found nothing new costs no transfer.
void add_etag(const http::Request& request, Answer& answer) {
    if (request.method != http::Method::kGet || answer.status != 200 || answer.feed) return;
    constexpr std::size_t kTagBytes = 12;
    std::string tag;
    for (const auto& [name, value] : answer.fields)
        if (name == "ETag") tag = value;
    if (tag.empty()) {
        const Digest digest = sha256(std::string_view(answer.body));
        tag = "\"" + hex_of(std::span(digest).first(kTagBytes)) + "\"";
        answer.with("ETag", tag);
    }
    if (request.field("if-none-match") != tag) return;
    answer.status = 304;
    answer.body.clear();
    answer.type.clear();
}

}  // namespace

bool Identity::may(Permission permission) const {
    return is_token ? scopes.contains(permission) : role && web::may(*role, permission);
}

bool Identity::has_tenant(std::string_view id) const {
    return is_everywhere || tenants.contains(std::string(id));
}

std::optional<Identity> Guard::identity_of(const http::Request& request) {
    const auto access = office_.access();
    Identity who;
    const std::string_view shown = request.field("authorization");
    if (shown.starts_with("Bearer ")) {
        const AccessToken* token = find_token(*access, shown.substr(7), office_.today());
        if (token == nullptr) return std::nullopt;
        who.name = token->id;
        who.is_token = true;
        who.scopes = token->scopes;
        who.tenants = {token->tenant};
        who.rate = token->rate;
        return who;
    }
    const auto cookie = http::cookie_of(request.field("cookie"), kSessionCookie);
    if (!cookie) return std::nullopt;
    const auto session = sessions_.find(*cookie, office_.now_seconds());
    if (!session) return std::nullopt;
    const auto user = access->users.find(session->user);
    if (user == access->users.end()) return std::nullopt;
    who.name = user->first;
    who.role = user->second.role;
    who.tenants = user->second.tenants;
    who.is_everywhere = user->second.role == Role::kDpoLead;
    who.session = *cookie;
    who.csrf = session->csrf;
    return who;
}

std::optional<std::string> Guard::tenant_of(const http::Request& request,
                                            const Identity& who) const {
    std::string wanted(request.field("licet-tenant"));
    // A page that is opened, or a file that is loaded by one, cannot carry a field.
    if (wanted.empty() && http::is_safe(request.method))
        if (const auto query = http::form_of_urlencoded(request.query))
            wanted = http::value_of(*query, "tenant").value_or("");
    if (wanted.empty() && who.tenants.size() == 1) wanted = *who.tenants.begin();
    if (wanted.empty()) wanted = kFirstTenant;
    if (!who.has_tenant(wanted) || !office_.has_tenant(wanted)) return std::nullopt;
    return wanted;
}

Guard::Refused Guard::refused(const ApiRoute& route, const http::Request& request,
                              const Identity& who, const Catalogue& say) {
    // A page elsewhere can make a browser send our cookie, but cannot read what must go with it.
    const bool is_by_browser = !who.is_token && !http::is_safe(request.method);
    if (is_by_browser && !is_same(request.field("x-csrf-token"), who.csrf))
        return http::problem(403, Message("web.csrf"), say);
    if (route.wants && !who.may(*route.wants))
        return http::problem(
            403, Message("web.not_allowed", {{"wants", std::string(name_of(*route.wants))}}), say);
    if (who.rate > 0) {
        const auto rate = static_cast<double>(who.rate);
        if (!limiter_.allow("token " + who.name, {rate, 2 * rate}, office_.now_micros()))
            return http::problem(429, Message("web.too_many"), say).with("Retry-After", "1");
    }
    return std::nullopt;
}

Answer Guard::answer(const ApiRoute& route, const http::Request& request) {
    const Language language = request.language();
    const Catalogue& say = office_.voices().in(language);
    auto who = identity_of(request);
    if (!who)
        return http::problem(401, Message("web.login_wanted"), say)
            .with("WWW-Authenticate", "Bearer realm=\"licet\"");
    if (auto out = refused(route, request, *who, say)) return *std::move(out);
    auto tenant = tenant_of(request, *who);
    if (!tenant) return http::problem(404, Message("web.no_tenant"), say);
    Call call{request, *std::move(who), *std::move(tenant), language, say};
    auto done = route.handle(call);
    if (!done) return http::problem(done.error(), say);
    Answer out = *std::move(done);
    add_etag(request, out);
    return out;
}

http::Route Guard::guarded(ApiRoute route) {
    http::Route out;
    out.method = route.method;
    out.pattern = route.pattern;
    out.run = route.run;
    out.most_body_bytes = route.most_body_bytes;
    out.keeps_body_in_file = route.keeps_body_in_file;
    out.rights = route.wants ? name_of(*route.wants) : "anybody";
    out.handle = [this, route = std::move(route)](const http::Request& request) {
        return answer(route, request).with("Cache-Control", "no-store");
    };
    return out;
}

Result<Done> check_is_json(const http::Request& request) {
    if (http::media_type_of(request.field("content-type")) == "application/json") return Done{};
    return error(ErrorCode::kInput, "web.json_wanted");
}

Result<json::object> object_of(const http::Request& request) {
    LICET_TRY(check_is_json(request));
    // What is read lives as long as the request, in one piece of memory.
    auto storage = json::make_shared_resource<json::monotonic_resource>(request.body.size() * 4);
    json::value parsed = LICET_TRY(parse_json(request.body, std::move(storage)));
    if (!parsed.is_object()) return error(ErrorCode::kInput, "check.json_object");
    return std::move(parsed.get_object());
}

Result<http::Form> query_of(const http::Request& request) {
    return http::form_of_urlencoded(request.query);
}

Result<std::string> asked_in_query(const http::Request& request, std::string_view name) {
    const http::Form query = LICET_TRY(query_of(request));
    return http::value_of(query, name).value_or("");
}

Answer json_answer(const json::value& value, int status) {
    Answer out;
    out.status = status;
    out.body = json::serialize(value);
    return out;
}

Answer no_content() {
    Answer out;
    out.status = 204;
    out.type.clear();
    return out;
}

}  // namespace licet::web
