// SPDX-License-Identifier: Apache-2.0
//
// The two clocks of a consent: how long it counts, and how long its proof is kept.
//
//     standing ──► question `consent`               ──► valid, invalid; until when
//              └─► question `keep`, consent_proof   ──► keep, archive, erase; until when
//
// They run apart: the proof of a consent that was withdrawn, or has run out, is still kept, and a
// consent of which nothing is kept is no consent. What the law says is in the packs; nothing here
// knows a period.
#pragma once

#include "gate/keep.h"
#include "ledger/scope.h"

namespace licet::gate {

/// For what a consent is looked at.
struct ConsentAsked {
    PersonAsked person;
    ledger::Scope scope;  ///< an empty purpose is any
    law::Facts facts;     ///< what is known besides, such as the audience
};

struct ConsentClocks {
    Verdict validity;   ///< of the question `consent`
    Verdict retention;  ///< of the question `keep`, for the proof
};

/// Asks whether the consent counts on the day. Errors: those of check().
[[nodiscard]] Result<Verdict> consent_verdict(const law::Law& law, const ZoneOffset& zone_offset,
                                              const ConsentAsked& asked);

/// Asks both. Errors: those of check().
[[nodiscard]] Result<ConsentClocks> consent_clocks(const law::Law& law,
                                                   const ZoneOffset& zone_offset,
                                                   const ConsentAsked& asked);

}  // namespace licet::gate
