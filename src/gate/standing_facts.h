// SPDX-License-Identifier: Apache-2.0
//
// What the ledger knows of a person, as facts for one channel and purpose.
//
// A list may claim things about the same person. The stricter wins: an objection from either side
// stands, a consent that the ledger knows replaces a mere claim, the later act of the person
// counts.
#pragma once

#include <string_view>

#include "law/law.h"
#include "ledger/standing.h"

namespace licet::gate {

/// For which contact the standing is asked.
struct ContactAct {
    std::string_view channel;
    std::string_view purpose;         ///< with its topic, if that is known: "commercial.newsletter"
    std::string_view brand;           ///< empty = may be any
    std::string_view product_family;  ///< of the campaign's offer; empty if it says none
    Date day;
};

/// Joins the standing into `facts`, which hold what request, campaign and list say.
void join_standing(const law::Law& law, const ledger::Standing& standing, const ContactAct& act,
                   law::Facts& facts);

}  // namespace licet::gate
