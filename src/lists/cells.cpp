// SPDX-License-Identifier: Apache-2.0
#include "lists/cells.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/personal.h"
#include "base/text.h"
#include "ledger/identity.h"

namespace licet::lists {
namespace {

using std::chrono::year_month_day;

constexpr std::string_view kYesWords =
    " oui yes y o vrai true t 1 x ja j wahr ok coche checked on ";
constexpr std::string_view kNoWords = " non no n faux false f 0 nein falsch off unchecked ";
constexpr std::string_view kEmptyWords = " na null none vide leer ";
constexpr std::string_view kCustomerWords =
    " client cliente clients customer kunde 3 clientprospect "
    "prospectclient evangelist ";
constexpr std::string_view kProspectWords =
    " prospect prospects lead suspect 2 nonclient interessent subscriber opportunity "
    "marketingqualifiedlead salesqualifiedlead ";

bool has_word(std::string_view words, const std::string& word) {
    return !word.empty() && words.find(" " + word + " ") != words.npos;
}

// A French mobile number from which a spreadsheet took the zero. Nine digits are also a SIREN,
// whose last one is a check digit (Luhn).
bool has_lost_zero(std::string_view digits) {
    if (digits.size() != 9 || (digits.front() != '6' && digits.front() != '7')) return false;
    return !ledger::contact_point_of_company(digits);
}

// The numbers of a date and what separates them: 12/03/2026 10:22 -> 12, 3, 2026, '/'.
struct Parts {
    int first = 0;
    int second = 0;
    int third = 0;
    char sign = '\0';
    bool is_year_first = false;
    bool has_short_year = false;
};

// Says whether `text`, which follows a date, may be an hour: T10:22:00.000+0000, " 10:22 UTC".
bool may_be_hour(std::string_view text) {
    if (text.empty()) return true;
    if (text.front() != 'T' && text.front() != ' ') return false;
    return text.find_first_not_of("0123456789:.,+-TZ UTCAMPhamp") == text.npos;
}

std::optional<Parts> parts_of(std::string_view text) {
    std::array<int, 3> numbers{};
    std::array<std::size_t, 3> digits{};
    Parts parts;
    std::size_t place = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        const std::size_t start = place;
        while (place < text.size() && text[place] >= '0' && text[place] <= '9') ++place;
        digits.at(i) = place - start;
        if (digits.at(i) == 0 || digits.at(i) > 4) return std::nullopt;
        numbers.at(i) = static_cast<int>(*whole_number(text.substr(start, place - start)));
        if (i == 2) break;
        if (place >= text.size()) return std::nullopt;
        const char sign = text[place++];
        if (sign != '/' && sign != '.' && sign != '-') return std::nullopt;
        if (i == 1 && sign != parts.sign) return std::nullopt;
        parts.sign = sign;
    }
    if (!may_be_hour(text.substr(place))) return std::nullopt;
    parts.is_year_first = digits[0] == 4;
    const bool has_year_last = digits[0] <= 2 && (digits[2] == 4 || digits[2] == 2);
    if (digits[1] > 2 || (!has_year_last && !(parts.is_year_first && digits[2] <= 2)))
        return std::nullopt;
    parts.has_short_year = !parts.is_year_first && digits[2] == 2;
    parts.first = numbers[0];
    parts.second = numbers[1];
    parts.third = numbers[2];
    return parts;
}

// Only 3/12/2026 can be American: with dots or hyphens nobody writes the month first.
bool has_open_order(const Parts& parts) { return !parts.is_year_first && parts.sign == '/'; }

std::optional<Date> day_of(int year, int month, int day) {
    if (month < 1 || day < 1) return std::nullopt;
    const year_month_day date{std::chrono::year{year},
                              std::chrono::month{static_cast<unsigned>(month)},
                              std::chrono::day{static_cast<unsigned>(day)}};
    return date.ok() ? std::optional<Date>(date) : std::nullopt;
}

// 2026-03-12, as most programs write it; nothing for anything else.
std::optional<Date> plain_day_of(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    int number = 0;
    for (const std::size_t place : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
        const int digit = text[place] - '0';
        if (digit < 0 || digit > 9) return std::nullopt;
        number = number * 10 + digit;
    }
    return day_of(number / 10'000, number / 100 % 100, number % 100);
}

// Excel counts days from 1899-12-30. Five digits only: 1927 to 2173, so no year, postcode of four.
std::optional<Date> day_of_serial(std::string_view text) {
    const std::size_t point = text.find_first_of(".,");
    if (point != text.npos && text.find_first_not_of("0123456789", point + 1) != text.npos)
        return std::nullopt;
    const auto number = whole_number(text.substr(0, point));
    if (!number || *number < 10'000 || *number > 99'999) return std::nullopt;
    const Date origin{std::chrono::year{1899} / 12 / 30};
    return origin + std::chrono::days{*number};
}

std::map<std::string, std::string, std::less<>> countries_by_name() {
    struct Line {
        std::string_view code;
        std::string_view names;
    };
    constexpr Line lines[] = {
#define COUNTRY(code, names) {code, names},
#include "lists/countries.inc"
#undef COUNTRY
    };
    std::map<std::string, std::string, std::less<>> countries;
    for (const Line& line : lines) {
        countries.emplace(line.code, line.code);
        for (const std::string_view name : split(line.names, '|'))
            countries.emplace(folded(name), line.code);
    }
    return countries;
}

}  // namespace

Mark mark_of(std::string_view cell) {
    const std::string_view text = trimmed(cell);
    if (text.empty() || text == "-" || text == "–" || text == "—") return Mark::kEmpty;
    if (text == "[]" || text == "{}") return Mark::kEmpty;  // JSON: no reason, no channel
    if (text == "✓" || text == "✔" || text == "☑") return Mark::kYes;
    if (text.starts_with('#')) return Mark::kUnknown;  // #N/A: a formula that failed says nothing
    const std::string word = folded(text);
    if (has_word(kEmptyWords, word)) return Mark::kEmpty;
    if (has_word(kYesWords, word)) return Mark::kYes;
    return has_word(kNoWords, word) ? Mark::kNo : Mark::kUnknown;
}

Mark customer_of(std::string_view cell) {
    const Mark mark = mark_of(cell);
    if (mark != Mark::kUnknown) return mark;
    const std::string word = folded(cell);
    if (has_word(kCustomerWords, word)) return Mark::kYes;
    return has_word(kProspectWords, word) ? Mark::kNo : Mark::kUnknown;
}

void DateColumn::learn(std::string_view cell) {
    cell = trimmed(cell);
    const auto parts = parts_of(cell);
    if (!parts || !has_open_order(*parts)) {
        has_other_order_ = has_other_order_ || parts || day_of_serial(cell);
        return;
    }
    has_open_order_ = true;
    if (parts->first > 12 && parts->second <= 12) proves_day_first_ = true;
    if (parts->second > 12 && parts->first <= 12) proves_month_first_ = true;
}

bool DateColumn::may_be_two_days(std::string_view cell) const {
    if (proves_day_first_ != proves_month_first_) return false;
    const auto parts = parts_of(trimmed(cell));
    return parts && has_open_order(*parts) && parts->first <= 12 && parts->second <= 12 &&
           parts->first != parts->second;
}

Result<std::optional<Date>> DateColumn::read(std::string_view cell) const {
    const std::string_view text = trimmed(cell);
    if (text.empty()) return std::optional<Date>{};
    if (const auto plain = plain_day_of(text)) return plain;
    if (text.starts_with("0000-00-00")) return std::optional<Date>{};
    const auto fault = [&](std::string_view id) {
        return error(ErrorCode::kInput, id, {{"value", masked(text)}});
    };
    std::optional<Parts> parts = parts_of(text);
    const auto compact = text.size() == 8 ? whole_number(text) : std::nullopt;
    if (compact) {
        const int number = static_cast<int>(*compact);
        parts = Parts{number / 10'000, number / 100 % 100, number % 100, '-', true, false};
    }
    if (!parts) {
        const auto day = day_of_serial(text);
        if (!day) return fault("cell.date_form");
        return day;
    }
    int year = parts->is_year_first ? parts->first : parts->third;
    const int month = parts->second;
    const int day = parts->is_year_first ? parts->third : parts->first;
    if (parts->has_short_year) year += year < 30 ? 2000 : 1900;
    std::optional<Date> date = day_of(year, month, day);
    if (has_open_order(*parts) && (proves_month_first_ || !proves_day_first_)) {
        const auto month_first = day_of(year, day, month);
        const bool proves_both = proves_month_first_ && proves_day_first_;
        if (is_month_first() || (proves_both && !date))
            date = month_first;
        else if (date && month_first)
            date = std::min(date, month_first);
    }
    if (!date) return fault("cell.no_such_day");
    return date;
}

std::optional<std::string> country_of(std::string_view cell) {
    static const auto countries = countries_by_name();
    const auto found = countries.find(folded(cell));
    if (found == countries.end()) return std::nullopt;
    return found->second;
}

bool looks_like_email(std::string_view text) {
    text = trimmed(text);
    const std::size_t open = text.ends_with('>') ? text.rfind('<') : text.npos;
    if (open != text.npos) text = text.substr(open + 1, text.size() - open - 2);
    const std::size_t at = text.find('@');
    if (at == text.npos || at == 0 || text.find('@', at + 1) != text.npos) return false;
    if (text.find_first_of(" \t,;<>\"\n") != text.npos) return false;
    const std::size_t dot = text.find('.', at);
    return dot != text.npos && dot > at + 1 && dot + 1 < text.size();
}

bool looks_like_phone(std::string_view text) {
    text = trimmed(text);
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (std::string_view(" .-()/+").find(c) == std::string_view::npos)
            return false;
    }
    // Not every long number: postcodes, SIREN and SIRET have 5, 9 and 14 digits without a plus.
    if (text.starts_with('+') || text.starts_with("00"))
        return digits.size() >= 8 && digits.size() <= 17;
    return (digits.starts_with('0') && digits.size() >= 9 && digits.size() <= 11) ||
           (digits.starts_with("33") && digits.size() == 11) || has_lost_zero(digits);
}

bool may_be_contact(std::string_view text) {
    constexpr std::ptrdiff_t kLeastDigits = 9;
    if (looks_like_email(text) || looks_like_phone(text)) return true;
    text = trimmed(text);
    if (text.find_first_not_of("0123456789 .-()/+") != text.npos) return false;
    return std::count_if(text.begin(), text.end(), is_ascii_digit) >= kLeastDigits &&
           !DateColumn().read(text);
}

}  // namespace licet::lists
