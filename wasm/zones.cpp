// SPDX-License-Identifier: Apache-2.0
// Time zones of the host: browsers and Node know them (Intl), and licet.mjs asks them.
#include "api/zones.h"

extern "C" __attribute__((import_module("host"), import_name("zone_offset"))) int
licet_host_zone_offset(const char* zone, int zone_size, double utc_minutes);

namespace licet::api {

gate::ZoneOffset system_zones() {
    // What no zone has: the host's "I do not know".
    constexpr int kUnknownZone = 1 << 20;
    return [](std::string_view zone, std::int64_t utc_minutes) -> std::optional<int> {
        const int offset = licet_host_zone_offset(zone.data(), static_cast<int>(zone.size()),
                                                  static_cast<double>(utc_minutes));
        return offset == kUnknownZone ? std::nullopt : std::optional(offset);
    };
}

}  // namespace licet::api
