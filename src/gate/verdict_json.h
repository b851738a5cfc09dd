// SPDX-License-Identifier: Apache-2.0
//
// A verdict as JSON: the contract of the command line and of HTTP alike (docs/verdict.md). Names of
// keys, answers, rules, duties and facts are codes that programs may rely on; only `tell` is
// worded, in the language asked for.
#pragma once

#include "base/json.h"
#include "gate/gate.h"

namespace licet::gate {

/// Gives the object, worded in `language`.
[[nodiscard]] json::object json_of(const law::Law& law, const Verdict& verdict, Language language);

/// Words a remedy: "obtenir son consentement".
[[nodiscard]] std::string worded(const law::Law& law, const law::Remedy& remedy, Language language);

}  // namespace licet::gate
