// SPDX-License-Identifier: Apache-2.0
#include "web/account.h"

#include <algorithm>

#include "base/text.h"

namespace licet::web {
namespace {

using http::Answer;
using http::Method;

constexpr Limiter::Rate kTriesOfAnAccount{0.1, 10};  ///< ten, then one in ten seconds
constexpr Limiter::Rate kTriesOfAnAddress{0.5, 30};
constexpr std::int64_t kMostTokenDays = 366;
constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kIdBytes = 9;

std::string text_in(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    return found == nullptr || !found->is_string() ? std::string()
                                                   : std::string(found->get_string());
}

// A name that is misspelt, or a value of another kind, must not pass for one that is not there.
Result<Done> check_texts(const json::object& object, std::initializer_list<std::string_view> texts,
                         std::initializer_list<std::string_view> others = {}) {
    for (const auto& [key, value] : object) {
        const std::string_view name(key);
        if (std::find(others.begin(), others.end(), name) != others.end()) continue;
        if (std::find(texts.begin(), texts.end(), name) == texts.end())
            return error(ErrorCode::kInput, "web.unknown_name", {{"name", std::string(name)}});
        if (!value.is_string())
            return error(ErrorCode::kInput, "web.text_wanted", {{"name", std::string(name)}});
    }
    return Done{};
}

// The texts of an array, or nothing if it is none.
std::optional<std::vector<std::string>> texts_in(const json::object& object,
                                                 std::string_view name) {
    const json::value* found = object.if_contains(name);
    if (found == nullptr || !found->is_array()) return std::nullopt;
    std::vector<std::string> out;
    for (const json::value& one : found->get_array()) {
        if (!one.is_string()) return std::nullopt;
        out.emplace_back(one.get_string());
    }
    return out;
}

std::string cookie_of(const std::string& name, bool is_secure, std::int64_t seconds) {
    return std::string(kSessionCookie) + "=" + name + "; Path=/; HttpOnly; SameSite=Strict" +
           (is_secure ? "; Secure" : "") + "; Max-Age=" + std::to_string(seconds);
}

json::object session_json(const Office& office, const Identity& who, const json::array& tenants) {
    json::object out{{"csrf", who.csrf}, {"tenants", tenants}};
    const auto access = office.access();
    const auto user = access->users.find(who.name);
    if (user != access->users.end())
        out["user"] = json::object{{"name", user->second.name},
                                   {"display", user->second.display},
                                   {"role", name_of(user->second.role)},
                                   {"language", user->second.language}};
    json::array may;
    for (const Permission one : all_permissions())
        if (who.may(one)) may.emplace_back(name_of(one));
    out["may"] = std::move(may);
    return out;
}

json::object user_json(const User& user) {
    json::array tenants;
    for (const std::string& one : user.tenants) tenants.emplace_back(one);
    return {{"name", user.name},
            {"display", user.display},
            {"role", name_of(user.role)},
            {"tenants", std::move(tenants)},
            {"language", user.language}};
}

json::object token_json(const AccessToken& token) {
    json::array scopes;
    for (const Permission one : token.scopes) scopes.emplace_back(name_of(one));
    return {{"id", token.id},
            {"name", token.name},
            {"tenant", token.tenant},
            {"scopes", std::move(scopes)},
            {"rate", token.rate},
            {"expires", licet::text_of(token.expires)},
            {"created_by", token.created_by}};
}

// Writes what the body says of a user over what they are. Errors: kInput.
Result<Done> take(const json::object& body, const Office& office, User& user) {
    if (body.contains("display")) user.display = text_in(body, "display");
    if (body.contains("language")) user.language = text_in(body, "language") == "en" ? "en" : "fr";
    if (body.contains("role")) {
        const auto role = role_of(text_in(body, "role"));
        if (!role) return error(ErrorCode::kInput, "access.role_unknown");
        user.role = *role;
    }
    if (body.contains("tenants")) {
        const auto tenants = texts_in(body, "tenants");
        if (!tenants) return error(ErrorCode::kInput, "access.tenants_form");
        user.tenants.clear();
        for (const std::string& one : *tenants) {
            if (!office.has_tenant(one)) return error(ErrorCode::kInput, "web.no_tenant");
            user.tenants.insert(one);
        }
    }
    if (body.contains("password"))
        user.password_digest = LICET_TRY(digest_of_password(text_in(body, "password")));
    return Done{};
}

// Somebody must be left who can let others in.
bool has_lead(const Access& access) {
    return std::any_of(access.users.begin(), access.users.end(),
                       [](const auto& one) { return one.second.role == Role::kDpoLead; });
}

Result<AccessToken> token_of(const Call& call, const json::object& body, const Office& office) {
    LICET_TRY(check_texts(body, {"name", "expires"}, {"scopes", "rate"}));
    AccessToken token;
    token.name = text_in(body, "name");
    token.tenant = call.tenant;
    token.created_by = call.who.name;
    if (trimmed(token.name).empty()) return error(ErrorCode::kInput, "access.token_name");
    const auto scopes = texts_in(body, "scopes");
    if (!scopes || scopes->empty()) return error(ErrorCode::kInput, "access.scopes_form");
    for (const std::string& name : *scopes) {
        const auto scope = permission_of(name);
        if (!scope) return error(ErrorCode::kInput, "access.scope_unknown");
        // Nobody gives away more than they have.
        if (!call.who.may(*scope)) return error(ErrorCode::kInput, "access.scope_beyond");
        token.scopes.insert(*scope);
    }
    const auto day = parse_date(text_in(body, "expires"));
    const Date last = office.today() + std::chrono::days{kMostTokenDays};
    if (!day || *day < office.today() || *day > last)
        return error(ErrorCode::kInput, "access.expires",
                     {{"most", std::to_string(kMostTokenDays)}});
    token.expires = *day;
    if (const json::value* rate = body.if_contains("rate")) {
        // A limit that cannot be read must not become none.
        if (!rate->is_int64() || rate->get_int64() < 0)
            return error(ErrorCode::kInput, "access.rate_form");
        token.rate = rate->get_int64();
    }
    return token;
}

// ---- handlers -----------------------------------------------------------------------------------
class Accounts {
  public:
    Accounts(Office& office, Sessions& sessions, Administered administered)
        : office_(office), sessions_(sessions), administered_(std::move(administered)) {}

