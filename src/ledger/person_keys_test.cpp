// SPDX-License-Identifier: Apache-2.0
// Goal: every person has a key; a destroyed one cannot be had again, and no other is touched.
// Method: the vector of the specification; a thousand persons before and after destructions, also
//         of neighbours; bytes that were changed one by one.
#include "ledger/person_keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "base/text.h"

namespace licet::ledger {
namespace {

Digest root_of_the_vector() {
    Digest root;
    std::iota(root.begin(), root.end(), std::uint8_t{0});
    return root;
}

Token token_of_hex(std::string_view hex) {
    const auto bytes = bytes_of_hex(hex).value();
    Token token;
    std::copy(bytes.begin(), bytes.end(), token.bytes.begin());
    return token;
}

std::vector<Token> persons(std::size_t count) {
    std::mt19937_64 chance(2026);
    std::vector<Token> out(count);
    for (Token& token : out)
        for (std::uint8_t& byte : token.bytes) byte = static_cast<std::uint8_t>(chance());
    return out;
}

TEST(PersonKeys, AreThoseOfTheSpecification) {
    const PersonKeys keys(root_of_the_vector());
    const auto key = keys.key_of(token_of_hex("f0ef97718c015dc6bc5058263fe2e5b4")).value();
    EXPECT_EQ(key.era, 1);
    EXPECT_EQ(hex_of(key.seal), "4e6a0cd913885cc10d960771712ba486e8eb3815ca2267e777b9a2884433d40d");
}

TEST(PersonKeys, OnlyTheDestroyedKeyIsGone) {
    PersonKeys keys(root_of_the_vector());
    const std::vector<Token> all = persons(1000);
    std::vector<Digest> before;
    for (const Token& one : all) before.push_back(keys.key_of(one)->seal);
    for (std::size_t i = 0; i < all.size(); i += 50) EXPECT_TRUE(keys.destroy(all[i], 1));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto key = keys.key_of(all[i]);
        ASSERT_EQ(key.has_value(), i % 50 != 0) << i;
        if (key) {
            EXPECT_EQ(key->seal, before[i]);
        }
    }
    EXPECT_FALSE(keys.destroy(all[0], 1));  // a second time there is nothing to destroy
}

TEST(PersonKeys, ManyAtOnceAreDestroyedAsOneByOne) {
    const std::vector<Token> all = persons(400);
    PersonKeys one_by_one(root_of_the_vector());
    PersonKeys at_once(root_of_the_vector());
    one_by_one.add_era(sha256("another root"));
    at_once.add_era(sha256("another root"));
    std::vector<PersonKeys::Doomed> doomed;
    for (std::size_t i = 0; i < all.size(); i += 3)
        doomed.emplace_back(all[i], static_cast<Era>(1 + i % 2));
    for (const auto& [token, last] : doomed) EXPECT_TRUE(one_by_one.destroy(token, last));
    EXPECT_TRUE(at_once.destroy(doomed));
    EXPECT_EQ(at_once.bytes(), one_by_one.bytes());
    EXPECT_FALSE(at_once.destroy(doomed));
}

TEST(PersonKeys, ANeighbourInTheLastLevelKeepsItsKey) {
    PersonKeys keys(root_of_the_vector());
    const Token one = token_of_hex("00000000000000a10000000000000000");
    const Token other = token_of_hex("00000000000000a20000000000000000");
    const Digest before = keys.key_of(other)->seal;
    EXPECT_TRUE(keys.destroy(one, 1));
    EXPECT_EQ(keys.key_of(other)->seal, before);
    EXPECT_TRUE(keys.destroy(other, 1));
    EXPECT_FALSE(keys.key_of(other));
}

TEST(PersonKeys, APersonWhoComesBackGetsAKeyOfTheNextEra) {
    PersonKeys keys(root_of_the_vector());
    const Token back = persons(1).front();
    const Digest first = keys.key_of(back)->seal;
    EXPECT_TRUE(keys.destroy(back, keys.newest_era()));
    EXPECT_FALSE(keys.key_of(back));
    keys.add_era(sha256("another root"));
    EXPECT_EQ(keys.key_of(back)->era, 2);
    EXPECT_NE(keys.key_of(back)->seal, first);
    EXPECT_EQ(keys.key_of(persons(2).back())->era, 1);  // the others stay where they are
    // Destroying up to the first era leaves the second alone, as the register asks for it.
    EXPECT_FALSE(keys.destroy(back, 1));
    EXPECT_TRUE(keys.destroy(back, 2));
    EXPECT_FALSE(keys.key_of(back));
}

TEST(PersonKeys, TheFileGivesTheSameKeysAgainAndGrowsByKilobytes) {
    PersonKeys keys(root_of_the_vector());
    const std::vector<Token> all = persons(200);
    for (std::size_t i = 0; i < 20; ++i) keys.destroy(all[i], 1);
    keys.add_era(sha256("another root"));
    const std::vector<std::uint8_t> bytes = keys.bytes();
    EXPECT_LT(bytes.size(), 20U * 11'000U);
    const PersonKeys again = PersonKeys::of(bytes).value();
    EXPECT_EQ(again.bytes(), bytes);
    for (const Token& one : all) EXPECT_EQ(again.key_of(one)->seal, keys.key_of(one)->seal);
}

TEST(PersonKeys, NoSecretOfADestroyedPathStandsInTheFile) {
    PersonKeys keys(root_of_the_vector());
    const Token gone = persons(1).front();
    EXPECT_TRUE(keys.destroy(gone, 1));
    const std::vector<std::uint8_t> bytes = keys.bytes();
    // Each node of the path, computed as the specification says.
    Digest node = root_of_the_vector();
    for (unsigned depth = 0; depth <= 16; ++depth) {
        EXPECT_EQ(std::search(bytes.begin(), bytes.end(), node.begin(), node.end()), bytes.end())
            << depth;
        if (depth == 16) break;
        const std::uint8_t byte = gone.bytes[depth / 2];
        const auto half = static_cast<std::uint8_t>(depth % 2 == 0 ? byte >> 4U : byte & 0xFU);
        node = Hasher().add("licet/person-key/1").add(node).add(half).digest();
    }
}

TEST(PersonKeys, BytesThatWereChangedAreRefused) {
    PersonKeys keys(root_of_the_vector());
    keys.destroy(persons(1).front(), 1);
    const std::vector<std::uint8_t> bytes = keys.bytes();
    for (std::size_t place = 0; place < bytes.size(); place += 7) {
        std::vector<std::uint8_t> changed = bytes;
        changed[place] ^= 0x40U;
        EXPECT_FALSE(PersonKeys::of(changed)) << place;
    }
    for (const std::size_t size : {std::size_t{0}, std::size_t{19}, bytes.size() - 1})
        EXPECT_EQ(PersonKeys::of(std::span(bytes).first(size)).error().message.id,
                  "person_keys.form");
}

// docs/ledger-format.md, section 4.
TEST(PersonKeysTest, KeysAreNamedByTheSameNumberWhateverIsDestroyed) {
    Digest root;
    for (std::size_t i = 0; i < root.size(); ++i) root[i] = static_cast<std::uint8_t>(i);
    PersonKeys keys(root);
    const std::uint64_t named = keys.check_value();
    EXPECT_EQ(named, 0x1d7a9f9b2fc5bd53U);
    Token token;
    token.bytes[0] = 0x7f;
    keys.destroy(token, 1);
    keys.add_era(sha256("next"));
    EXPECT_EQ(keys.check_value(), named);
    EXPECT_NE(PersonKeys(sha256("other")).check_value(), named);
}

}  // namespace
}  // namespace licet::ledger
