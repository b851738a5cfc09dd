// SPDX-License-Identifier: Apache-2.0
//
// Does this message do what its sender owes? The front door of the module.
//
//     mail ──observe──► facts ──gate's facts, law──► findings: kept, broken, for some, advice
//                                                    each with the rules, articles and a remedy
//
// One fact is put to the law at a time, beside what the campaign says, all other conduct presumed
// kept: so a finding names the rule that it breaks, and nothing else stands in its way. Whether
// the campaign itself is lawful is the question of `licet screen`.
#pragma once

#include <string>
#include <vector>

#include "gate/gate.h"
#include "mail/observe.h"

namespace licet::mail {

enum class State {
    kKept,     ///< done, or not owed and not missing
    kBroken,   ///< the law forbids the message as it is
    kForSome,  ///< for some recipients only, or owed in a way that no rule tests: look
    kAdvice,   ///< no rule of this country asks for it
};

struct Finding {
    Observation observation;
    State state = State::kKept;
    std::vector<gate::VerdictReason> reasons;  ///< the rules that it breaks
    std::vector<law::FactId> depends_on;       ///< of kForSome
    law::Words remedy;                         ///< what would mend it; empty if kept
};

struct MessageRequest {
    const gate::Campaign& campaign;
    Moment at;
};

/// Puts what was observed to the law. Errors: kInput ("mail.not_email") for a campaign of another
/// channel, and those of law::Law::decide().
[[nodiscard]] Result<std::vector<Finding>> check(const law::Law& law,
                                                 const gate::ZoneOffset& zone_offset,
                                                 const MessageRequest& request,
                                                 const Observed& observed);

/// Gives the gravest state among the findings: kBroken, kForSome, or kKept.
[[nodiscard]] State gravest(const std::vector<Finding>& findings);

}  // namespace licet::mail
