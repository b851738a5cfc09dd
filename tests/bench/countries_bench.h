// SPDX-License-Identifier: Apache-2.0
//
// What a law of thirty countries costs: to compile, check and compare, and to decide by.
#pragma once

#include <string>

namespace licet::bench {

/// Adds the benchmarks of the policy in `path`, of which make_packs.py wrote the packs in `folder`.
void add_countries(const std::string& path, const std::string& folder);

}  // namespace licet::bench
