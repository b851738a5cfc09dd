// SPDX-License-Identifier: Apache-2.0
#include "web/access.h"

#include <openssl/crypto.h>
#include <sodium.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace licet::web {
namespace {

constexpr std::size_t kLeastPassword = 12;
constexpr std::string_view kTokenHead = "licet_";

constexpr std::array<std::pair<Permission, std::string_view>, 10> kPermissions = {
    {{Permission::kLaw, "law"},
     {Permission::kCheck, "check"},
     {Permission::kRecord, "record"},
     {Permission::kPersons, "persons"},
     {Permission::kErase, "erase"},
     {Permission::kLists, "lists"},
     {Permission::kPapers, "papers"},
     {Permission::kPublish, "publish"},
     {Permission::kTokens, "tokens"},
     {Permission::kAdmin, "admin"}}};

constexpr std::array<std::pair<Role, std::string_view>, 5> kRoles = {{{Role::kDpoLead, "dpo_lead"},
                                                                      {Role::kDpo, "dpo"},
                                                                      {Role::kReferent, "referent"},
                                                                      {Role::kReader, "reader"},
                                                                      {Role::kSender, "sender"}}};

json::array names_of(const std::set<Permission>& scopes) {
    json::array out;
    for (const Permission one : scopes) out.emplace_back(name_of(one));
    return out;
}

json::array array_of(const std::set<std::string>& texts) {
    json::array out;
    for (const std::string& one : texts) out.emplace_back(one);
    return out;
}

std::string text_in(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    return found == nullptr || !found->is_string() ? std::string()
                                                   : std::string(found->get_string());
}

std::set<std::string> texts_in(const json::object& object, std::string_view name) {
    std::set<std::string> out;
    const json::value* found = object.if_contains(name);
    if (found == nullptr || !found->is_array()) return out;
    for (const json::value& one : found->get_array())
        if (one.is_string()) out.emplace(one.get_string());
    return out;
}

Error broken() { return error(ErrorCode::kBroken, "access.file"); }

Result<User> user_of(const json::value& value) {
    if (!value.is_object()) return broken();
    const json::object& object = value.get_object();
    const auto role = role_of(text_in(object, "role"));
    User user{text_in(object, "name"),     text_in(object, "display"),
              text_in(object, "password"), role.value_or(Role::kReader),
              texts_in(object, "tenants"), text_in(object, "language")};
    if (!role || user.name.empty() || user.password_digest.empty()) return broken();
    return user;
}

Result<AccessToken> token_of(const json::value& value) {
    if (!value.is_object()) return broken();
    const json::object& object = value.get_object();
    AccessToken token;
    token.id = text_in(object, "id");
    token.name = text_in(object, "name");
    token.tenant = text_in(object, "tenant");
    token.digest = text_in(object, "digest");
    token.created_by = text_in(object, "created_by");
    const auto day = parse_date(text_in(object, "expires"));
    const json::value* rate = object.if_contains("rate");
    if (rate != nullptr && rate->is_int64()) token.rate = rate->get_int64();
    if (!day || token.id.empty() || token.digest.empty()) return broken();
    token.expires = *day;
    for (const std::string& name : texts_in(object, "scopes")) {
        const auto scope = permission_of(name);
        if (!scope) return broken();
        token.scopes.insert(*scope);
    }
    return token;
}

}  // namespace

std::string_view name_of(Permission permission) {
    for (const auto& [one, name] : kPermissions)
        if (one == permission) return name;
    return "";
}

std::optional<Permission> permission_of(std::string_view name) {
    for (const auto& [one, known] : kPermissions)
        if (known == name) return one;
    return std::nullopt;
}

const std::vector<Permission>& all_permissions() {
    static const std::vector<Permission> kAll = [] {
        std::vector<Permission> all;
        for (const auto& [one, name] : kPermissions) all.push_back(one);
        return all;
    }();
    return kAll;
}

std::string_view name_of(Role role) {
    for (const auto& [one, name] : kRoles)
        if (one == role) return name;
    return "";
}

std::optional<Role> role_of(std::string_view name) {
    for (const auto& [one, known] : kRoles)
        if (known == name) return one;
    return std::nullopt;
}

const std::vector<Role>& all_roles() {
    static const std::vector<Role> kAll = {Role::kDpoLead, Role::kDpo, Role::kReferent,
                                           Role::kReader, Role::kSender};
    return kAll;
}