    Result<Answer> log_out(Call& call) {
        sessions_.close(call.who.session);
        Answer out = no_content();
        out.with("Set-Cookie", cookie_of("", call.request.is_secure, 0));
        return out;
    }

    Result<Answer> users() {
        json::array out;
        for (const auto& [name, user] : office_.access()->users) out.push_back(user_json(user));
        return json_answer(json::object{{"users", std::move(out)}});
    }

    Result<Answer> add_user(Call& call) {
        const json::object body = LICET_TRY(object_of(call.request));
        LICET_TRY(
            check_texts(body, {"name", "display", "role", "language", "password"}, {"tenants"}));
        User user;
        user.name = text_in(body, "name");
        LICET_TRY(check_name(user.name));
        user.password_digest = LICET_TRY(digest_of_password(text_in(body, "password")));
        if (!body.contains("role")) return error(ErrorCode::kInput, "access.role_unknown");
        json::object rest = body;
        rest.erase("password");
        LICET_TRY(take(rest, office_, user));
        if (user.display.empty()) user.display = user.name;
        const auto change = [&](Access& access) -> Result<Done> {
            if (!access.users.emplace(user.name, user).second)
                return error(ErrorCode::kInput, "access.user_exists");
            return Done{};
        };
        LICET_TRY(office_.change_access(change));
        LICET_TRY(administered_("user_added", call.who, user.name));
        return json_answer(user_json(user), 201);
    }

    Result<Answer> change_user(Call& call) {
        const json::object body = LICET_TRY(object_of(call.request));
        LICET_TRY(check_texts(body, {"display", "role", "language", "password"}, {"tenants"}));
        const std::string name(call.request.value("name"));
        User changed;
        const auto change = [&](Access& access) -> Result<Done> {
            const auto user = access.users.find(name);
            if (user == access.users.end()) return error(ErrorCode::kMissing, "access.no_user");
            LICET_TRY(take(body, office_, user->second));
            if (!has_lead(access)) return error(ErrorCode::kInput, "access.last_lead");
            changed = user->second;
            return Done{};
        };
        LICET_TRY(office_.change_access(change));
        // Rights and passwords that were, count no more.
        if (name != call.who.name) sessions_.close_all_of(name);
        LICET_TRY(administered_("user_changed", call.who, name));
        return json_answer(user_json(changed));
    }

    Result<Answer> remove_user(Call& call) {
        const std::string name(call.request.value("name"));
        const auto change = [&](Access& access) -> Result<Done> {
            if (access.users.erase(name) == 0) return error(ErrorCode::kMissing, "access.no_user");
            if (!has_lead(access)) return error(ErrorCode::kInput, "access.last_lead");
            return Done{};
        };
        LICET_TRY(office_.change_access(change));
        sessions_.close_all_of(name);
        LICET_TRY(administered_("user_removed", call.who, name));
        return no_content();
    }

    Result<Answer> tokens(const Call& call) {
        json::array out;
        for (const auto& [id, token] : office_.access()->tokens)
            if (token.tenant == call.tenant) out.push_back(token_json(token));
        return json_answer(json::object{{"tokens", std::move(out)}});
    }

