// SPDX-License-Identifier: Apache-2.0
// Goal: show that a link opens for ever, after every change of keys, and that nothing else does.
// Method: the vectors of docs/link-format.md; links drawn at random; every byte of one changed.
#include "rights/link.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/base64.h"
#include "base/text.h"
#include "rights/internal/test_person.h"

namespace licet::rights {
namespace {

using test::day;
using test::token;

std::string sealed(const Link& link, const LinkKeys& keys) {
    const auto text = sealed_link(link, keys);
    EXPECT_TRUE(text);
    return text ? *text : "";
}

bool is_same(const Link& a, const Link& b) {
    return a.kind == b.kind && a.issued_on == b.issued_on && a.valid_days == b.valid_days &&
           a.person.strict == b.person.strict && a.person.loose == b.person.loose &&
           a.scope == b.scope && a.campaign == b.campaign && a.reference == b.reference;
}

Link random_link() {
    const auto text = [] {
        return *rc::gen::container<std::string>(rc::gen::inRange('a', 'z')).as("text");
    };
    Link link;
    link.kind = static_cast<LinkKind>(*rc::gen::inRange(1, 5));
    link.issued_on = Date{std::chrono::days{*rc::gen::inRange(0, 0x10000)}};
    if (!is_for_ever(link.kind)) link.valid_days = *rc::gen::inRange(0, 0x10000);
    link.person.strict = token(*rc::gen::arbitrary<std::uint8_t>());
    for (int i = *rc::gen::inRange(0, 9); i > 0; --i)
        link.person.loose.push_back(token(*rc::gen::arbitrary<std::uint8_t>()));
    link.scope = {text().substr(0, 64), text().substr(0, 64), text().substr(0, 64)};
    link.campaign = text().substr(0, 64);
    link.reference = text().substr(0, 64);
    return link;
}

TEST(Link, OpensAsItWasSealed) {
    EXPECT_TRUE(rc::check("any link", [] {
        const Link link = random_link();
        const LinkKeys keys = test::keys({0, 32, 64});
        const auto text = sealed_link(link, keys);
        RC_ASSERT(text.has_value());
        const auto opened = opened_link(*text, keys);
        RC_ASSERT(opened.has_value());
        RC_ASSERT(is_same(link, *opened));
    }));
}

TEST(Link, IsTheSameTextForTheSameLink) {
    EXPECT_EQ(sealed(test::link(), test::keys()), sealed(test::link(), test::keys()));
    Link other = test::link();
    other.issued_on += std::chrono::days{1};
    EXPECT_NE(sealed(test::link(), test::keys()), sealed(other, test::keys()));
}

TEST(Link, OpensAfterTheKeysWereChanged) {
    const std::string old = sealed(test::link(), test::keys({0}));
    EXPECT_TRUE(opened_link(old, test::keys({0, 32, 64})));
    EXPECT_NE(old, sealed(test::link(), test::keys({0, 32})));
    EXPECT_FALSE(opened_link(old, test::keys({32})));
}

TEST(Link, IsRefusedWithAnyCharacterChanged) {
    const std::string text = sealed(test::link(), test::keys());
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string forged = text;
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        const auto opened = opened_link(forged, test::keys());
        ASSERT_FALSE(opened) << i;
        EXPECT_EQ(opened.error().message.id, "link.invalid");
    }
}

TEST(Link, IsRefusedCutLongerOrOtherwiseWritten) {
    const std::string text = sealed(test::link(), test::keys());
    for (std::size_t size = 0; size < text.size(); ++size)
        EXPECT_FALSE(opened_link(text.substr(0, size), test::keys())) << size;
    for (const std::string& bad : {text + "A", text + "=", " " + text, text + "\n",
                                   std::string(2000, 'A'), std::string("\xff\x00", 2)})
        EXPECT_FALSE(opened_link(bad, test::keys()));
    EXPECT_FALSE(opened_link(text, LinkKeys()));
}

TEST(Link, HoldsNoTokenThatCanBeSeen) {
    const auto bytes = bytes_of_base64url(sealed(test::link(), test::keys())).value();
    const std::string all = hex_of(bytes);
    for (const std::uint8_t first : {std::uint8_t{0xA1}, std::uint8_t{0xB2}})
        EXPECT_EQ(all.find(hex_of(token(first).bytes)), all.npos);
}

TEST(Link, IsShortEnoughForAHeader) {
    EXPECT_LE(sealed(test::link(), test::keys()).size(), 200U);
    Link longest = test::link();
    longest.person.loose.assign(8, token(1));
    const std::string text(64, 'x');
    longest.scope = {text, text, text};
    longest.campaign = longest.reference = text;
    EXPECT_LE(sealed(longest, test::keys()).size(), kMostLinkText);
}

TEST(Link, EndsOnlyWhereItSaysSo) {
    Link link = test::link(LinkKind::kIdentity);
    link.valid_days = 7;
    EXPECT_FALSE(link.has_ended(day("2026-03-09")));
    EXPECT_TRUE(link.has_ended(day("2026-03-10")));
    EXPECT_FALSE(test::link().has_ended(day("2099-01-01")));
}

TEST(Link, ThatServesToObjectMayNotEnd) {
    Link link = test::link();
    link.valid_days = 1;
    EXPECT_EQ(sealed_link(link, test::keys()).error().message.id, "link.ends");
}

TEST(Link, SaysWhatItCannotCarry) {
    EXPECT_EQ(sealed_link(test::link(), LinkKeys()).error().message.id, "link.no_key");
    Link link = test::link();
    link.campaign.assign(65, 'x');
    EXPECT_EQ(sealed_link(link, test::keys()).error().message.id, "link.too_long");
    link = test::link();
    link.person.loose.assign(9, token(1));
    EXPECT_EQ(sealed_link(link, test::keys()).error().message.id, "link.too_long");
    link = test::link();
    link.issued_on = day("2150-01-01");
    EXPECT_EQ(sealed_link(link, test::keys()).error().message.id, "link.day");
}

TEST(LinkKeys, AreReadAsTheyWereKept) {
    const LinkKeys keys = test::keys({0, 32});
    const auto again = link_keys_of_secret_text(secret_text_of(keys));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->size(), 2U);
    EXPECT_EQ(again->newest().id(), keys.newest().id());
    for (const char* bad : {"", "\n", "licet-link-key-1 00", "licet-link-key-2 00\n", "x"})
        EXPECT_EQ(link_keys_of_secret_text(bad).error().message.id, "link.key_form") << bad;
    const std::string twice = secret_text_of(keys) + secret_text_of(keys);
    EXPECT_EQ(link_keys_of_secret_text(twice).error().message.id, "link.key_twice");
}

