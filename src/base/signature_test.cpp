// SPDX-License-Identifier: Apache-2.0
// Goal: a signature is that of the text by the key, and nothing else is. Method: the first test
// vector of RFC 8032, section 7.1, with its keys in PEM; each byte of a signature flipped.
#include "base/signature.h"

#include <gtest/gtest.h>

namespace licet {
namespace {

constexpr std::string_view kPrivate =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";
constexpr std::string_view kPublic =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
    "-----END PUBLIC KEY-----\n";
constexpr std::string_view kSignature =
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b4"
    "6b"
    "d25bf5f0595bbe24655141438e7a100b";

TEST(Signature, IsThatOfTheRfc) {
    EXPECT_EQ(sign("", kPrivate).value(), kSignature);
    EXPECT_TRUE(is_signed("", kSignature, kPublic).value());
}

TEST(Signature, AnotherTextOrAChangedByteDoesNotFit) {
    EXPECT_FALSE(is_signed("x", kSignature, kPublic).value());
    for (std::size_t i = 0; i < kSignature.size(); ++i) {
        std::string changed(kSignature);
        changed[i] = changed[i] == '0' ? '1' : '0';
        EXPECT_FALSE(is_signed("", changed, kPublic).value()) << i;
    }
    EXPECT_FALSE(is_signed("", "", kPublic).value());
    EXPECT_FALSE(is_signed("", std::string(128, 'z'), kPublic).value());
}

TEST(Signature, AKeyOfAnotherKindIsRefused) {
    EXPECT_EQ(sign("", kPublic).error().message.id, "key.not_ed25519_private");
    EXPECT_EQ(is_signed("", kSignature, "none").error().message.id, "key.not_ed25519_public");
}

}  // namespace
}  // namespace licet
