// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/vcard_property.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace licet::lists::internal {
namespace {

enum class Charset { kAsItIs, kUtf8, kWindows1252, kLatin9 };

// How a value is written; only its reader sees it.
struct Writing {
    bool is_quoted_printable = false;
    bool is_base64 = false;
    Charset charset = Charset::kAsItIs;
};

std::string ascii_upper(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return out;
}

// The place of the first `sign` outside of quotes, or the size.
std::size_t find_bare(std::string_view text, std::string_view signs) {
    bool is_quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') is_quoted = !is_quoted;
        if (!is_quoted && signs.find(text[i]) != signs.npos) return i;
    }
    return text.size();
}

std::string_view unquoted(std::string_view text) {
    text = trimmed(text);
    if (text.size() >= 2 && text.starts_with('"') && text.ends_with('"'))
        return text.substr(1, text.size() - 2);
    return text;
}

std::optional<Charset> charset_of(std::string_view name) {
    const std::string word = ascii_lower(name);
    if (word == "utf-8" || word == "utf8") return Charset::kUtf8;
    if (word == "us-ascii") return Charset::kAsItIs;
    if (word == "iso-8859-15") return Charset::kLatin9;
    // What calls itself ISO-8859-1 is Windows-1252 in practice, and the same but for controls.
    for (const std::string_view known : {"iso-8859-1", "latin1", "windows-1252", "cp1252"})
        if (word == known) return Charset::kWindows1252;
    return std::nullopt;
}

void take_type(std::string_view types, CardProperty& property) {
    while (true) {
        const std::size_t comma = std::min(types.find(','), types.size());
        std::string type = ascii_lower(trimmed(types.substr(0, comma)));
        if (type == "pref") property.preference = std::min(property.preference, 1);
        if (!type.empty()) property.types.push_back(std::move(type));
        if (comma == types.size()) return;
        types.remove_prefix(comma + 1);
    }
}

Result<Done> take_parameter(std::string_view text, CardProperty& property, Writing& writing) {
    const std::size_t equals = find_bare(text, "=");
    // Version 2.1 writes values alone: TEL;CELL, N;QUOTED-PRINTABLE.
    std::string name = ascii_lower(trimmed(text.substr(0, equals)));
    std::string_view value = equals == text.size() ? text : unquoted(text.substr(equals + 1));
    const std::string word = ascii_lower(trimmed(value));
    const bool is_bare = equals == text.size();
    if (name == "charset") {
        const auto charset = charset_of(trimmed(value));
        if (!charset)
            return error(ErrorCode::kInput, "vcard.charset",
                         {{"charset", std::string(trimmed(value).substr(0, 20))}});
        writing.charset = *charset;
    } else if (name == "encoding" || is_bare) {
        writing.is_quoted_printable |= word == "quoted-printable";
        writing.is_base64 |= word == "b" || word == "base64";
        if (is_bare) take_type(value, property);
    } else if (name == "type") {
        take_type(value, property);
    } else if (name == "pref") {
        int preference = CardProperty::kNotPreferred;
        std::from_chars(word.data(), word.data() + word.size(), preference);
        if (preference >= 1) property.preference = std::min(property.preference, preference);
    }
    return Done{};
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string without_quoted_printable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '=' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        if (low < 0) {
            out += text[i];
            continue;
        }
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

// ISO-8859-15 is ISO-8859-1 but for eight signs.
std::string utf8_from_latin9(std::string_view text) {
    struct Sign {
        char byte;
        std::string_view text;
    };
    constexpr std::array<Sign, 8> kSigns = {{{'\xA4', "€"},
                                             {'\xA6', "Š"},
                                             {'\xA8', "š"},
                                             {'\xB4', "Ž"},
                                             {'\xB8', "ž"},
                                             {'\xBC', "Œ"},
                                             {'\xBD', "œ"},
                                             {'\xBE', "Ÿ"}}};
    std::string out;
    for (const char c : text) {
        const auto* const sign = std::find_if(kSigns.begin(), kSigns.end(),
                                              [&](const Sign& one) { return one.byte == c; });
        out += sign != kSigns.end() ? std::string(sign->text)
                                    : utf8_from_windows_1252(std::string_view(&c, 1));
    }
    return out;
}

std::string decoded(std::string_view text, const Writing& writing, CardVersion version) {
    std::string value =
        writing.is_quoted_printable ? without_quoted_printable(text) : std::string(text);
    switch (writing.charset) {
        case Charset::kWindows1252:
            return utf8_from_windows_1252(value);
        case Charset::kLatin9:
            return utf8_from_latin9(value);
        case Charset::kUtf8:
            return value;
        case Charset::kAsItIs:
            break;
    }
    // Version 4.0 is UTF-8 and nothing else; what is not is told by the reader of rows.
    const bool is_old = version != CardVersion::k40 && first_invalid_utf8(value).has_value();
    return is_old ? utf8_from_windows_1252(value) : value;
}

}  // namespace

bool CardProperty::has_type(std::string_view type) const {
    return std::find(types.begin(), types.end(), type) != types.end();
}

Result<CardProperty> property_of(std::string_view line, CardVersion version) {
    const std::size_t colon = find_bare(line, ":");
    if (colon == line.size()) return error(ErrorCode::kInput, "vcard.no_property");
    CardProperty property;
    Writing writing;
    std::string_view head = line.substr(0, colon);
    for (bool is_name = true; true; is_name = false) {
        const std::size_t end = find_bare(head, ";");
        const std::string_view part = trimmed(head.substr(0, end));
        if (is_name) {
            const std::size_t dot = part.rfind('.');
            property.name = ascii_upper(dot == part.npos ? part : part.substr(dot + 1));
            if (property.name.empty()) return error(ErrorCode::kInput, "vcard.no_property");
        } else {
            LICET_TRY(take_parameter(part, property, writing));
        }
        if (end == head.size()) break;
        head.remove_prefix(end + 1);
    }
    for (const std::string_view binary : {"PHOTO", "LOGO", "SOUND", "KEY"})
        property.is_binary |= property.name == binary;
    property.is_binary |= writing.is_base64;
    if (!property.is_binary) property.value = decoded(line.substr(colon + 1), writing, version);
    return property;
}

bool goes_on(std::string_view line) {
    if (!line.ends_with('=')) return false;
    constexpr std::size_t kMostHeadBytes = 1024;  // a line may be long, and is asked at each fold
    const std::string_view head = line.substr(0, kMostHeadBytes);
    const std::size_t colon = find_bare(head, ":");
    return colon < head.size() &&
           ascii_lower(head.substr(0, colon)).find("quoted-printable") != std::string::npos;
}

std::string unescaped(std::string_view value) {
    std::string out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char next = value[i] == '\\' && i + 1 < value.size() ? value[i + 1] : '\0';
        const bool is_escape = std::string_view("nN,;:\\").find(next) != std::string_view::npos;
        if (next == '\0' || !is_escape) {
            out += value[i];
            continue;
        }
        out += next == 'n' || next == 'N' ? '\n' : next;
        ++i;
    }
    return out;
}

std::vector<std::string> components_of(std::string_view value) {
    std::vector<std::string> out;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= value.size(); ++i) {
        if (i + 1 < value.size() && value[i] == '\\') {
            ++i;
            continue;
        }
        if (i < value.size() && value[i] != ';') continue;
        out.push_back(unescaped(value.substr(begin, i - begin)));
        begin = i + 1;
    }
    return out;
}

}  // namespace licet::lists::internal
