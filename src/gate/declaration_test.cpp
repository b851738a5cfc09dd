// SPDX-License-Identifier: Apache-2.0
// Goal: a declaration is read whole, and the law's answer rests on what it says and on nothing
// else.
// Method: one short file a sentence, judged by the real packs.
#include "gate/declaration.h"

#include <gtest/gtest.h>

#include "gate/gate.h"
#include "gate/gate_test_support.h"

namespace licet::gate {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;
using test::text_of;

constexpr std::string_view kBought =
    "name = \"Exemple Data\"\nact = \"buy\"\norigin = \"broker\"\nchannels = [\"email\"]\n"
    "received_on = 2026-10-01\ncountry = \"fr\"\n";

Read<Declaration> read(std::string_view more, std::string_view start = kBought) {
    return read_declaration(test::real_law(), std::string(start) + std::string(more), "s.toml");
}
Lines faults_of(std::string_view more, std::string_view start = kBought) {
    return law::test::worded(read(more, start).problems);
}

std::string answer_for(std::string_view more) {
    const auto declared = read(more);
    EXPECT_TRUE(declared.is_clean());
    const ledger::Standing nobody;
    Request request;
    request.question = "source";
    request.standing = &nobody;
    request.facts =
        facts_of(test::real_law(), declared.value, "email", Moment{Date{2026y / 11 / 23}, {}});
    const auto verdict = check(
        test::real_law(), [](std::string_view, std::int64_t) { return std::optional<int>(60); },
        request);
    return verdict ? verdict->answer : verdict.error().message.id;
}

TEST(Declaration, TheFileBecomesFactsAndWhatTheLedgerKeeps) {
    const auto declared = read(
        "informed = false\ncollected_on = 2025-01-02\n[facts]\n"
        "\"source.audited\" = true\n");
    ASSERT_TRUE(declared.is_clean());
    const Declaration& one = declared.value;
    EXPECT_EQ(one.name, "Exemple Data");
    EXPECT_EQ(one.channels, Lines{"email"});
    EXPECT_EQ(one.received_on, Date{2026y / 10 / 1});
    EXPECT_EQ(text_of(one.facts, "source.act"), "buy");
    EXPECT_EQ(text_of(one.facts, "source.audited"), "yes");
    EXPECT_EQ(text_of(one.collection, "origin.on"), "2026-10-01");
    EXPECT_EQ(one.attributes,
              (std::map<std::string, std::string>{{"origin", "broker"},
                                                  {"origin.collected_on", "2025-01-02"},
                                                  {"origin.informed", "no"}}));
}

TEST(Declaration, WhatItLacksIsToldByName) {
    const auto problems = read("", "act = \"buy\"\n").problems;
    EXPECT_EQ(law::test::worded(problems),
              (Lines{"declaration.lacks s.toml", "declaration.lacks s.toml",
                     "declaration.lacks s.toml"}));
}

TEST(Declaration, UnknownNamesAndValuesAreToldWithTheirPlace) {
    EXPECT_EQ(faults_of("recieved = 1\n"), Lines{"toml.unknown s.toml:7:12"});
    EXPECT_EQ(faults_of("audience = \"cats\"\n"), Lines{"fact.bad_value s.toml:7:12"});
    EXPECT_EQ(faults_of("last_activity = \"seen\"\n"), Lines{"declaration.act s.toml:7:17"});
    EXPECT_EQ(faults_of("[register]\nrows = \"some\"\n"), Lines{"declaration.rows s.toml:8:8"});
    EXPECT_EQ(faults_of("[register]\nchecked_on = \"soon\"\n"),
              Lines{"declaration.day s.toml:8:14"});
    EXPECT_EQ(faults_of("[warranted]\nconsent = \"maybe\"\n"),
              Lines{"declaration.yes_or_no s.toml:8:11"});
    EXPECT_EQ(faults_of("[register]\nkey = \"nowhere\"\n").size(), 1U);
    EXPECT_EQ(faults_of("name = \"twice\"\n").size(), 1U);
}

// Cites: [eu gdpr 5(2)]
TEST(Declaration, AFileThatNobodyAuditedMayNotBeBoughtAndOneOfWhichNothingIsSaidIsUndetermined) {
    const std::string offer = "\"offer.relevance\" = \"general\"\n";
    EXPECT_EQ(answer_for("audience = \"professional\"\n[facts]\n" + offer), "undetermined");
    EXPECT_EQ(answer_for("audience = \"professional\"\n[facts]\n" + offer +
                         "\"source.audited\" = false\n\"balancing_test\" = \"done\"\n"),
              "forbidden");
    EXPECT_EQ(answer_for("audience = \"professional\"\n[facts]\n" + offer +
                         "\"source.audited\" = true\n\"balancing_test\" = \"done\"\n"),
              "allowed");
}

TEST(Declaration, AWarrantyOfTheSellerIsNoConsent) {
    EXPECT_EQ(answer_for("audience = \"consumer\"\n[facts]\n\"source.audited\" = true\n"
                         "[warranted]\nconsent = true\n"),
              "forbidden");
}

}  // namespace
}  // namespace licet::gate
