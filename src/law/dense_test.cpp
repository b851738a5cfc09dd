// SPDX-License-Identifier: Apache-2.0
// Goal: the dense block and the walked diagram say the same of everything.
// Method: the French law with a campaign's facts fixed; every cell of the block, and blocks too
// wide.
#include "law/dense.h"

#include <gtest/gtest.h>

#include "law/law.h"
#include "law/law_test_support.h"

namespace licet::law {
namespace {

// An e-mail campaign to consumers: all is fixed but what the ledger says.
Codes campaign_codes(const Law& law, const std::vector<std::string_view>& open) {
    Facts facts;
    for (const char* background : {"ordinary_offer", "clean", "conformant_message",
                                   "collected_by_us", "first_call", "valid_consent"})
        EXPECT_TRUE(set_background(facts, law.vocabulary(), background).has_value());
    const std::vector<std::pair<std::string_view, std::string_view>> known = {
        {"country", "fr"},
        {"channel", "email"},
        {"at", "2026-11-23"},
        {"audience", "consumer"},
        {"consent.on", "2026-05-01"},
        {"objection.on", "2026-04-01"},
        {"origin.on", "2026-01-01"},
        {"origin.collected_on", "2026-01-01"}};
    for (const auto& [name, value] : known)
        EXPECT_TRUE(set_fact(facts, law.vocabulary(), name, value).has_value());
    for (const std::string_view name : open) facts.erase(law.vocabulary().find(name));
    Codes codes = law.variables().code(facts);
    // Facts that nobody gave are open too, unless they cannot matter here.
    return codes;
}

TEST(Dense, EveryCellIsWhatTheWalkSays) {
    const Law& law = test::real_law();
    const QuestionTable& table = *law.table("contact");
    const Codes fixed =
        campaign_codes(law, {"objection", "consent", "consent.act", "consent.proof"});
    const auto dense = dense_table(law.rules(), table, fixed);
    ASSERT_TRUE(dense.has_value());
    std::size_t differences = 0;
    Codes codes = fixed;
    for (std::size_t cell = 0; cell < dense->cells.size(); ++cell) {
        for (std::size_t i = 0; i < dense->variables.size(); ++i)
            codes[dense->variables[i]] = static_cast<std::uint8_t>(
                cell / dense->strides[i] % law.variables()[dense->variables[i]].size);
        const std::uint32_t walked = walk(table, table.decision, codes.data());
        differences += (*dense)[codes.data()] == walked ? 0U : 1U;
    }
    EXPECT_EQ(differences, 0U);
    EXPECT_GE(dense->variables.size(), 4U);
}

TEST(Dense, ABlockThatIsTooWideIsRefused) {
    const Law& law = test::real_law();
    const Codes all_open(law.variables().size(), kUnknown);
    EXPECT_FALSE(dense_table(law.rules(), *law.table("contact"), all_open).has_value());
}

}  // namespace
}  // namespace licet::law
