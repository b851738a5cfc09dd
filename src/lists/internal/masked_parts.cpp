// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/masked_parts.h"

#include <algorithm>

#include "base/personal.h"
#include "base/text.h"

namespace licet::lists::internal {
namespace {

constexpr std::string_view kBetweenWords = " \t\r\n,;:()<>[]\"'|/";
constexpr std::string_view kInNumbers = "0123456789 .-()/+";
constexpr std::ptrdiff_t kLeastDigits = 6;

// The length of a number at the beginning of `text` that may lead to a person; 0 if there is none.
std::size_t number_length(std::string_view text) {
    if (!is_ascii_digit(text.front()) && text.front() != '+') return 0;
    std::size_t end = std::min(text.find_first_not_of(kInNumbers), text.size());
    while (end > 0 && !is_ascii_digit(text[end - 1])) --end;
    const std::string_view number = text.substr(0, end);
    const auto digits = std::count_if(number.begin(), number.end(), is_ascii_digit);
    return digits >= kLeastDigits ? end : 0;
}

}  // namespace

std::string masked_parts(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t length = number_length(text);
        if (length > 0) {
            out += masked(text.substr(0, length));
        } else {
            length =
                std::max<std::size_t>(std::min(text.find_first_of(kBetweenWords), text.size()), 1);
            const std::string_view word = text.substr(0, length);
            out += word.find('@') != word.npos ? masked(word) : std::string(word);
        }
        text.remove_prefix(length);
    }
    return out;
}

}  // namespace licet::lists::internal
