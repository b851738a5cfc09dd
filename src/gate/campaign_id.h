// SPDX-License-Identifier: Apache-2.0
//
// By what events name a campaign, so that all that was done for it can be found again.
//
//     "Été 2026 : coffrets" ──► ete-2026-coffrets
#pragma once

#include <string>
#include <string_view>

namespace licet::gate {

/// Small letters, digits and hyphens, 64 at most; empty for a name without letters and digits.
[[nodiscard]] std::string campaign_id(std::string_view name);

}  // namespace licet::gate
