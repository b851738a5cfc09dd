// SPDX-License-Identifier: Apache-2.0
// Goal: values of facts are read in one form, written back in it, and refused with what was
// expected.
#include "law/facts.h"

#include <gtest/gtest.h>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

using Lines = std::vector<std::string>;

const Vocabulary& words() { return test::real_law().vocabulary(); }
const Fact& fact(std::string_view name) { return words().fact(words().find(name)); }
std::string again(std::string_view name, std::string_view text) {
    return value_text(fact(name), parse_value(fact(name), text).value());
}
std::string fault(std::string_view name, std::string_view text) {
    return parse_value(fact(name), text).error().message.id;
}

TEST(Facts, ValuesAreWrittenAsTheyAreRead) {
    EXPECT_EQ(again("consent", "withdrawn"), "withdrawn");
    EXPECT_EQ(again("mass", "yes"), "yes");
    EXPECT_EQ(again("calls.last_30_days", "12"), "12");
    EXPECT_EQ(again("country", "gb"), "gb");
    EXPECT_EQ(again("local_time", "09:05"), "09:05");
    EXPECT_EQ(again("consent.on", "2024-02-29"), "2024-02-29");
    EXPECT_EQ(again("consent.on", "never"), "never");
    EXPECT_EQ(again("at", "2026-11-23T11:05+01:00"), "2026-11-23T11:05+01:00");
    EXPECT_EQ(again("at", "2026-11-23"), "2026-11-23");
    EXPECT_EQ(value_text(fact("consent"), Any{}), "any");
}

TEST(Facts, OtherTextIsRefused) {
    EXPECT_EQ(fault("consent", "perhaps"), "fact.bad_value");
    EXPECT_EQ(fault("mass", "true"), "fact.bad_value");
    EXPECT_EQ(fault("calls.last_30_days", "-1"), "fact.bad_value");
    EXPECT_EQ(fault("country", "FR"), "fact.bad_value");
    EXPECT_EQ(fault("country", ""), "fact.bad_value");
    EXPECT_EQ(fault("local_time", "11h05"), "fact.bad_value");
    EXPECT_EQ(fault("local_time", "25:00"), "fact.bad_value");
    EXPECT_EQ(fault("local_time", "24:30"), "fact.bad_value");
    EXPECT_EQ(fault("consent.on", "23/11/2026"), "fact.bad_value");
    EXPECT_EQ(fault("consent.on", "2026-11-23T11:05+01:00"), "fact.bad_value");
    EXPECT_EQ(fault("consent.on", "2026-02-29"), "fact.no_such_day");
    EXPECT_EQ(fault("at", "2026-11-31T11:05+01:00"), "fact.no_such_day");
    EXPECT_EQ(fault("at", "2026-11-23 11:05"), "fact.bad_value");
}

TEST(Facts, NamesAreKnownOrTheNearestIsNamed) {
    Facts facts;
    const Error near = set_fact(facts, words(), "chanel", "email").error();
    EXPECT_EQ(near.message,
              Message("fact.unknown_near", {{"name", "chanel"}, {"near", "channel"}}));
    EXPECT_EQ(set_fact(facts, words(), "qqqqqqqqqqqq", "x").error().message.id, "fact.unknown");
    EXPECT_EQ(set_background(facts, words(), "dark").error().message.id, "fact.unknown_background");
    EXPECT_TRUE(facts.entries().empty());
}

TEST(Facts, WhatIsSetLiesOverItsBase) {
    Facts base = test::facts_of(test::real_law(), "channel = email, country = fr");
    Facts over(&base);
    const FactId channel = words().find("channel");
    over.set(channel, Word{1}, Supplier::kLedger);
    EXPECT_EQ(*over.find(channel), FactValue(Word{1}));
    EXPECT_EQ(over.supplier_of(channel), Supplier::kLedger);
    EXPECT_EQ(*over.find(words().find("country")), FactValue(Key{"fr"}));
    EXPECT_EQ(over.entries().size(), 1U);
    over.erase(channel);
    EXPECT_EQ(*over.find(channel), FactValue(Word{0}));
    over.clear();
    EXPECT_EQ(over.find(words().find("purpose")), nullptr);
}

TEST(Facts, SettingAgainReplacesValueAndSupplier) {
    Facts facts;
    facts.set(5, Count{1});
    facts.set(3, Count{2});
    facts.set(5, Count{3}, Supplier::kDerived);
    ASSERT_EQ(facts.entries().size(), 2U);
    EXPECT_EQ(facts.entries()[0].fact, 3U);
    EXPECT_EQ(facts.entries()[1].value, FactValue(Count{3}));
    EXPECT_EQ(name_of(facts.supplier_of(5)), "derived");
}

}  // namespace
}  // namespace licet::law
