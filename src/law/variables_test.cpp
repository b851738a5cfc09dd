// SPDX-License-Identifier: Apache-2.0
// Goal: facts become codes exactly at the thresholds that the rules name: first and last days, leap
// years,
//       ends of months, working days across holidays, never, still to come, unknown and presumed.
// Method: one condition in a small pack and the answer on both sides of its edge; then the codes
// themselves. Cites: [conso:L223-1] [trav:L3133-1]
#include "law/variables.h"

#include <gtest/gtest.h>

#include "law/law_test_support.h"

namespace licet::law {
namespace {

using test::answer_of;
using test::SmallLaw;
using Lines = std::vector<std::string>;

std::unique_ptr<Law> law_when(std::string_view condition) {
    SmallLaw small;
    small.blocks = "rule a\n  answers contact = allowed\n  when " + std::string(condition) + "\n" +
                   std::string(test::kTexts);
    return small.law();
}
std::string answer_when(std::string_view condition, std::string_view facts,
                        std::string_view country = "aa") {
    return answer_of(*law_when(condition),
                     "country = " + std::string(country) + ", " + std::string(facts));
}

constexpr auto kYes = "allowed";
constexpr auto kNo = "out_of_scope";
constexpr auto kOpen = "undetermined";

TEST(Variables, WithinIncludesTheLastDayAndLessThanDoesNot) {
    const auto within = "seen_on within 3 years of at";
    EXPECT_EQ(answer_when(within, "seen_on = 2023-11-23, at = 2026-11-23"), kYes);
    EXPECT_EQ(answer_when(within, "seen_on = 2023-11-22, at = 2026-11-23"), kNo);
    const auto less = "seen_on less than 1 year before at";
    EXPECT_EQ(answer_when(less, "seen_on = 2025-11-24, at = 2026-11-23"), kYes);
    EXPECT_EQ(answer_when(less, "seen_on = 2025-11-23, at = 2026-11-23"), kNo);
}

TEST(Variables, BothEdgesOfOnePeriodMayStandInOneLaw) {
    const auto both = "seen_on within 12 months of at, not seen_on less than 1 year before at";
    EXPECT_EQ(answer_when(both, "seen_on = 2025-11-24, at = 2026-11-23"), kNo);
    EXPECT_EQ(answer_when(both, "seen_on = 2025-11-23, at = 2026-11-23"), kYes);
    EXPECT_EQ(answer_when(both, "seen_on = 2025-11-22, at = 2026-11-23"), kNo);
}

TEST(Variables, MonthsEndOnTheSameDayOrOnTheLastOfTheMonth) {
    const auto month = "seen_on within 1 month of at";
    EXPECT_EQ(answer_when(month, "seen_on = 2026-01-31, at = 2026-02-28"), kYes);
    EXPECT_EQ(answer_when(month, "seen_on = 2026-01-31, at = 2026-03-01"), kNo);
    EXPECT_EQ(answer_when(month, "seen_on = 2024-01-31, at = 2024-02-29"), kYes);
    EXPECT_EQ(answer_when(month, "seen_on = 2026-02-28, at = 2026-03-28"), kYes);
    EXPECT_EQ(answer_when(month, "seen_on = 2026-02-28, at = 2026-03-29"), kNo);
    EXPECT_EQ(answer_when(month, "seen_on = 2026-12-31, at = 2027-01-31"), kYes);
}

TEST(Variables, ALeapDayReturnsOnTheTwentyEighth) {
    const auto year = "seen_on within 1 year of at";
    EXPECT_EQ(answer_when(year, "seen_on = 2024-02-29, at = 2025-02-28"), kYes);
    EXPECT_EQ(answer_when(year, "seen_on = 2024-02-29, at = 2025-03-01"), kNo);
    const auto four = "seen_on within 4 years of at";
    EXPECT_EQ(answer_when(four, "seen_on = 2024-02-29, at = 2028-02-29"), kYes);
    EXPECT_EQ(answer_when(four, "seen_on = 2024-02-29, at = 2028-03-01"), kNo);
}

TEST(Variables, DaysAreCountedFromTheDayAfter) {
    const auto sixty = "seen_on within 60 days of at";
    EXPECT_EQ(answer_when(sixty, "seen_on = 2026-06-11, at = 2026-08-10"), kYes);
    EXPECT_EQ(answer_when(sixty, "seen_on = 2026-06-10, at = 2026-08-10"), kNo);
    EXPECT_EQ(answer_when("seen_on within 0 days of at", "seen_on = 2026-06-10, at = 2026-06-10"),
              kYes);
}

TEST(Variables, NeverAndWhatIsStillToComeAreWithinNothing) {
    const auto within = "seen_on within 3 years of at";
    EXPECT_EQ(answer_when(within, "seen_on = never, at = 2026-11-23"), kNo);
    EXPECT_EQ(answer_when(within, "seen_on = never"), kNo);
    EXPECT_EQ(answer_when(within, "seen_on = 2026-11-24, at = 2026-11-23"), kNo);
    EXPECT_EQ(answer_when(within, "seen_on = 2026-11-23, at = 2026-11-23"), kYes);
    EXPECT_EQ(answer_when(within, "seen_on = 2026-01-01"), kOpen);
    EXPECT_EQ(answer_when(within, "at = 2026-11-23"), kOpen);
}

TEST(Variables, ThresholdsOfOneFactInOrderLeaveNoImpossibleBucket) {
    const auto both = "seen_on within 2 years of at, not seen_on within 3 years of at";
    EXPECT_EQ(answer_when(both, "at = 2026-11-23"), kNo);
    EXPECT_EQ(answer_when("count >= 5, count < 3", "at = 2026-11-23"), kNo);
}

TEST(Variables, WorkingDaysLeaveOutSundaysAndHolidays) {
    // Friday 2026-04-24 and five working days: 25, 27, 28, 29, 30 April. With 1 May a holiday, six
    // end on 2 May.
    EXPECT_EQ(
        answer_when("seen_on within 5 working_days of at", "seen_on = 2026-04-24, at = 2026-04-30"),
        kYes);
    EXPECT_EQ(
        answer_when("seen_on within 5 working_days of at", "seen_on = 2026-04-24, at = 2026-05-01"),
        kNo);
    EXPECT_EQ(
        answer_when("seen_on within 6 working_days of at", "seen_on = 2026-04-24, at = 2026-05-02"),
        kYes);
    EXPECT_EQ(
        answer_when("seen_on within 6 working_days of at", "seen_on = 2026-04-24, at = 2026-05-03"),
        kNo);
}

TEST(Variables, WorkingDaysOfAMemberAreThoseOfItsFloorAndElsewhereHaveNoHolidays) {
    // Easter Monday, 2026-04-06, is no working day in aa, nor in bb for which aa stands.
    const auto one = "seen_on within 1 working_day of at";
    EXPECT_EQ(answer_when(one, "seen_on = 2026-04-04, at = 2026-04-07", "aa"), kYes);
    EXPECT_EQ(answer_when(one, "seen_on = 2026-04-04, at = 2026-04-07", "bb"), kYes);
    const auto anywhere = law_when(one);
    const Facts facts =
        test::facts_of(*anywhere, "country = zz, seen_on = 2026-04-04, at = 2026-04-07");
    const VarId id = anywhere->variables().of_fact(anywhere->vocabulary().find("seen_on"))[0];
    EXPECT_EQ(anywhere->variables().code(facts)[id], 1U);
}

TEST(Variables, FrenchWorkingDaysRunAcrossEasterAndMay) {
    const Calendar& fr = *test::real_law().calendar_of("fr");
    const auto plus = [&](std::string_view from, int count) {
        return text_of(fr.plus_working_days(parse_date(from).value(), count));
    };
    EXPECT_EQ(plus("2026-04-03", 1), "2026-04-04");  // Good Friday is worked; then Saturday
    EXPECT_EQ(plus("2026-04-03", 2), "2026-04-07");  // Easter Monday is not
    EXPECT_EQ(plus("2026-05-07", 1), "2026-05-09");  // 8 May
    EXPECT_EQ(plus("2026-05-13", 5),
              "2026-05-20");  // Ascension, Thursday 14 May; 15, 16, 18, 19, 20
    EXPECT_EQ(plus("2026-05-23", 1), "2026-05-26");  // Whit Monday
    EXPECT_EQ(plus("2026-12-24", 1), "2026-12-26");
    EXPECT_EQ(plus("2026-12-31", 5), "2027-01-07");  // New Year, Sunday 3 January
    EXPECT_EQ(plus("2026-09-09", 0), "2026-09-09");
}

TEST(Variables, ACallBackHasFiveWorkingDays) {
    const auto facts = [](std::string_view at, std::string_view asked) {
        return "background = ordinary_offer, background = clean, background = first_call, "
               "background = own_customer, country = fr, channel = live_call, audience = consumer, "
               "callback.same_object = yes, relation.last_sale_on = 2026-01-01, weekday = wed, "
               "local_time = 11:00, "
               "public_holiday = no, at = " +
               std::string(at) + ", callback.requested_at = " + std::string(asked);
    };
    // Monday 2026-11-09: 10, 12, 13, 14, 16 November, because Armistice day and the Sunday do not
    // count.
    EXPECT_EQ(answer_of(test::real_law(), facts("2026-11-16", "2026-11-09")), kYes);
    EXPECT_EQ(answer_of(test::real_law(), facts("2026-11-17", "2026-11-09")), "forbidden");
}

TEST(Variables, ARegisterThatWasNotCheckedIsUnknownAndHasTwoStates) {
    const auto listed = law_when("register.aa_list = listed");
    EXPECT_EQ(answer_of(*listed, "country = aa, register.aa_list = not_checked"), kOpen);
    EXPECT_EQ(answer_of(*listed, "country = aa"), kOpen);
    EXPECT_EQ(answer_of(*listed, "country = aa, register.aa_list = listed"), kYes);
    const auto either = law_when("register.aa_list in {listed, not_listed}");
    EXPECT_EQ(answer_of(*either, "country = aa, register.aa_list = not_checked"), kYes);
}

TEST(Variables, AnOrderOfDatesIsKnownOnceOneOfThemIsNever) {
    const auto after = "seen_on after met_on";
    EXPECT_EQ(answer_when(after, "seen_on = never"), kNo);
    EXPECT_EQ(answer_when(after, "met_on = never"), kNo);
    EXPECT_EQ(answer_when(after, "seen_on = 2026-01-01, met_on = never"), kNo);
    EXPECT_EQ(answer_when(after, "seen_on = 2026-01-01"), kOpen);
    EXPECT_EQ(answer_when(after, "seen_on = 2026-01-01, met_on = –"), kOpen);
}

TEST(Variables, ACountryWithoutPackIsStoodForByItsFloor) {
    EXPECT_EQ(answer_when("flag", "flag = yes", "bb"), kYes);
    EXPECT_EQ(answer_when("flag", "flag = yes", "zz"), kNo);
    const Law& law = test::real_law();
    EXPECT_EQ(law.pack_of("mt")->id, "eu");
    EXPECT_EQ(law.pack_of("fr")->id, "fr");
    EXPECT_EQ(law.pack_of("jp"), nullptr);
    EXPECT_EQ(law.calendar_of("mt"), nullptr);
}

TEST(Variables, ConductToComeHasACodeOfItsOwn) {
    const auto law = law_when("kept, number = own");
    const Variables& all = law->variables();
    const VarId id = all.of_fact(law->vocabulary().find("kept"))[0];
    EXPECT_EQ(all.code({})[id], all[id].presumed);
    EXPECT_EQ(all[id].real_size(), 2U);
    EXPECT_EQ(all.code(test::facts_of(*law, "kept = no"))[id], 0U);
    EXPECT_EQ(all.code(test::facts_of(*law, "kept = –"))[id], kUnknown);
    EXPECT_EQ(all.condition(id, all[id].presumed), "kept presumed");
}

TEST(Variables, RecodingOneFactIsTheSameAsCodingAll) {
    const Law& law = test::real_law();
    const Facts before =
        test::facts_of(law,
                       "country = de, at = 2026-11-23, callback.requested_at = 2026-11-18, "
                       "consent.on = 2026-01-01, objection.on = 2026-02-01");
    for (const std::string_view change :
         {"at = 2026-08-01", "country = fr", "consent.on = 2026-03-01", "objection.on = never",
          "callback.requested_at = 2026-11-10", "channel = sms", "calls.last_30_days = 4"}) {
        Facts after = before;
        const FactId fact = law.vocabulary().find(trimmed(split(change, '=')[0]));
        after.set(fact, *test::facts_of(law, change).find(fact));
        Codes codes = law.variables().code(before);
        law.variables().recode(after, fact, codes);
        EXPECT_EQ(codes, law.variables().code(after)) << change;
    }
}

TEST(Variables, ConditionsAreNamedInTheWordsOfTheRules) {
    const auto law = law_when(
        "colour = red, count >= 3, hour >= 10:00, seen_on within 3 months of at, met_on from "
        "2026-01-01, "
        "seen_on after met_on, at from 2025-01-01, seen_on within 2 working_days of at, country = "
        "cc");
    const Variables& all = law->variables();
    const auto name = [&](std::string_view fact, std::size_t index, std::uint8_t code) {
        return all.condition(all.of_fact(law->vocabulary().find(fact))[index], code);
    };
    EXPECT_EQ(name("colour", 0, 1), "colour = green");
    EXPECT_EQ(name("colour", 0, kUnknown), "colour = ?");
    EXPECT_EQ(name("count", 0, 0), "count < 3");
    EXPECT_EQ(name("count", 0, 1), "count >= 3");
    EXPECT_EQ(name("hour", 0, 1), "hour >= 10:00");
    EXPECT_EQ(name("seen_on", 0, 0), "seen_on within 3 months of at");
    EXPECT_EQ(name("seen_on", 0, 1), "seen_on not within 3 months of at");
    EXPECT_EQ(name("seen_on", 0, 2), "seen_on is never");
    EXPECT_EQ(name("met_on", 0, 0), "met_on before 2026-01-01");
    EXPECT_EQ(name("met_on", 0, 1), "met_on from 2026-01-01");
    EXPECT_EQ(name("met_on", 0, 2), "met_on is never");
    EXPECT_EQ(name("seen_on", 1, 1), "seen_on after met_on");
    EXPECT_EQ(name("seen_on", 2, 0), "seen_on within 2 working days of at");
    EXPECT_EQ(name("at", 0, 2), "at is never");
    EXPECT_EQ(name("country", 0, 0), "country = aa");
    EXPECT_EQ(name("country", 0, 2), "country is another");
}

TEST(Variables, DaysOfChangeAreThoseOnWhichACodeChanges) {
    const auto law = law_when(
        "seen_on within 1 month of at, seen_on less than 2 months before at, at from 2026-06-01");
    const auto days = [&](std::string_view facts) {
        Lines out;
        for (const Date day : law->variables().days_of_change(test::facts_of(*law, facts)))
            out.push_back(text_of(day));
        return out;
    };
    EXPECT_EQ(days("at = 2026-01-31, seen_on = 2026-01-31"),
              (Lines{"2026-03-01", "2026-03-31", "2026-06-01"}));
    EXPECT_EQ(days("at = 2026-03-01, seen_on = 2026-01-31"), (Lines{"2026-03-31", "2026-06-01"}));
    EXPECT_EQ(days("at = 2026-01-01, seen_on = 2026-01-31"),
              (Lines{"2026-01-31", "2026-03-01", "2026-03-31", "2026-06-01"}));
    EXPECT_EQ(days("at = 2026-06-01, seen_on = never"), Lines{});
    EXPECT_EQ(days("seen_on = 2026-01-31"), Lines{});
}

}  // namespace
}  // namespace licet::law
