// SPDX-License-Identifier: Apache-2.0
//
// A standing in two parts: what many persons share, and the days that are their own.
//
//     "consent by a clear act; told when collected"   shape: the same bytes for many persons
//     2024-03-02, 2024-03-02, 2026-10-20              days, in the order of the shape
//
// So an index keeps a shape once and a few numbers a person. Objections are not in it: they are on
// the suppression list, by scope. Native to one release of the program; never the only copy.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/standing.h"

namespace licet::ledger {

struct StandingCode {
    std::string shape;
    std::vector<Date> days;
    friend bool operator==(const StandingCode&, const StandingCode&) = default;
};

/// Gives the same code for the same standing; its objections are left out.
[[nodiscard]] StandingCode code_of(const Standing& standing);

/// The standing of a code, without objections; nothing if shape and days do not fit each other.
[[nodiscard]] std::optional<Standing> standing_of(std::string_view shape,
                                                  std::span<const Date> days);

}  // namespace licet::ledger
