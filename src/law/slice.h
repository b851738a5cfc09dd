// SPDX-License-Identifier: Apache-2.0
//
// The part of a law that is exported: one question, and all countries or a few.
//
//     all countries      the table as it is
//     fr, de             children of other countries end in kNotExported
//
// What was left out must never be taken for silence of the law: whoever meets kNotExported has to
// answer `undetermined`. So an act in another country, or in an unknown one, is not decided by a
// slice. It decides nothing itself; the exports walk what it gives.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "law/law.h"

namespace licet::law {

/// What is to be exported.
struct Scope {
    std::vector<std::string> questions;  ///< empty = all that the packs have rules for
    std::vector<std::string> countries;  ///< as facts have them; empty = all
};

namespace outcome {
/// The end of what a slice leaves out.
inline constexpr std::uint32_t kNotExported = std::numeric_limits<std::uint32_t>::max() >> 1U;
}  // namespace outcome

/// Tells what is wrong with a scope. Errors: kMissing ("law.no_rules_for"), kInput
/// ("law.export_country") for a country whose law is not among the packs.
[[nodiscard]] Result<Done> check_scope(const Law& law, const Scope& scope);

/// Gives the questions of `scope`, in the order of the vocabulary. The scope must be good.
[[nodiscard]] std::vector<std::string> questions_of(const Law& law, const Scope& scope);

/// Gives the table of a question for the countries of `scope`. The scope must be good.
[[nodiscard]] QuestionTable sliced(const Law& law, const Scope& scope, std::string_view question);

}  // namespace licet::law
