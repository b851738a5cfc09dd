// SPDX-License-Identifier: Apache-2.0
//
// Days that must not be missed, as a calendar that any program of appointments reads.
//
//     entries ──► text/calendar (RFC 5545): one all-day event each, lines of 75 bytes, CRLF
//
// The identity of an entry is made of what it is about, so that reading a newer calendar moves an
// appointment instead of doubling it.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/date.h"

namespace licet::audit {

struct CalendarEntry {
    std::string about;  ///< what it is, for its identity: "client/processor/crisp"
    Date day;
    std::string summary;
    std::string category;  ///< one word
    friend bool operator==(const CalendarEntry&, const CalendarEntry&) = default;
};

/// `made_at`: seconds since 1970-01-01T00:00Z. Source: RFC 5545, sections 3.1, 3.3.11, 3.6.1.
[[nodiscard]] std::string calendar_of(std::span<const CalendarEntry> entries,
                                      const std::string& name, std::int64_t made_at);

}  // namespace licet::audit
