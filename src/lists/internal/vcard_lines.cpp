// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/vcard_lines.h"

#include <algorithm>

namespace licet::lists::internal {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{256} << 10;

}  // namespace

void CardLines::append(CardLine& line, std::string_view text) {
    const std::size_t room = kMaxFieldBytes - std::min(kMaxFieldBytes, line.text.size());
    if (text.size() > room) line.is_cut = true;
    line.text += text.substr(0, room);
}

Result<bool> CardLines::fill() {
    block_.resize(kBlockBytes);
    block_.resize(LICET_TRY(source_(block_)));
    place_ = 0;
    if (is_at_start_ && block_.starts_with("\xEF\xBB\xBF")) place_ = 3;
    is_at_start_ = false;
    return !block_.empty();
}

// Sets ahead_; false at the end of the file.
Result<bool> CardLines::read_physical() {
    ahead_.text.clear();
    ahead_.is_cut = false;
    bool has_some = false;
    while (true) {
        if (place_ == block_.size() && !LICET_TRY(fill())) break;
        if (is_after_cr_ && place_ < block_.size() && block_[place_] == '\n') ++place_;
        is_after_cr_ = false;
        if (place_ == block_.size()) continue;
        has_some = true;
        const std::size_t end = std::min(block_.find_first_of("\r\n", place_), block_.size());
        append(ahead_, std::string_view(block_).substr(place_, end - place_));
        place_ = end;
        if (place_ == block_.size()) continue;
        is_after_cr_ = block_[place_] == '\r';
        ++place_;
        break;
    }
    if (has_some) ahead_.number = ++number_;
    return has_some;
}

Result<const CardLine*> CardLines::next() {
    if (is_put_back_) {
        is_put_back_ = false;
        return &line_;
    }
    if (!has_ahead_ && !LICET_TRY(read_physical())) return static_cast<const CardLine*>(nullptr);
    std::swap(line_, ahead_);
    has_ahead_ = false;
    while (LICET_TRY(read_physical())) {
        const bool is_folded = ahead_.text.starts_with(' ') || ahead_.text.starts_with('\t');
        const bool is_soft = goes_on(line_.text);
        if (!is_folded && !is_soft) {
            has_ahead_ = true;
            break;
        }
        if (is_soft) line_.text.pop_back();
        const bool is_dropped = is_folded && !is_soft && version_ != CardVersion::k21;
        append(line_, std::string_view(ahead_.text).substr(is_dropped ? 1 : 0));
        line_.is_cut |= ahead_.is_cut;
    }
    return &line_;
}

}  // namespace licet::lists::internal
