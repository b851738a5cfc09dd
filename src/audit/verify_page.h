// SPDX-License-Identifier: Apache-2.0
//
// verify.html: one page that checks an archive in a browser, from the disk, without any network.
//
//     files, in base64 ─┐
//     texts fr, en      ├─► verify.html ──► verify.mjs checks, verify_page.mjs shows
//     scripts           ┘
//
// Its own policy forbids it to ask anybody anything; the only script it runs is named there by its
// digest.
#pragma once

#include <span>
#include <string>

#include "audit/evidence.h"

namespace licet::audit {

[[nodiscard]] std::string verify_page(std::span<const ArchiveFile> files,
                                      const VerifyScripts& scripts, const Catalogue& french,
                                      const Catalogue& english);

}  // namespace licet::audit
