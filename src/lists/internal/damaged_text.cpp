// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/damaged_text.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/text.h"

namespace licet::lists::internal {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// The byte that Windows-1252 writes for a character; nothing if it has none.
std::optional<char> windows_1252_of(char32_t c) {
    static const auto specials = [] {
        std::map<char32_t, char> out;
        for (int byte = 0x80; byte <= 0x9F; ++byte) {
            const char raw = static_cast<char>(byte);
            const std::string text = utf8_from_windows_1252(std::string_view(&raw, 1));
            out.emplace(code_point_at(text, 0, text.size()), raw);
        }
        return out;
    }();
    if (c < 0x100) return static_cast<char>(c);  // programs keep the bytes that mean nothing
    const auto found = specials.find(c);
    if (found == specials.end() || c == kReplacement) return std::nullopt;
    return found->second;
}

}  // namespace

std::string repaired_text(std::string_view text) {
    if (text.find('\xC3') == text.npos) return {};
    // All that French and German write begins, once misread, with one of these.
    const bool may_be = text.find("\xC3\x83") != text.npos || text.find("\xC3\x82") != text.npos ||
                        text.find("\xC3\xA2\xE2\x82\xAC") != text.npos;
    if (!may_be) return {};
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8_length_at(text, i);
        const auto byte = windows_1252_of(code_point_at(text, i, length));
        if (!byte) return {};
        out += *byte;
        i += length;
    }
    return first_invalid_utf8(out) ? std::string() : out;
}

std::string folded_with_gaps(std::string_view text) {
    constexpr std::size_t kLeast = 3;
    constexpr std::size_t kMostGaps = 8;  // each doubles the ways to compare
    std::string out;
    std::size_t gaps = 0;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8_length_at(text, i);
        if (text[i] == '?' || code_point_at(text, i, length) == kReplacement) {
            out += '?';
            ++gaps;
        } else {
            out += folded(text.substr(i, length));
        }
        i += length;
    }
    const bool is_telling = gaps > 0 && gaps <= kMostGaps && out.size() >= gaps * 2 + kLeast;
    return is_telling ? out : std::string();
}

std::size_t end_of_part(std::string_view with_gaps, std::size_t from, std::string_view part) {
    if (part.empty()) return from;
    if (from >= with_gaps.size()) return std::string_view::npos;
    if (with_gaps[from] != '?') {
        if (with_gaps[from] != part.front()) return std::string_view::npos;
        return end_of_part(with_gaps, from + 1, part.substr(1));
    }
    const std::size_t as_letter = end_of_part(with_gaps, from + 1, part.substr(1));
    if (as_letter != std::string_view::npos) return as_letter;
    return end_of_part(with_gaps, from + 1, part);
}

}  // namespace licet::lists::internal
