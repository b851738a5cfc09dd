// SPDX-License-Identifier: Apache-2.0
//
// What a person agreed to or refused, in plain words: a page to read, print and keep.
//
//     acts ──► one section each: what, when, where, for what, which text, until when, how to stop
//
// No script. Colours have a sign and a word beside them (base/page.h).
#pragma once

#include <string>

#include "audit/evidence.h"

namespace licet::audit {

[[nodiscard]] std::string receipt_page(const Evidence& evidence, const law::Vocabulary& words,
                                       const Catalogue& say);

}  // namespace licet::audit
