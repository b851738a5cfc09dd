// SPDX-License-Identifier: Apache-2.0
// Goal: the clock is that of the recipient; what the caller gave stays; a consulted ledger's
// silence speaks. Cites: [conso:D223-9] [trav:L3133-1]
#include "gate/derive.h"

#include <gtest/gtest.h>

#include "gate/gate_test_support.h"

namespace licet::gate {
namespace {

using test::text_of;

law::Facts derived(std::string_view text) {
    law::Facts facts = test::facts_of(text);
    derive_time(test::real_law(), test::offset_of, facts);
    return facts;
}

TEST(Derive, NoonInParisIsAfternoonInReunion) {
    const law::Facts facts = derived("country = fr, region = 974, at = 2026-07-15T12:30+02:00");
    EXPECT_EQ(text_of(facts, "at"), "2026-07-15T14:30+04:00");
    EXPECT_EQ(text_of(facts, "local_time"), "14:30");
    EXPECT_EQ(text_of(facts, "weekday"), "wed");
    EXPECT_EQ(text_of(facts, "public_holiday"), "no");
    EXPECT_EQ(test::supplier_of(facts, "local_time"), "derived");
    EXPECT_EQ(test::supplier_of(facts, "at"), "request");
}

TEST(Derive, TheDayOfTheRecipientMayBeAnother) {
    const law::Facts ahead = derived("country = fr, region = nc, at = 2026-07-13T20:00+02:00");
    EXPECT_EQ(text_of(ahead, "at"), "2026-07-14T05:00+11:00");
    EXPECT_EQ(text_of(ahead, "public_holiday"), "yes");
    EXPECT_EQ(text_of(ahead, "weekday"), "tue");
    const law::Facts behind = derived("country = fr, region = 972, at = 2026-07-15T03:30+02:00");
    EXPECT_EQ(text_of(behind, "at"), "2026-07-14T21:30-04:00");
    EXPECT_EQ(text_of(behind, "public_holiday"), "yes");
}

TEST(Derive, SummerTimeIsThatOfTheInstant) {
    EXPECT_EQ(text_of(derived("country = fr, at = 2026-10-25T00:59Z"), "local_time"), "02:59");
    EXPECT_EQ(text_of(derived("country = fr, at = 2026-10-25T01:00Z"), "local_time"), "02:00");
    EXPECT_EQ(text_of(derived("country = fr, at = 2026-11-23T11:00Z"), "local_time"), "12:00");
}

TEST(Derive, ABareDayHasNoHour) {
    const law::Facts facts = derived("country = fr, at = 2026-11-22");
    EXPECT_EQ(text_of(facts, "local_time"), "?");
    EXPECT_EQ(text_of(facts, "weekday"), "sun");
    EXPECT_EQ(text_of(facts, "public_holiday"), "no");
    EXPECT_EQ(text_of(facts, "at"), "2026-11-22");
    EXPECT_EQ(text_of(derived("country = fr, at = 2026-05-14"), "public_holiday"), "yes");
}

TEST(Derive, WhatTheCallerGaveStays) {
    const law::Facts facts = derived(
        "country = fr, at = 2026-07-14T12:30+02:00, weekday = fri, public_holiday = no, local_time "
        "= 09:00");
    EXPECT_EQ(text_of(facts, "weekday"), "fri");
    EXPECT_EQ(text_of(facts, "public_holiday"), "no");
    EXPECT_EQ(text_of(facts, "local_time"), "09:00");
    EXPECT_EQ(test::supplier_of(facts, "weekday"), "request");
}

TEST(Derive, WithoutADayOrACalendarLessIsKnown) {
    EXPECT_EQ(text_of(derived("country = fr"), "weekday"), "?");
    EXPECT_EQ(text_of(derived("country = fr, at = never"), "weekday"), "?");
    const law::Facts facts = derived("country = us, at = 2026-11-23T11:00+01:00");
    EXPECT_EQ(text_of(facts, "public_holiday"), "?");
    EXPECT_EQ(text_of(facts, "weekday"), "mon");
}

// The caller's clock is not the recipient's: without its zone the hour there is not known.
TEST(Derive, WithoutAZoneTheHourOfTheRecipientIsNotKnown) {
    EXPECT_EQ(text_of(derived("country = mt, at = 2026-11-23T11:00+09:00"), "local_time"), "?");
}

TEST(Derive, DerivingTwiceIsDerivingOnce) {
    law::Facts facts = derived("country = fr, region = 974, at = 2026-07-15T23:30+02:00");
    const std::string before = text_of(facts, "at");
    derive_time(test::real_law(), test::offset_of, facts);
    EXPECT_EQ(text_of(facts, "at"), before);
    EXPECT_EQ(before, "2026-07-16T01:30+04:00");
    EXPECT_EQ(text_of(facts, "weekday"), "thu");
}

TEST(Derive, AConsultedLedgersSilenceIsAnAnswer) {
    law::Facts facts = test::facts_of("objection = all");
    add_ledger_silence(test::real_law(), facts);
    EXPECT_EQ(text_of(facts, "objection"), "all");
    EXPECT_EQ(text_of(facts, "consent"), "none");
    EXPECT_EQ(text_of(facts, "consent.on"), "never");
    EXPECT_EQ(text_of(facts, "calls.last_30_days"), "0");
    EXPECT_EQ(text_of(facts, "consent.act"), "?");
    EXPECT_EQ(text_of(facts, "message.optout"), "?");
    EXPECT_EQ(test::supplier_of(facts, "consent"), "ledger");
    EXPECT_EQ(test::supplier_of(facts, "objection"), "request");
}

}  // namespace
}  // namespace licet::gate
