// SPDX-License-Identifier: Apache-2.0
#include "lists/screen_state.h"

#include <algorithm>

#include "base/bytes.h"

namespace licet::lists {
namespace {

constexpr std::string_view kHeader = "licet-screen-state-1\n";
constexpr std::uint8_t kEnd = 0xFF;
constexpr std::size_t kBlockBytes = 256 * 1024;
constexpr std::size_t kShortBytes = 8;
constexpr std::size_t kRowBytes = 4;
constexpr std::size_t kMostTokens = 0xFFFF;

std::string_view text_of_bytes(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Bytes of a source with some looked at ahead.
class Window {
  public:
    explicit Window(const ByteSource& source) : source_(source) {}

    // False at an end that comes too early.
    Result<bool> has(std::size_t count) {
        while (bytes_.size() - at_ < count) {
            bytes_.erase(0, at_);
            at_ = 0;
            const std::size_t before = bytes_.size();
            bytes_.resize(before + kBlockBytes);
            const std::size_t got =
                LICET_TRY(source_(std::span(bytes_.data() + before, kBlockBytes)));
            bytes_.resize(before + got);
            if (got == 0) return false;
        }
        return true;
    }
    // Of bytes that are there.
    std::string_view take(std::size_t count) {
        const std::string_view out = std::string_view(bytes_).substr(at_, count);
        at_ += count;
        return out;
    }

  private:
    const ByteSource& source_;
    std::string bytes_;
    std::size_t at_ = 0;
};

std::uint64_t number_of(std::string_view bytes) {
    return big_endian({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

Error bad_state() { return error(ErrorCode::kInput, "certificate.state"); }

}  // namespace

std::uint64_t short_token(const ledger::Token& token) {
    return big_endian(std::span(token.bytes).first(kShortBytes));
}

void StateWriter::put(std::string_view bytes) {
    buffer_ += bytes;
    if (buffer_.size() >= kBlockBytes) flush();
}

void StateWriter::flush() {
    if (!has_begun_) buffer_.insert(0, kHeader);
    has_begun_ = true;
    hasher_.add(buffer_);
    if (done_) done_ = sink_(buffer_);
    buffer_.clear();
}

void StateWriter::add(const RowSeen& row) {
    const auto days = row.changes_on ? (*row.changes_on - day_).count() : 0;
    const std::size_t place = buffer_.size();
    std::size_t count = 0;
    buffer_.append(kRowBytes, '\0');
    const auto put_token = [&](const ledger::Token& token) {
        buffer_.append(reinterpret_cast<const char*>(token.bytes.data()), kShortBytes);
        ++count;
    };
    for (const ledger::Token& token : row.tokens) put_token(token);
    LICET_ENSURE(count <= kMostTokens);
    buffer_[place] = static_cast<char>(row.outcome);
    buffer_[place + 1] = static_cast<char>(std::clamp<std::int64_t>(days, 0, kDaysAhead));
    buffer_[place + 2] = static_cast<char>(count >> 8U);
    buffer_[place + 3] = static_cast<char>(count & 0xFFU);
    if (buffer_.size() >= kBlockBytes) flush();
}

Result<Done> StateWriter::finish(const StateBasis& basis) {
    put(std::string(1, static_cast<char>(kEnd)));
    for (const Digest* digest : {&basis.at, &basis.settings, &basis.list, &basis.allowed})
        put(text_of_bytes(*digest));
    flush();
    const Digest all = hasher_.digest();
    if (done_) done_ = sink_(text_of_bytes(all));
    return done_;
}

Result<Concerned> concerned_rows(const ByteSource& source,
                                 const std::unordered_set<std::uint64_t>& persons, int days) {
    Window window(source);
    Hasher hasher;
    const auto hashed = [&](std::string_view bytes) {
        hasher.add(bytes);
        return bytes;
    };
    if (!LICET_TRY(window.has(kHeader.size())) || hashed(window.take(kHeader.size())) != kHeader)
        return bad_state();
    Concerned out;
    while (true) {
        if (!LICET_TRY(window.has(1))) return bad_state();
        const std::string_view first = hashed(window.take(1));
        if (static_cast<std::uint8_t>(first.front()) == kEnd) break;
        if (!LICET_TRY(window.has(kRowBytes - 1))) return bad_state();
        const std::string_view head = hashed(window.take(kRowBytes - 1));
        const int day = static_cast<std::uint8_t>(head.front());
        const std::size_t size = number_of(head.substr(1)) * kShortBytes;
        if (!LICET_TRY(window.has(size))) return bad_state();
        const std::string_view tokens = hashed(window.take(size));
        bool is_known = false;
        for (std::size_t i = 0; i < size && !is_known && !persons.empty(); i += kShortBytes)
            is_known = persons.contains(number_of(tokens.substr(i, kShortBytes)));
        ++out.rows;
        if (is_known)
            ++out.by_events;
        else if (day != 0 && day <= days)
            ++out.by_days;
    }
    for (Digest* digest :
         {&out.basis.at, &out.basis.settings, &out.basis.list, &out.basis.allowed}) {
        if (!LICET_TRY(window.has(digest->size()))) return bad_state();
        const std::string_view bytes = hashed(window.take(digest->size()));
        std::copy(bytes.begin(), bytes.end(), digest->begin());
    }
    const Digest all = hasher.digest();
    const bool is_whole =
        LICET_TRY(window.has(all.size())) && window.take(all.size()) == text_of_bytes(all);
    const bool is_at_end = !LICET_TRY(window.has(1));
    if (!is_whole || !is_at_end) return bad_state();
    return out;
}

}  // namespace licet::lists
