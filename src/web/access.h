// SPDX-License-Identifier: Apache-2.0
//
// Who may do what: people with passwords, programs with tokens, and what each may ask of which
// tenant.
//
//     dpo_lead   everything, everywhere: tenants, people, tokens
//     dpo        everything of their tenants but people and tenants
//     referent   answers questions of the audit, reads the law and tries contacts
//     reader     reads: law, lists, papers
//     sender     asks the gate, and nothing else
//
// A token is a program's: it has scopes, one tenant and an end. Of passwords and tokens only
// digests are kept (Argon2id; SHA-256 of 32 random bytes). A value that main keeps as a file; no
// clock, no chance.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/result.h"

namespace licet::web {

/// What a route wants; also the scopes of tokens, by their names.
enum class Permission {
    kLaw,      ///< "law": read the packs
    kCheck,    ///< "check": ask the gate
    kRecord,   ///< "record": say what happened, objections, consents
    kPersons,  ///< "persons": see and export what is known of somebody
    kErase,    ///< "erase": erase somebody
    kLists,    ///< "lists": screen lists, campaigns
    kPapers,   ///< "papers": read the facts of the organisation and documents; audit
    kPublish,  ///< "publish": change facts of the organisation, publish documents
    kTokens,   ///< "tokens": make and withdraw tokens
    kAdmin,    ///< "admin": people and tenants
};
[[nodiscard]] std::string_view name_of(Permission permission);
[[nodiscard]] std::optional<Permission> permission_of(std::string_view name);
[[nodiscard]] const std::vector<Permission>& all_permissions();

enum class Role { kDpoLead, kDpo, kReferent, kReader, kSender };
[[nodiscard]] std::string_view name_of(Role role);
[[nodiscard]] std::optional<Role> role_of(std::string_view name);
[[nodiscard]] const std::vector<Role>& all_roles();
[[nodiscard]] bool may(Role role, Permission permission);

struct User {
    std::string name;     ///< with which they log in
    std::string display;  ///< shown to others
    std::string password_digest;
    Role role = Role::kReader;
    std::set<std::string> tenants;  ///< of a dpo_lead: all there are
    std::string language = "fr";
};

struct AccessToken {
    std::string id;
    std::string name;
    std::string tenant;
    std::set<Permission> scopes;
    Date expires;           ///< its last day
    std::string digest;     ///< SHA-256 of the secret, in hexadecimal
    std::int64_t rate = 0;  ///< requests a second; 0 = as many as there are
    std::string created_by;
};

/// Immutable once shared.
struct Access {
    std::map<std::string, User, std::less<>> users;
    std::map<std::string, AccessToken, std::less<>> tokens;  ///< by id
};

/// Writes the file. The same value gives the same bytes.
[[nodiscard]] std::string text_of(const Access& access);
/// Reads it. Errors: kBroken ("access.file").
[[nodiscard]] Result<Access> access_of(std::string_view text);

/// Makes the digest of a password by Argon2id (RFC 9106) with the library's interactive limits.
/// Cost: 64 MB and some tenths of a second, by intention. Errors: kInput ("access.password_short":
/// under 12 characters), kBroken ("http.internal") without memory.
[[nodiscard]] Result<std::string> digest_of_password(const std::string& password);
/// Cost: as making one, also for somebody who is not there (`digest` empty), so that time tells
/// nothing.
[[nodiscard]] bool is_password(const std::string& digest, const std::string& password);

/// "licet_ID_SECRET": what a program shows. Secret: 43 characters of base64url.
[[nodiscard]] std::string text_of_token(const std::string& id, const std::string& secret);
/// Finds the token that was shown; null if there is none, it is another, or it is over on `today`.
[[nodiscard]] const AccessToken* find_token(const Access& access, std::string_view shown,
                                            Date today);

/// Errors: kInput ("access.name_form"): 2 to 40 of a-z 0-9 - _ .
[[nodiscard]] Result<Done> check_name(std::string_view name);

}  // namespace licet::web
