// SPDX-License-Identifier: Apache-2.0
//
// Which column is what, kept for the next list of the same form.
//
//     mapping ──save──► profiles/NAME.toml of the workspace ──read──► choices, as --map writes them
//
//     email = ["Courriel"]        a role with its columns, the preferred one first
//     opt_out = []                no column has this role
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "lists/columns.h"

namespace licet {

/// Gives the choices of a profile, and those of `map` after them, which win role by role; a role
/// that neither names is recognised as ever.
/// Errors: kInput ("profile.name"), kMissing ("profile.missing", with those that are there), those
/// of the file: TOML, or a role that is none, with line and column.
[[nodiscard]] Result<std::vector<std::string>> profile_choices(const std::string& workspace,
                                                               const std::string& name,
                                                               std::vector<std::string> map);

/// Writes a profile, over one of that name. Errors: kInput ("profile.name"), those of write_file.
[[nodiscard]] Result<Done> save_profile(const std::string& workspace, const std::string& name,
                                        const lists::Mapping& mapping);

}  // namespace licet
