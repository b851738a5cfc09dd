// SPDX-License-Identifier: Apache-2.0
// Goal: show that a request is what its events say, in whatever order they come.
// Method: sentences; every order and repetition of random steps.
#include "rights/data_subject_request.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <random>

#include "rights/internal/test_person.h"

namespace licet::rights {
namespace {

using test::day;
using test::token;

ledger::Event step(RequestStep step, std::string_view on, std::string reason = "") {
    StepSaid said{"r1", step, {}, std::move(reason), false, day(on)};
    if (step == RequestStep::kOpened) said.kind = RequestKind::kAccess;
    ledger::Event event = event_of(said);
    event.person = token(1);
    return event;
}

RequestState state_after(std::vector<ledger::Event> events) {
    const DataRequests requests = requests_of(events);
    return requests.empty() ? RequestState::kUnknown : state_of(requests.begin()->second);
}

TEST(DataRequest, GoesItsWay) {
    const auto opened = step(RequestStep::kOpened, "2026-09-01");
    const auto confirmed = step(RequestStep::kIdentityConfirmed, "2026-09-02");
    EXPECT_EQ(state_after({opened}), RequestState::kToConfirm);
    EXPECT_EQ(state_after({opened, confirmed}), RequestState::kOpen);
    const auto extended = step(RequestStep::kExtended, "2026-09-20", "complex");
    EXPECT_EQ(state_after({opened, confirmed, extended}), RequestState::kExtended);
    EXPECT_EQ(state_after({opened, confirmed, step(RequestStep::kAnswered, "2026-09-10")}),
              RequestState::kAnswered);
    EXPECT_EQ(state_after({opened, step(RequestStep::kRefused, "2026-09-10", "unfounded")}),
              RequestState::kRefused);
    EXPECT_EQ(state_after({opened, step(RequestStep::kClosed, "2026-09-10")}),
              RequestState::kClosed);
    EXPECT_EQ(state_after({confirmed}), RequestState::kUnknown);
}

TEST(DataRequest, KeepsTheFirstDayOfEachStep) {
    const auto first = step(RequestStep::kOpened, "2026-09-01");
    auto later = step(RequestStep::kOpened, "2026-09-05");
    const DataRequests requests = requests_of(std::vector{later, first});
    EXPECT_EQ(requests.begin()->second.on(RequestStep::kOpened), day("2026-09-01"));
}

TEST(DataRequest, DoesNotDependOnOrderOrRepetition) {
    EXPECT_TRUE(rc::check("steps, shuffled and repeated", [] {
        std::vector<ledger::Event> events;
        for (int i = *rc::gen::inRange(0, 12); i > 0; --i) {
            StepSaid said{*rc::gen::element(std::string("r1"), std::string("r2")),
                          static_cast<RequestStep>(*rc::gen::inRange(0, 6)),
                          all_request_kinds()[static_cast<std::size_t>(*rc::gen::inRange(0, 8))],
                          *rc::gen::element(std::string(), std::string("complex")),
                          *rc::gen::arbitrary<bool>(),
                          day("2026-09-01") + std::chrono::days{*rc::gen::inRange(0, 3)}};
            events.push_back(event_of(said));
            events.back().person = token(1);
            events.back().surface = *rc::gen::element(std::string("page"), std::string("post"));
        }
        auto other = events;
        other.insert(other.end(), events.begin(), events.end());
        std::shuffle(other.begin(), other.end(), std::mt19937(*rc::gen::arbitrary<unsigned>()));
        RC_ASSERT(requests_of(events) == requests_of(other));
    }));
}

TEST(DataRequest, HasAnIdThatTellsNothing) {
    const std::string id = request_id(token(1), RequestKind::kAccess, day("2026-09-01"));
    EXPECT_EQ(id.size(), 16U);
    EXPECT_EQ(id, request_id(token(1), RequestKind::kAccess, day("2026-09-01")));
    EXPECT_NE(id, request_id(token(2), RequestKind::kAccess, day("2026-09-01")));
    EXPECT_NE(id, request_id(token(1), RequestKind::kErasure, day("2026-09-01")));
}

TEST(DataRequest, HasNamesThatAreReadBack) {
    for (const RequestKind kind : all_request_kinds())
        EXPECT_EQ(request_kind_of(name_of(kind)), kind);
    EXPECT_FALSE(request_kind_of("x"));
    EXPECT_FALSE(request_step_of(""));
}

ledger::Event objection(std::string key, std::string_view on) {
    ledger::Event event;
    event.kind = ledger::EventKind::kObjectionRecorded;
    event.person = token(1);
    event.key = std::move(key);
    event.happened_on = day(on);
    return event;
}

TEST(Propagation, IsOneLineAnObjectionAndProcessor) {
    const std::vector<std::string> processors{"brevo", "ovh"};
    std::vector<ledger::Event> events{objection("b", "2026-09-02"), objection("a", "2026-09-01"),
                                      objection("a~1", "2026-09-01")};
    events[0].attributes.emplace("processor", "brevo");  // it came from there
    auto lines = propagations_of(events, processors);
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].objection, "a");
    EXPECT_EQ(lines[2].objection, "b");
    EXPECT_EQ(lines[2].processor, "ovh");
    events.push_back(acknowledgement_of(lines[0], day("2026-09-03")));
    lines = propagations_of(events, processors);
    EXPECT_EQ(lines[0].acknowledged_on, day("2026-09-03"));
    EXPECT_FALSE(lines[1].acknowledged_on);
    EXPECT_EQ(propagations_of(events, processors, day("2026-09-01")).size(), 1U);
}

}  // namespace
}  // namespace licet::rights
