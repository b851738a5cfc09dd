// SPDX-License-Identifier: Apache-2.0
// Goal: the standing of a person depends on what happened, never on the order in which we heard of
// it,
//       and no event lifts an objection.
// Method: one short history for each sentence; random histories shuffled, repeated and lengthened.
#include "ledger/standing.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <random>

#include "ledger/random_history.h"

namespace licet::ledger {
namespace {

using namespace std::chrono_literals;

constexpr Date kEnd{9999y / 12 / 31};

Event event_on(EventKind kind, Date day, std::map<std::string, std::string> attributes = {}) {
    Event event;
    event.kind = kind;
    event.happened_on = day;
    event.channel = "email";
    event.key = "k";
    event.attributes = std::move(attributes);
    return event;
}

TEST(Standing, OrderAndRepetitionOfEventsDoNotChangeIt) {
    EXPECT_TRUE(rc::check("shuffled and repeated", [] {
        const std::vector<Event> history = random_history();
        const Standing expected = standing_of(history, kEnd);
        std::vector<Event> other = history;
        other.insert(other.end(), history.begin(), history.end());
        std::shuffle(other.begin(), other.end(), std::mt19937(*rc::gen::arbitrary<unsigned>()));
        RC_ASSERT(standing_of(other, kEnd) == expected);
    }));
}

TEST(Standing, JoiningTwoIsFoldingTheEventsOfBoth) {
    EXPECT_TRUE(rc::check("two histories", [] {
        const std::vector<Event> one = random_history();
        const std::vector<Event> other = random_history();
        std::vector<Event> both = one;
        both.insert(both.end(), other.begin(), other.end());
        Standing joined = standing_of(one, kEnd);
        join(joined, standing_of(other, kEnd));
        RC_ASSERT(joined == standing_of(both, kEnd));
    }));
}

TEST(Standing, NoEventEverLiftsAnObjection) {
    EXPECT_TRUE(rc::check("one more event", [] {
        Standing standing = standing_of(random_history(), kEnd);
        const auto before = standing.objections;
        fold(standing, random_event());
        for (const auto& [scope, said] : before) {
            RC_ASSERT(standing.objections.contains(scope));
            const Objection& now = standing.objections.at(scope);
            RC_ASSERT(now.last >= said.last);
            RC_ASSERT(!now.until || (said.until && *now.until >= *said.until));
        }
    }));
}

TEST(Standing, ALookIntoThePastStillSeesEveryRefusal) {
    EXPECT_TRUE(rc::check("all objections", [] {
        const std::vector<Event> history = random_history();
        const Standing past = standing_of(history, Date{2025y / 1 / 1});
        RC_ASSERT(past.objections == standing_of(history, kEnd).objections);
        RC_ASSERT(!past.last_act_on.has_value());
    }));
    const std::vector<Event> history{event_on(EventKind::kConsentGiven, Date{2026y / 1 / 1}),
                                     event_on(EventKind::kConsentWithdrawn, Date{2026y / 5 / 1}),
                                     event_on(EventKind::kConsentGiven, Date{2026y / 6 / 1})};
    const ConsentStanding consent =
        standing_of(history, Date{2026y / 2 / 1}).consents.at({"", "email", ""});
    EXPECT_EQ(consent.given_on, Date{2026y / 1 / 1});
    EXPECT_EQ(consent.withdrawn_on, Date{2026y / 5 / 1});
}

TEST(Standing, ALaterConsentLeavesTheObjectionWhereItIs) {
    const std::vector<Event> history{event_on(EventKind::kObjectionRecorded, Date{2026y / 1 / 1}),
                                     event_on(EventKind::kConsentGiven, Date{2026y / 2 / 1})};
    const Standing standing = standing_of(history, kEnd);
    EXPECT_EQ(standing.objections.at({"", "email", ""}).last, Date{2026y / 1 / 1});
    EXPECT_EQ(standing.consents.at({"", "email", ""}).given_on, Date{2026y / 2 / 1});
}

TEST(Standing, AnAliasWidensARefusalAndNeverAPermission) {
    Token strict;
    strict.bytes[0] = 1;
    std::vector<Event> history{event_on(EventKind::kConsentGiven, Date{2026y / 1 / 1}),
                               event_on(EventKind::kCallAttempt, Date{2026y / 1 / 1}),
                               event_on(EventKind::kObjectionRecorded, Date{2026y / 1 / 2}),
                               event_on(EventKind::kInformed, Date{2026y / 1 / 3})};
    const Standing of_alias = standing_of(history, strict, kEnd);
    EXPECT_EQ(of_alias.objections.at({"", "email", ""}).last, Date{2026y / 1 / 2});
    EXPECT_TRUE(of_alias.consents.empty());
    EXPECT_TRUE(of_alias.call_attempts.empty());
    EXPECT_FALSE(of_alias.informed_on.has_value());

    for (Event& event : history) event.person = strict;
    EXPECT_EQ(standing_of(history, strict, kEnd), standing_of(history, kEnd));
    EXPECT_TRUE(
        standing_of(history, strict, Date{2025y / 1 / 1}).objections.contains({"", "email", ""}));
}

TEST(Standing, TheNewestConsentGivesTheParticulars) {
    const std::vector<Event> history{
        event_on(EventKind::kConsentGiven, Date{2026y / 2 / 1},
                 {{"consent.act", "clear"}, {"note", "dropped"}}),
        event_on(EventKind::kConsentGiven, Date{2026y / 1 / 1}, {{"consent.act", "preticked"}})};
    const ConsentStanding consent = standing_of(history, kEnd).consents.at({"", "email", ""});
    EXPECT_EQ(consent.particulars, (std::map<std::string, std::string>{{"consent.act", "clear"}}));
    EXPECT_EQ(consent.given_on, Date{2026y / 2 / 1});
}

TEST(Standing, TheNewestOriginCountsAndTheFirstDayIsKept) {
    const std::vector<Event> history{
        event_on(EventKind::kCollected, Date{2024y / 1 / 1}, {{"origin", "partner"}}),
        event_on(EventKind::kCollected, Date{2026y / 1 / 1},
                 {{"origin", "event"}, {"origin.same_sender", "yes"}, {"act", "dropped"}}),
        event_on(EventKind::kInformed, Date{2026y / 1 / 3})};
    const Standing standing = standing_of(history, kEnd);
    EXPECT_EQ(standing.first_collected_on, Date{2024y / 1 / 1});
    EXPECT_EQ(standing.origin.on, Date{2026y / 1 / 1});
    EXPECT_EQ(standing.origin.particulars.size(), 2U);
    EXPECT_EQ(standing.informed_on, Date{2026y / 1 / 3});
}

TEST(Standing, AnOpeningIsNoActAndAnUnknownWordIsNoneEither) {
    const std::vector<Event> history{
        event_on(EventKind::kInteraction, Date{2026y / 1 / 1}, {{"act", "order"}}),
        event_on(EventKind::kInteraction, Date{2026y / 1 / 2}, {{"act", "inquiry"}}),
        event_on(EventKind::kInteraction, Date{2026y / 3 / 1}, {{"act", "open"}}),
        event_on(EventKind::kInteraction, Date{2026y / 4 / 1}, {{"act", "strange"}}),
        event_on(EventKind::kInteraction, Date{2026y / 4 / 1})};
    const Standing standing = standing_of(history, kEnd);
    EXPECT_EQ(standing.last_act_on, Date{2026y / 1 / 2});
    EXPECT_EQ(standing.last_open_on, Date{2026y / 3 / 1});
    EXPECT_EQ(standing.last_order_on, Date{2026y / 1 / 1});
    EXPECT_EQ(standing.last_inquiry_on, Date{2026y / 1 / 2});
}

TEST(Standing, CallAttemptsAreCountedByKeyInThirtyDays) {
    std::vector<Event> history;
    for (const auto& [key, day] :
         std::vector<std::pair<std::string, Date>>{{"a", Date{2026y / 3 / 1}},
                                                   {"b", Date{2026y / 3 / 2}},
                                                   {"b", Date{2026y / 3 / 2}},
                                                   {"c", Date{2026y / 3 / 31}},
                                                   {"d", Date{2026y / 4 / 1}}}) {
        history.push_back(event_on(EventKind::kCallAttempt, day, {{"outcome", "unanswered"}}));
        history.back().key = key;
    }
    const Standing standing = standing_of(history, kEnd);
    EXPECT_EQ(call_attempts_in_30_days(standing, Date{2026y / 3 / 31}), 2);
    EXPECT_EQ(call_attempts_in_30_days(standing, Date{2026y / 3 / 30}), 2);
    EXPECT_EQ(call_attempts_in_30_days(standing, Date{2026y / 6 / 1}), 0);
    EXPECT_FALSE(standing.call_refused_on.has_value());
}

TEST(Standing, ARefusedCallAndACallbackAreRemembered) {
    const std::vector<Event> history{
        event_on(EventKind::kCallAttempt, Date{2026y / 1 / 5}, {{"outcome", "refused"}}),
        event_on(EventKind::kCallbackRequested, Date{2026y / 1 / 6}, {{"object", "quote"}}),
        event_on(EventKind::kCallbackRequested, Date{2026y / 1 / 4}, {{"object", "repair"}}),
        event_on(EventKind::kContacted, Date{2026y / 1 / 7}),
        event_on(EventKind::kVerdictGiven, Date{2026y / 1 / 8})};
    const Standing standing = standing_of(history, kEnd);
    EXPECT_EQ(standing.call_refused_on, Date{2026y / 1 / 5});
    EXPECT_EQ(standing.callback_requested_on, Date{2026y / 1 / 6});
    EXPECT_EQ(standing.callback_object, "quote");
    EXPECT_EQ(standing.last_contacted_on, Date{2026y / 1 / 7});
    EXPECT_FALSE(standing.last_act_on.has_value());
}

std::vector<Event> what_an_import_says() {
    std::vector<Event> out{
        event_on(EventKind::kCollected, Date{2026y / 5 / 1},
                 {{"batch", "b"}, {"origin", "broker"}, {"relation", "customer"}}),
        event_on(EventKind::kInteraction, Date{2026y / 4 / 1}, {{"batch", "b"}, {"act", "order"}}),
        event_on(EventKind::kRegisterChecked, Date{2026y / 4 / 2},
                 {{"batch", "b"}, {"register.bloctel", "not_listed"}}),
        event_on(EventKind::kObjectionRecorded, Date{2026y / 4 / 3}, {{"batch", "b"}})};
    return out;
}

TEST(Standing, WhatAnImportClaimsCountsUntilItIsUndone) {
    std::vector<Event> history = what_an_import_says();
    const Standing before = with_imports(standing_of(history, kEnd));
    EXPECT_EQ(before.origin.particulars.at("origin"), "broker");
    EXPECT_EQ(before.relation, "customer");
    EXPECT_EQ(before.last_order_on, Date{2026y / 4 / 1});
    EXPECT_EQ(before.registers.at("register.bloctel").word, "not_listed");

    history.push_back(event_on(EventKind::kImportUndone, Date{2026y / 6 / 1}, {{"batch", "b"}}));
    const Standing after = with_imports(standing_of(history, Date{2026y / 5 / 2}));
    EXPECT_FALSE(after.origin.on.has_value());
    EXPECT_EQ(after.relation, "");
    EXPECT_FALSE(after.last_order_on.has_value());
    EXPECT_TRUE(after.registers.empty());
    // The person may have objected: that stands whatever becomes of the import.
    EXPECT_EQ(after.objections.at({"", "email", ""}).last, Date{2026y / 4 / 3});
}

TEST(Standing, UndoingOneImportLeavesWhatWasKnownBefore) {
    std::vector<Event> history = what_an_import_says();
    history.push_back(
        event_on(EventKind::kCollected, Date{2026y / 1 / 1}, {{"origin", "person_other"}}));
    history.push_back(event_on(EventKind::kImportUndone, Date{2026y / 6 / 1}, {{"batch", "b"}}));
    const Standing standing = with_imports(standing_of(history, kEnd));
    EXPECT_EQ(standing.origin.on, Date{2026y / 1 / 1});
    EXPECT_EQ(standing.origin.particulars.at("origin"), "person_other");
}

TEST(Standing, WhoWasFoundOnARegisterStaysSoWhenTheImportIsUndone) {
    std::vector<Event> history = what_an_import_says();  // not listed on 2 April
    history.push_back(event_on(EventKind::kRegisterChecked, Date{2026y / 5 / 1},
                               {{"batch", "c"}, {"register.bloctel", "listed"}}));
    history.push_back(event_on(EventKind::kImportUndone, Date{2026y / 6 / 1}, {{"batch", "c"}}));
    const Standing standing = with_imports(standing_of(history, kEnd));
    EXPECT_EQ(standing.registers.at("register.bloctel").word, "listed");
}

TEST(Standing, OfTwoResultsOfOneDayTheListingCounts) {
    const std::vector<Event> history{event_on(EventKind::kRegisterChecked, Date{2026y / 4 / 2},
                                              {{"register.bloctel", "listed"}}),
                                     event_on(EventKind::kRegisterChecked, Date{2026y / 4 / 2},
                                              {{"register.bloctel", "not_listed"}}),
                                     event_on(EventKind::kRegisterChecked, Date{2026y / 4 / 1},
                                              {{"register.bloctel", "not_listed"}})};
    EXPECT_EQ(standing_of(history, kEnd).registers.at("register.bloctel"),
              (RegisterResult{Date{2026y / 4 / 2}, "listed"}));
}

}  // namespace
}  // namespace licet::ledger
