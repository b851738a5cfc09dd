// SPDX-License-Identifier: Apache-2.0
//
// The library's newer interface fetches and allocates for each digest, which costs more than the
// digest of a short text: 830 ns against 363 for 300 bytes (docs/performance.md). The older one is
// still in every release of OpenSSL 3.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/digest.h"

#include <openssl/sha.h>

#include "base/result.h"

namespace licet {
namespace {

SHA256_CTX* context_of(std::byte* state) { return reinterpret_cast<SHA256_CTX*>(state); }

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

Digest sha256(std::span<const std::uint8_t> bytes) { return Hasher().add(bytes).digest(); }

Digest sha256(std::string_view text) { return Hasher().add(text).digest(); }

}  // namespace licet
