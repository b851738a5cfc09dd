// SPDX-License-Identifier: Apache-2.0
#include "base/utc.h"

namespace licet {
namespace {

std::string two(std::int64_t number) {
    return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

}  // namespace

Date utc_day(std::int64_t seconds) {
    return std::chrono::floor<std::chrono::days>(
        std::chrono::sys_seconds{std::chrono::seconds{seconds}});
}

std::string utc_text(std::int64_t seconds) {
    const Date day = utc_day(seconds);
    const std::int64_t rest = seconds - std::int64_t{day.time_since_epoch().count()} * 86'400;
    return text_of(day) + "T" + two(rest / 3600) + ":" + two(rest / 60 % 60) + ":" +
           two(rest % 60) + "Z";
}

}  // namespace licet
