// SPDX-License-Identifier: Apache-2.0
//
// Finds separators and line endings, 64 bytes at a time.
//
//     bytes   J u l i e ; L y o n ; 6 9 0 0 1 \n ...
//     mask    0 0 0 0 0 1 0 0 0 0 1 0 0 0 0 0  1      one bit a byte, kept between two calls
//
// The next mark is one count of trailing zeros away, so short fields cost no more than long ones.
// The buffer must be readable for 64 bytes past its end; what stands there is never reported.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace licet::lists::internal {

inline constexpr std::size_t kPaddingBytes = 64;

/// Counts the line feeds of a text.
[[nodiscard]] inline std::uint64_t line_feeds_in(std::string_view text) {
    std::uint64_t count = 0;
    std::size_t i = 0;
#if defined(__SSE2__)
    const __m128i wanted = _mm_set1_epi8('\n');
    for (; i + 64 <= text.size(); i += 64) {
        std::uint64_t mask = 0;
        for (std::size_t part = 0; part < 4; ++part) {
            __m128i block;
            std::memcpy(&block, text.data() + i + part * 16, 16);
            const int hits = _mm_movemask_epi8(_mm_cmpeq_epi8(block, wanted));
            mask |= std::uint64_t{static_cast<std::uint32_t>(hits)} << (part * 16);
        }
        count += static_cast<std::uint64_t>(std::popcount(mask));
    }
#endif
    for (; i < text.size(); ++i) count += text[i] == '\n' ? 1U : 0U;
    return count;
}

class CsvMarks {
  public:
    /// Looks for `separator`, `newline` and `other_newline` (the same byte twice if there is but
    /// one).
    CsvMarks(char separator, char newline, char other_newline)
        : separator_(separator), newline_(newline), other_newline_(other_newline) {}

    /// Begins again after the bytes were moved or added to.
    void reset(const char* bytes, std::size_t size) {
        bytes_ = bytes;
        size_ = size;
        load(0);
    }

    /// Gives the place of the first mark from `from` on, or the size if there is none.
    [[nodiscard]] std::size_t next(std::size_t from) {
        if (from - window_ >= 64) {
            if (from >= size_) return size_;
            load(from);
        }
        std::uint64_t mask = mask_ & ~std::uint64_t{0} << (from - window_);
        while (mask == 0) {
            if (window_ + 64 >= size_) return size_;
            load(window_ + 64);
            mask = mask_;
        }
        const std::size_t place = window_ + static_cast<std::size_t>(std::countr_zero(mask));
        return place < size_ ? place : size_;
    }

    /// Forgets which bytes above 0x7F were seen, except those of the current 64 bytes.
    void forget_high() { high_ = window_high_; }
    /// Says whether the bytes looked at since forget_high() may hold one above 0x7F.
    [[nodiscard]] bool may_have_high() const { return high_ != 0; }

  private:
    void load(std::size_t place) {
        window_ = place;
        mask_ = 0;
        window_high_ = 0;
#if defined(__SSE2__)
        const __m128i separator = _mm_set1_epi8(separator_);
        const __m128i newline = _mm_set1_epi8(newline_);
        const __m128i other = _mm_set1_epi8(other_newline_);
        for (int part = 0; part < 4; ++part) {
            __m128i block;
            std::memcpy(&block, bytes_ + place + static_cast<std::size_t>(part) * 16, 16);
            const __m128i hit = _mm_or_si128(
                _mm_cmpeq_epi8(block, separator),
                _mm_or_si128(_mm_cmpeq_epi8(block, newline), _mm_cmpeq_epi8(block, other)));
            mask_ |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(hit))}
                     << (part * 16);
            window_high_ |= static_cast<std::uint32_t>(_mm_movemask_epi8(block));
        }
#else
        for (std::size_t i = 0; i < 64; ++i) {
            const char c = bytes_[place + i];
            if (c == separator_ || c == newline_ || c == other_newline_)
                mask_ |= std::uint64_t{1} << i;
            window_high_ |= static_cast<unsigned char>(c) & 0x80U;
        }
#endif
        high_ |= window_high_;
    }

    const char* bytes_ = nullptr;
    std::size_t size_ = 0;
    std::size_t window_ = 0;
    std::uint64_t mask_ = 0;
    std::uint32_t window_high_ = 0;
    std::uint32_t high_ = 0;
    char separator_;
    char newline_;
    char other_newline_;
};

}  // namespace licet::lists::internal
