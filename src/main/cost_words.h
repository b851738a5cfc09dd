// SPDX-License-Identifier: Apache-2.0
//
// What a breach may cost and has cost others, in a reader's words.
//
//     law/sanctions.h (data of the packs) --> sentences for `law show` and for the report
//
// A ceiling is no forecast: whoever shows it shows "cost.caveat" beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/message.h"
#include "law/law.h"
#include "lists/report.h"

namespace licet {

/// Worldwide annual turnover in whole euros, if it is known.
using Turnover = std::optional<std::int64_t>;

/// "CNIL: up to €20,000,000, or 4% of worldwide annual turnover if that is more"; with a turnover,
/// what it comes to.
[[nodiscard]] std::string worded(const law::Ceiling& ceiling, Turnover turnover,
                                 const Catalogue& say);

/// "CNIL SAN-2024-004, 4 April 2024, against ...: €525,000. What is to be learnt."
[[nodiscard]] std::string worded(const law::PastSanction& decision, const Catalogue& say);

/// Adds to a report what breaches of the rules that forbid its rows may cost, as of `day`.
void add_costs(lists::ReportInput& report, const law::Law& law, Date day, Turnover turnover,
               const Catalogue& say);

}  // namespace licet
