// SPDX-License-Identifier: Apache-2.0
#include "lists/dialect.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <vector>

#include "base/text.h"
#include "lists/internal/code_pages.h"
#include "lists/title_lines.h"

namespace licet::lists {
namespace {

using namespace std::string_view_literals;

constexpr std::array kSeparators = {';', ',', '\t', '|'};
constexpr std::size_t kScoredRecords = 50;

struct Magic {
    std::string_view bytes;
    std::string_view name;
};

// Names are shown to readers of every language, so they are names of formats only.
constexpr std::array kMagics = {
    Magic{"PK\x03\x04"sv, "ZIP"sv},
    Magic{"PK\x05\x06"sv, "ZIP"sv},
    Magic{"\xD0\xCF\x11\xE0"sv, "XLS"sv},
    Magic{"%PDF-"sv, "PDF"sv},
    Magic{"\x1F\x8B"sv, "gzip"sv},
    Magic{"7z\xBC\xAF"sv, "7z"sv},
    Magic{"\xFD"
          "7zXZ"sv,
          "xz"sv},
    Magic{"\x28\xB5\x2F\xFD"sv, "zstd"sv},
    Magic{"PAR1"sv, "Parquet"sv},
    Magic{"SQLite format 3"sv, "SQLite"sv},
    Magic{"\x89PNG"sv, "PNG"sv},
    Magic{"\xFF\xD8\xFF"sv, "JPEG"sv},
    Magic{"{\\rtf"sv, "RTF"sv},
    Magic{"<!DOCTYPE html"sv, "HTML"sv},
    Magic{"<html"sv, "HTML"sv},
    Magic{"<?xml"sv, "XML"sv},
};

std::string_view zip_kind(std::string_view block) {
    if (block.find("xl/"sv) != block.npos) return "Excel (XLSX)";
    if (block.find("opendocument.spreadsheet"sv) != block.npos) return "LibreOffice Calc (ODS)";
    if (block.find("word/"sv) != block.npos) return "Word (DOCX)";
    return "ZIP";
}

// Gives the name of the format that `block` looks like, or nothing if it may be text of 8 bits.
std::optional<std::string_view> binary_kind(std::string_view block) {
    for (const Magic& magic : kMagics) {
        if (!block.starts_with(magic.bytes)) continue;
        if (magic.name == "ZIP") return zip_kind(block);
        return magic.name == "XLS" ? "Excel 97-2003 (XLS)"sv : magic.name;
    }
    const auto zeros = static_cast<std::size_t>(std::count(block.begin(), block.end(), '\0'));
    if (zeros == 0) return std::nullopt;
    // Every second byte of Latin text in UTF-16 is zero: the mark alone is missing.
    return zeros * 5 > block.size() * 2 && zeros * 5 < block.size() * 3 ? "UTF-16"sv : "0x00"sv;
}

// Sets encoding, mark and preamble_bytes from the byte order mark.
void read_mark(std::string_view block, Dialect& dialect) {
    const auto has = [&](std::string_view mark, Encoding encoding) {
        if (dialect.has_byte_order_mark || !block.starts_with(mark)) return;
        dialect.has_byte_order_mark = true;
        dialect.encoding = encoding;
        dialect.preamble_bytes = mark.size();
    };
    has("\xEF\xBB\xBF", Encoding::kUtf8);
    has("\xFF\xFE", Encoding::kUtf16Le);
    has("\xFE\xFF", Encoding::kUtf16Be);
}

struct Shape {
    std::vector<std::size_t> field_counts;  // of each record that is not blank
    std::optional<Newline> newline;
    bool has_separator = false;
};

// Cuts `text` into records as RFC 4180 does, and counts their fields.
Shape shape_of(std::string_view text, char separator, bool is_whole) {
    Shape shape;
    std::size_t fields = 1;
    std::size_t start = 0;
    bool is_field_start = true;
    std::size_t i = 0;
    const auto end_record = [&] {
        if (i > start) shape.field_counts.push_back(fields);
        fields = 1;
        is_field_start = true;
    };
    for (; i < text.size() && shape.field_counts.size() < kScoredRecords; ++i) {
        const char c = text[i];
        if (c == '"' && is_field_start) {
            // A doubled quote reopens at once: is_field_start stays true. One that is never closed
            // is text, as for the reader.
            const std::size_t close = text.find('"', i + 1);
            is_field_start = close != text.npos;
            if (is_field_start) i = close;
        } else if (c == separator) {
            ++fields;
            is_field_start = true;
            shape.has_separator = true;
        } else if (c == '\n' || c == '\r') {
            const bool is_pair = c == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
            end_record();
            if (is_pair) ++i;
            if (!shape.newline)
                shape.newline = is_pair ? Newline::kCrLf : c == '\n' ? Newline::kLf : Newline::kCr;
            start = i + 1;
        } else {
            is_field_start = false;
        }
    }
    // A first record that is longer than the block counts as far as it goes.
    const bool is_lone = shape.field_counts.empty();
    if ((is_whole || is_lone) && i >= text.size() && i > start) end_record();
    return shape;
}

// High if most records have as many fields as the first one, and many of them.
double score_of(const Shape& shape) {
    if (shape.field_counts.empty() || shape.field_counts.front() < 2) return 0;
    const std::size_t wanted = shape.field_counts.front();
    const auto same = std::count(shape.field_counts.begin(), shape.field_counts.end(), wanted);
    const double constancy =
        static_cast<double>(same) / static_cast<double>(shape.field_counts.size());
    return constancy * constancy * std::log2(static_cast<double>(wanted));
}

// A file of one column has no separator: take one that its values do not hold.
char separator_of(std::string_view text, bool is_whole) {
    double best_score = 0;
    char best = '\0';
    char unused = '\0';
    for (const char candidate : kSeparators) {
        const Shape shape = shape_of(text, candidate, is_whole);
        const double score = score_of(shape);
        if (score > best_score) best = candidate;
        best_score = std::max(best_score, score);
        if (!shape.has_separator && unused == '\0') unused = candidate;
    }
    if (best != '\0') return best;
    return unused != '\0' ? unused : kSeparators.front();
}

// How many bytes a text takes in UTF-16.
std::size_t utf16_bytes(std::string_view text) {
    std::size_t units = utf8_count(text);
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0xF0) ++units;  // begins a pair
    return units * 2;
}

// Gives the separator that a first line such as sep=; announces.
std::optional<char> announced_separator(std::string_view line) {
    if (line.size() >= 2 && line.front() == '"' && line.back() == '"')
        line = line.substr(1, line.size() - 2);
    if (line.size() != 5 || ascii_lower(line.substr(0, 4)) != "sep=") return std::nullopt;
    const char separator = line[4];
    return separator == '"' ? std::nullopt : std::optional<char>(separator);
}

}  // namespace

