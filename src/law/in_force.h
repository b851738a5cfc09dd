// SPDX-License-Identifier: Apache-2.0
//
// Stretches of time as packs write them: from a first day until the first day that is out.
//
//     ["2016-06-01", "2026-08-11")     an empty text is no limit on that side
#pragma once

#include <string>

#include "base/date.h"

namespace licet::law {

/// Says whether `day` lies from `from` on and before `until`.
[[nodiscard]] inline bool is_in_force(const std::string& from, const std::string& until, Date day) {
    const auto first = parse_date(from);
    const auto end = parse_date(until);
    return (!first || *first <= day) && (!end || day < *end);
}

}  // namespace licet::law
