// SPDX-License-Identifier: Apache-2.0
// Goal: everything that somebody refused leaves, under the layer, in an order that tells nothing.
// Method: a store in memory with each kind of refusal; one pass and many.
#include "lists/suppression_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <vector>

#include "ledger/sample_event.h"

namespace licet::lists {
namespace {

using ledger::Event;
using ledger::EventKind;

ledger::TokenLayer layer_of(std::uint8_t byte) {
    std::array<std::uint8_t, ledger::TokenKey::kSizeBytes> bytes{};
    bytes.fill(byte);
    return ledger::TokenLayer::create(ledger::TokenKey(bytes)).value();
}

Event refusal(std::uint8_t person, EventKind kind) {
    Event event = ledger::sample_event(person, "k" + std::to_string(person), kind);
    event.attributes.clear();
    return event;
}

std::vector<SuppressionRow> rows_of(ledger::ReadStore& store, const ledger::TokenLayer& layer,
                                    std::uint64_t rows_a_pass = kRowsAPass) {
    std::vector<SuppressionRow> out;
    const auto keep = [&](const SuppressionRow& row) -> Result<Done> {
        out.push_back(row);
        return Done{};
    };
    const auto done = for_each_suppression_row(store, layer, keep, rows_a_pass);
    EXPECT_TRUE(done.has_value());
    EXPECT_EQ(done->rows, out.size());
    return out;
}

std::unique_ptr<ledger::Store> store_of_many() {
    auto store = ledger::memory_store();
    std::vector<Event> events;
    for (int person = 0; person < 200; ++person)
        events.push_back(refusal(
            static_cast<std::uint8_t>(person),
            person % 5 == 0 ? EventKind::kConsentWithdrawn : EventKind::kObjectionRecorded));
    EXPECT_TRUE(store->append(events).has_value());
    return store;
}

TEST(SuppressionRows, SayEachKindWithItsScopeAndItsDay) {
    auto store = ledger::memory_store();
    Event objection = refusal(1, EventKind::kObjectionRecorded);
    objection.purpose = "commercial.news";
    objection.attributes = {
        {"brand", "north"}, {"reason", "list/sha256/acme"}, {"until", "2027-01-31"}};
    const std::vector<Event> events{objection, refusal(2, EventKind::kConsentRefused),
                                    refusal(3, EventKind::kConsentWithdrawn),
                                    refusal(4, EventKind::kInteraction)};
    ASSERT_TRUE(store->append(events).has_value());
    const auto layer = layer_of(1);
    auto rows = rows_of(*store, layer);
    ASSERT_EQ(rows.size(), 3U);
    std::sort(rows.begin(), rows.end(),
              [](const auto& a, const auto& b) { return a.kind < b.kind; });
    EXPECT_EQ(rows[0].token, layer.over(objection.person));
    EXPECT_EQ(rows[0].scope, (ledger::Scope{"north", "email", "commercial.news"}));
    EXPECT_EQ(rows[0].said_on, objection.happened_on);
    EXPECT_EQ(rows[0].ends_on, parse_date("2027-01-31").value());
    EXPECT_EQ(name_of(rows[1].kind), "refused");
    EXPECT_EQ(name_of(rows[2].kind), "withdrawn");
    EXPECT_EQ(rows[2].scope, (ledger::Scope{"", "email", ""}));
    EXPECT_EQ(rows[2].ends_on, std::nullopt);
}

TEST(SuppressionRows, ComeInTheOrderOfWhatLeavesAndTwoLayersShareNothing) {
    const auto store = store_of_many();
    const auto tokens_under = [&](std::uint8_t key) {
        std::vector<ledger::Token> tokens;
        for (const SuppressionRow& row : rows_of(*store, layer_of(key)))
            tokens.push_back(row.token);
        return tokens;
    };
    const auto one = tokens_under(1);
    const auto other = tokens_under(2);
    EXPECT_EQ(one.size(), 200U);
    EXPECT_TRUE(std::is_sorted(one.begin(), one.end()));
    std::vector<ledger::Token> both;
    std::set_intersection(one.begin(), one.end(), other.begin(), other.end(),
                          std::back_inserter(both));
    EXPECT_TRUE(both.empty());
}

TEST(SuppressionRows, AreTheSameInOnePassAndInMany) {
    const auto store = store_of_many();
    const auto one = rows_of(*store, layer_of(1));
    const auto many = rows_of(*store, layer_of(1), 7);
    ASSERT_EQ(one.size(), many.size());
    for (std::size_t i = 0; i < one.size(); ++i)
        EXPECT_TRUE(one[i].token == many[i].token && one[i].kind == many[i].kind) << i;
}

TEST(SuppressionRows, NameTheListsFromElsewhereAndPassErrorsOn) {
    auto store = ledger::memory_store();
    Event listed = refusal(1, EventKind::kObjectionRecorded);
    listed.attributes = {{"reason", "list/md5/acme"}, {"until", "2027-01-31"}};
    ASSERT_TRUE(store->append(std::vector{listed}).has_value());
    const auto fine = for_each_suppression_row(*store, layer_of(1),
                                               [](const auto&) -> Result<Done> { return Done{}; });
    EXPECT_EQ(fine.value().lists, (std::set<std::string>{"list/md5/acme"}));
    const auto full = for_each_suppression_row(
        *store, layer_of(1),
        [](const auto&) -> Result<Done> { return error(ErrorCode::kBroken, "file.disk_full"); });
    EXPECT_EQ(full.error().code, ErrorCode::kBroken);
}

}  // namespace
}  // namespace licet::lists
