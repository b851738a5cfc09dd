// SPDX-License-Identifier: Apache-2.0
//
// vCards (RFC 6350 and its predecessors 3.0 and 2.1), of which a file may hold many: a row each.
//
//     BEGIN:VCARD                           Full Name,Email,Email 2,...,Mobile,Phone,...,Other
//     FN:Alix Moreau                 ->     Alix Moreau,alix@example.com,,...
//     EMAIL;PREF=1:alix@example.com
//     END:VCARD
//
// Columns are the same for every file, but for properties that are not standard (X-...), which are
// columns if one of the first 1000 cards has them: one of them may be a mark of refusal. A later
// one whose name is that of a refusal makes its card a bad row; what else has no column is kept in
// the last one. Of pictures, sounds and keys nothing is kept. The line of a row is that of BEGIN.
//
// Errors of a card are those of its row: no END, text outside of cards, a line that is no property,
// a character set that is not known. A card within a card (AGENT) is somebody else, and left out.
#pragma once

#include "lists/list_source.h"

namespace licet::lists::internal {

/// Says whether a file that begins with `block` holds vCards.
[[nodiscard]] bool is_vcard(std::string_view block);

/// Gives vCards as CSV. Errors: those of the source.
[[nodiscard]] Result<ListSource> vcard_list(ByteSource source, const std::string& file_name);

}  // namespace licet::lists::internal
