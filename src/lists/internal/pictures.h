// SPDX-License-Identifier: Apache-2.0
//
// The pictures of the report, as inline SVG. They have no colours of their own: each part carries
// the class of its outcome (allowed, forbidden, ...), which the style of the page paints.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "lists/report.h"

namespace licet::lists::internal {

/// Gives the word for an outcome in classes and in the catalogue (`verdict.<word>`).
[[nodiscard]] std::string_view name_of(Outcome outcome);

[[nodiscard]] std::uint64_t sum_of(const Tally& tally);

/// Draws one bar cut by outcome, over the whole width; `longest` is the count of a full bar.
[[nodiscard]] std::string stacked_bar(const Tally& tally, std::uint64_t longest,
                                      std::string_view css_class);

/// Draws one bar of one outcome.
[[nodiscard]] std::string single_bar(std::uint64_t count, std::uint64_t longest, Outcome outcome);

/// Draws how the rows flow from their groups, on the left, through the channel to their outcomes,
/// on the right. `label` is read aloud instead of the picture.
[[nodiscard]] std::string flow(std::span<const ReportInput::Group> groups, std::string_view channel,
                               const Catalogue& say, std::string_view label);

/// Draws the rows by age, youngest first, with the line of the law if there is one. `line` is said
/// beside it.
[[nodiscard]] std::string ages(const ReportInput::Ages& ages, std::string_view line,
                               std::string_view label);

}  // namespace licet::lists::internal
