// SPDX-License-Identifier: Apache-2.0
//
// Words that a label must not use: those that would make a self-assessment look like a
// certification, an approval or a promise.
//
//     audit/label-words.txt   one word or phrase a line, as folded() writes it; "= " before a
//                             sentence that may use them, because it denies them
//
// Source: C. conso. L121-2 and L121-4 2°, 4° and 10° (misleading commercial practices).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace licet::audit {

struct LabelWords {
    std::vector<std::string> forbidden;  ///< folded
    std::vector<std::string> allowed;    ///< folded sentences
};

[[nodiscard]] LabelWords read_label_words(std::string_view text);

/// Gives the forbidden words that a text uses, outside of the allowed sentences. Upper case,
/// accents, blanks and marks do not hide a word.
[[nodiscard]] std::vector<std::string> forbidden_in(std::string_view text, const LabelWords& words);

}  // namespace licet::audit
