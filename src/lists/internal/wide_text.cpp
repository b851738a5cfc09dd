// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/wide_text.h"

#include <algorithm>

#include "base/text.h"
#include "lists/internal/inflate.h"

namespace licet::lists::internal {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{256} << 10;

// How many bytes of `bytes` are whole characters.
std::size_t whole_bytes(std::string_view bytes, WideOrder order) {
    std::size_t whole = bytes.size() / 2 * 2;
    if (whole < 2) return whole;
    const std::size_t high = order == WideOrder::kBigEndian ? whole - 2 : whole - 1;
    const auto lead = static_cast<unsigned char>(bytes[high]);
    if (lead >= 0xD8 && lead < 0xDC) whole -= 2;
    return whole;
}

}  // namespace

std::optional<WideOrder> wide_order_of(std::string_view block) {
    if (block.starts_with("\xFF\xFE")) return WideOrder::kLittleEndian;
    if (block.starts_with("\xFE\xFF")) return WideOrder::kBigEndian;
    return std::nullopt;
}

std::string narrowed(std::string_view bytes, WideOrder order) {
    if (wide_order_of(bytes) == order) bytes.remove_prefix(2);
    return utf8_from_utf16(bytes.substr(0, whole_bytes(bytes, order)),
                           order == WideOrder::kBigEndian);
}

ByteSource narrowed(ByteSource source, WideOrder order) {
    return [source = std::move(source), order, held = std::string(), text = std::string(),
            place = std::size_t{0}, is_at_start = true,
            is_at_end = false](std::span<char> out) mutable -> Result<std::size_t> {
        while (place == text.size() && !is_at_end) {
            std::string bytes = LICET_TRY(read_up_to(source, kBlockBytes));
            is_at_end = bytes.size() < kBlockBytes;
            bytes.insert(0, held);
            if (is_at_start && wide_order_of(bytes) == order) bytes.erase(0, 2);
            is_at_start = false;
            const std::size_t whole = is_at_end ? bytes.size() : whole_bytes(bytes, order);
            held = bytes.substr(whole);
            text = utf8_from_utf16(std::string_view(bytes).substr(0, whole),
                                   order == WideOrder::kBigEndian);
            place = 0;
        }
        const std::size_t count = std::min(out.size(), text.size() - place);
        std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(place), count, out.begin());
        place += count;
        return count;
    };
}

}  // namespace licet::lists::internal
