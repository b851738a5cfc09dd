// SPDX-License-Identifier: Apache-2.0
//
// What people answer to a text message: STOP, in French and English, as thumbs write it.
//
//     "Arrêt !" "stop." "STOP SVP" "désabonner" "StopAll" ──► kStop
//     "START" "reprise" ──► kStart        "HELP" "aide" ──► kHelp
//
// When in doubt it is a stop: somebody who is taken for having objected can say that it was a
// mistake; somebody who is not heard writes to the authority.
#pragma once

#include <string_view>

namespace licet::webhooks {

enum class Keyword { kNone, kStop, kStart, kHelp };

/// Reads an answer; accents, case, blanks and punctuation do not matter.
[[nodiscard]] Keyword keyword_of(std::string_view text);

}  // namespace licet::webhooks
