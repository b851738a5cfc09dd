// SPDX-License-Identifier: Apache-2.0
//
// The library's newer interface fetches and allocates for each digest, which costs more than the
// digest of a short text: 830 ns against 363 for 300 bytes (docs/performance.md). The older one is
// still in every release of OpenSSL 3.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <algorithm>
#include <iterator>

#include "base/bytes.h"
#include "base/result.h"

namespace licet {
namespace {

SHA256_CTX* context_of(std::byte* state) { return reinterpret_cast<SHA256_CTX*>(state); }

Digest hmac(std::span<const std::uint8_t> key, std::span<const std::uint8_t> bytes) {
    Digest out{};
    unsigned size = 0;
    const bool is_done = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes.data(),
                              bytes.size(), out.data(), &size) != nullptr;
    LICET_ENSURE(is_done && size == out.size());
    return out;
}

}  // namespace

Hasher::Hasher() : state_{} {
    static_assert(sizeof(SHA256_CTX) <= kStateBytes);
    LICET_ENSURE(SHA256_Init(context_of(state_.data())) == 1);
}

Hasher& Hasher::add(std::span<const std::uint8_t> bytes) {
    LICET_ENSURE(SHA256_Update(context_of(state_.data()), bytes.data(), bytes.size()) == 1);
    return *this;
}

Hasher& Hasher::add(std::string_view text) {
    return add(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

Digest Hasher::digest() {
    Digest out{};
    LICET_ENSURE(SHA256_Final(out.data(), context_of(state_.data())) == 1);
    return out;
}

// FIPS 180-4, 5.1.1: the text, a bit, and in the last eight bytes its size in bits.
ShortHasher::ShortHasher(std::size_t size_bytes) : size_bytes_(size_bytes) {
    LICET_ENSURE(size_bytes <= kMostBytes);
    block_[size_bytes] = 0x80;
    put_big_endian(block_.end() - 8, size_bytes * 8, 8);
    SHA256_CTX* context = context_of(state_.data());
    LICET_ENSURE(SHA256_Init(context) == 1);
    std::copy(std::begin(context->h), std::end(context->h), start_.begin());
}

ShortHasher::~ShortHasher() {
    OPENSSL_cleanse(block_.data(), block_.size());
    OPENSSL_cleanse(state_.data(), state_.size());
}

void ShortHasher::digest_to(Digest& out) {
    SHA256_CTX* context = context_of(state_.data());
    std::copy(start_.begin(), start_.end(), std::begin(context->h));
    SHA256_Transform(context, block_.data());
    // Byte by byte, which the compiler makes one instruction a word.
    for (std::size_t i = 0; i < start_.size(); ++i) {
        const SHA_LONG word = context->h[i];
        out[4 * i] = static_cast<std::uint8_t>(word >> 24U);
        out[4 * i + 1] = static_cast<std::uint8_t>(word >> 16U & 0xFFU);
        out[4 * i + 2] = static_cast<std::uint8_t>(word >> 8U & 0xFFU);
        out[4 * i + 3] = static_cast<std::uint8_t>(word & 0xFFU);
    }
}

KeyedHasher::KeyedHasher(std::span<const std::uint8_t> secret, std::string_view purpose)
    : key_(hmac(secret,
                std::span(reinterpret_cast<const std::uint8_t*>(purpose.data()), purpose.size()))) {
}

KeyedHasher::~KeyedHasher() { OPENSSL_cleanse(key_.data(), key_.size()); }

Digest KeyedHasher::digest(std::span<const std::uint8_t> bytes) const { return hmac(key_, bytes); }

Digest sha256(std::span<const std::uint8_t> bytes) { return Hasher().add(bytes).digest(); }

Digest sha256(std::string_view text) { return Hasher().add(text).digest(); }

}  // namespace licet
