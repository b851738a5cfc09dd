// SPDX-License-Identifier: Apache-2.0
//
// From codes back to facts: a situation as a row that can stand in a case table.
//
//     consent = given, consent.on within 24 months of at, at from 2026-08-11
//         -> consent = given, at = 2026-08-11, consent.on = 2024-08-11
//
// Dates and counts are taken at the edge of their bucket, where mistakes are made.
#pragma once

#include <optional>

#include "law/example.h"
#include "law/facts.h"

namespace licet::law {

/// Gives facts that are coded as `steps` say; nothing if no value is found for one of them, as when
/// two conditions on one date cannot be met at its edges. `at` is among the facts.
[[nodiscard]] std::optional<Facts> facts_from_codes(const Variables& variables, const Steps& steps);

}  // namespace licet::law
