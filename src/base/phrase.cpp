// SPDX-License-Identifier: Apache-2.0
#include "base/phrase.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace licet {
namespace {

constexpr std::size_t kMostBetween = 3;  // words that ".." stands for

using Words = std::vector<std::string>;

Words words_of(std::string_view text) {
    Words out;
    const std::string plain = plain_words(text);
    for (const std::string_view one : split(plain, ' '))
        if (!one.empty()) out.emplace_back(one);
    return out;
}

// A word of a phrase, without its star.
struct Part {
    std::string word;
    bool is_open = false;  ///< any ending
    bool is_after_gap = false;

    [[nodiscard]] bool fits(std::string_view other) const {
        return is_open ? other.starts_with(word) : other == word;
    }
};

std::vector<Part> parts_of(std::string_view phrase) {
    std::vector<Part> out;
    bool is_after_gap = false;
    for (const std::string_view token : split(phrase, ' ')) {
        if (token == "..") {
            is_after_gap = true;
            continue;
        }
        const Words words = words_of(token);
        for (std::size_t i = 0; i < words.size(); ++i) {
            const bool is_last = i + 1 == words.size();
            out.push_back({words[i], is_last && token.ends_with('*'), is_after_gap});
            is_after_gap = false;
        }
    }
    return out;
}

bool fits_from(const Words& words, std::size_t at, const std::vector<Part>& parts,
               std::size_t part) {
    if (part == parts.size()) return true;
    const std::size_t gap = parts[part].is_after_gap ? kMostBetween : 0;
    for (std::size_t next = at; next < words.size() && next <= at + gap; ++next)
        if (parts[part].fits(words[next]) && fits_from(words, next + 1, parts, part + 1))
            return true;
    return false;
}

}  // namespace

std::string plain_words(std::string_view utf8) {
    std::string out = " ";
    const auto put = [&](char c) {
        if (c != ' ' || out.back() != ' ') out += c;
    };
    for (std::size_t i = 0; i < utf8.size();) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (byte < 0x80) {
            const bool is_word = is_ascii_letter(utf8[i]) || is_ascii_digit(utf8[i]);
            put(is_word ? ascii_lower(utf8[i]) : ' ');
            ++i;
            continue;
        }
        const std::size_t length = std::min(utf8_length_at(utf8, i), utf8.size() - i);
        const std::string letters = folded(utf8.substr(i, length));
        // Letters that have no plain form stay: they are words of their own language.
        const char32_t code = code_point_at(utf8, i, length);
        const bool is_sign = code < 0xC0 || (code >= 0x2000 && code < 0x2E80);
        if (!letters.empty())
            for (const char c : letters) put(c);
        else if (is_sign)
            put(' ');
        else
            out += utf8.substr(i, length);
        i += length;
    }
    put(' ');
    return out;
}

Sentences::Sentences(std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(".;!?\n"), text.size());
        Words words = words_of(text.substr(0, end));
        if (!words.empty()) words_.push_back(std::move(words));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

bool Sentences::hold(std::string_view phrase) const {
    const std::vector<Part> parts = parts_of(phrase);
    if (parts.empty()) return false;
    for (const Words& words : words_)
        for (std::size_t at = 0; at < words.size(); ++at)
            if (fits_from(words, at, parts, 0)) return true;
    return false;
}

}  // namespace licet
