// SPDX-License-Identifier: Apache-2.0
//
// Seconds since 1970-01-01T00:00Z, as people and other programs read them.
//
// For moments at which something was signed or received: those have no clock on a wall but ours.
#pragma once

#include <cstdint>
#include <string>

#include "base/date.h"

namespace licet {

/// The day in UTC.
[[nodiscard]] Date utc_day(std::int64_t seconds);

/// `2026-03-02T10:00:05Z`.
[[nodiscard]] std::string utc_text(std::int64_t seconds);

}  // namespace licet
