// SPDX-License-Identifier: Apache-2.0
//
// Nodes that a walk has seen. Most walks meet a handful: they fit beside the walk on the stack, and
// nothing is allocated.
//
//     few nodes: compared one by one      more: a hash table, open addressing, at most half full
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "law/diagram.h"

namespace licet::law {

class NodeSet {
  public:
    /// Adds a node (no terminal). Returns false if it was there.
    bool insert(NodeRef ref) {
        if (slots_.empty()) {
            const auto end = few_.begin() + static_cast<std::ptrdiff_t>(size_);
            if (std::find(few_.begin(), end, ref) != end) return false;
            if (size_ < few_.size()) {
                few_[size_++] = ref;
                return true;
            }
            grow(4 * few_.size());
            for (const NodeRef one : few_) place(one);
        } else if (2 * size_ >= slots_.size()) {
            const std::vector<NodeRef> old = std::move(slots_);
            grow(2 * old.size());
            for (const NodeRef one : old)
                if (one != kNoNode) place(one);
        }
        const bool is_new = place(ref);
        if (is_new) ++size_;
        return is_new;
    }

    [[nodiscard]] bool contains(NodeRef ref) const {
        if (slots_.empty()) {
            const auto end = few_.begin() + static_cast<std::ptrdiff_t>(size_);
            return std::find(few_.begin(), end, ref) != end;
        }
        return slots_[slot_of(ref)] == ref;
    }

  private:
    void grow(std::size_t size) { slots_.assign(size, kNoNode); }

    [[nodiscard]] std::size_t slot_of(NodeRef ref) const {
        const std::size_t mask = slots_.size() - 1;
        std::size_t slot = (ref * 0x9E3779B97F4A7C15ULL >> 32) & mask;
        while (slots_[slot] != kNoNode && slots_[slot] != ref) slot = (slot + 1) & mask;
        return slot;
    }

    bool place(NodeRef ref) {
        NodeRef& slot = slots_[slot_of(ref)];
        if (slot == ref) return false;
        slot = ref;
        return true;
    }

    std::array<NodeRef, 16> few_{};
    std::size_t size_ = 0;
    std::vector<NodeRef> slots_;  ///< its size is a power of two; kNoNode = free
};

}  // namespace licet::law
