// SPDX-License-Identifier: Apache-2.0
//
// How easily a text reads, as a figure from about 0 (hard) to 100 (easy).
//
//     French   207 - 1.015 words per sentence - 73.6 syllables per word
//     English  206.835 - 1.015 words per sentence - 84.6 syllables per word
//
// Syllables are counted by groups of vowels, which is near enough for a figure without decimals.
// Source: Kandel and Moles 1958 (French); Flesch 1948 (English).
#pragma once

#include <string_view>

#include "papers/document.h"

namespace licet::papers {

/// Number of syllables of a word, at least 1.
[[nodiscard]] int syllables_of(std::string_view word, Language language);

/// Gives the figure of a text, between 0 and 100; 100 for a text without words.
[[nodiscard]] int reading_ease(std::string_view text, Language language);

/// Gives the figure of a document: its paragraphs, items, steps and boxes.
[[nodiscard]] int reading_ease(const Document& document);

}  // namespace licet::papers
