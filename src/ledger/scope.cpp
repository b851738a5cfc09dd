// SPDX-License-Identifier: Apache-2.0
#include "ledger/scope.h"

#include <algorithm>

namespace licet::ledger {
namespace {

bool is_at_or_above(std::string_view above, std::string_view below) {
    return below.starts_with(above) && (below.size() == above.size() || below[above.size()] == '.');
}

}  // namespace

PurposeReach reach_of(std::string_view objected, std::string_view act) {
    objected = without_pause_mark(objected);
    if (objected.empty() || act.empty() || is_at_or_above(objected, act) ||
        is_at_or_above(act, objected))
        return PurposeReach::kCovered;
    return root_of(objected) == root_of(act) ? PurposeReach::kOtherTopic
                                             : PurposeReach::kOtherPurpose;
}

std::string purpose_of_pause(std::string_view purpose) {
    return purpose.empty() ? "*" : std::string(purpose) + ".*";
}

std::string_view without_pause_mark(std::string_view purpose) {
    if (purpose == "*") return {};
    if (purpose.ends_with(".*")) purpose.remove_suffix(2);
    return purpose;
}

bool is_of_pause(std::string_view purpose) { return purpose.ends_with('*'); }

std::string_view root_of(std::string_view purpose) { return purpose.substr(0, purpose.find('.')); }

bool is_purpose_path(std::string_view text) {
    const auto is_word_character = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    };
    return !text.empty() && text.front() != '.' && text.back() != '.' &&
           text.find("..") == text.npos && std::all_of(text.begin(), text.end(), is_word_character);
}

bool covers_brand(std::string_view objected, std::string_view brand) {
    return objected.empty() || brand.empty() || objected == brand;
}

}  // namespace licet::ledger
