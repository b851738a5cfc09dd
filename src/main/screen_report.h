// SPDX-License-Identifier: Apache-2.0
//
// What a report of a screening says beside its counts: the channel, the law's limit to the age of
// data, the footers of the message in both languages.
#pragma once

#include "lists/report.h"
#include "main/screen_desk.h"

namespace licet {

/// Adds them to a report whose rows are counted. Errors: those of gate::keep_limit().
[[nodiscard]] Result<Done> complete_report(lists::ReportInput& report, const Desk& desk,
                                           const Terminal& terminal);

}  // namespace licet
