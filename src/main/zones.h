// SPDX-License-Identifier: Apache-2.0
//
// Clocks of the world: the one file that sees the time zone database and the system clock.
// The core is handed a moment and a way to look a zone up; it never asks what time it is, so a
// verdict can be replayed years later.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace licet {

/// Gives the minutes east of UTC in an IANA zone at an instant; nothing if the zone is not known.
[[nodiscard]] std::optional<int> zone_offset(std::string_view zone, std::int64_t utc_minutes);

/// The present moment on the clock of this machine.
[[nodiscard]] Moment now();
/// The day of an instant, in seconds since 1970-01-01T00:00Z, on the clock of this machine.
[[nodiscard]] Date day_at(std::int64_t seconds);
/// Gives the day that `text` names, today if it is empty. Errors: those of parse_date().
[[nodiscard]] Result<Date> day_or_today(const std::string& text);
/// Seconds since 1970-01-01T00:00Z.
[[nodiscard]] std::int64_t now_seconds();

}  // namespace licet
