// SPDX-License-Identifier: Apache-2.0
//
// Files as one ZIP archive whose bytes depend on nothing but the files.
//
//     names in ascending order, stored and not deflated, one fixed time, no owner
//
// The time in the archive is that of no clock: what happened when is said inside.
#pragma once

#include <span>
#include <string>

#include "base/result.h"

namespace licet::audit {

struct ArchiveFile {
    std::string path;
    std::string bytes;
};

/// Errors: kBroken ("archive.unwritable") if there is no memory for it; two files of one name are a
/// bug.
[[nodiscard]] Result<std::string> zip_of(std::span<const ArchiveFile> files);

}  // namespace licet::audit
