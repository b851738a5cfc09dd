// SPDX-License-Identifier: Apache-2.0
//
// How often this program asked for memory. Whoever links allocations.cpp has its own operator new,
// which counts.
#pragma once

#include <cstddef>

namespace licet::bench {

[[nodiscard]] std::size_t allocations();

}  // namespace licet::bench
