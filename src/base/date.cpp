// SPDX-License-Identifier: Apache-2.0
#include "base/date.h"

#include <array>
#include <cstdint>

#include "base/text.h"

namespace licet {
namespace {

using std::chrono::year_month_day;

std::string two(int number) {
    return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

std::optional<int> number_at(std::string_view text, std::size_t place, std::size_t digits) {
    if (place + digits > text.size()) return std::nullopt;
    const auto value = whole_number(text.substr(place, digits));
    return value ? std::optional<int>(static_cast<int>(*value)) : std::nullopt;
}

// Parses what follows the day: T11:05+01:00, T11:05:30Z.
std::optional<Moment::Clock> parse_clock(std::string_view text) {
    const auto hour = number_at(text, 1, 2);
    const auto minute = number_at(text, 4, 2);
    if (text.size() < 7 || text[0] != 'T' || text[3] != ':' || !hour || !minute) return {};
    if (*hour > 23 || *minute > 59) return {};
    std::size_t place = 6;
    if (text[place] == ':') {
        const auto second = number_at(text, place + 1, 2);
        if (!second || *second > 60) return {};
        place += 3;
    }
    const std::string_view zone = text.substr(place);
    if (zone == "Z") return Moment::Clock{*hour * 60 + *minute, 0};
    const auto zone_hour = number_at(zone, 1, 2);
    const auto zone_minute = number_at(zone, 4, 2);
    const bool is_signed = !zone.empty() && (zone[0] == '+' || zone[0] == '-');
    if (zone.size() != 6 || !is_signed || zone[3] != ':' || !zone_hour || !zone_minute) return {};
    if (*zone_hour > 14 || *zone_minute > 59) return {};
    const int distance = *zone_hour * 60 + *zone_minute;
    return Moment::Clock{*hour * 60 + *minute, zone[0] == '-' ? -distance : distance};
}

}  // namespace

Result<Date> parse_date(std::string_view text) {
    const auto year = number_at(text, 0, 4);
    const auto month = number_at(text, 5, 2);
    const auto day = number_at(text, 8, 2);
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !year || !month || !day)
        return error(ErrorCode::kInput, "date.form");
    const year_month_day date{std::chrono::year{*year},
                              std::chrono::month{static_cast<unsigned>(*month)},
                              std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return error(ErrorCode::kInput, "date.no_such_day");
    return Date{date};
}

Result<Moment> parse_moment(std::string_view text) {
    const Date day = LICET_TRY(parse_date(text.substr(0, 10)));
    if (text.size() == 10) return Moment{day, {}};
    const auto clock = parse_clock(text.substr(10));
    if (!clock) return error(ErrorCode::kInput, "date.moment_form");
    return Moment{day, clock};
}

std::string text_of(Date date) {
    const year_month_day ymd{date};
    const int year = static_cast<int>(ymd.year());
    return two(year / 100) + two(year % 100) + "-" + two(static_cast<int>(unsigned(ymd.month()))) +
           "-" + two(static_cast<int>(unsigned(ymd.day())));
}

std::string text_of(const Moment& moment) {
    std::string out = text_of(moment.day);
    if (!moment.clock) return out;
    const int minute = moment.clock->minute_of_day;
    const int offset = std::abs(moment.clock->utc_offset_minutes);
    out += "T" + two(minute / 60) + ":" + two(minute % 60);
    out += moment.clock->utc_offset_minutes < 0 ? "-" : "+";
    return out + two(offset / 60) + ":" + two(offset % 60);
}

std::string worded(Date date, Language language) {
    static constexpr std::array<const char*, 12> kFrench = {
        "janvier", "février", "mars",      "avril",   "mai",      "juin",
        "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
    static constexpr std::array<const char*, 12> kEnglish = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    const year_month_day ymd{date};
    const unsigned day = unsigned(ymd.day());
    const std::size_t month = unsigned(ymd.month()) - 1;
    const bool is_french = language == Language::kFrench;
    std::string out = std::to_string(day);
    if (is_french && day == 1) out += "er";
    out += " ";
    out += is_french ? kFrench.at(month) : kEnglish.at(month);
    return out + " " + std::to_string(static_cast<int>(ymd.year()));
}

Date plus_months(Date date, int months) {
    const year_month_day ymd{date};
    const auto month = ymd.year() / ymd.month() + std::chrono::months{months};
    const year_month_day same_day = month / ymd.day();
    return same_day.ok() ? Date{same_day} : Date{month / std::chrono::last};
}

std::int64_t utc_minutes(const Moment& moment) {
    LICET_ENSURE(moment.clock.has_value());
    const std::int64_t day = moment.day.time_since_epoch().count();
    return day * 1440 + moment.clock->minute_of_day - moment.clock->utc_offset_minutes;
}

Date easter(int year) {
    const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4;
    const int f = (b + 8) / 25, g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
    return Date{year_month_day{std::chrono::year{year},
                               std::chrono::month{static_cast<unsigned>(month)},
                               std::chrono::day{static_cast<unsigned>(day)}}};
}

}  // namespace licet
