// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/code_pages.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace licet::lists::internal {
namespace {

using Upper = std::array<char16_t, 128>;  // what the bytes from 0x80 on mean

constexpr Upper kMacRoman = {
    0x00C4, 0x00C5, 0x00C7, 0x00C9, 0x00D1, 0x00D6, 0x00DC, 0x00E1, 0x00E0, 0x00E2, 0x00E4, 0x00E3,
    0x00E5, 0x00E7, 0x00E9, 0x00E8, 0x00EA, 0x00EB, 0x00ED, 0x00EC, 0x00EE, 0x00EF, 0x00F1, 0x00F3,
    0x00F2, 0x00F4, 0x00F6, 0x00F5, 0x00FA, 0x00F9, 0x00FB, 0x00FC, 0x2020, 0x00B0, 0x00A2, 0x00A3,
    0x00A7, 0x2022, 0x00B6, 0x00DF, 0x00AE, 0x00A9, 0x2122, 0x00B4, 0x00A8, 0x2260, 0x00C6, 0x00D8,
    0x221E, 0x00B1, 0x2264, 0x2265, 0x00A5, 0x00B5, 0x2202, 0x2211, 0x220F, 0x03C0, 0x222B, 0x00AA,
    0x00BA, 0x03A9, 0x00E6, 0x00F8, 0x00BF, 0x00A1, 0x00AC, 0x221A, 0x0192, 0x2248, 0x2206, 0x00AB,
    0x00BB, 0x2026, 0x00A0, 0x00C0, 0x00C3, 0x00D5, 0x0152, 0x0153, 0x2013, 0x2014, 0x201C, 0x201D,
    0x2018, 0x2019, 0x00F7, 0x25CA, 0x00FF, 0x0178, 0x2044, 0x20AC, 0x2039, 0x203A, 0xFB01, 0xFB02,
    0x2021, 0x00B7, 0x201A, 0x201E, 0x2030, 0x00C2, 0x00CA, 0x00C1, 0x00CB, 0x00C8, 0x00CD, 0x00CE,
    0x00CF, 0x00CC, 0x00D3, 0x00D4, 0xF8FF, 0x00D2, 0x00DA, 0x00DB, 0x00D9, 0x0131, 0x02C6, 0x02DC,
    0x00AF, 0x02D8, 0x02D9, 0x02DA, 0x00B8, 0x02DD, 0x02DB, 0x02C7,
};
constexpr Upper kCp850 = {
    0x00C7, 0x00FC, 0x00E9, 0x00E2, 0x00E4, 0x00E0, 0x00E5, 0x00E7, 0x00EA, 0x00EB, 0x00E8, 0x00EF,
    0x00EE, 0x00EC, 0x00C4, 0x00C5, 0x00C9, 0x00E6, 0x00C6, 0x00F4, 0x00F6, 0x00F2, 0x00FB, 0x00F9,
    0x00FF, 0x00D6, 0x00DC, 0x00F8, 0x00A3, 0x00D8, 0x00D7, 0x0192, 0x00E1, 0x00ED, 0x00F3, 0x00FA,
    0x00F1, 0x00D1, 0x00AA, 0x00BA, 0x00BF, 0x00AE, 0x00AC, 0x00BD, 0x00BC, 0x00A1, 0x00AB, 0x00BB,
    0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x00C1, 0x00C2, 0x00C0, 0x00A9, 0x2563, 0x2551, 0x2557,
    0x255D, 0x00A2, 0x00A5, 0x2510, 0x2514, 0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x00E3, 0x00C3,
    0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256C, 0x00A4, 0x00F0, 0x00D0, 0x00CA, 0x00CB,
    0x00C8, 0x0131, 0x00CD, 0x00CE, 0x00CF, 0x2518, 0x250C, 0x2588, 0x2584, 0x00A6, 0x00CC, 0x2580,
    0x00D3, 0x00DF, 0x00D4, 0x00D2, 0x00F5, 0x00D5, 0x00B5, 0x00FE, 0x00DE, 0x00DA, 0x00DB, 0x00D9,
    0x00FD, 0x00DD, 0x00AF, 0x00B4, 0x00AD, 0x00B1, 0x2017, 0x00BE, 0x00B6, 0x00A7, 0x00F7, 0x00B8,
    0x00B0, 0x00A8, 0x00B7, 0x00B9, 0x00B3, 0x00B2, 0x25A0, 0x00A0,
};

bool is_letter(char32_t c) {
    const bool is_latin = c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7;
    const bool is_slavic = c == U'Š' || c == U'š' || c == U'Ž' || c == U'ž';
    return is_latin || is_slavic || c == U'Œ' || c == U'œ';
}

bool is_capital(char32_t c) {
    return (c >= 0xC0 && c <= 0xDE && c != 0xD7) || c == U'Š' || c == U'Ž' || c == U'Œ';
}

// What stands before or after a word, not in it. Elsewhere its byte is a letter: in MacRoman that
// of an en dash is ñ, and that of an opening quote ë.
bool is_sign_at_edge(char32_t c) {
    constexpr std::u32string_view kSigns = U"–—“”‘…€™•";
    return kSigns.find(c) != kSigns.npos;
}

// How much a character beside a letter speaks for the encoding that gives it. The small letters of
// French, Spanish, Dutch and Danish weigh the same: none must lose to a capital of another page.
int weight_of(char32_t c) {
    constexpr std::u32string_view kUsual = U"éëïâûùáíóúåæøñœž’";
    constexpr std::u32string_view kFrequent = U"èàüöäš";
    constexpr std::u32string_view kLess = U"ÀÂÇÈÉÊÎÔêçßôî";
    constexpr std::u32string_view kSigns = U"\u00A0°«»";
    if (kUsual.find(c) != kUsual.npos) return 6;
    if (kFrequent.find(c) != kFrequent.npos) return 4;
    if (kLess.find(c) != kLess.npos) return 3;
    if (kSigns.find(c) != kSigns.npos) return 2;
    return is_letter(c) ? 1 : -2;
}

// How often a byte stands beside a letter of ASCII; elsewhere it may be any sign.
struct Places {
    int all = 0;
    int at_edge = 0;      ///< with a letter on one side only
    int after_small = 0;  ///< after a small letter
};

// A capital after a small letter, "JoÎl", is a letter of another page. So is ß, which is á in
// Windows-1252; of German the other letters tell.
long weight_at(const Places& places, char32_t c, Encoding encoding) {
    constexpr int kUnlikely = -2;
    constexpr int kAtEdge = 6;
    int weight = weight_of(c);
    // In CP850 á is the byte of the space that Word and Excel put before a colon.
    if (encoding == Encoding::kCp850 && c == U'á') weight = weight_of(U'\u00A0');
    if (is_sign_at_edge(c))
        return long{places.at_edge} * kAtEdge + long{places.all - places.at_edge} * kUnlikely;
    if (!is_capital(c) && c != U'ß') return long{places.all} * weight;
    return long{places.after_small} * kUnlikely + long{places.all - places.after_small} * weight;
}

char32_t meaning_of(char raw, Encoding encoding) {
    const auto byte = static_cast<unsigned char>(raw);
    if (encoding == Encoding::kMacRoman) return kMacRoman.at(byte - 0x80U);
    if (encoding == Encoding::kCp850) return kCp850.at(byte - 0x80U);
    const std::string text = utf8_from_windows_1252(std::string_view(&raw, 1));
    return code_point_at(text, 0, text.size());
}

}  // namespace

