// SPDX-License-Identifier: Apache-2.0
//
// A company's own policy upon the law: it may ask for more, never for less.
//
// The law is compiled with the house packs and without them, over the same variables; wherever the
// answer with them is less strict, or a duty of the law is gone, the house pack is refused, with
// the situation in which it is.
#pragma once

#include <vector>

#include "law/law.h"

namespace licet::law {

/// Gives one fault for each pair of a rule of the law and the house rule that lifts it
/// ("law.house_laxer"), and for each duty that is gone ("law.house_duty"). Where a definition lifts
/// it, the rule that then decides is named. Empty if the law has no house pack or all are lawful.
[[nodiscard]] std::vector<Error> house_faults(const Law& law,
                                              const std::vector<PackStatements>& statements);

}  // namespace licet::law
