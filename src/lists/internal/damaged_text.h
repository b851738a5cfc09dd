// SPDX-License-Identifier: Apache-2.0
//
// Text that went through the wrong encoding before it came to us.
//
//     DÃ©sinscrit              UTF-8 that was read as Windows-1252: can be put right
//     D?sinscrit, D\uFFFDsinscrit   letters that are lost: what is left can be compared
//
// A column of refusals whose name has a broken accent is a column of refusals. Private to the
// module; nothing that is written is changed by it.
#pragma once

#include <string>
#include <string_view>

namespace licet::lists::internal {

/// Gives the text as it was before its UTF-8 was read as Windows-1252; empty if it was not.
[[nodiscard]] std::string repaired_text(std::string_view text);

/// Folds as folded() does, and keeps a `?` for each letter that is lost; empty if none is, or if
/// too little is left to tell anything.
[[nodiscard]] std::string folded_with_gaps(std::string_view text);

/// Gives the place behind `part`, which begins at `from` of a text with gaps, or npos. A gap stands
/// for one letter or, since one letter may leave two, for none.
[[nodiscard]] std::size_t end_of_part(std::string_view with_gaps, std::size_t from,
                                      std::string_view part);

}  // namespace licet::lists::internal
