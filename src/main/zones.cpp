// SPDX-License-Identifier: Apache-2.0
#include "main/zones.h"

#include <chrono>
#include <ctime>
#include <string>

#include <date/tz.h>

namespace licet {

std::optional<int> zone_offset(std::string_view zone, std::int64_t utc_minutes) {
    try {
        const ::date::time_zone* found = ::date::locate_zone(std::string(zone));
        const ::date::sys_seconds instant{std::chrono::minutes{utc_minutes}};
        return static_cast<int>(
            std::chrono::duration_cast<std::chrono::minutes>(found->get_info(instant).offset)
                .count());
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

std::int64_t now_seconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

namespace {

Moment moment_at(std::int64_t instant) {
    const auto seconds = static_cast<std::time_t>(instant);
    std::tm local{};
    localtime_r(&seconds, &local);
    const Date day{std::chrono::year{local.tm_year + 1900} /
                   std::chrono::month{static_cast<unsigned>(local.tm_mon + 1)} /
                   std::chrono::day{static_cast<unsigned>(local.tm_mday)}};
    return Moment{day, Moment::Clock{local.tm_hour * 60 + local.tm_min,
                                     static_cast<int>(local.tm_gmtoff / 60)}};
}

}  // namespace

Moment now() { return moment_at(now_seconds()); }

Date day_at(std::int64_t seconds) { return moment_at(seconds).day; }

Result<Date> day_or_today(const std::string& text) {
    return text.empty() ? Result<Date>(now().day) : parse_date(text);
}

}  // namespace licet
