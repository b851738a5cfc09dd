// SPDX-License-Identifier: Apache-2.0
// Goal: a token is AES-256-CMAC of name, zero byte and normal form, one by one and in batches.
// Method: the library's own CMAC as oracle on every length up to 200; the vectors of
// docs/ledger-format.md.
#include "ledger/token.h"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <numeric>
#include <random>

#include "base/text.h"

namespace licet::ledger {
namespace {

TokenKey counting_key() {
    std::array<std::uint8_t, TokenKey::kSizeBytes> bytes;
    std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
    return TokenKey(bytes);
}

Token oracle(const TokenKey& key, const NormalForm& form) {
    std::string message(name_of(form.normaliser));
    message += '\0';
    message += form.bytes;
    std::vector<std::uint8_t> bytes(message.begin(), message.end());
    EVP_MAC* mac = EVP_MAC_fetch(nullptr, "CMAC", nullptr);
    EVP_MAC_CTX* context = EVP_MAC_CTX_new(mac);
    std::string cipher = "AES-256-CBC";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, cipher.data(), 0),
        OSSL_PARAM_construct_end()};
    const auto secret = key.reveal("to compare with the oracle");
    Token out;
    std::size_t size = 0;
    EXPECT_EQ(EVP_MAC_init(context, secret.data(), secret.size(), parameters), 1);
    EXPECT_EQ(EVP_MAC_update(context, bytes.data(), bytes.size()), 1);
    EXPECT_EQ(EVP_MAC_final(context, out.bytes.data(), &size, out.bytes.size()), 1);
    EXPECT_EQ(size, out.bytes.size());
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(mac);
    return out;
}

std::vector<NormalForm> forms_of_every_length() {
    std::mt19937 chance(2026);
    std::vector<NormalForm> forms;
    for (std::size_t length = 0; length <= 200; ++length) {
        for (const auto normaliser :
             {Normaliser::kEmailStrict1, Normaliser::kEmailLoose1, Normaliser::kPhone1}) {
            NormalForm form{normaliser, std::string(length, '\0')};
            for (char& byte : form.bytes) byte = static_cast<char>(chance() & 0xFFU);
            forms.push_back(std::move(form));
        }
    }
    std::shuffle(forms.begin(), forms.end(), chance);
    return forms;
}

TEST(Token, EqualsTheLibrarysCmacForEveryLength) {
    const TokenKey key = counting_key();
    Tokeniser tokeniser = Tokeniser::create(key).value();
    for (const NormalForm& form : forms_of_every_length())
        EXPECT_EQ(tokeniser.token(form), oracle(key, form)) << form.bytes.size();
}

TEST(Token, ABatchEqualsOneByOne) {
    const TokenKey key = counting_key();
    Tokeniser tokeniser = Tokeniser::create(key).value();
    const std::vector<NormalForm> forms = forms_of_every_length();
    std::vector<const NormalForm*> some;
    for (const NormalForm& form : forms) some.push_back(&form);
    std::vector<Token> out(forms.size());
    tokeniser.tokens(some, out);
    for (std::size_t i = 0; i < forms.size(); ++i) EXPECT_EQ(out[i], oracle(key, forms[i]));
    tokeniser.tokens(std::span<const NormalForm* const>{}, {});
}

TEST(Token, IsWhatTheFormatSays) {
    Tokeniser tokeniser = Tokeniser::create(counting_key()).value();
    EXPECT_EQ(hex_of(tokeniser.token({Normaliser::kEmailStrict1, "camille@example.com"}).bytes),
              "884b387e0d5050906dc21b6975898555");
    EXPECT_EQ(hex_of(tokeniser.token({Normaliser::kEmailLoose1, "camille@example.com"}).bytes),
              "9e4386a62b1093c842312c7c974f6e46");
    EXPECT_EQ(hex_of(tokeniser.token({Normaliser::kPhone1, "+33639980123"}).bytes),
              "f0ef97718c015dc6bc5058263fe2e5b4");
}

TEST(Token, OfAContactPointKeepsTheOrderOfItsForms) {
    Tokeniser tokeniser = Tokeniser::create(counting_key()).value();
    const ContactPoint point{
        {Normaliser::kEmailStrict1, "a+b@example.com"},
        {{Normaliser::kEmailLoose1, "a@example.com"}, {Normaliser::kEmailLoose1, "b@example.com"}}};
    const ContactTokens tokens = tokeniser.tokens(point);
    EXPECT_EQ(tokens.strict, tokeniser.token(point.strict));
    ASSERT_EQ(tokens.loose.size(), 2U);
    EXPECT_EQ(tokens.loose[0], tokeniser.token(point.loose[0]));
    EXPECT_EQ(tokens.loose[1], tokeniser.token(point.loose[1]));
}

TEST(Token, ChangesWithTheKeyAndWithTheNormaliser) {
    Tokeniser one = Tokeniser::create(counting_key()).value();
    Tokeniser other =
        Tokeniser::create(TokenKey(std::array<std::uint8_t, TokenKey::kSizeBytes>{})).value();
    const NormalForm form{Normaliser::kEmailStrict1, "camille@example.com"};
    EXPECT_NE(one.token(form), other.token(form));
    EXPECT_NE(one.token(form), one.token({Normaliser::kEmailLoose1, form.bytes}));
    Tokeniser moved = std::move(one);
    EXPECT_EQ(moved.token(form), Tokeniser::create(counting_key()).value().token(form));
}

TEST(TokenKey, LeavesNothingBehindWhenItMoves) {
    TokenKey from = counting_key();
    const TokenKey to = std::move(from);
    EXPECT_EQ(to.reveal("test")[31], 31);
    const auto left = from.reveal("test");  // NOLINT(bugprone-use-after-move): that is the test
    EXPECT_EQ(std::count(left.begin(), left.end(), 0), std::ptrdiff_t{TokenKey::kSizeBytes});
}

}  // namespace
}  // namespace licet::ledger
