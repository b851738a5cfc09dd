// SPDX-License-Identifier: Apache-2.0
//
// Days, moments and periods, as the law counts them.
//
// A Date is a calendar day of the recipient. A Moment is a day and, if known, the clock there and
// its distance from UTC; a bare day leaves the hour unknown, it does not mean midnight. Periods in
// months and years end on the same day number or, where that month has none, on its last day
// (Regulation (EEC, Euratom) No 1182/71, article 3(2)(c)). There is no clock here: only main reads
// one.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace licet {

using Date = std::chrono::sys_days;

/// A day, and the clock on the wall there if it is known.
struct Moment {
    struct Clock {
        int minute_of_day = 0;       ///< 0 to 1439
        int utc_offset_minutes = 0;  ///< east of Greenwich is positive
        friend bool operator==(const Clock&, const Clock&) = default;
    };
    Date day;
    std::optional<Clock> clock;

    friend bool operator==(const Moment&, const Moment&) = default;
};

/// Units in which the law counts. Working days are Monday to Saturday without public holidays.
enum class PeriodUnit { kDays, kWorkingDays, kMonths };

/// A number of units, such as 3 years (held as 36 months).
struct Period {
    int count = 0;
    PeriodUnit unit = PeriodUnit::kDays;
    friend bool operator==(const Period&, const Period&) = default;
};

/// Parses `2026-11-23`. Errors: kInput for another form or a day that no calendar has.
[[nodiscard]] Result<Date> parse_date(std::string_view text);

/// Parses `2026-11-23`, `2026-11-23T11:05+01:00` or `...Z`; seconds are accepted and dropped.
/// Errors: kInput.
[[nodiscard]] Result<Moment> parse_moment(std::string_view text);

[[nodiscard]] std::string text_of(Date date);
[[nodiscard]] std::string text_of(const Moment& moment);

/// Words a date for a reader: "11 août 2026", "11 August 2026".
[[nodiscard]] std::string worded(Date date, Language language);

/// Adds months; the day number is kept or, where the month has none, becomes its last day.
[[nodiscard]] Date plus_months(Date date, int months);

/// Minutes since 1970-01-01T00:00Z. Only for a moment with a clock.
[[nodiscard]] std::int64_t utc_minutes(const Moment& moment);

/// Easter Sunday of `year` in the Gregorian calendar.
/// Source: the computus of Meeus, Jones and Butcher (Nature, 1876).
[[nodiscard]] Date easter(int year);

}  // namespace licet