std::optional<Encoding> encoding_of_8_bit(std::string_view block, bool is_last) {
    std::size_t good = 0;
    std::size_t bad = 0;
    for (std::size_t i = 0; i < block.size();) {
        if (static_cast<unsigned char>(block[i]) < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = utf8_length_at(block, i);
        const bool is_cut = length == 1 && i + 4 > block.size() && !is_last;
        if (length > 1)
            ++good;
        else if (!is_cut)
            ++bad;
        i += length;
    }
    if (good + bad == 0) return std::nullopt;
    return bad <= good && good > 0 ? Encoding::kUtf8 : internal::likeliest_encoding(block);
}

Result<Dialect> dialect_of(std::string_view block, bool is_whole) {
    // Its mark begins like that of UTF-16.
    if (block.starts_with("\xFF\xFE\0\0"sv))
        return error(ErrorCode::kInput, "csv.binary", {{"looks_like", "UTF-32"}});
    Dialect dialect;
    read_mark(block, dialect);
    std::string_view bytes = block.substr(dialect.preamble_bytes);
    const bool is_wide =
        dialect.encoding == Encoding::kUtf16Le || dialect.encoding == Encoding::kUtf16Be;
    std::string decoded;
    if (is_wide) {
        if (!is_whole) bytes = bytes.substr(0, bytes.size() / 2 * 2);
        decoded = utf8_from_utf16(bytes, dialect.encoding == Encoding::kUtf16Be);
    } else if (const auto kind = binary_kind(bytes)) {
        return error(ErrorCode::kInput, "csv.binary", {{"looks_like", std::string(*kind)}});
    }
    std::string_view text = is_wide ? std::string_view(decoded) : bytes;
    if (trimmed(text).empty()) return error(ErrorCode::kInput, "csv.empty");

    if (!is_wide && !dialect.has_byte_order_mark) {
        const auto encoding = encoding_of_8_bit(text, is_whole);
        dialect.is_ascii_so_far = !encoding;
        dialect.encoding = encoding.value_or(Encoding::kUtf8);
    }

    const std::size_t line_end = std::min(text.find_first_of("\r\n"), text.size());
    const auto announced = announced_separator(text.substr(0, line_end));
    if (announced) {
        const bool is_pair = text.substr(line_end, 2) == "\r\n";
        const std::size_t cut = std::min(line_end + (is_pair ? 2 : 1), text.size());
        dialect.preamble_bytes += is_wide ? cut * 2 : cut;
        dialect.preamble_lines = 1;
        text.remove_prefix(cut);
        if (trimmed(text).empty()) return error(ErrorCode::kInput, "csv.empty");
    }
    const TitleLines titles = title_lines_of(text);
    const std::string_view above = text.substr(0, titles.bytes);
    dialect.preamble_bytes += is_wide ? utf16_bytes(above) : above.size();
    dialect.preamble_lines += titles.lines;
    dialect.title_lines = titles.lines;
    text.remove_prefix(titles.bytes);
    dialect.separator = announced ? *announced : separator_of(text, is_whole);
    dialect.newline = shape_of(text, dialect.separator, is_whole).newline.value_or(Newline::kLf);
    return dialect;
}

std::string_view name_of(Encoding encoding) {
    switch (encoding) {
        case Encoding::kUtf8:
            return "UTF-8";
        case Encoding::kWindows1252:
            return "Windows-1252";
        case Encoding::kMacRoman:
            return "MacRoman";
        case Encoding::kCp850:
            return "CP850";
        case Encoding::kUtf16Le:
        case Encoding::kUtf16Be:
            return "UTF-16";
    }
    return "";
}

}  // namespace licet::lists
