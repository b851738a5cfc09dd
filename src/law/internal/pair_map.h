// SPDX-License-Identifier: Apache-2.0
//
// A hash map from a pair of node references to one, for combining diagrams: open addressing, no
// allocation an entry.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace licet::law {

class PairMap {
  public:
    /// Gives the value of `key`, or nullptr. The pointer holds until the next insert.
    [[nodiscard]] const std::uint32_t* find(std::uint64_t key) const {
        if (slots_.empty()) return nullptr;
        for (std::size_t place = place_of(key);; place = (place + 1) & (slots_.size() - 1)) {
            const Slot& slot = slots_[place];
            if (!slot.is_used) return nullptr;
            if (slot.key == key) return &slot.value;
        }
    }
    /// Adds a key that is not there.
    void insert(std::uint64_t key, std::uint32_t value) {
        if ((used_ + 1) * 2 > slots_.size()) grow();
        put({key, value, true});
        ++used_;
    }

  private:
    struct Slot {
        std::uint64_t key = 0;
        std::uint32_t value = 0;
        bool is_used = false;
    };
    [[nodiscard]] std::size_t place_of(std::uint64_t key) const {
        key *= 0x9E3779B97F4A7C15ULL;
        return static_cast<std::size_t>(key ^ (key >> 32)) & (slots_.size() - 1);
    }
    void put(const Slot& slot) {
        std::size_t place = place_of(slot.key);
        while (slots_[place].is_used) place = (place + 1) & (slots_.size() - 1);
        slots_[place] = slot;
    }
    void grow() {
        std::vector<Slot> old(slots_.empty() ? 64 : slots_.size() * 2);
        old.swap(slots_);
        for (const Slot& slot : old)
            if (slot.is_used) put(slot);
    }

    std::vector<Slot> slots_;  ///< size is a power of two
    std::size_t used_ = 0;
};

}  // namespace licet::law