    Result<Answer> make_token(Call& call) {
        const json::object body = LICET_TRY(object_of(call.request));
        AccessToken token = LICET_TRY(token_of(call, body, office_));
        // An id has no underscore, which ends it in the text of a token.
        const std::string chance = LICET_TRY(office_.chance(kIdBytes));
        const Digest digest = sha256(std::string_view(chance));
        token.id = hex_of(std::span(digest).first(6));
        const std::string secret = LICET_TRY(office_.chance(kSecretBytes));
        token.digest = hex_of(sha256(std::string_view(secret)));
        const auto change = [&](Access& access) -> Result<Done> {
            access.tokens.emplace(token.id, token);
            return Done{};
        };
        LICET_TRY(office_.change_access(change));
        LICET_TRY(administered_("token_made", call.who, token.id));
        json::object out = token_json(token);
        out["token"] = text_of_token(token.id, secret);
        return json_answer(out, 201);
    }

    Result<Answer> withdraw_token(Call& call) {
        const std::string id(call.request.value("id"));
        const auto change = [&](Access& access) -> Result<Done> {
            const auto token = access.tokens.find(id);
            if (token == access.tokens.end() || token->second.tenant != call.tenant)
                return error(ErrorCode::kMissing, "access.no_token");
            access.tokens.erase(token);
            return Done{};
        };
        LICET_TRY(office_.change_access(change));
        LICET_TRY(administered_("token_withdrawn", call.who, id));
        return no_content();
    }

  private:
    Office& office_;
    Sessions& sessions_;
    Administered administered_;
};

}  // namespace

std::vector<ApiRoute> account_routes(Office& office, Sessions& sessions,
                                     Administered administered) {
    const auto all = std::make_shared<Accounts>(office, sessions, std::move(administered));
    const auto on = [&all](auto act) -> ApiHandler {
        return [all, act](Call& call) { return ((*all).*act)(call); };
    };
    return {
        {Method::kDelete, "/api/v1/session", std::nullopt, on(&Accounts::log_out)},
        {Method::kGet, "/api/v1/users", Permission::kAdmin, [all](Call&) { return all->users(); }},
        {Method::kPost, "/api/v1/users", Permission::kAdmin, on(&Accounts::add_user)},
        {Method::kPatch, "/api/v1/users/{name}", Permission::kAdmin, on(&Accounts::change_user)},
        {Method::kDelete, "/api/v1/users/{name}", Permission::kAdmin, on(&Accounts::remove_user)},
        {Method::kGet, "/api/v1/tokens", Permission::kTokens, on(&Accounts::tokens)},
        {Method::kPost, "/api/v1/tokens", Permission::kTokens, on(&Accounts::make_token)},
        {Method::kDelete, "/api/v1/tokens/{id}", Permission::kTokens,
         on(&Accounts::withdraw_token)},
    };
}

ApiRoute session_route(Office& office, TenantsOf tenants) {
    return {Method::kGet, "/api/v1/session", std::nullopt,
            [&office, tenants = std::move(tenants)](Call& call) -> Result<Answer> {
                return json_answer(session_json(office, call.who, tenants(call.who)));
            }};
}

http::Route login_route(Office& office, Sessions& sessions, Limiter& limiter, TenantsOf tenants) {
    const auto log_in = [&office, &sessions, &limiter, tenants = std::move(tenants)](
                            const http::Request& request) -> Result<Answer> {
        const Catalogue& say = office.voices().in(request.language());
        const json::object body = LICET_TRY(object_of(request));
        LICET_TRY(check_texts(body, {"name", "password"}));
        const std::string name = text_in(body, "name");
        const bool may_try =
            limiter.allow("address " + std::string(request.remote), kTriesOfAnAddress,
                          office.now_micros()) &&
            limiter.allow("account " + name, kTriesOfAnAccount, office.now_micros());
        if (!may_try)
            return http::problem(429, Message("web.too_many_logins"), say)
                .with("Retry-After", "30");
        const auto access = office.access();
        const auto user = access->users.find(name);
        const bool is_there = user != access->users.end();
        const std::string digest = is_there ? user->second.password_digest : std::string();
        if (!is_password(digest, text_in(body, "password")))
            return http::problem(401, Message("web.login_wrong"), say);
        const std::string session = LICET_TRY(office.chance(kSecretBytes));
        Identity who;
        who.name = name;
        who.role = user->second.role;
        who.tenants = user->second.tenants;
        who.is_everywhere = user->second.role == Role::kDpoLead;
        who.csrf = LICET_TRY(office.chance(kSecretBytes));
        sessions.open(session, {name, who.csrf, office.now_seconds(), office.now_seconds()});
        Answer out = json_answer(session_json(office, who, tenants(who)));
        out.with("Set-Cookie", cookie_of(session, request.is_secure, Sessions::kMostSeconds));
        return out;
    };
    return {Method::kPost, "/api/v1/session", [&office, log_in](const http::Request& request) {
                auto out = log_in(request);
                if (!out) return http::problem(out.error(), office.voices().in(request.language()));
                return out->with("Cache-Control", "no-store");
            }};
}

}  // namespace licet::web
