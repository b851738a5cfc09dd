// SPDX-License-Identifier: Apache-2.0
//
// Documents and reasons that stand behind answers of an audit and entries of registers.
//
//     file, or text ──SHA-256──► evidence/<sha256> in the workspace, for its owner alone
//                            └─► the digest, in an event of the ledger
//
// They may be about somebody, so they never enter the ledger: it keeps their digest, and a file can
// be deleted without touching it. What is not there any more, or has changed, proves nothing.
#pragma once

#include <string>

#include "main/workspace.h"

namespace licet {

/// Keeps a file and gives its digest in hexadecimal. Errors: kInput ("notice.empty",
/// "notice.too_large"), those of files.
[[nodiscard]] Result<std::string> keep_evidence(const Workspace& workspace,
                                                const std::string& path);
/// Keeps a text likewise.
[[nodiscard]] Result<std::string> keep_text(const Workspace& workspace, const std::string& text);
/// Reads it back and holds it to its digest. Errors: kMissing ("evidence.lost"), kBroken
/// ("evidence.changed").
[[nodiscard]] Result<std::string> text_of_evidence(const Workspace& workspace,
                                                   const std::string& sha256);

}  // namespace licet
