// SPDX-License-Identifier: Apache-2.0
//
// A value about a person that must not leak.
//
// No `<<`, no JSON, no implicit way out: `reveal(why)` is the only way to the value, and easy to
// grep. `masked()` is what logs, errors and reports may show of it.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace licet {

/// Hides all but a hint of `text`: "camille@example.com" -> "c…@e….com", "0612345678" -> "06…78".
[[nodiscard]] std::string masked(std::string_view text);

template <typename T>
class Personal {
  public:
    explicit Personal(T value) : value_(std::move(value)) {}
    Personal(Personal&&) noexcept = default;
    Personal& operator=(Personal&&) noexcept = default;
    Personal(const Personal&) = delete;
    Personal& operator=(const Personal&) = delete;
    ~Personal() = default;

    /// Gives the value to a caller that says why it needs it.
    [[nodiscard]] const T& reveal([[maybe_unused]] const char* why) const { return value_; }
    [[nodiscard]] std::string masked() const { return licet::masked(value_); }

  private:
    T value_;
};

}  // namespace licet
