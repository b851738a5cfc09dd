// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/text.h"
#include "ledger/identity.h"

namespace licet::ledger {
namespace {

constexpr std::size_t kSirenDigits = 9;
constexpr std::size_t kSiretDigits = 14;
constexpr std::array<std::string_view, 4> kBlanks = {" ", ".", "\u00A0", "\u202F"};

// The last digit of a SIREN makes the sum of Luhn a multiple of ten. Source: ISO/IEC 7812-1.
bool has_luhn_sum(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int digit = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 1) digit *= 2;
        sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 == 0;
}

bool has_siren_size(std::string_view text) {
    return std::count_if(text.begin(), text.end(), is_ascii_digit) ==
           static_cast<std::ptrdiff_t>(kSirenDigits);
}

}  // namespace

Result<ContactPoint> contact_point_of_company(std::string_view text) {
    std::string digits;
    text = trimmed(text);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_length_at(text, at);
        const std::string_view character = text.substr(at, length);
        at += length;
        if (std::find(kBlanks.begin(), kBlanks.end(), character) != kBlanks.end()) continue;
        if (!is_ascii_digit(character[0])) return error(ErrorCode::kInput, "company.form");
        digits += character;
    }
    if (digits.size() != kSirenDigits && digits.size() != kSiretDigits)
        return error(ErrorCode::kInput, "company.form");
    digits.resize(kSirenDigits);
    if (!has_luhn_sum(digits)) return error(ErrorCode::kInput, "company.form");
    return ContactPoint{{Normaliser::kCompany1, digits}, {}, {}};
}

Result<ContactPoint> contact_point_of(std::string_view text, std::string_view country) {
    constexpr std::string_view kCompany = "siren:";
    const std::string_view bare = trimmed(text);
    if (bare.starts_with(kCompany)) return contact_point_of_company(bare.substr(kCompany.size()));
    if (bare.starts_with('@')) return contact_point_of_domain(bare);
    if (bare.find('@') != bare.npos) return contact_point_of_email(bare);
    // Without a digit it was not meant to be a number: its own faults would lead astray.
    if (!bare.empty() && std::none_of(bare.begin(), bare.end(), is_ascii_digit))
        return error(ErrorCode::kInput, "contact.form");
    // Nine digits alone may be a number without its 0, or a SIREN: an objection that is taken for
    // the other one would be lost.
    if (bare.size() >= kSirenDigits && is_ascii_digit(bare.front()) && bare.front() != '0' &&
        contact_point_of_company(bare) && has_siren_size(bare))
        return error(ErrorCode::kInput, "contact.number_or_company");
    return contact_point_of_phone(bare, country);
}

}  // namespace licet::ledger
