// SPDX-License-Identifier: Apache-2.0
// Goal: whatever providers report, in whatever order and how often, the standing of a person is the
//       same, no objection is lifted, and nothing is permitted.
// Method: random reports (rapidcheck) into a store, and the fold of what it holds.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "ledger/random_history.h"
#include "ledger/standing.h"
#include "ledger/store.h"
#include "webhooks/recorded.h"

namespace licet::webhooks {
namespace {

constexpr std::int64_t kReceived = 1'767'600'000;  // 2026-01-05T08:00:00Z
constexpr std::int64_t kDay = 86'400;

Date utc(std::int64_t seconds) {
    return std::chrono::floor<std::chrono::days>(
        std::chrono::sys_seconds(std::chrono::seconds(seconds)));
}

// What was reported once; a report itself cannot be copied, on purpose.
struct Told {
    ReportKind kind = ReportKind::kOther;
    int days_ago = 0;
    std::string topic;
    std::string id;
};

Told random_told() {
    const auto one_of = [](std::vector<std::string> words) { return *rc::gen::elementOf(words); };
    return {static_cast<ReportKind>(*rc::gen::inRange(0, static_cast<int>(kReportKindCount))),
            *rc::gen::inRange(-1, 4), one_of({"", "12", "13"}), one_of({"a", "b", "c"})};
}

std::vector<Told> random_tale() {
    std::vector<Told> out(static_cast<std::size_t>(*rc::gen::inRange(0, 12)));
    std::generate(out.begin(), out.end(), random_told);
    return out;
}

Endpoint endpoint() {
    Endpoint one;
    one.topics = {{"12", "commercial.newsletter"}};
    one.purpose = "commercial";
    return one;
}

Outcome outcome_of_told(const Told& told) {
    Report report;
    report.kind = told.kind;
    report.address = Personal<std::string>("camille@example.com");
    report.channel = "email";
    report.at = kReceived - told.days_ago * kDay;
    report.topic = told.topic;
    report.id = told.id;
    Reading reading;
    reading.reports.push_back(std::move(report));
    return outcome_of(endpoint(), reading, {kReceived, utc, "fr"});
}

constexpr ledger::Token kPerson{{1}};

// Records each report as a request of its own, as the program does.
ledger::Standing standing_after(const std::vector<ledger::Event>& before,
                                const std::vector<Told>& tale) {
    const auto store = ledger::memory_store();
    for (ledger::Event event : before) {
        event.person = kPerson;
        static_cast<void>(store->append({{event}}));
    }
    for (const Told& told : tale) {
        Outcome outcome = outcome_of_told(told);
        for (ToRecord& one : outcome.events) {
            one.event.person = kPerson;
            RC_ASSERT(store->append({{one.event}}).has_value());
        }
    }
    std::vector<ledger::Event> events;
    auto stored = store->events_of({{kPerson}});
    for (ledger::StoredEvent& one : *stored) events.push_back(std::move(one.event));
    return ledger::standing_of(events, Date{std::chrono::year{2030} / 1 / 1});
}

TEST(ReportLaws, OrderAndRepetitionDoNotMatter) {
    EXPECT_TRUE(rc::check("any order, any number of times", [] {
        const std::vector<Told> tale = random_tale();
        std::vector<Told> other = tale;
        for (const Told& told : tale)
            if (*rc::gen::arbitrary<bool>()) other.push_back(told);
        for (std::size_t i = other.size(); i > 1; --i)
            std::swap(other[i - 1],
                      other[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(i)))]);
        RC_ASSERT(standing_after({}, tale) == standing_after({}, other));
    }));
}

TEST(ReportLaws, NoReportLiftsAnObjectionOrPermits) {
    EXPECT_TRUE(rc::check("objections only grow, consents stay as they were", [] {
        const std::vector<ledger::Event> history = ledger::random_history();
        const ledger::Standing before = standing_after(history, {});
        const ledger::Standing after = standing_after(history, random_tale());
        for (const auto& [scope, objection] : before.objections) {
            const auto found = after.objections.find(scope);
            RC_ASSERT(found != after.objections.end());
            RC_ASSERT(found->second.last >= objection.last);
            RC_ASSERT(!found->second.until || objection.until);
        }
        RC_ASSERT(after.consents == before.consents);
        RC_ASSERT(after.origin == before.origin);
        RC_ASSERT(after.relation == before.relation);
    }));
}

TEST(ReportLaws, WhatIsNotKnownDoesNothing) {
    EXPECT_TRUE(rc::check("other events leave the standing as it was", [] {
        const std::vector<ledger::Event> history = ledger::random_history();
        Told told = random_told();
        told.kind =
            *rc::gen::element(ReportKind::kOther, ReportKind::kResubscribe, ReportKind::kOpened,
                              ReportKind::kDelivered, ReportKind::kSoftBounce);
        RC_ASSERT(standing_after(history, {told}) == standing_after(history, {}));
    }));
}

}  // namespace
}  // namespace licet::webhooks
