// SPDX-License-Identifier: Apache-2.0
// Goal: nothing but a confirmation in time is a consent, whatever order and number of steps we hear
//       of.
// Method: one short history for each sentence; random histories shuffled, repeated, lengthened.
#include "ledger/double_opt_in.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <random>

#include "ledger/consent.h"
#include "ledger/standing.h"

namespace licet::ledger {
namespace {

using namespace std::chrono_literals;

constexpr Date kAsked{2026y / 3 / 1};
constexpr Date kEnd{9999y / 12 / 31};

Event step(std::string name, Date day, std::string at = "") {
    Event event;
    event.kind = EventKind::kDoubleOptIn;
    event.happened_on = day;
    event.channel = "email";
    event.purpose = "commercial";
    event.key = name;
    event.attributes = {{"request", "r"}, {"step", std::move(name)}};
    if (!at.empty()) event.attributes["at"] = std::move(at);
    return event;
}

Event requested(Date day = kAsked, std::string days = "7") {
    Event event = step("requested", day);
    event.attributes["days"] = std::move(days);
    event.attributes["consent.act"] = "clear";
    event.attributes["notice"] = "not a fact";
    return event;
}

OptInRequest request_of(const std::vector<Event>& history) {
    OptInRequests requests;
    for (const Event& event : history) fold(requests, event);
    return requests.at("r");
}

std::string state(const std::vector<Event>& history, Date day = kAsked) {
    return std::string(name_of(state_of(request_of(history), day)));
}

TEST(DoubleOptIn, GoesThroughItsStates) {
    std::vector<Event> history{requested()};
    EXPECT_EQ(state(history), "requested");
    history.push_back(step("mail_accepted", kAsked));
    EXPECT_EQ(state(history), "mail_accepted");
    history.push_back(step("page_seen", kAsked));
    EXPECT_EQ(state(history), "page_seen");
    history.push_back(step("confirmed", Date{2026y / 3 / 2}));
    EXPECT_EQ(state(history), "page_seen");  // the day before
    EXPECT_EQ(state(history, Date{2026y / 3 / 2}), "confirmed");
    EXPECT_EQ(state(history, kEnd), "confirmed");
}

TEST(DoubleOptIn, TheRequestEndsAfterTheDaysThatItNames) {
    EXPECT_EQ(state({requested()}, Date{2026y / 3 / 8}), "requested");
    EXPECT_EQ(state({requested()}, Date{2026y / 3 / 9}), "expired");
    EXPECT_EQ(state({requested(), step("confirmed", Date{2026y / 3 / 8})}, kEnd), "confirmed");
    EXPECT_EQ(state({requested(), step("confirmed", Date{2026y / 3 / 9})}, kEnd), "expired");
    EXPECT_EQ(state({requested(kAsked, "soon"), step("confirmed", Date{2026y / 3 / 2})}, kEnd),
              "expired");
}

TEST(DoubleOptIn, ABouncedMailConfirmsNothing) {
    EXPECT_EQ(state({requested(), step("bounced", kAsked)}, kEnd), "bounced");
}

TEST(DoubleOptIn, AMarkOfSuspicionTakesBackWhatCameBeforeItAndNotWhatComesAfter) {
    std::vector<Event> history{requested(), step("confirmed", kAsked, "2026-03-01T10:00:01Z"),
                               step("suspect", kAsked, "2026-03-01T10:00:01Z")};
    EXPECT_EQ(state(history), "suspect");
    history.push_back(step("confirmed", kAsked, "2026-03-01T14:30:00Z"));
    EXPECT_EQ(state(history), "confirmed");
    const OptInRequest request = request_of(history);
    EXPECT_EQ(confirmation_of(request, *request.questions.begin())->at, "2026-03-01T14:30:00Z");
}

TEST(DoubleOptIn, StepsWithoutARequestAreNoConsent) {
    EXPECT_EQ(state({step("confirmed", kAsked)}), "unknown");
    EXPECT_EQ(state({requested(Date{2026y / 3 / 2}), step("confirmed", kAsked)}, kEnd), "expired");
    OptInRequests requests;
    Event nameless = requested();
    nameless.attributes.erase("request");
    fold(requests, nameless);
    Event strange = requested();
    strange.attributes["step"] = "strange";
    fold(requests, strange);
    EXPECT_TRUE(requests.empty());
}

TEST(DoubleOptIn, ARequestForTwoChannelsIsConfirmedForBoth) {
    Event sms = requested();
    sms.channel = "sms";
    const std::vector<Event> history{requested(), sms, step("confirmed", kAsked)};
    const Standing standing = standing_of(history, kEnd);
    for (const char* channel : {"email", "sms"}) {
        const ConsentWord word = consent_for(standing, {"", channel, "commercial"});
        EXPECT_TRUE(word.is_given()) << channel;
        EXPECT_EQ(word.particulars.at("consent.proof"), "double_opt_in");
        EXPECT_FALSE(word.particulars.contains("notice"));
    }
    EXPECT_FALSE(consent_for(standing, {"", "live_call", "commercial"}).is_known());
}

TEST(DoubleOptIn, ALookIntoThePastStillSeesTheSuspicion) {
    const std::vector<Event> history{requested(), step("confirmed", kAsked),
                                     step("suspect", Date{2026y / 3 / 5})};
    EXPECT_FALSE(consent_for(standing_of(history, kAsked), {"", "email", "commercial"}).is_given());
}

Event random_step() {
    const auto name = *rc::gen::element<std::string>("requested", "mail_accepted", "page_seen",
                                                     "confirmed", "bounced", "suspect");
    const Date day = kAsked + std::chrono::days{*rc::gen::inRange(0, 4)};
    Event event = name == "requested"
                      ? requested(day, *rc::gen::element<std::string>("0", "1", "2", "x"))
                      : step(name, day);
    event.channel = *rc::gen::element<std::string>("email", "sms");
    event.attributes["request"] = *rc::gen::element<std::string>("r", "s");
    const auto at = *rc::gen::element<std::string>("", "a", "b");
    if (!at.empty()) event.attributes["at"] = at;
    return event;
}

std::vector<Event> random_history() {
    std::vector<Event> history(*rc::gen::inRange<std::size_t>(0, 12));
    std::generate(history.begin(), history.end(), random_step);
    return history;
}

TEST(DoubleOptIn, OrderAndRepetitionDoNotChangeIt) {
    EXPECT_TRUE(rc::check("shuffled and repeated", [] {
        const std::vector<Event> once = random_history();
        const Standing expected = standing_of(once, kEnd);
        std::vector<Event> history = once;
        history.insert(history.end(), once.begin(), once.end());
        std::shuffle(history.begin(), history.end(), std::mt19937(*rc::gen::arbitrary<unsigned>()));
        RC_ASSERT(standing_of(history, kEnd) == expected);
    }));
}

TEST(DoubleOptIn, WithoutAConfirmationThereIsNeverAConsent) {
    EXPECT_TRUE(rc::check("no confirmation", [] {
        std::vector<Event> history = random_history();
        std::erase_if(history, [](const Event& event) {
            return opt_in_step_of(event) == OptInStep::kConfirmed;
        });
        const Standing standing = standing_of(history, kEnd);
        for (const char* channel : {"email", "sms", ""})
            RC_ASSERT(!consent_for(standing, {"", channel, "commercial"}).is_known());
    }));
}

TEST(DoubleOptIn, AMarkOfSuspicionNeverMakesAConsent) {
    EXPECT_TRUE(rc::check("one more suspicion", [] {
        std::vector<Event> history = random_history();
        const bool before =
            consent_for(standing_of(history, kEnd), {"", "email", "commercial"}).is_given();
        Event mark = random_step();
        mark.attributes["step"] = "suspect";
        history.push_back(mark);
        const bool after =
            consent_for(standing_of(history, kEnd), {"", "email", "commercial"}).is_given();
        RC_ASSERT(before || !after);
    }));
}

}  // namespace
}  // namespace licet::ledger
