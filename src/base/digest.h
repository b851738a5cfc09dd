// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 (FIPS 180-4), for identities of texts and chains of stored bytes; never for addresses,
// which are short enough to be guessed (ledger/token.h has the keyed function for those).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace licet {

using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Digest sha256(std::span<const std::uint8_t> bytes);
[[nodiscard]] Digest sha256(std::string_view text);

/// The digest of pieces that stand one after the other. Use once: add, add, ..., digest.
class Hasher {
  public:
    Hasher();
    Hasher& add(std::span<const std::uint8_t> bytes);
    Hasher& add(std::string_view text);
    Hasher& add(std::uint8_t byte) { return add(std::span(&byte, 1)); }
    [[nodiscard]] Digest digest();

  private:
    static constexpr std::size_t kStateBytes = 128;
    alignas(8) std::array<std::byte, kStateBytes> state_;
};

/// Digests of texts of one size that fill no more than one block of the function: one step each,
/// for chains of thousands of keys. Wiped when it dies.
class ShortHasher {
  public:
    static constexpr std::size_t kMostBytes = 55;
    /// The text is zero bytes until it is written.
    explicit ShortHasher(std::size_t size_bytes);
    ShortHasher(const ShortHasher&) = delete;
    ShortHasher& operator=(const ShortHasher&) = delete;
    ~ShortHasher();

    /// To be written before each digest, where it differs from the last.
    [[nodiscard]] std::span<std::uint8_t> text() { return std::span(block_).first(size_bytes_); }
    void digest_to(Digest& out);

  private:
    static constexpr std::size_t kStateBytes = 128;
    std::array<std::uint8_t, 64> block_{};
    std::size_t size_bytes_;
    std::array<std::uint32_t, 8> start_{};  ///< state of the function before the block
    alignas(8) std::array<std::byte, kStateBytes> state_{};
};

/// HMAC-SHA-256 (RFC 2104) under a key made of a secret for one purpose. Wiped when it dies.
class KeyedHasher {
  public:
    KeyedHasher(std::span<const std::uint8_t> secret, std::string_view purpose);
    KeyedHasher(const KeyedHasher&) = default;
    KeyedHasher& operator=(const KeyedHasher&) = default;
    ~KeyedHasher();
    [[nodiscard]] Digest digest(std::span<const std::uint8_t> bytes) const;

  private:
    Digest key_;
};

}  // namespace licet
