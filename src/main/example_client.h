// SPDX-License-Identifier: Apache-2.0
//
// An organisation that is made up, to look at: facts, events, processors, a breach, a complaint and
// a half-done audit, all carried by the program.
//
//     examples/ ──fill_example──► WORKSPACE, marked as made up ──► removed whole, by its mark alone
#pragma once

#include <string>

#include "main/family.h"

namespace licet {

/// Name of the example's organisation, as its register of facts has it.
inline constexpr const char* kExampleName = "Atelier Exemple";
inline constexpr const char* kExampleCountry = "fr";  ///< of its law, as there

/// Fills a workspace that was just made, as of today. Errors: those of the commands that it runs.
[[nodiscard]] Result<Done> fill_example(const Terminal& terminal, const Common& common);

/// True if the workspace in that folder was filled so.
[[nodiscard]] bool is_example(const std::string& folder);

}  // namespace licet
