// SPDX-License-Identifier: Apache-2.0
//
// `licet evidence build`: the file for the authority, one signed archive of a whole ledger or of
// what was chosen of it.
//
//     log, one walk ─► events, leaves, counts ─┐
//     registers, audit, papers, requests       ├─► SignedArchive ─► FILE.tar
//     packs, checkpoint, keys                  ┘
//
// Dated by the checkpoint, not by a clock: the same ledger gives the same bytes. Persons are
// tokens; what is left out is counted and said.
#pragma once

#include <string>
#include <vector>

#include "main/commands.h"

namespace licet {

struct AuthorityOptions {
    std::string client;    ///< of ours, whose processor we are: its pack alone; "" = no client's
    std::string campaign;  ///< id; "" = all
    std::string person;    ///< file of addresses, one a line; "-" = standard input; "" = all
    std::string from;      ///< first day; "" = no limit
    std::string to;        ///< last day; "" = no limit
    std::string reason;    ///< why it was asked for; may be empty
    std::string out;
    std::vector<std::string> certificates;  ///< files of screenings, to be added
};

/// What can be seen to be wrong before the ledger is opened. Errors: kInput ("authority.days",
/// "record.personal_text"), those of parse_date().
[[nodiscard]] Result<Done> check_options(const AuthorityOptions& options);

int run_evidence_build(const Terminal& terminal, const Common& common,
                       const AuthorityOptions& options);

}  // namespace licet
