// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/xlsx_cells.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/date.h"
#include "base/text.h"

namespace licet::lists::internal {
namespace {

constexpr double kSecondsPerDay = 86400;
constexpr double kLastDay = 2'958'465;  // 9999-12-31

// Leaves of a format code what stands for digits and time: no quoted text, no colours, one section.
std::string bare(std::string_view code) {
    std::string out;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        const char c = code[i];
        if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '"') {
            i = std::min(code.find('"', i + 1), code.size());
        } else if (c == '[') {
            const std::size_t close = std::min(code.find(']', i), code.size());
            // [h], [mm], [ss] count hours; others are colours, conditions, languages.
            const std::string_view inside = code.substr(i + 1, close - i - 1);
            if (inside.find_first_not_of("hHmMsS") == inside.npos) out += inside;
            i = close;
        } else {
            out += c;
        }
    }
    return ascii_lower(out);
}

std::string two(long number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string time_text(double serial, NumberForm form, bool is_1904) {
    double day = std::floor(serial);
    auto second = static_cast<long>(std::llround((serial - day) * kSecondsPerDay));
    if (second == static_cast<long>(kSecondsPerDay)) {
        day += 1;
        second = 0;
    }
    std::string clock = two(second / 3600) + ":" + two(second / 60 % 60);
    if (second % 60 != 0) clock += ":" + two(second % 60);
    if (!form.is_day) return clock;
    if (!is_1904 && day == 60) return "1900-02-29";  // no such day: whoever reads it says so
    const Date first = is_1904 ? Date{std::chrono::year{1904} / 1 / 1}
                               : Date{std::chrono::year{1899} / 12 / (day < 60 ? 31 : 30)};
    const std::string date = text_of(first + std::chrono::days{static_cast<int>(day)});
    return second == 0 ? date : date + " " + clock;
}

}  // namespace

NumberForm form_of(std::string_view code) {
    const std::string text = bare(code);
    NumberForm form;
    if (text.find("general") != text.npos) return form;
    form.is_day = text.find_first_of("dy") != text.npos ||
                  (text.find('m') != text.npos && text.find_first_of("hs") == text.npos);
    form.is_clock = text.find_first_of("hs") != text.npos;
    if (form.is_day || form.is_clock) return form;
    const bool is_padding = text.find_first_not_of("0 -/()") == text.npos;
    if (is_padding)
        form.digits = static_cast<std::size_t>(std::count(text.begin(), text.end(), '0'));
    return form;
}

NumberForm built_in_form(int id) {
    NumberForm form;
    form.is_day =
        (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
    form.is_clock = (id >= 18 && id <= 22) || (id >= 45 && id <= 47);
    return form;
}

std::string number_text(std::string_view value, NumberForm form, bool is_1904) {
    value = trimmed(value);
    double number = 0;
    const auto read = std::from_chars(value.begin(), value.end(), number);
    if (read.ec != std::errc{} || read.ptr != value.end() || !std::isfinite(number))
        return std::string(value);
    const bool has_time = form.is_day || form.is_clock;
    if (has_time && number >= 0 && number < (form.is_day ? kLastDay + 1 : 1))
        return time_text(number, form, is_1904);
    constexpr double kExact = 9007199254740992;  // 2^53
    std::string text(value);
    const bool is_plain = value.find_first_not_of("0123456789") == value.npos;
    if (!is_plain) {
        std::array<char, 64> room{};
        const bool is_whole = std::trunc(number) == number && std::abs(number) < kExact;
        const auto end = is_whole ? std::to_chars(room.data(), room.data() + room.size(),
                                                  static_cast<std::int64_t>(number))
                                  : std::to_chars(room.data(), room.data() + room.size(), number);
        text.assign(room.data(), end.ptr);
    }
    const bool is_digits = text.find_first_not_of("0123456789") == text.npos;
    if (is_digits && text.size() < form.digits) text.insert(0, form.digits - text.size(), '0');
    return text;
}

std::string without_escapes(std::string_view text) {
    if (text.find("_x") == text.npos) return std::string(text);
    std::string out;
    constexpr std::size_t kLength = 7;  // _x000D_
    for (std::size_t place = 0; place < text.size();) {
        const std::string_view rest = text.substr(place, kLength);
        unsigned code = 0;
        const bool may_be = rest.size() == kLength && rest.starts_with("_x") && rest.back() == '_';
        const char* const end = rest.data() + 6;
        if (may_be && std::from_chars(rest.data() + 2, end, code, 16).ptr == end && code != 0 &&
            (code < 0xD800 || code > 0xDFFF)) {
            append_utf8(out, static_cast<char32_t>(code));
            place += kLength;
        } else {
            out += text[place++];
        }
    }
    return out;
}

std::optional<CellPlace> place_of(std::string_view name) {
    CellPlace place;
    std::size_t i = 0;
    for (; i < name.size() && i < 3 && name[i] >= 'A' && name[i] <= 'Z'; ++i)
        place.column = place.column * 26 + static_cast<std::uint32_t>(name[i] - 'A' + 1);
    const auto read = std::from_chars(name.data() + i, name.data() + name.size(), place.row);
    if (i == 0 || read.ec != std::errc{} || read.ptr != name.data() + name.size())
        return std::nullopt;
    if (place.row == 0 || place.row > kMostRows || place.column > kMostColumns) return std::nullopt;
    --place.column;
    return place;
}

std::string name_of(CellPlace place) {
    std::string name;
    for (std::uint32_t rest = place.column + 1; rest > 0; rest = (rest - 1) / 26)
        name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % 26));
    return name + std::to_string(place.row);
}

}  // namespace licet::lists::internal
