// SPDX-License-Identifier: Apache-2.0
// Goal: the store in memory keeps the contract of all stores.
// Method: the common suite.
#include "ledger/store_contract.h"

namespace licet::ledger {

INSTANTIATE_TEST_SUITE_P(Memory, StoreContract,
                         testing::Values(StoreMaker{"memory", memory_store}));

TEST(Partition, IsTheFirstByteOfTheTokenForEver) {
    Token token;
    token.bytes = {0xA5, 1, 2};
    EXPECT_EQ(partition_of(token), 0xA5U);
}

}  // namespace licet::ledger
