// SPDX-License-Identifier: Apache-2.0
//
// Clocks of the world for callers that bring none: the time zone database of the system.
// The one file of the library that sees it (zones.cpp); a browser has its own (wasm/).
#pragma once

#include "gate/derive.h"

namespace licet::api {

/// Gives the system's way to look a zone up. Threads: any.
[[nodiscard]] gate::ZoneOffset system_zones();

}  // namespace licet::api
