// SPDX-License-Identifier: Apache-2.0
#include "mail/transfer.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/base64.h"
#include "base/text.h"

namespace licet::mail {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kLineLimit = 76;  // of both encodings, RFC 2045 6.7 and 6.8

int hex_digit(char c) {
    if (is_ascii_digit(c)) return c - '0';
    const char lower = ascii_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

int base64_digit(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (is_ascii_digit(c)) return c - '0' + 52;
    if (c == '+') return 62;
    return c == '/' ? 63 : -1;
}

// ---- quoted-printable ---------------------------------------------------------------------------

// What stands at a place of quoted-printable text: how many bytes of it, and what they mean.
struct QuotedStep {
    std::size_t length = 1;
    bool is_byte = true;  // false: a soft line break, which means nothing
    char byte = 0;
};

QuotedStep quoted_step(std::string_view raw, std::size_t place) {
    if (raw[place] != '=') return {1, true, raw[place]};
    const int high = place + 2 < raw.size() ? hex_digit(raw[place + 1]) : -1;
    const int low = place + 2 < raw.size() ? hex_digit(raw[place + 2]) : -1;
    if (high >= 0 && low >= 0) return {3, true, static_cast<char>(high * 16 + low)};
    // A soft break may have spaces before its line end.
    std::size_t end = place + 1;
    while (end < raw.size() && (raw[end] == ' ' || raw[end] == '\t')) ++end;
    if (end == raw.size()) return {end - place, false, 0};
    if (raw[end] == '\n') return {end + 1 - place, false, 0};
    if (raw[end] == '\r' && end + 1 < raw.size() && raw[end + 1] == '\n')
        return {end + 2 - place, false, 0};
    return {1, true, '='};
}

std::string from_quoted(std::string_view raw) {
    std::string out;
    out.reserve(raw.size());
    for (std::size_t place = 0; place < raw.size();) {
        const QuotedStep step = quoted_step(raw, place);
        if (step.is_byte) out += step.byte;
        place += step.length;
    }
    return out;
}

// Writes bytes as quoted-printable; line ends in them become those of the message.
std::string to_quoted(std::string_view bytes, std::string_view line_end) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    std::size_t column = 0;
    const auto put = [&](std::string_view piece) {
        if (column + piece.size() > kLineLimit - 1) {
            out.append("=").append(line_end);
            column = 0;
        }
        out += piece;
        column += piece.size();
    };
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (bytes[i] == '\n') {
            out += line_end;
            column = 0;
            continue;
        }
        if (bytes[i] == '\r') continue;
        const bool ends_line =
            i + 1 == bytes.size() || bytes[i + 1] == '\n' || bytes[i + 1] == '\r';
        const bool is_plain =
            (byte > 32 && byte < 127 && byte != '=') || (byte == 32 && !ends_line);
        if (is_plain)
            put(bytes.substr(i, 1));
        else
            put(std::string{'=', kHex[byte >> 4U], kHex[byte & 15U]});
    }
    return out;
}

Result<Edit> into_quoted(std::string_view raw, const Insertion& insertion) {
    std::size_t place = 0;
    std::size_t decoded_bytes = 0;
    while (place < raw.size() && decoded_bytes < insertion.place) {
        const QuotedStep step = quoted_step(raw, place);
        decoded_bytes += step.is_byte ? 1 : 0;
        place += step.length;
    }
    if (decoded_bytes != insertion.place) return error(ErrorCode::kInput, "mail.place");
    // At the end a last soft break is passed, lest the new text hang on its line.
    if (insertion.place == decoded_bytes && !raw.substr(place).empty()) {
        const QuotedStep step = quoted_step(raw, place);
        if (!step.is_byte && place + step.length == raw.size()) place = raw.size();
    }
    const bool starts_line = place == 0 || raw[place - 1] == '\n';
    const bool ends_line = place == raw.size() || raw[place] == '\n' || raw[place] == '\r';
    const std::string soft = "=" + std::string(insertion.line_end);
    std::string bytes = to_quoted(insertion.bytes, insertion.line_end);
    if (!starts_line && !insertion.bytes.starts_with('\n')) bytes.insert(0, soft);
    if (!ends_line && !insertion.bytes.ends_with('\n')) bytes += soft;
    return Edit{place, place, std::move(bytes)};
}

// ---- base64 -------------------------------------------------------------------------------------

