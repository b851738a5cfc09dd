// SPDX-License-Identifier: Apache-2.0
//
// Records of our files as bytes: numbers of a stated size, texts with their size before them.
// docs/ledger-format.md, sections 10 and 15.
//
// Private to the module.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "store/internal/tables.h"

namespace licet::store {

/// Writes values one after the other.
class Packer {
  public:
    Packer& number(std::uint64_t value, unsigned size_bytes) {
        append_big_endian(bytes_, value, size_bytes);
        return *this;
    }
    Packer& raw(std::span<const std::uint8_t> bytes) {
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
        return *this;
    }
    Packer& text(std::string_view text) {
        number(text.size(), 4);
        return raw(bytes_of_text(text));
    }
    [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return bytes_; }

  private:
    std::vector<std::uint8_t> bytes_;
};

/// Takes values off the front. Once something was missing it gives nothing, and is not whole.
class Unpacker {
  public:
    explicit Unpacker(std::span<const std::uint8_t> bytes) : left_(bytes) {}
    [[nodiscard]] std::span<const std::uint8_t> raw(std::size_t size) {
        if (left_.size() < size) {
            is_sound_ = false;
            return {};
        }
        const auto out = left_.first(size);
        left_ = left_.subspan(size);
        return out;
    }
    [[nodiscard]] std::uint64_t number(std::size_t size) { return big_endian(raw(size)); }
    template <std::size_t kSize>
    void into(std::array<std::uint8_t, kSize>& to) {
        const auto bytes = raw(kSize);
        std::copy(bytes.begin(), bytes.end(), to.begin());
    }
    [[nodiscard]] std::string text() {
        const auto bytes = raw(number(4));
        return {bytes.begin(), bytes.end()};
    }
    [[nodiscard]] std::vector<std::uint8_t> rest() {
        const auto bytes = raw(left_.size());
        return {bytes.begin(), bytes.end()};
    }
    [[nodiscard]] bool is_whole() const { return is_sound_ && left_.empty(); }

  private:
    std::span<const std::uint8_t> left_;
    bool is_sound_ = true;
};

}  // namespace licet::store
