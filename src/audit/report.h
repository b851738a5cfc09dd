// SPDX-License-Identifier: Apache-2.0
//
// The report of an audit as one page: no script, nothing from elsewhere, to be read and printed.
//
//     score (a ring), how sure it is (a bar), themes (dots), blocking findings, the plan,
//     what a breach may cost, what was left out, every answer with its proof
//
// Each picture has a table beside it that says the same; colour never says anything alone.
#pragma once

#include <string>
#include <vector>

#include "audit/plan.h"
#include "audit/score.h"
#include "base/json.h"

namespace licet::audit {

/// What breaches of the rules behind a finding may cost, in words.
struct Exposure {
    std::string question;
    std::vector<std::string> ceilings;
    std::vector<std::string> decisions;
};

struct AuditReport {
    const Questionnaire& questionnaire;
    const Sheet& sheet;
    const Score& score;
    const std::vector<PlannedAction>& plan;
    const LevelResult& level;
    std::vector<BurnDown> history;
    std::vector<Exposure> exposure;
    std::string exposure_caveat;
    std::string controller;  ///< whose audit it is; may be empty
    std::vector<std::string> packs;
    Date law_day;
    Date today;
    /// Reasons in words, by digest, read from the workspace; they are not in the ledger.
    std::map<std::string, std::string, std::less<>> reasons;
};

[[nodiscard]] std::string report_page(const AuditReport& report, const Catalogue& say);

/// The same as JSON: `licet audit score --json` and `report --json`.
[[nodiscard]] json::object report_json(const AuditReport& report, const Catalogue& say);

}  // namespace licet::audit