std::string from_base64(std::string_view raw) {
    std::string out;
    out.reserve(raw.size() / 4 * 3);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : raw) {
        if (c == '=') break;
        const int digit = base64_digit(c);
        if (digit < 0) continue;
        bits = (bits << 6U | static_cast<std::uint32_t>(digit)) & 0xFFFFFFU;
        if (++count % 4 == 0)
            out.append({static_cast<char>(bits >> 16U), static_cast<char>(bits >> 8U),
                        static_cast<char>(bits)});
    }
    if (count % 4 == 2) out += static_cast<char>(bits >> 4U);
    if (count % 4 == 3) out.append({static_cast<char>(bits >> 10U), static_cast<char>(bits >> 2U)});
    return out;
}

std::string to_base64_lines(std::string_view bytes, std::string_view line_end) {
    const std::string text = base64_of(bytes);
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += kLineLimit) {
        if (i > 0) out += line_end;
        out += text.substr(i, kLineLimit);
    }
    return out;
}

// The group of four digits in which a byte of the part stands is written again, with what comes
// before and after; the padding makes the rest of the groups stay as they are.
Result<Edit> into_base64(std::string_view raw, const Insertion& insertion) {
    const std::size_t group = insertion.place / 3;
    std::size_t begin = raw.size();
    std::size_t end = raw.size();
    std::size_t digits = 0;
    std::string kept;  // the digits of the group
    bool has_end = false;
    std::size_t last = 0;  // behind the last digit or sign of the encoding
    for (std::size_t i = 0; i < raw.size() && !has_end; ++i) {
        const bool is_digit = base64_digit(raw[i]) >= 0;
        if (!is_digit && raw[i] != '=') continue;
        if (is_digit && digits == group * 4) begin = i;
        if (is_digit && digits >= group * 4) kept += raw[i];
        last = i + 1;
        if (!is_digit) {
            // Nobody reads on behind the sign that ends it: what is added comes before.
            begin = std::min(begin, i);
            break;
        }
        has_end = ++digits == group * 4 + 4;
    }
    while (!has_end && last < raw.size() && raw[last] == '=') ++last;
    end = last;
    begin = std::min(begin, end);
    const std::string around = from_base64(kept);
    const std::size_t before = insertion.place - group * 3;
    if (digits < group * 4 || before > around.size()) return error(ErrorCode::kInput, "mail.place");
    std::string bytes = around.substr(0, before) + std::string(insertion.bytes);
    const std::string after = around.substr(before);
    while (has_end && (bytes.size() + after.size()) % 3 != 0) {
        if (insertion.padding.empty()) return error(ErrorCode::kInput, "mail.place");
        bytes += insertion.padding;
    }
    std::string lines = to_base64_lines(bytes + after, insertion.line_end);
    const bool starts_line = begin == 0 || raw[begin - 1] == '\n';
    const bool ends_line = end == raw.size() || raw[end] == '\n' || raw[end] == '\r';
    if (!starts_line) lines.insert(0, insertion.line_end);
    if (!ends_line) lines += insertion.line_end;
    return Edit{begin, end, std::move(lines)};
}

// ---- charsets -----------------------------------------------------------------------------------

class Converter {
  public:
    Converter(const std::string& to, const std::string& from)
        : handle_(::iconv_open(to.c_str(), from.c_str())) {}
    ~Converter() {
        if (is_open()) ::iconv_close(handle_);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    [[nodiscard]] bool is_open() const {
        return handle_ != reinterpret_cast<iconv_t>(-1);  // NOLINT: as iconv_open(3) says it
    }

    /// Converts as far as it goes; gives how many bytes of `in` were taken.
    std::size_t convert(std::string_view in, std::string& out) {
        std::array<char, 4096> buffer;
        char* from = const_cast<char*>(in.data());  // NOLINT: iconv does not write there
        std::size_t left = in.size();
        while (left > 0) {
            char* to = buffer.data();
            std::size_t room = buffer.size();
            const std::size_t done = ::iconv(handle_, &from, &left, &to, &room);
            out.append(buffer.data(), buffer.size() - room);
            if (done == static_cast<std::size_t>(-1) && errno != E2BIG) break;
        }
        return in.size() - left;
    }

  private:
    iconv_t handle_;
};

std::string charset_name(std::string_view charset) {
    const std::string name = ascii_lower(trimmed(charset));
    const bool is_name =
        !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
            return is_ascii_letter(c) || is_ascii_digit(c) || c == '-' || c == '_' || c == '.' ||
                   c == ':';
        });
    return is_name ? name : "";
}

