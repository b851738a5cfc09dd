// SPDX-License-Identifier: Apache-2.0
//
// What becomes of a person's record today: the question `keep`, asked of what the ledger knows.
//
//     events of a person ──► standing ──► keep.record = prospect ──► keep, erase, ask_renewal...
//                                     └─► keep.record = consent_proof, if there is a choice
//
// A record goes when every part of it goes: what proves a consent, or a refusal, outlives what
// served to write.
// An order counts as an act of the person, not as a relation that goes on, because nothing says
// that it does. What is not known erases nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/gate.h"

namespace licet::gate {

struct KeepAnswer {
    std::string answer;                ///< as in questions.md, or "undetermined"
    std::string rule;                  ///< that decides; empty if none does
    std::vector<law::FactId> missing;  ///< of an undetermined answer
};

/// Asks what becomes of the record of a person whose events these are. `country` is that of the
/// person. Errors: those of check().
[[nodiscard]] Result<KeepAnswer> keep_answer(const law::Law& law, const ZoneOffset& zone_offset,
                                             const std::string& country,
                                             std::span<const ledger::Event> events, Date day);

/// About whom and when a question is asked.
struct PersonAsked {
    std::string country;  ///< of the person
    const ledger::Standing* standing = nullptr;
    Date day;
};

/// Asks how long the proof of a choice on one channel is to be kept. Errors: those of check().
[[nodiscard]] Result<Verdict> keep_verdict_of_proof(const law::Law& law,
                                                    const ZoneOffset& zone_offset,
                                                    const PersonAsked& person,
                                                    const std::string& channel);

/// How long a prospect's record may be kept after the person's last sign.
struct KeepLimit {
    int months = 0;  ///< whole months after which it may still be kept
    law::Words tell;
    std::vector<std::string> cites;
};

/// Finds the limit by asking `keep` of records that are older and older: the law says where it
/// lies, this program does not. Nothing if none of twenty years is to be erased. Errors: those of
/// check(). Cost: up to 240 decisions.
[[nodiscard]] Result<std::optional<KeepLimit>> keep_limit(const law::Law& law,
                                                          const ZoneOffset& zone_offset,
                                                          const std::string& country, Date day);

}  // namespace licet::gate
