// SPDX-License-Identifier: Apache-2.0
#include "main/site_address.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace licet {
namespace {

const std::string kTls = "https://";
const std::string kPlain = "http://";

std::string url_of(const std::string& typed) {
    const auto made = site_address(typed);
    return made ? made->url : made.error().message.id;
}

TEST(SiteAddress, IsReadAsPeopleTypeIt) {
    EXPECT_EQ(url_of("exemple.fr"), kTls + "exemple.fr/");
    EXPECT_EQ(url_of(" HTTP://Exemple.FR/a?b#c "), kPlain + "exemple.fr/a?b#c");
    EXPECT_EQ(url_of("exemple.fr?x=1"), kTls + "exemple.fr/?x=1");
    EXPECT_EQ(url_of("localhost:8080/x"), kTls + "localhost:8080/x");
    EXPECT_EQ(url_of(kTls + "[::1]:80/"), kTls + "[::1]:80/");
}

TEST(SiteAddress, WhatIsNoneIsRefused) {
    for (const std::string& typed :
         std::vector<std::string>{"", "ftp://a.example", "file:///etc/passwd", "javascript://x",
                                  kTls, "a b.example", kTls + "u:p@a.example", "a.example:x",
                                  "a.example:123456", kTls + "a.example/ x", "é.example"})
        EXPECT_EQ(url_of(typed), "site.url_form") << typed;
}

TEST(SiteAddress, OnlyWhatTheInternetReachesIsPublic) {
    for (const char* address : {"8.8.8.8", "1.1.1.1", "172.32.0.1", "2a00:1450::1"})
        EXPECT_TRUE(is_public_address(address)) << address;
    for (const char* address : {"127.0.0.1",
                                "10.1.2.3",
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.168.1.1",
                                "169.254.169.254",
                                "100.64.0.1",
                                "0.0.0.0",
                                "224.0.0.1",
                                "255.255.255.255",
                                "192.0.2.7",
                                "::1",
                                "::",
                                "fe80::1",
                                "fc00::1",
                                "::ffff:10.0.0.1",
                                "::ffff:8.8.8.8",
                                "2001:db8::1",
                                "2002:a00::1",
                                "2001::1",
                                "ff02::1",
                                "not an address"})
        EXPECT_FALSE(is_public_address(address)) << address;
}

TEST(SiteAddress, AServerGoesToNoneOfItsOwn) {
    for (const std::string& typed :
         std::vector<std::string>{"localhost", kPlain + "127.0.0.1:9/", "[::1]"}) {
        const auto pinned = public_site(site_address(typed).value());
        ASSERT_FALSE(pinned) << typed;
        EXPECT_EQ(pinned.error().message.id, "site.not_public") << typed;
    }
    const auto nowhere = public_site(site_address("nothing.invalid").value());
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().message.id, "site.no_such_name");
    EXPECT_EQ(public_site(site_address(kTls + "8.8.8.8/").value())->resolver_rules,
              "MAP 8.8.8.8 8.8.8.8");
}

}  // namespace
}  // namespace licet
