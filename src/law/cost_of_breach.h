// SPDX-License-Identifier: Apache-2.0
//
// Which ceilings and decisions (sanctions.h) stand behind a rule.
//
//     rule -> its sources -> ceilings in force        rule -> decisions that name it
//     rule of a directive, country -> ceilings of that country's law
#pragma once

#include <string_view>
#include <vector>

#include "law/law.h"

namespace licet::law {

/// Gives the ceilings behind a rule that are in force on `day`: of its pack and of those that pack
/// rests on, and of the pack of `country` where that one rests on the rule's and so sanctions a
/// directive by its own law; in the order of the packs.
[[nodiscard]] std::vector<const Ceiling*> ceilings_of(const Law& law, const Rule& rule, Date day,
                                                      std::string_view country = {});

/// Gives what a breach of the rule `id` has cost others, the newest first; annulled decisions are
/// among them.
[[nodiscard]] std::vector<const PastSanction*> decisions_about(const Law& law, std::string_view id);

}  // namespace licet::law
