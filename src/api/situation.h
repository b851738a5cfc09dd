// SPDX-License-Identifier: Apache-2.0
//
// What a caller says of an act, as the gate asks for it: facts by name, as text.
//
//     {"channel", "email"}, {"background", "clean"}   licet_situation
//     {"facts": {"channel": "email", "background": ["clean"]}}   JSON, as check --facts-jsonl
//
// Backgrounds come first, so that a fact given by itself goes before them. No clock: `at` is not
// added.
#pragma once

#include <licet/licet.h>

#include "base/json.h"
#include "gate/gate.h"

namespace licet::api {

/// Errors: kInput ("fact.unknown", "fact.unknown_background", and those of law::parse_value).
[[nodiscard]] Result<gate::Request> request_of(const law::Law& law,
                                               const licet_situation& situation);

/// Errors: as request_of(), and "check.json_facts", "check.json_value", "check.background_form".
[[nodiscard]] Result<gate::Request> request_of(const law::Law& law, const json::object& object);

}  // namespace licet::api
