// SPDX-License-Identifier: Apache-2.0
//
// May a result be written there? Not over a key, the ledger or what else a workspace cannot do
// without: a name that was mistyped would cost what nobody can make again.
//
//     path ──► as it is named, and where links lead ──► a file or folder of a workspace? refused
//
// A workspace is known by its tenant.key; that of the command is looked at, and any other that the
// path leads into. What else stands in the folder (lists, campaigns, pages) may be replaced.
#pragma once

#include <initializer_list>
#include <string>

#include "base/result.h"

namespace licet {

/// Refuses a file, or a folder for files, that belongs to a workspace; "" is no path, and well.
/// `workspace`: folder of the command's own, "" = the current one. Errors: kInput ("output.taken").
[[nodiscard]] Result<Done> check_output(const std::string& path, const std::string& workspace);

/// The same for all paths of a command.
[[nodiscard]] Result<Done> check_outputs(std::initializer_list<std::string> paths,
                                         const std::string& workspace);

}  // namespace licet
