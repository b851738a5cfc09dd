// SPDX-License-Identifier: Apache-2.0
//
// What the cases touch: rules, exceptions, and both sides of each threshold.
//
// A threshold is covered when one row stands on the last day (or number) on this side and another
// on the first of the other side, because mistakes by one live there. Rows are moved by one day in
// thought: a row stands at an edge if one day more, or less, gives another code.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "law/cases.h"

namespace licet::law {

struct Coverage {
    /// An exception that no row reaches: the rule above and the exception.
    struct Edge {
        std::string rule;
        std::string exception;
    };
    /// A threshold of which no row stands on one side.
    struct Boundary {
        std::string condition;  ///< "at from 2026-08-11", in the words of the rules
        bool lacks_before = false;
        bool lacks_after = false;
    };
    std::size_t exceptions = 0;
    std::vector<Edge> missed_exceptions;
    std::size_t boundaries = 0;
    std::vector<Boundary> missed_boundaries;
};

/// Measures the coverage of all case tables of `files`.
[[nodiscard]] Coverage coverage_of(const Law& law, std::span<const SourceFile> files);

}  // namespace licet::law
