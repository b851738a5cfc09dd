// SPDX-License-Identifier: Apache-2.0
//
// Which facts force an answer, and which one to ask for next.
//
//     sufficient_reason   a smallest set of known facts that leads to the answer by itself
//     next_fact           the missing fact that is likeliest to settle it
//
// Source: Shih, Choi, Darwiche 2018 (sufficient reasons); here on the answer, over what is known.
#pragma once

#include <optional>
#include <vector>

#include "law/law.h"

namespace licet::law {

/// Gives a subset-minimal set of facts, in the order of the vocabulary, that alone leads to the
/// same answer; conduct still to come stays presumed. Empty if the answer is undetermined, or needs
/// no fact. Cost: one decision a known fact.
[[nodiscard]] std::vector<FactId> sufficient_reason(const Law& law, std::string_view question,
                                                    const Facts& facts);

/// Gives the missing fact to ask for first: country, channel and purpose before all else, then the
/// one whose values most often settle the answer. Nothing if the answer is certain. `skip` are
/// facts that cannot be answered.
[[nodiscard]] std::optional<FactId> next_fact(const Law& law, std::string_view question,
                                              const Facts& facts,
                                              const std::vector<FactId>& skip = {});

}  // namespace licet::law
