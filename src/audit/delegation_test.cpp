// SPDX-License-Identifier: Apache-2.0
// Goal: a token opens what it was made for and nothing else.
// Method: every byte of a token changed; tokens of other keys and other ledgers; hostile texts.
#include "audit/delegation.h"

#include <gtest/gtest.h>

namespace licet::audit {
namespace {

const Delegation kAsked{"licet/0011",       "2026-1", "SEC-02",
                        "0123456789abcdef", "dsi",    Date{std::chrono::days{20'800}}};

class DelegationTest : public testing::Test {
  protected:
    [[nodiscard]] bool opens(std::string_view token, std::string_view origin) const {
        return opened_delegation(token, origin, public_key_of(private_pem_).value()).has_value();
    }
    std::string private_pem_ = new_private_key().value();
    std::string token_ = delegation_token(kAsked, private_pem_).value();
};

TEST_F(DelegationTest, WhatWasHandedOverIsOpened) {
    const auto opened =
        opened_delegation(token_, kAsked.origin, public_key_of(private_pem_).value());
    ASSERT_TRUE(opened);
    EXPECT_EQ(*opened, kAsked);
    EXPECT_EQ(delegation_token(kAsked, private_pem_).value(), token_);
}

TEST_F(DelegationTest, EveryChangedByteIsRefused) {
    for (std::size_t i = 0; i < token_.size(); ++i) {
        std::string changed = token_;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(opens(changed, kAsked.origin)) << i;
    }
}

TEST_F(DelegationTest, AnotherLedgerAndHostileTextsAreRefused) {
    EXPECT_FALSE(opens(token_, "licet/0022"));
    const std::string other = delegation_token(kAsked, new_private_key().value()).value();
    for (const std::string& text :
         {other, std::string(), std::string("."), std::string("a.b"), token_ + ".", token_ + "A",
          std::string(5000, 'A'), std::string("\0\xff.\xff", 4)})
        EXPECT_FALSE(opens(text, kAsked.origin));
}

}  // namespace
}  // namespace licet::audit
