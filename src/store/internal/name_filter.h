// SPDX-License-Identifier: Apache-2.0
//
// A small set of names that says "no" or "perhaps", never a wrong "no": it answers for the large
// table that most names of a list are not in.
//
//     name ──► one word of 64 bits, by its upper bits ──► four bits of it, by its lower bits
//
// Private to the module. A Bloom filter of one word a name (Putze, Sanders, Singler: "Cache-,
// hash- and space-efficient Bloom filters", 2007), of 16 bits a name: one "perhaps" in a hundred is
// wrong. Names are uniform, so nothing is hashed, and names in ascending order fill it from front
// to back.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

namespace licet::store {

class NameFilter {
  public:
    NameFilter() = default;
    /// Room for so many names.
    explicit NameFilter(std::size_t names)
        : words_(names / kNamesInWord + 1), bits_(room(words_)) {}

    [[nodiscard]] bool is_empty() const { return words_ == 0; }
    void add(std::uint64_t name) { bits_.get()[place_of(name)] |= bits_of(name); }
    [[nodiscard]] bool may_have(std::uint64_t name) const {
        const std::uint64_t bits = bits_of(name);
        return (bits_.get()[place_of(name)] & bits) == bits;
    }
    void prefetch(std::uint64_t name) const { __builtin_prefetch(bits_.get() + place_of(name)); }

  private:
    static constexpr std::size_t kNamesInWord = 4;
    static constexpr std::size_t kHugePageBytes = std::size_t{2} << 20;

    struct Free {
        void operator()(std::uint64_t* bits) const noexcept {
            ::operator delete (bits, std::align_val_t{kHugePageBytes});
        }
    };
    using Bits = std::unique_ptr<std::uint64_t, Free>;

    // Each look-up is somewhere else: with pages of 4 KiB each would be a miss of their table too.
    static Bits room(std::size_t words) {
        const std::size_t bytes = words * sizeof(std::uint64_t);
        void* const at = ::operator new (bytes, std::align_val_t{kHugePageBytes});
        ::madvise(at, bytes, MADV_HUGEPAGE);  // a wish: without it, it is only slower
        return Bits(new (at) std::uint64_t[words]());
    }
    [[nodiscard]] std::size_t place_of(std::uint64_t name) const {
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::size_t>(static_cast<Wide>(name) * words_ >> 64U);
    }
    static std::uint64_t bits_of(std::uint64_t name) {
        return std::uint64_t{1} << (name & 63U) | std::uint64_t{1} << (name >> 6U & 63U) |
               std::uint64_t{1} << (name >> 12U & 63U) | std::uint64_t{1} << (name >> 18U & 63U);
    }

    std::size_t words_ = 0;
    Bits bits_;
};

}  // namespace licet::store
