// SPDX-License-Identifier: Apache-2.0
//
// The compiled law as JSON: all that another program needs to decide, to give reasons and duties,
// and to say both in two languages. docs/table-format.md specifies it, and tests/export decides
// every case from it alone.
//
//     packs, facts, duties, questions    the words
//     variables                          how facts become small numbers
//     rules                              what the ends of the tables stand for
//     tables                             cells to walk, one table a question
//
// The same law gives the same bytes. Prose, case tables and conditions of rules are not in it: the
// table holds what follows from them.
#pragma once

#include <string>

#include "law/slice.h"

namespace licet::law {

/// Writes the law as one JSON text. The scope must be good (check_scope).
[[nodiscard]] std::string export_json(const Law& law, const Scope& scope);

}  // namespace licet::law
