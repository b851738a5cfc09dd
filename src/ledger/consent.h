// SPDX-License-Identifier: Apache-2.0
//
// The word on consent that counts for one contact, out of a standing.
//
//     consents by scope ────────────────┐
//     confirmed requests (by mail)  ────┼─► newest consent to this channel that fits the purpose,
//     refusals, withdrawals         ────┘   and the newest refusal of this channel or of all
//     claims of imports             ────►   only if there is neither
//
// A consent counts for the channel that it names and for no other; a refusal without a channel
// counts for all. A consent to another purpose is still told, because the law must say why it does
// not do. Whether the refusal or the consent wins is said here too: on the same day, the refusal.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "ledger/standing.h"

namespace licet::ledger {

struct ConsentWord {
    std::optional<Date> given_on;
    std::optional<Date> refused_on;
    std::optional<Date> withdrawn_on;
    bool covers_purpose = false;     ///< of the consent that was found
    bool is_of_other_brand = false;  ///< likewise: it names a brand, not the one asked
    bool is_claim = false;           ///< of an import: any word of the person goes before it
    std::map<std::string, std::string> particulars;  ///< consent.* attributes of that consent

    [[nodiscard]] bool is_known() const { return given_on || refused_on || withdrawn_on; }
    /// On the same day the refusal wins.
    [[nodiscard]] bool is_given() const {
        return given_on && given_on > refused_on && given_on > withdrawn_on;
    }
};

/// `asked`: for which brand, channel and purpose.
[[nodiscard]] ConsentWord consent_for(const Standing& standing, const Scope& asked);

}  // namespace licet::ledger