Encoding likeliest_encoding(std::string_view block) {
    std::array<Places, 128> places{};
    for (std::size_t i = 0; i < block.size(); ++i) {
        if (static_cast<unsigned char>(block[i]) < 0x80) continue;
        const char before = i > 0 ? block[i - 1] : ' ';
        const bool is_before = is_ascii_letter(before);
        const bool is_after = i + 1 < block.size() && is_ascii_letter(block[i + 1]);
        if (!is_before && !is_after) continue;
        Places& of_byte = places.at(static_cast<unsigned char>(block[i]) - 0x80U);
        ++of_byte.all;
        if (is_before != is_after) ++of_byte.at_edge;
        if (before >= 'a' && before <= 'z') ++of_byte.after_small;
    }
    const auto score = [&](Encoding encoding) {
        long sum = 0;
        for (std::size_t i = 0; i < places.size(); ++i)
            if (places[i].all > 0)
                sum += weight_at(places[i], meaning_of(static_cast<char>(i + 0x80), encoding),
                                 encoding);
        return sum;
    };
    constexpr long kClearly = 3;
    Encoding best = Encoding::kWindows1252;
    long most = score(best) + kClearly;
    for (const Encoding other : {Encoding::kMacRoman, Encoding::kCp850}) {
        const long sum = score(other);
        if (sum > most) best = other;
        most = std::max(most, sum);
    }
    return best;
}

std::string utf8_from_8_bit(std::string_view bytes, Encoding encoding) {
    if (encoding != Encoding::kMacRoman && encoding != Encoding::kCp850)
        return utf8_from_windows_1252(bytes);
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        if (static_cast<unsigned char>(c) < 0x80)
            out += c;
        else
            append_utf8(out, meaning_of(c, encoding));
    }
    return out;
}

}  // namespace licet::lists::internal
