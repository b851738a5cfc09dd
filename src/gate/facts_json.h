// SPDX-License-Identifier: Apache-2.0
//
// Facts as JSON: {"channel": "email", "consent": "given", "attempts_30d": 3, "background": [...]}.
//
// Yes and no may be written as true and false, counts as numbers; names and values are those of
// packs/facts.md. What the command line and the server read alike.
#pragma once

#include "base/json.h"
#include "law/law.h"

namespace licet::gate {

/// Puts them among the others. Errors: kInput ("check.background_form", "check.json_value", those
/// of law::set_fact() and law::set_background()).
[[nodiscard]] Result<Done> add_json_facts(const law::Law& law, const json::object& given,
                                          law::Facts& facts);

}  // namespace licet::gate