bool may(Role role, Permission permission) {
    switch (role) {
        case Role::kDpoLead:
            return true;
        case Role::kDpo:
            return permission != Permission::kAdmin;
        case Role::kReferent:
            return permission == Permission::kLaw || permission == Permission::kCheck ||
                   permission == Permission::kPapers;
        case Role::kReader:
            return permission == Permission::kLaw || permission == Permission::kCheck;
        case Role::kSender:
            return permission == Permission::kCheck;
    }
    return false;
}

std::string text_of(const Access& access) {
    json::array users;
    for (const auto& [name, user] : access.users)
        users.push_back(json::object{{"name", user.name},
                                     {"display", user.display},
                                     {"password", user.password_digest},
                                     {"role", name_of(user.role)},
                                     {"tenants", array_of(user.tenants)},
                                     {"language", user.language}});
    json::array tokens;
    for (const auto& [id, token] : access.tokens)
        tokens.push_back(json::object{{"id", token.id},
                                      {"name", token.name},
                                      {"tenant", token.tenant},
                                      {"scopes", names_of(token.scopes)},
                                      {"expires", licet::text_of(token.expires)},
                                      {"digest", token.digest},
                                      {"rate", token.rate},
                                      {"created_by", token.created_by}});
    return canonical(
        json::object{{"format", 1}, {"users", std::move(users)}, {"tokens", std::move(tokens)}});
}

Result<Access> access_of(std::string_view text) {
    const json::value parsed = LICET_TRY(parse_json(text));
    if (!parsed.is_object()) return broken();
    const json::object& object = parsed.get_object();
    const json::value* format = object.if_contains("format");
    const json::value* users = object.if_contains("users");
    const json::value* tokens = object.if_contains("tokens");
    const bool is_known = format != nullptr && format->is_int64() && format->get_int64() == 1;
    if (!is_known || users == nullptr || !users->is_array() || tokens == nullptr ||
        !tokens->is_array())
        return broken();
    Access access;
    for (const json::value& one : users->get_array()) {
        User user = LICET_TRY(user_of(one));
        access.users.emplace(user.name, user);
    }
    for (const json::value& one : tokens->get_array()) {
        AccessToken token = LICET_TRY(token_of(one));
        access.tokens.emplace(token.id, token);
    }
    return access;
}

Result<std::string> digest_of_password(const std::string& password) {
    if (utf8_count(password) < kLeastPassword)
        return error(ErrorCode::kInput, "access.password_short",
                     {{"least", std::to_string(kLeastPassword)}});
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (sodium_init() < 0 || crypto_pwhash_str(out.data(), password.data(), password.size(),
                                               crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                               crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return error(ErrorCode::kBroken, "http.internal");
    return std::string(out.data());
}

bool is_password(const std::string& digest, const std::string& password) {
    // Of nobody's password: what it costs to see that somebody is not there.
    static const std::string kNobodys =
        "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    const std::string& tried = digest.empty() ? kNobodys : digest;
    const bool is_right =
        sodium_init() >= 0 &&
        crypto_pwhash_str_verify(tried.c_str(), password.data(), password.size()) == 0;
    return is_right && !digest.empty();
}

std::string text_of_token(const std::string& id, const std::string& secret) {
    return std::string(kTokenHead) + id + "_" + secret;
}

const AccessToken* find_token(const Access& access, std::string_view shown, Date today) {
    if (!shown.starts_with(kTokenHead)) return nullptr;
    const std::string_view rest = shown.substr(kTokenHead.size());
    const std::size_t mark = rest.find('_');
    if (mark == rest.npos) return nullptr;
    const auto found = access.tokens.find(rest.substr(0, mark));
    if (found == access.tokens.end()) return nullptr;
    const std::string digest = hex_of(sha256(rest.substr(mark + 1)));
    const AccessToken& token = found->second;
    const bool is_it = digest.size() == token.digest.size() &&
                       CRYPTO_memcmp(digest.data(), token.digest.data(), digest.size()) == 0;
    return is_it && today <= token.expires ? &token : nullptr;
}

Result<Done> check_name(std::string_view name) {
    const bool is_well =
        name.size() >= 2 && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || is_ascii_digit(c) || c == '-' || c == '_' || c == '.';
        });
    if (is_well && name.front() != '.') return Done{};
    return error(ErrorCode::kInput, "access.name_form");
}

}  // namespace licet::web
