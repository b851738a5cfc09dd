// SPDX-License-Identifier: Apache-2.0
#include "base/number.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace licet {
namespace {

constexpr std::string_view kNarrowSpace = "\u202F";

}  // namespace

std::string worded(std::uint64_t number, Language language) {
    const std::string digits = std::to_string(number);
    const std::string_view gap = language == Language::kFrench ? kNarrowSpace : ",";
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) out += gap;
        out += digits[i];
    }
    return out;
}

std::string worded_share(std::uint64_t part, std::uint64_t whole, Language language) {
    const bool is_french = language == Language::kFrench;
    const std::string unit = is_french ? std::string(kNarrowSpace) + "%" : "%";
    if (whole == 0 || part == 0) return "0" + unit;
    if (part == whole) return "100" + unit;
    const double exact = static_cast<double>(part) / static_cast<double>(whole) * 1000;
    const auto tenths = std::clamp<std::int64_t>(std::llround(exact), 1, 999);
    const std::string point = is_french ? "," : ".";
    return std::to_string(tenths / 10) + point + std::to_string(tenths % 10) + unit;
}

std::string worded_euros(std::int64_t amount, Language language) {
    const std::string sign = amount < 0 ? "-" : "";
    // Negated as unsigned: the smallest number has no positive twin.
    const auto size = amount < 0 ? 0 - static_cast<std::uint64_t>(amount)
                                 : static_cast<std::uint64_t>(amount);
    const std::string digits = worded(size, language);
    return language == Language::kFrench ? sign + digits + std::string(kNarrowSpace) + "€"
                                         : sign + "€" + digits;
}

}  // namespace licet