void drop_nul(std::string& text) { std::erase(text, '\0'); }

// What a charset lacks, in ASCII; letters lose their accents.
std::string ascii_for(std::string_view character) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 20> kAscii = {
        {{"\u00A0", " "},  {"\u202F", " "},  {"\u2019", "'"},   {"\u2018", "'"},
         {"\u00AB", "\""}, {"\u00BB", "\""}, {"\u201C", "\""},  {"\u201D", "\""},
         {"\u2013", "-"},  {"\u2014", "-"},  {"\u2026", "..."}, {"\u20AC", "EUR"},
         {"\u00B0", "o"},  {"\u0153", "oe"}, {"\u0152", "OE"},  {"\u00E6", "ae"},
         {"\u00C9", "E"},  {"\u00C0", "A"},  {"\u00C8", "E"},   {"\u00C7", "C"}}};
    for (const auto& [from, to] : kAscii)
        if (from == character) return std::string(to);
    const std::string plain = folded(character);
    return plain.empty() ? "?" : plain;
}

std::string fallback_for(std::string_view character, Fallback fallback) {
    if (fallback == Fallback::kAscii) return ascii_for(character);
    const auto code = static_cast<std::uint32_t>(code_point_at(character, 0, character.size()));
    return "&#" + std::to_string(code) + ";";
}

}  // namespace

std::string decoded(std::string_view raw, Encoding encoding) {
    switch (encoding) {
        case Encoding::kPlain:
            return std::string(raw);
        case Encoding::kQuotedPrintable:
            return from_quoted(raw);
        case Encoding::kBase64:
            return from_base64(raw);
    }
    return {};
}

Result<Edit> raw_insertion(std::string_view raw, Encoding encoding, const Insertion& insertion) {
    switch (encoding) {
        case Encoding::kPlain: {
            if (insertion.place > raw.size()) return error(ErrorCode::kInput, "mail.place");
            std::string bytes;
            for (const char c : insertion.bytes) {
                if (c == '\n')
                    bytes += insertion.line_end;
                else if (c != '\r')
                    bytes += c;
            }
            return Edit{insertion.place, insertion.place, std::move(bytes)};
        }
        case Encoding::kQuotedPrintable:
            return into_quoted(raw, insertion);
        case Encoding::kBase64:
            return into_base64(raw, insertion);
    }
    return error(ErrorCode::kInput, "mail.place");
}

std::string utf8_of(std::string_view bytes, std::string_view charset) {
    const std::string name = charset_name(charset);
    std::string out;
    const bool is_utf8 = name.empty() || name == "utf-8" || name == "utf8" || name == "us-ascii";
    if (is_utf8 && !first_invalid_utf8(bytes)) {
        out = bytes;
        drop_nul(out);
        return out;
    }
    Converter converter("UTF-8", name == "utf8" ? "utf-8" : name);
    if (name.empty() || name == "us-ascii" || !converter.is_open()) {
        out = utf8_from_windows_1252(bytes);
        drop_nul(out);
        return out;
    }
    while (!bytes.empty()) {
        bytes.remove_prefix(converter.convert(bytes, out));
        if (bytes.empty()) break;
        out += kReplacement;
        bytes.remove_prefix(1);
    }
    drop_nul(out);
    return out;
}

std::optional<std::string> in_charset(std::string_view utf8, std::string_view charset,
                                      Fallback fallback) {
    std::string name = charset_name(charset);
    if (name.empty()) name = "us-ascii";
    if (name == "utf8") name = "utf-8";
    if (name.starts_with("utf-7") || name.starts_with("iso-2022") || name.starts_with("hz"))
        return std::nullopt;
    Converter converter(name, "UTF-8");
    if (!converter.is_open()) return std::nullopt;
    constexpr std::string_view kProbe = "<a href=\"x\">~1\\</a>\n";
    std::string probe;
    if (converter.convert(kProbe, probe) != kProbe.size() || probe != kProbe) return std::nullopt;
    std::string out;
    while (!utf8.empty()) {
        utf8.remove_prefix(converter.convert(utf8, out));
        if (utf8.empty()) break;
        const std::size_t length = std::min(utf8_length_at(utf8, 0), utf8.size());
        out += fallback_for(utf8.substr(0, length), fallback);
        utf8.remove_prefix(length);
    }
    return out;
}

}  // namespace licet::mail
