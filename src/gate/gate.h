// SPDX-License-Identifier: Apache-2.0
//
// The gate: request + standing -> facts -> verdict, duties, and the event to record.
//
//     request, campaign ──┐
//     ledger's standing ──┼─► facts ─► table ─► verdict: answer, reasons, duties, missing, remedies
//     derived (clock...) ─┘
//
// Every fact in a verdict says who supplied it. The gate fails closed: without a pack, a country or
// a rule there is no "allowed", and an error is never an answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/campaign.h"
#include "gate/derive.h"
#include "gate/standing_facts.h"
#include "law/law.h"
#include "law/remedy.h"
#include "ledger/event.h"

namespace licet::gate {

/// What is asked. `standing` is null when no ledger was consulted: then its silence says nothing.
struct Request {
    std::string question = "contact";
    law::Facts facts;
    const ledger::Standing* standing = nullptr;
    Aim aim;
};

struct VerdictReason {
    std::string rule;
    std::vector<std::string> cites;
    law::Words tell;
    law::Certainty certainty = law::Certainty::kSettled;
};

/// The answer and all that belongs to it. Texts are chosen by language only when it is shown.
struct Verdict {
    std::string answer;  ///< of the question, or "undetermined"
    std::string question;
    std::string channel;
    std::string at;
    std::vector<VerdictReason> reasons;     ///< the deciding one first
    std::vector<VerdictReason> supporting;  ///< rules that added duties or lifted another
    std::vector<std::string> duties;
    std::vector<law::FactId> missing;
    std::vector<law::Remedy> remedies;
    law::Certainty certainty = law::Certainty::kSettled;
    std::optional<Date> changes_on;  ///< next day with another answer, if all facts stay
    std::optional<Message> note;     ///< said when no law answered at all
    std::string pack;
    law::Facts facts;

    [[nodiscard]] bool is_allowed() const { return answer == "allowed"; }
};

/// How much of a verdict is wanted: a list of a million rows does not need remedies for each.
enum class Depth { kAnswer, kFull };

/// Joins what is known and decides. Errors: kMissing if no pack has rules for the question.
[[nodiscard]] Result<Verdict> check(const law::Law& law, const ZoneOffset& zone_offset,
                                    const Request& request, Depth depth = Depth::kFull);

/// Completes the facts of a request as check() does: ledger, derived, silence.
[[nodiscard]] law::Facts facts_of(const law::Law& law, const ZoneOffset& zone_offset,
                                  const Request& request);

/// Gives the event that records a verdict about `person`.
[[nodiscard]] ledger::Event verdict_event(const Verdict& verdict, const ledger::Token& person,
                                          Date day);

}  // namespace licet::gate
