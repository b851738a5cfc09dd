// SPDX-License-Identifier: Apache-2.0
//
// Packs from a folder of the caller's machine: all .md and .toml files below it, by their names on
// the way. Nothing else is opened, and nothing is written.
#pragma once

#include <string>
#include <vector>

#include "law/markdown.h"

namespace licet::api {

/// Reads the files, sorted by path. Of a file that is too large for law::check_text, no more is
/// read than shows it. Errors: kMissing ("file.missing", "file.no_packs"), kInput
/// ("file.unreadable", "file.packs_too_large").
[[nodiscard]] Result<std::vector<law::SourceFile>> read_folder(const std::string& folder);

}  // namespace licet::api
