// SPDX-License-Identifier: Apache-2.0
#include "api/zones.h"

#include <chrono>
#include <string>

#include <date/tz.h>

namespace licet::api {

gate::ZoneOffset system_zones() {
    return [](std::string_view zone, std::int64_t utc_minutes) -> std::optional<int> {
        try {
            const ::date::time_zone* found = ::date::locate_zone(std::string(zone));
            const ::date::sys_seconds instant{std::chrono::minutes{utc_minutes}};
            return static_cast<int>(
                std::chrono::duration_cast<std::chrono::minutes>(found->get_info(instant).offset)
                    .count());
        } catch (const std::exception&) {
            return std::nullopt;
        }
    };
}

}  // namespace licet::api
