// SPDX-License-Identifier: Apache-2.0
// Goal: a layer is one block of AES-256, comes off as it went on, and two keys never pass for one.
// Method: the vectors of docs/ledger-format.md, section 2, made with another program; chance.
#include "ledger/token_layer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "base/text.h"

namespace licet::ledger {
namespace {

TokenKey key_from(std::uint8_t first) {
    std::array<std::uint8_t, TokenKey::kSizeBytes> bytes;
    std::iota(bytes.begin(), bytes.end(), first);
    return TokenKey(bytes);
}

Token token_of_hex(std::string_view text) {
    Token token;
    const auto bytes = bytes_of_hex(text).value();
    std::copy(bytes.begin(), bytes.end(), token.bytes.begin());
    return token;
}

TEST(TokenLayer, GivesTheVectorsOfTheFormat) {
    const TokenLayer layer = TokenLayer::create(key_from(0x20)).value();
    EXPECT_EQ(layer.over(token_of_hex("884b387e0d5050906dc21b6975898555")),
              token_of_hex("9b067838aaa016afc8b3ee9c05270d5a"));
    EXPECT_EQ(layer.over(Token{}), token_of_hex("f34744ebcd337f209c19e3ac13d82dec"));
    EXPECT_EQ(layer.check_value(), 0xe395d333f380a8c7U);
}

TEST(TokenLayer, ComesOffAsItWentOn) {
    const TokenLayer layer = TokenLayer::create(key_from(1)).value();
    std::mt19937 chance(2026);
    std::set<Token> stored;
    for (int i = 0; i < 1000; ++i) {
        Token token;
        for (std::uint8_t& byte : token.bytes) byte = static_cast<std::uint8_t>(chance());
        stored.insert(layer.over(token));
        EXPECT_NE(layer.over(token), token);
        EXPECT_EQ(layer.under(layer.over(token)), token);
        EXPECT_EQ(layer.over(layer.under(token)), token);
    }
    EXPECT_EQ(stored.size(), 1000U);
}

TEST(TokenLayer, ManyThreadsMayAskOne) {
    const TokenLayer layer = TokenLayer::create(key_from(1)).value();
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (std::uint8_t number = 0; number < 40; ++number)
        threads.emplace_back([&, number] {
            Token token;
            for (std::size_t i = 0; i < 2000; ++i) {
                token.bytes[i % 16] = static_cast<std::uint8_t>(number + i);
                if (layer.under(layer.over(token)) != token) ++wrong;
            }
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
}

TEST(TokenLayer, NoLayerChangesNothing) {
    const TokenLayer none = TokenLayer::none();
    const Token token = token_of_hex("884b387e0d5050906dc21b6975898555");
    EXPECT_EQ(none.over(token), token);
    EXPECT_EQ(none.under(token), token);
    EXPECT_EQ(none.check_value(), 0U);
}

TEST(TokenLayer, EveryKeyHasItsOwnCheckValueAndNoneHasThatOfNoLayer) {
    std::set<std::uint64_t> seen{0};
    for (int first = 0; first < 256; ++first)
        seen.insert(
            TokenLayer::create(key_from(static_cast<std::uint8_t>(first))).value().check_value());
    EXPECT_EQ(seen.size(), 257U);
}

TEST(TokenLayer, TheFileOfAKeyHoldsTheKeyAndIsWipedWhenRead) {
    std::string text = secret_text_of(key_from(0x20));
    EXPECT_EQ(text,
              "licet-key-1 202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f\n");
    const auto key = key_of_secret_text(text);
    ASSERT_TRUE(key);
    EXPECT_TRUE(std::ranges::equal(key->reveal("test"), key_from(0x20).reveal("test")));
    EXPECT_EQ(text, std::string(text.size(), '\0'));
    for (std::string wrong : {"", "licet-key-1 ", "licet-key-1 2021", "licet-key-2 20"})
        EXPECT_FALSE(key_of_secret_text(wrong));
}

}  // namespace
}  // namespace licet::ledger
