// SPDX-License-Identifier: Apache-2.0
//
// What the law says of the facts: transfers, retentions, trackers, sources, as the packs answer.
//
//     [transfer]  question = "transfer", facts = ["vendor.country = {country}", ...]
//     processor.router ──► facts ──► law.decide ──► allowed | forbidden, sentence, citations
//
// No number and no country stand here: which facts go to which question is papers/asks.toml, and
// the answers are the packs'. A fact that the organisation has not given stays unknown, and what
// then cannot be decided is asked for.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "law/law.h"
#include "papers/organisation.h"
#include "papers/shelf.h"

namespace licet::papers {

/// The answer for one entry.
struct Judgement {
    std::string answer;  ///< of questions.md, or "undetermined"
    bool is_good = false;
    std::string rule;  ///< that decides; empty if none speaks
    law::Words tell;
    std::vector<std::string> cites;    ///< as shown
    std::vector<law::FactId> missing;  ///< of an undetermined answer
};

/// By id of the ask and name of the entry.
using Judgements = std::map<std::pair<std::string, std::string>, Judgement>;

/// True if the condition of a document or an ask holds for an entry.
[[nodiscard]] bool holds(const Organisation& organisation, std::string_view entry,
                         std::string_view field, const std::vector<std::string>& values);
/// True if all conditions hold.
[[nodiscard]] bool holds(const Organisation& organisation, std::string_view entry,
                         std::span<const Condition> conditions);

/// Asks everything of every entry. `day` is the day of the question. Errors: kMissing
/// ("law.no_rules_for"), kInput for a value that the law's facts do not have.
[[nodiscard]] Result<Judgements> judge(const Shelf& shelf, const Organisation& organisation,
                                       const law::Law& law, Date day);

/// What contradicts the law ("papers.against_law") or cannot be decided ("papers.undetermined"), at
/// the place of the entry; what two registers say otherwise ("papers.register_differs").
[[nodiscard]] std::vector<Error> contradictions_of(const Shelf& shelf,
                                                   const Organisation& organisation,
                                                   const law::Law& law,
                                                   const Judgements& judgements, Language language);

/// Of what the law of the country says nothing ("papers.unregulated"): to be told, and no reason to
/// refuse.
[[nodiscard]] std::vector<Error> silences_of(const Shelf& shelf, const Organisation& organisation,
                                             const Judgements& judgements);

}  // namespace licet::papers
