// SPDX-License-Identifier: Apache-2.0
//
// An entry of a register for other programs: what was last said of it, and its steps.
//
//     {"id": "crisp", "country": "fr", "steps": [{"step": "added", "on": "2026-11-01"}]}
#pragma once

#include "audit/book.h"
#include "base/json.h"

namespace licet::audit {

[[nodiscard]] json::object json_of(const BookEntry& entry);

/// The registers of a book by name, each as {name: [entries]}: "processors", "breaches",
/// "complaints".
[[nodiscard]] std::vector<std::pair<std::string, json::object>> registers_json(const Book& book);

}  // namespace licet::audit
