// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace licet {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v'; }

constexpr char32_t kReplacement = 0xFFFD;

// Windows-1252 differs from Latin-1 only from 0x80 to 0x9F. 0 marks the five undefined bytes.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// Base letters of U+00C0..U+00FF; '\0' where there is none.
constexpr std::string_view kLatinBase(
    "aaaaaaaceeeeiiiidnooooo\0ouuuuypsaaaaaaaceeeeiiiidnooooo\0ouuuuypy", 64);

}  // namespace

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = ascii_lower(c);
    return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == text.npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines = split(text, '\n');
    if (!lines.empty() && lines.back().empty()) lines.pop_back();
    for (std::string_view& line : lines)
        if (line.ends_with('\r')) line.remove_suffix(1);
    return lines;
}

std::string folded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        if (static_cast<unsigned char>(text[i]) < 0x80) {
            const char c = text[i++];
            if (is_ascii_letter(c) || is_ascii_digit(c)) out += ascii_lower(c);
            continue;
        }
        const std::size_t length = utf8_length_at(text, i);
        const char32_t c = code_point_at(text, i, length);
        if (c >= 0xC0 && c <= 0xFF && kLatinBase[c - 0xC0] != '\0') {
            if (c == 0xDF) out += 's';
            out += kLatinBase[c - 0xC0];
            if (c == 0xC6 || c == 0xE6) out += 'e';
        } else if (c == 0x152 || c == 0x153) {
            out += "oe";
        }
        i += length;
    }
    return out;
}

std::size_t utf8_length_at(std::string_view text, std::size_t place) {
    if (place >= text.size()) return 0;
    const auto lead = static_cast<unsigned char>(text[place]);
    const std::size_t wanted = lead < 0xC2   ? 1
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 1;
    if (place + wanted > text.size()) return 1;
    for (std::size_t i = 1; i < wanted; ++i)
        if ((static_cast<unsigned char>(text[place + i]) & 0xC0) != 0x80) return 1;
    return wanted;
}

char32_t code_point_at(std::string_view text, std::size_t place, std::size_t length) {
    const auto byte = [&](std::size_t i) {
        return static_cast<char32_t>(static_cast<unsigned char>(text[place + i]));
    };
    if (length == 1) return byte(0);
    if (length == 2) return (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
    if (length == 3) return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    return (byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 |
           (byte(3) & 0x3F);
}

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        // Eight plain bytes at once: most text is plain.
        std::uint64_t eight = 0;
        if (i + 8 <= text.size()) {
            std::memcpy(&eight, text.data() + i, 8);
            if ((eight & 0x8080808080808080ULL) == 0) {
                i += 8;
                continue;
            }
        }
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        // A letter with an accent: the case that matters here.
        if (lead >= 0xC2 && lead < 0xE0 && i + 1 < text.size() &&
            (static_cast<unsigned char>(text[i + 1]) & 0xC0) == 0x80) {
            i += 2;
            continue;
        }
        const std::size_t length = utf8_length_at(text, i);
        if (length == 1) return i;
        const char32_t c = code_point_at(text, i, length);
        const bool is_overlong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
        const bool is_surrogate = c >= 0xD800 && c <= 0xDFFF;
        if (is_overlong || is_surrogate || c > 0x10FFFF) return i;
        i += length;
    }
    return std::nullopt;
}

std::size_t utf8_count(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); i += utf8_length_at(text, i)) ++count;
    return count;
}

void append_utf8(std::string& out, char32_t c) {
    const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | c >> 12);
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | c >> 18);
        put(0x80 | (c >> 12 & 0x3F));
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

std::string utf8_from_windows_1252(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char raw : text) {
        const auto byte = static_cast<unsigned char>(raw);
        char32_t c = byte;
        if (byte >= 0x80 && byte <= 0x9F) c = kWindows1252[byte - 0x80];
        append_utf8(out, c == 0 && byte != 0 ? kReplacement : c);
    }
    return out;
}

std::string utf8_from_utf16(std::string_view bytes, bool is_big_endian) {
    std::string out;
    const auto unit = [&](std::size_t i) -> char32_t {
        const auto a = static_cast<unsigned char>(bytes[i]);
        const auto b = static_cast<unsigned char>(bytes[i + 1]);
        return is_big_endian ? static_cast<char32_t>(a << 8 | b)
                             : static_cast<char32_t>(b << 8 | a);
    };
    std::size_t i = 0;
    for (; i + 1 < bytes.size(); i += 2) {
        const char32_t c = unit(i);
        const bool is_high = c >= 0xD800 && c < 0xDC00;
        const char32_t next = is_high && i + 3 < bytes.size() ? unit(i + 2) : 0;
        if (next >= 0xDC00 && next < 0xE000) {
            append_utf8(out, 0x10000 + ((c - 0xD800) << 10) + (next - 0xDC00));
            i += 2;
        } else {
            append_utf8(out, c >= 0xD800 && c < 0xE000 ? kReplacement : c);
        }
    }
    if (i < bytes.size()) append_utf8(out, kReplacement);
    return out;
}

std::string hex_of(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out;
}

std::optional<std::vector<std::uint8_t>> bytes_of_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    const auto digit = [](char c) -> int {
        if (c >= '0' && c <= '9') return c - '0';
        const char small = ascii_lower(c);
        return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
    };
    std::vector<std::uint8_t> out;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = digit(text[i]);
        const int low = digit(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return out;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    if (text.empty() || text.size() > 18) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::string nearest(std::string_view name, std::span<const std::string> names) {
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(2, name.size() / 3) + 1;
    for (const std::string& other : names) {
        std::vector<std::size_t> row(other.size() + 1);
        for (std::size_t j = 0; j <= other.size(); ++j) row[j] = j;
        for (std::size_t i = 1; i <= name.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = i;
            for (std::size_t j = 1; j <= other.size(); ++j) {
                const std::size_t changed = diagonal + (name[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
            }
        }
        if (row[other.size()] < best_distance) {
            best_distance = row[other.size()];
            best = other;
        }
    }
    return best;
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) out += separator;
        out += parts[i];
    }
    return out;
}

std::string html_escaped(std::string_view text, std::string_view which) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (which.find(c) == which.npos)
            out += c;
        else if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += "&#39;";
    }
    return out;
}

}  // namespace licet
