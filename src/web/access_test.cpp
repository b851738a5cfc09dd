// SPDX-License-Identifier: Apache-2.0
//
// Goal: show who may do what, and that passwords and tokens are known only by what they are.
// Method: one access with a person and a token, written, read and tried.
#include "web/access.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace licet::web {
namespace {

using namespace std::chrono_literals;
const Date kToday = Date{std::chrono::year{2026} / 11 / 27};

Access sample() {
    Access access;
    access.users.emplace("claire", User{"claire", "Claire", "digest", Role::kDpo, {"default"}});
    AccessToken token;
    token.id = "abc123";
    token.name = "mailer";
    token.tenant = "default";
    token.scopes = {Permission::kCheck};
    token.expires = kToday;
    token.digest = hex_of(sha256(std::string_view("secret")));
    access.tokens.emplace(token.id, token);
    return access;
}

TEST(Access, WhatIsWrittenIsReadAgain) {
    const std::string text = text_of(sample());
    const auto read = access_of(text);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(text_of(*read), text);
    EXPECT_EQ(read->users.at("claire").role, Role::kDpo);
}

TEST(Access, AFileThatIsNoneIsRefusedWhole) {
    for (const char* text : {"", "{}", "[]", R"({"format":2,"users":[],"tokens":[]})",
                             R"({"format":1,"users":[{"name":"x"}],"tokens":[]})",
                             R"({"format":1,"users":[],"tokens":[{"id":"x"}]})"})
        EXPECT_FALSE(access_of(text).has_value()) << text;
}

TEST(Access, ATokenIsFoundByItsSecretUntilItsLastDay) {
    const Access access = sample();
    EXPECT_NE(find_token(access, "licet_abc123_secret", kToday), nullptr);
    EXPECT_EQ(find_token(access, "licet_abc123_secreT", kToday), nullptr);
    EXPECT_EQ(find_token(access, "licet_abc124_secret", kToday), nullptr);
    EXPECT_EQ(find_token(access, "abc123_secret", kToday), nullptr);
    EXPECT_EQ(find_token(access, "licet_abc123_secret", kToday + std::chrono::days{1}), nullptr);
}

TEST(Access, APasswordIsKnownByItsDigestAndNobodyHasNone) {
    const auto digest = digest_of_password("correct horse battery");
    ASSERT_TRUE(digest.has_value());
    EXPECT_TRUE(digest->starts_with("$argon2id$"));
    EXPECT_TRUE(is_password(*digest, "correct horse battery"));
    EXPECT_FALSE(is_password(*digest, "correct horse batterz"));
    EXPECT_FALSE(is_password("", "correct horse battery"));
    EXPECT_FALSE(digest_of_password("short").has_value());
}

TEST(Access, EachRoleMayWhatItIsForAndNoMore) {
    for (const Permission one : all_permissions()) EXPECT_TRUE(may(Role::kDpoLead, one));
    EXPECT_FALSE(may(Role::kDpo, Permission::kAdmin));
    EXPECT_TRUE(may(Role::kDpo, Permission::kErase));
    EXPECT_FALSE(may(Role::kReferent, Permission::kPersons));
    EXPECT_FALSE(may(Role::kReader, Permission::kRecord));
    for (const Permission one : all_permissions())
        EXPECT_EQ(may(Role::kSender, one), one == Permission::kCheck);
}

TEST(Access, NamesArePlain) {
    for (const char* name : {"default", "client-1", "a.b"})
        EXPECT_TRUE(check_name(name).has_value()) << name;
    for (const char* name : {"", "a", "..", "../x", "A", "a/b", "é1", ".hidden"})
        EXPECT_FALSE(check_name(name).has_value()) << name;
}

}  // namespace
}  // namespace licet::web
