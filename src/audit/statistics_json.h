// SPDX-License-Identifier: Apache-2.0
//
// What the ledger tells about a company's practice, for pictures: how soon objections are recorded,
// how old prospects are, where those came from about whom the gate was asked.
#pragma once

#include "audit/statistics.h"
#include "base/json.h"

namespace licet::audit {

/// {persons, suppressions, objections, prospects, flows}; names nobody.
[[nodiscard]] json::object statistics_json(const Statistics& statistics,
                                           const MeasureLimits& limits);

}  // namespace licet::audit
