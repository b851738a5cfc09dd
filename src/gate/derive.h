// SPDX-License-Identifier: Apache-2.0
//
// Facts that follow from others: the clock where the recipient is, the day of the week, the public
// holiday. What the caller gave stays as given.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "law/law.h"

namespace licet::gate {

/// Gives the minutes east of UTC in an IANA zone at an instant; nothing if the zone is unknown.
/// Only main can look into the time zone database, so the gate is handed this.
using ZoneOffset =
    std::function<std::optional<int>(std::string_view zone, std::int64_t utc_minutes)>;

/// Moves `at` to the recipient's clock (country, region) and adds `local_time`, `weekday`,
/// `public_holiday` where they can be known. A bare day leaves the hour unknown.
void derive_time(const law::Law& law, const ZoneOffset& zone_offset, law::Facts& facts);

/// Adds, for each fact whose silence a consulted ledger answers, that answer.
void add_ledger_silence(const law::Law& law, law::Facts& facts);

}  // namespace licet::gate
