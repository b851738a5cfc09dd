// SPDX-License-Identifier: Apache-2.0
//
// The proofs of choices about trackers that the ledger keeps: how long, and of what.
//
//     site_choice of SITE ──┐
//     [site.SITE] proof_months ──► keep | erase | undetermined    as the cookie policy promises
//     notice_published ──► is the version that was shown one that somebody can read?
//
// A choice names nobody, so no law is asked: the register says how long its proof is kept, and the
// policy of the site says the same to its visitors.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/store.h"
#include "main/family.h"

namespace licet {

/// Months by site; a site that the register says nothing of is not there.
using ProofMonths = std::map<std::string, int, std::less<>>;

/// Reads them from the workspace's organisation.toml; none if there is no such file. Errors: those
/// of TOML, and of a file that cannot be read.
[[nodiscard]] Result<ProofMonths> proof_months_of(const Common& common);

/// The name of the fact that decides: "site.shop.proof_months".
[[nodiscard]] std::string proof_fact(const ledger::Event& choice);

/// What becomes of the proof of a choice on `day`: "keep", "erase" from the first day after its
/// months, "undetermined" if the register does not say how long.
[[nodiscard]] std::string_view fate_of_choice(const ProofMonths& months,
                                              const ledger::Event& choice, Date day);

/// The choices of one site and one version of its banner.
struct ChoiceCount {
    std::string site;
    std::string version;
    std::size_t accepted = 0;  ///< yes to all that was asked
    std::size_t refused = 0;   ///< no to all
    std::size_t partial = 0;
    std::size_t by_signal = 0;  ///< of `refused`: by the browser's signal
    Date first;
    Date last;
    std::size_t past_their_time = 0;  ///< of all: to be erased
    bool is_published = false;        ///< somebody can read what was shown
};

/// Counts them, by site, then by day of the first. Errors: those of the store.
[[nodiscard]] Result<std::vector<ChoiceCount>> count_choices(ledger::ReadStore& store,
                                                             const ProofMonths& months, Date day);

}  // namespace licet
