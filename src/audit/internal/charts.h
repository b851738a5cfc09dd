// SPDX-License-Identifier: Apache-2.0
//
// Pictures of an audit, drawn by hand as SVG: a ring for the score, dots for the themes, steps for
// what is left to do. They are for the eye alone; the page says the same in words beside them.
#pragma once

#include <string>
#include <vector>

#include "audit/plan.h"
#include "audit/score.h"

namespace licet::audit {

/// A ring filled to `shown` of 100; what the cap takes away is hatched. `label` says it in words.
[[nodiscard]] std::string ring_svg(int shown, int uncapped, const std::string& label);

/// One row a theme: a line of 0 to 100 with a dot; a theme with a blocking finding has a square.
[[nodiscard]] std::string dots_svg(const std::vector<ThemeScore>& themes,
                                   const std::vector<std::string>& names,
                                   const std::vector<bool>& has_blocking, const std::string& label);

/// Open questions over time, as steps; blocking ones below.
[[nodiscard]] std::string burn_down_svg(const std::vector<BurnDown>& history,
                                        const std::string& label);

}  // namespace licet::audit