// The vectors of docs/link-format.md: the document and the code say the same.
TEST(Link, HasTheTextsOfTheDocument) {
    const std::string document =
        law::test::text_of_file(std::string(LICET_SOURCE_DIR) + "/docs/link-format.md");
    const auto has = [&](const std::string& text) {
        return document.find("`" + text + "`") != document.npos;
    };
    EXPECT_TRUE(has(hex_of(test::key().id()))) << hex_of(test::key().id());
    Link confirm = test::link(LinkKind::kConfirm);
    confirm.valid_days = 7;
    confirm.campaign.clear();
    confirm.reference = "feab2dde875cb82e";
    confirm.person.loose.clear();
    Link bare;
    bare.issued_on = day("2026-03-02");
    bare.kind = LinkKind::kPreferences;
    bare.person.strict = token(0xA1);
    for (const Link& link : {test::link(), confirm, bare}) {
        const std::string text = sealed(link, test::keys());
        EXPECT_TRUE(has(text)) << text;
    }
}

TEST(UnsubscribeHeaders, AreThoseOfTheStandards) {
    const auto plain = unsubscribe_headers("https://c.example/l/AQ").value();
    EXPECT_EQ(plain.list_unsubscribe, "<https://c.example/l/AQ>");
    EXPECT_EQ(plain.list_unsubscribe_post, "List-Unsubscribe=One-Click");
    EXPECT_EQ(unsubscribe_headers("https://c.example/l/AQ", "stop@c.example")->list_unsubscribe,
              "<https://c.example/l/AQ>, <mailto:stop@c.example>");
}

TEST(UnsubscribeHeaders, HoldNothingThatBreaksAHead) {
    for (const char* bad : {"http://c.example/l/AQ", "c.example", "https://c.example/\r\nBcc: x",
                            "https://c.example/> <x", "https://c.example/a b"})
        EXPECT_EQ(unsubscribe_headers(bad).error().message.id, "link.not_https") << bad;
    for (const char* bad : {"stop", "stop@c.example>", "a@b, c", "a@b\r\n"})
        EXPECT_EQ(unsubscribe_headers("https://c.example/l/A", bad).error().message.id,
                  "link.mailbox");
}

TEST(AddressOf, HasOneSlashBetween) {
    EXPECT_EQ(address_of("https://c.example/", "AQ"), "https://c.example/l/AQ");
    EXPECT_EQ(address_of("https://c.example", "AQ"), "https://c.example/l/AQ");
}

}  // namespace
}  // namespace licet::rights
