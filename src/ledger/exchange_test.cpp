// SPDX-License-Identifier: Apache-2.0
//
// Goal: whoever is on a list from elsewhere is known by it, and a list that was damaged is none.
// Method: digests that other programs made, a list written and read, each line of it spoilt.
#include "ledger/exchange.h"

#include <gtest/gtest.h>

#include "ledger/identity.h"

namespace licet::ledger {
namespace {

using namespace std::chrono_literals;

NormalForm strict_form() { return contact_point_of_email("Camille@Example.com")->strict; }

PartnerList sample_list() {
    PartnerList list{"acme", Date{2027y / 1 / 31}, {}};
    for (const std::uint8_t first : {std::uint8_t{9}, std::uint8_t{3}}) {
        PartnerList::Entry entry;
        entry.token.bytes[0] = first;
        list.entries.push_back(entry);
    }
    list.entries.back().channel = "email";
    return list;
}

TokenKey list_key(std::uint8_t first) {
    std::array<std::uint8_t, TokenKey::kSizeBytes> bytes{first};
    return TokenKey{bytes};
}

// Made with md5sum, sha1sum and sha256sum of "camille@example.com".
TEST(Exchange, DigestsAreThoseOfOtherPrograms) {
    EXPECT_EQ(foreign_form(ForeignDigest::kMd5, strict_form()).bytes,
              "31d7ff969276e1702bc9cf8194b23874");
    EXPECT_EQ(foreign_form(ForeignDigest::kSha1, strict_form()).bytes,
              "a3be8d0723d61a45b22e906bcfd79cb2a3fec547");
    EXPECT_EQ(foreign_form(ForeignDigest::kSha256, strict_form()).bytes,
              "8d791188e6b46d6d92f8186762f04adbd543d89a918be034d662f446c53b6b85");
}

TEST(Exchange, ALineOfAListIsTheFormOfWhoIsOnIt) {
    for (const ForeignDigest digest : kForeignDigests) {
        const NormalForm form = foreign_form(digest, strict_form());
        std::string upper = form.bytes;
        for (char& c : upper) c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
        const auto point = contact_point_of_digest(digest, " " + upper + "\r");
        ASSERT_TRUE(point) << name_of(digest);
        EXPECT_EQ(point->strict.bytes, form.bytes);
        EXPECT_EQ(point->strict.normaliser, form.normaliser);
        for (const std::string& bad :
             {std::string{}, form.bytes + "0", form.bytes.substr(2), "x" + form.bytes.substr(1)})
            EXPECT_EQ(contact_point_of_digest(digest, bad).error().message.id,
                      "exchange.digest_form");
    }
}

TEST(Exchange, AListIsReadAsItWasWritten) {
    const std::string text = text_of(sample_list(), list_key(1));
    const PartnerList read = partner_list_of(text, list_key(1), "list").value();
    EXPECT_EQ(text_of(read, list_key(1)), text);
    EXPECT_EQ(read.from, "acme");
    EXPECT_EQ(read.until, (Date{2027y / 1 / 31}));
    ASSERT_EQ(read.entries.size(), 2U);
    EXPECT_EQ(read.entries[0].token.bytes[0], 3);  // the order of writing is not told
    EXPECT_EQ(read.entries[0].channel, "email");
}

TEST(Exchange, ASpoiltListIsRefusedWithItsLine) {
    const std::string text = text_of(sample_list(), list_key(1));
    const auto where = [](const std::string& spoilt) {
        const auto list = partner_list_of(spoilt, list_key(1), "list");
        return list ? "accepted" : list.error().message.id + " " + list.error().where;
    };
    EXPECT_EQ(where(""), "exchange.form list:1");
    EXPECT_EQ(where("licet-suppression-2\n"), "exchange.form list:1");
    EXPECT_EQ(where("licet-suppression-2\nmac \n"), "exchange.form list:2");
    EXPECT_EQ(where("licet-suppression-1" + text.substr(19)), "exchange.form list:1");
    std::string spoilt = text;
    spoilt.replace(spoilt.find("acme"), 4, "ac@e");
    EXPECT_EQ(where(spoilt), "exchange.form list:2");
    spoilt = text;
    spoilt.replace(spoilt.find("2027"), 4, "soon");
    EXPECT_EQ(where(spoilt), "exchange.form list:3");
    for (std::size_t cut = 1; cut < 40; ++cut)
        EXPECT_NE(where(text.substr(0, text.size() - cut)), "accepted") << cut;
}

// docs/ledger-format.md, section 11.
TEST(Exchange, AListThatWasChangedOrIsOfAnotherKeyIsRefused) {
    const std::string text = text_of(sample_list(), list_key(1));
    EXPECT_TRUE(
        text.ends_with("\nmac fe0f5a12073bb51e696c5e6e4a65150cdbad8f8fc7d85d465dbd1f360e4a3802\n"))
        << text;
    EXPECT_EQ(partner_list_of(text, list_key(2), "list").error().message.id, "exchange.other_key");
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string spoilt = text;
        spoilt[i] = spoilt[i] == '0' ? '1' : '0';
        if (spoilt == text) continue;
        EXPECT_FALSE(partner_list_of(spoilt, list_key(1), "list")) << i;
    }
}

TEST(Exchange, AnAddressIsLookedUpByAllThatListsKnowItBy) {
    std::array<std::uint8_t, TokenKey::kSizeBytes> bytes{};
    const TokenKey key{bytes};
    ForeignNames names;
    names.add(ForeignDigest::kSha1);
    names.add("acme", Tokeniser::create(key).value());
    ContactPoint point = contact_point_of_email("camille@example.com").value();
    const std::size_t before = point.wide.size();
    names.widen(point);
    ASSERT_EQ(point.wide.size(), before + 2);
    EXPECT_EQ(point.wide[before].bytes, foreign_form(ForeignDigest::kSha1, point.strict).bytes);
    Tokeniser theirs = Tokeniser::create(key).value();
    EXPECT_EQ(point.wide[before + 1].bytes, partner_form("acme", theirs.token(point.strict)).bytes);
}

}  // namespace
}  // namespace licet::ledger
