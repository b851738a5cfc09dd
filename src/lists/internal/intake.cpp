// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/intake.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "lists/internal/code_pages.h"
#include "lists/title_lines.h"

namespace licet::lists::internal {

void Buffer::drop_front(std::size_t count) {
    if (count == 0) return;
    std::memmove(bytes.data(), bytes.data() + count, end - count);
    end -= count;
}

void Buffer::make_room(std::size_t count) {
    if (end + count + kPaddingBytes > bytes.size()) bytes.resize(end + count + kPaddingBytes);
}

void Buffer::append(std::string_view text) {
    make_room(text.size());
    std::copy(text.begin(), text.end(), bytes.begin() + static_cast<std::ptrdiff_t>(end));
    end += text.size();
}

std::size_t ascii_prefix(std::string_view text) {
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, 8);
        if ((word & 0x8080808080808080U) != 0) break;
    }
    while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
    return i;
}

// A source may give little at a time (a pipe): a block is full or it is the last one.
Result<std::size_t> Intake::read_block(std::span<char> block) {
    std::size_t filled = 0;
    while (filled < block.size() && !is_at_end_) {
        const std::size_t count = LICET_TRY(source_(block.subspan(filled)));
        LICET_ENSURE(count <= block.size() - filled);
        if (count == 0) is_at_end_ = true;
        filled += count;
    }
    bytes_read_ += filled;
    return filled;
}

Result<Done> Intake::begin(const std::optional<Dialect>& given, bool may_have_titles) {
    waiting_.resize(kDialectBlockBytes);
    waiting_.resize(LICET_TRY(read_block(waiting_)));
    dialect_ = given ? *given : LICET_TRY(dialect_of(waiting_, is_at_end_));
    if (given && may_have_titles) {
        const TitleLines titles = title_lines_of(waiting_);
        dialect_.preamble_bytes += titles.bytes;
        dialect_.preamble_lines += titles.lines;
        dialect_.title_lines = titles.lines;
    }
    waiting_.erase(0, std::min(dialect_.preamble_bytes, waiting_.size()));
    return Done{};
}

Result<bool> Intake::fill(Buffer& buffer) {
    if (is_at_end_ && waiting_.empty()) return false;
    if (dialect_.encoding == Encoding::kUtf8)
        LICET_TRY(fill_utf8(buffer));
    else
        LICET_TRY(fill_decoded(buffer));
    return true;
}

Result<Done> Intake::fill_utf8(Buffer& buffer) {
    const std::size_t from = buffer.end;
    buffer.append(waiting_);
    waiting_.clear();
    buffer.make_room(block_bytes_);
    buffer.end += LICET_TRY(read_block(std::span(buffer.bytes).subspan(buffer.end, block_bytes_)));
    if (dialect_.is_ascii_so_far) settle_encoding(buffer, from);
    return Done{};
}

void Intake::settle_encoding(Buffer& buffer, std::size_t from) {
    const std::size_t accent = from + ascii_prefix(buffer.text().substr(from));
    if (accent == buffer.end) return;
    const std::string rest(buffer.text().substr(accent));
    const auto encoding = encoding_of_8_bit(rest, is_at_end_);
    if (!encoding) {
        // The end of the block may have cut a character: the next block will tell.
        waiting_ = rest;
        buffer.end = accent;
        return;
    }
    dialect_.is_ascii_so_far = false;
    dialect_.encoding = *encoding;
    if (*encoding == Encoding::kUtf8) return;
    buffer.end = accent;
    decode(buffer, rest);
}

Result<Done> Intake::fill_decoded(Buffer& buffer) {
    std::string block = std::move(waiting_);
    waiting_.clear();
    const std::size_t held = block.size();
    block.resize(held + block_bytes_);
    block.resize(held + LICET_TRY(read_block(std::span(block).subspan(held))));
    decode(buffer, block);
    return Done{};
}

void Intake::decode(Buffer& buffer, std::string_view bytes) {
    const bool is_wide =
        dialect_.encoding == Encoding::kUtf16Le || dialect_.encoding == Encoding::kUtf16Be;
    if (is_wide) {
        const bool is_big_endian = dialect_.encoding == Encoding::kUtf16Be;
        // A cut unit, or the first half of a pair, waits for the next block.
        std::size_t whole = is_at_end_ ? bytes.size() : bytes.size() / 2 * 2;
        const auto lead = [&] {
            return static_cast<unsigned char>(bytes[is_big_endian ? whole - 2 : whole - 1]);
        };
        if (!is_at_end_ && whole >= 2 && lead() >= 0xD8 && lead() < 0xDC) whole -= 2;
        waiting_ = bytes.substr(whole);
        buffer.append(utf8_from_utf16(bytes.substr(0, whole), is_big_endian));
        return;
    }
    buffer.make_room(bytes.size());
    while (!bytes.empty()) {
        const std::size_t plain = ascii_prefix(bytes);
        buffer.append(bytes.substr(0, plain));
        bytes.remove_prefix(plain);
        std::size_t high = 0;
        while (high < bytes.size() && static_cast<unsigned char>(bytes[high]) >= 0x80) ++high;
        buffer.append(utf8_from_8_bit(bytes.substr(0, high), dialect_.encoding));
        bytes.remove_prefix(high);
    }
}

}  // namespace licet::lists::internal
