// SPDX-License-Identifier: Apache-2.0
//
// By when a request must be answered: the law is asked, day by day, until it says "late".
//
//     received on 2026-01-31 ──► respond on 2026-02-01? in time … 2026-03-03? late ──► 2026-03-02
//
// So no number of days stands here: month, extension, and what a week-end does to them are rules of
// the packs, with their sources and doubts. What the law leaves to the calendar
// (request.period_kept) is whether an extension was announced in time, and that is asked of the law
// too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "law/law.h"
#include "rights/data_subject_request.h"

namespace licet::rights {

struct Deadline {
    Date due_on;     ///< last day that is in time
    Date surely_by;  ///< last day that is in time beyond debate (no week-end is counted on)
    std::vector<std::string> cites;  ///< of the rule that says when it is late
    law::Words tell;
};

/// `country`: whose law binds the controller's answer. Errors: kMissing ("rights.no_clock": no pack
/// says how long an answer may take, or it says so of no day of two years), those of the law.
/// Cost: a decision a day, until it is late.
[[nodiscard]] Result<Deadline> deadline_of(const law::Law& law, const std::string& country,
                                           const DataRequest& request);

/// Days from `today` to the last one in time; negative when it is over.
[[nodiscard]] int days_left(const Deadline& deadline, Date today);

}  // namespace licet::rights
