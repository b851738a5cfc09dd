// SPDX-License-Identifier: Apache-2.0
#include "papers/reading_ease.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace licet::papers {
namespace {

constexpr std::string_view kVowels = "aeiouy";

bool is_vowel(char c) { return kVowels.find(c) != kVowels.npos; }

// Letters without accents, in lower case, and the letter that stood for several.
std::string letters_of(std::string_view word) { return folded(word); }

}  // namespace

int syllables_of(std::string_view word, Language language) {
    const std::string letters = letters_of(word);
    int groups = 0;
    bool was_vowel = false;
    for (const char c : letters) {
        if (is_vowel(c) && !was_vowel) ++groups;
        was_vowel = is_vowel(c);
    }
    // A silent e at the end, also before s or, in French, nt. What ends in é has no accent here any
    // more and loses one too: it is near enough.
    const bool is_french = language == Language::kFrench;
    const bool is_silent = letters.ends_with("e") || (letters.ends_with("es") && is_french) ||
                           (letters.ends_with("ent") && is_french && letters.size() > 4);
    const bool ends_accented = word.ends_with("é") || word.ends_with("és") || word.ends_with("ée");
    if (is_silent && !ends_accented && groups > 1) --groups;
    return std::max(groups, 1);
}

int reading_ease(std::string_view text, Language language) {
    double words = 0;
    double sentences = 0;
    double syllables = 0;
    for (const std::string_view line : lines_of(text)) {
        double words_since = 0;
        for (const std::string_view word : split(line, ' ')) {
            if (letters_of(word).empty()) continue;
            ++words;
            ++words_since;
            syllables += syllables_of(word, language);
            const char last = word.back();
            if (last != '.' && last != '?' && last != '!' && last != ':' && last != ';') continue;
            ++sentences;
            words_since = 0;
        }
        if (words_since > 0) ++sentences;
    }
    if (words == 0) return 100;
    const bool is_french = language == Language::kFrench;
    const double base = is_french ? 207.0 : 206.835;
    const double weight = is_french ? 73.6 : 84.6;
    const double figure = base - 1.015 * words / sentences - weight * syllables / words;
    return std::clamp(static_cast<int>(std::lround(figure)), 0, 100);
}

int reading_ease(const Document& document) {
    std::string text;
    for (const Block& block : document.blocks)
        if (block.kind != BlockKind::kHeading && block.kind != BlockKind::kTable)
            text += (block.kind == BlockKind::kMessage && !block.label.starts_with("html")
                         ? block.message
                         : plain(block.line)) +
                    "\n";
    return reading_ease(text, document.language);
}

}  // namespace licet::papers
