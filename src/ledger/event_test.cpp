// SPDX-License-Identifier: Apache-2.0
// Goal: an event survives its bytes, equal events have equal bytes, and other bytes are no event.
// Method: the vectors of docs/ledger-format.md; random events there and back; every byte damaged.
#include "ledger/event.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>

#include "base/text.h"

namespace licet::ledger {
namespace {

using namespace std::chrono_literals;

Event full_event() {
    Event event;
    event.kind = EventKind::kConsentGiven;
    for (std::size_t i = 0; i < event.person.bytes.size(); ++i)
        event.person.bytes[i] = static_cast<std::uint8_t>(0xA0 + i);
    event.happened_on = Date{2026y / 3 / 2};
    event.received_at = 1'772'445'600;
    event.channel = "email";
    event.purpose = "commercial";
    event.surface = "page";
    event.key = "k1";
    event.attributes = {{"consent.act", "clear"}, {"consent.proof", "written"}};
    return event;
}

Event random_event() {
    Event event;
    event.kind = *rc::gen::elementOf(
        std::vector<EventKind>(all_event_kinds().begin(), all_event_kinds().end()));
    for (auto& byte : event.person.bytes) byte = *rc::gen::arbitrary<std::uint8_t>();
    event.happened_on = Date{std::chrono::days{*rc::gen::arbitrary<std::int32_t>()}};
    event.received_at = *rc::gen::arbitrary<std::int64_t>();
    event.tenant = *rc::gen::arbitrary<std::string>();
    event.channel = *rc::gen::arbitrary<std::string>();
    event.key = *rc::gen::arbitrary<std::string>();
    event.attributes = *rc::gen::arbitrary<std::map<std::string, std::string>>();
    return event;
}

TEST(Event, BytesAreWhatTheFormatSays) {
    EXPECT_EQ(hex_of(bytes_of(full_event())),
              "0103a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"
              "00005022"
              "0000000069a55fa0"
              "0764656661756c74"
              "05656d61696c"
              "0a636f6d6d65726369616c"
              "0470616765"
              "026b31"
              "02"
              "0b636f6e73656e742e616374"
              "05636c656172"
              "0d636f6e73656e742e70726f6f66"
              "077772697474656e");
}

TEST(Event, BytesOfAStepOfADoubleOptInAreWhatTheFormatSays) {
    Event event = full_event();
    event.kind = EventKind::kDoubleOptIn;
    event.key = "k2";
    event.attributes = {{"at", "2026-03-02T10:00:05Z"}, {"request", "r1"}, {"step", "confirmed"}};
    EXPECT_EQ(hex_of(bytes_of(event)),
              "010ea0a1a2a3a4a5a6a7a8a9aaabacadaeaf"
              "00005022"
              "0000000069a55fa0"
              "0764656661756c74"
              "05656d61696c"
              "0a636f6d6d65726369616c"
              "0470616765"
              "026b32"
              "03"
              "026174"
              "14323032362d30332d30325431303a30303a30355a"
              "0772657175657374"
              "027231"
              "0473746570"
              "09636f6e6669726d6564");
}

TEST(Event, SurvivesItsBytes) {
    EXPECT_EQ(event_of(bytes_of(full_event())).value(), full_event());
    EXPECT_TRUE(rc::check("there and back", [] {
        const Event event = random_event();
        RC_ASSERT(event_of(bytes_of(event)).value() == event);
    }));
}

TEST(Event, AViewOfItsBytesSaysTheSame) {
    const Event event = full_event();
    const auto bytes = bytes_of(event);
    const EventView view = event_view_of(bytes).value();
    EXPECT_EQ(view.kind, event.kind);
    EXPECT_EQ(view.person, event.person);
    EXPECT_EQ(view.happened_on, event.happened_on);
    EXPECT_EQ(view.received_at, event.received_at);
    EXPECT_EQ(view.tenant, event.tenant);
    EXPECT_EQ(view.channel, event.channel);
    EXPECT_EQ(view.purpose, event.purpose);
    EXPECT_EQ(view.surface, event.surface);
    EXPECT_EQ(view.key, event.key);
}

TEST(Event, ADayBefore1970AndALongTextAreKept) {
    Event event = full_event();
    event.happened_on = Date{1944y / 8 / 25};
    event.received_at = -1;
    event.attributes["long"] = std::string(100'000, 'x');
    EXPECT_EQ(event_of(bytes_of(event)).value(), event);
}

TEST(Event, BytesThatWereCutOrLengthenedAreNoEvent) {
    const auto bytes = bytes_of(full_event());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_EQ(event_of(std::span(bytes).first(size)).error().message.id, "event.unreadable");
    auto longer = bytes;
    longer.push_back(0);
    EXPECT_EQ(event_of(longer).error().code, ErrorCode::kBroken);
}

TEST(Event, OnlyTheBytesThatWeWriteAreRead) {
    const auto bytes = bytes_of(full_event());
    for (std::size_t place = 0; place < bytes.size(); ++place) {
        for (const int flip : {0x01, 0x80, 0xFF}) {
            auto damaged = bytes;
            damaged[place] = static_cast<std::uint8_t>(damaged[place] ^ flip);
            const auto event = event_of(damaged);
            EXPECT_EQ(event_view_of(damaged).has_value(), event.has_value());
            // What can still be read is another event, never this one, and has these very bytes.
            if (event) {
                EXPECT_NE(event.value(), full_event());
                EXPECT_EQ(bytes_of(event.value()), damaged);
            }
        }
    }
}

TEST(Event, ALongerFormOfALengthAndUnsortedAttributesAreRefused) {
    Event event = full_event();
    event.attributes.clear();
    auto bytes = bytes_of(event);
    bytes.back() = 0x80;  // the count of attributes, zero in two bytes
    bytes.push_back(0x00);
    EXPECT_FALSE(event_of(bytes));
    auto twice = bytes_of(event);
    twice.back() = 2;
    for (const char byte : std::string("\1b\0\1a\0", 6))
        twice.push_back(static_cast<std::uint8_t>(byte));
    EXPECT_FALSE(event_of(twice));
    auto same = bytes_of(event);
    same.back() = 2;
    for (const char byte : std::string("\1a\0\1a\0", 6))
        same.push_back(static_cast<std::uint8_t>(byte));
    EXPECT_FALSE(event_of(same));
}

TEST(Event, KindsHaveNamesAndNumbersThatNeverChange) {
    const std::vector<std::pair<int, std::string>> names{{1, "collected"},
                                                         {2, "informed"},
                                                         {3, "consent_given"},
                                                         {4, "consent_refused"},
                                                         {5, "consent_withdrawn"},
                                                         {6, "objection"},
                                                         {7, "interaction"},
                                                         {8, "contacted"},
                                                         {9, "call_attempt"},
                                                         {10, "callback_requested"},
                                                         {11, "verdict"},
                                                         {12, "erased"},
                                                         {13, "notice_published"},
                                                         {14, "double_opt_in"},
                                                         {15, "certificate_issued"},
                                                         {16, "import_undone"},
                                                         {17, "register_checked"},
                                                         {18, "administered"},
                                                         {19, "paused"},
                                                         {20, "request"},
                                                         {21, "processor_acknowledged"},
                                                         {22, "audit_answered"},
                                                         {23, "processor"},
                                                         {24, "breach"},
                                                         {25, "complaint"},
                                                         {26, "label"},
                                                         {27, "site_choice"},
                                                         {28, "site_visit"},
                                                         {29, "partner_list"}};
    ASSERT_EQ(all_event_kinds().size(), names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        const EventKind kind = all_event_kinds()[i];
        EXPECT_EQ(static_cast<int>(kind), names[i].first);
        EXPECT_EQ(name_of(kind), names[i].second);
        EXPECT_EQ(event_kind_of(names[i].second), kind);
    }
    EXPECT_FALSE(event_kind_of("opening").has_value());
}

TEST(Spread, AnObjectionStandsUnderEveryTokenAndAConsentUnderTheStrictOneAlone) {
    ContactTokens tokens;
    tokens.strict.bytes[0] = 1;
    tokens.loose.resize(2);
    tokens.loose[0].bytes[0] = 2;
    tokens.loose[1].bytes[0] = 3;
    Event event = full_event();
    EXPECT_EQ(spread(event, tokens).size(), 1U);
    EXPECT_EQ(spread(event, tokens)[0].person, tokens.strict);
    EXPECT_EQ(spread(event, tokens)[0].key, "k1");

    event.kind = EventKind::kObjectionRecorded;
    const std::vector<Event> events = spread(event, tokens);
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events[1].person, tokens.loose[0]);
    EXPECT_EQ(events[2].person, tokens.loose[1]);
    EXPECT_EQ((std::set{events[0].key, events[1].key, events[2].key}).size(), 3U);
    EXPECT_EQ(spread(event, tokens), events);
}

TEST(Spread, AnEventWithoutAKeyGetsOneFromItsContent) {
    Event event = full_event();
    event.key.clear();
    const std::string key = spread(event, ContactTokens{})[0].key;
    EXPECT_FALSE(key.empty());
    event.received_at += 3600;
    EXPECT_EQ(spread(event, ContactTokens{})[0].key, key);
}

TEST(ContentKey, IsTheSameWhenAFileIsReadAgainAndAnotherForAnotherEvent) {
    Event event = full_event();
    const std::string key = content_key(event);
    event.received_at += 60;
    event.key = "other";
    EXPECT_EQ(content_key(event), key);
    event.channel = "sms";
    EXPECT_NE(content_key(event), key);
}

TEST(ContentKey, TwoCallsOfOneDayAreTwo) {
    Event event = full_event();
    event.kind = EventKind::kCallAttempt;
    const std::string key = content_key(event);
    event.received_at += 60;
    EXPECT_NE(content_key(event), key);
}

}  // namespace
}  // namespace licet::ledger
