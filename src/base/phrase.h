// SPDX-License-Identifier: Apache-2.0
//
// Phrases that are looked for in a text, whatever its capitals, accents, signs and spacing.
//
//     "Certifiée  par la CNIL !" ──► " certifiee par la cnil "
//     certifi* .. cnil           the words in order; * any ending, .. up to three words between
//
// Signs, not proof: what is there may be meant otherwise, what is not may be said in other words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace licet {

/// Lower-cases, drops accents, and puts one space between words, before the first and after the
/// last: "Se désinscrire !" -> " se desinscrire ".
[[nodiscard]] std::string plain_words(std::string_view utf8);

/// A text in which many phrases are looked for. A sentence ends at . ; ! ? and at a line's end.
class Sentences {
  public:
    explicit Sentences(std::string_view text);
    /// True if a sentence holds the phrase.
    [[nodiscard]] bool hold(std::string_view phrase) const;

  private:
    std::vector<std::vector<std::string>> words_;  ///< of each sentence
};

}  // namespace licet
