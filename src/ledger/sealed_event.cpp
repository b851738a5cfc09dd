// SPDX-License-Identifier: Apache-2.0
#include "ledger/sealed_event.h"

#include <sodium.h>

#include <algorithm>

#include "base/bytes.h"

namespace licet::ledger {
namespace {

// docs/ledger-format.md. Never change or reuse a number.
constexpr std::uint8_t kCommitmentPrefix = 0x00;
constexpr std::uint8_t kChainPrefix = 0x01;
constexpr std::uint8_t kEntryVersion = 0x02;

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kNonceBytes <= sizeof(Digest));
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == sizeof(Digest));

}  // namespace

EventName name_of_key(const PersonKey& key, std::string_view event_key) {
    const Digest whole = Hasher().add(key.name).add(sha256(event_key)).digest();
    EventName name;
    std::copy_n(whole.begin(), name.size(), name.begin());
    return name;
}

Digest blind_of(const PersonKey& key, const EventName& name) {
    ShortHasher hasher(key.blind.size() + name.size());
    std::copy(name.begin(), name.end(),
              std::copy(key.blind.begin(), key.blind.end(), hasher.text().begin()));
    Digest out;
    hasher.digest_to(out);
    return out;
}

Digest commitment_of(const Digest& blind, std::span<const std::uint8_t> event_bytes) {
    return Hasher().add(kCommitmentPrefix).add(blind).add(event_bytes).digest();
}

SealedEvent seal(const PersonKey& key, const Event& event) {
    const std::vector<std::uint8_t> bytes = bytes_of(event);
    SealedEvent out;
    out.name = name_of_key(key, event.key);
    out.commitment = commitment_of(blind_of(key, out.name), bytes);
    out.sealed.resize(bytes.size() + kTagBytes);
    // The nonce is made of the bytes that are sealed: it repeats only where they repeat too.
    const int done = crypto_aead_xchacha20poly1305_ietf_encrypt(
        out.sealed.data(), nullptr, bytes.data(), bytes.size(), nullptr, 0, nullptr,
        out.commitment.data(), key.seal.data());
    LICET_ENSURE(done == 0);
    return out;
}

SealOpener::~SealOpener() { sodium_memzero(bytes_.data(), bytes_.size()); }

std::optional<std::span<const std::uint8_t>> SealOpener::open(const PersonKey& key,
                                                              const SealedEvent& event) {
    if (event.sealed.size() < kTagBytes) return std::nullopt;
    const std::size_t size = event.sealed.size() - kTagBytes;
    if (bytes_.size() < size) {
        sodium_memzero(bytes_.data(), bytes_.size());
        bytes_.resize(size * 2);
    }
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            bytes_.data(), nullptr, nullptr, event.sealed.data(), event.sealed.size(), nullptr, 0,
            event.commitment.data(), key.seal.data()) != 0)
        return std::nullopt;
    const auto bytes = std::span<const std::uint8_t>(bytes_).first(size);
    if (commitment_of(blind_of(key, event.name), bytes) != event.commitment) return std::nullopt;
    return bytes;
}

Result<Event> open_seal(const PersonKey& key, const SealedEvent& event) {
    SealOpener opener;
    const auto bytes = opener.open(key, event);
    if (!bytes) return error(ErrorCode::kBroken, "event.unreadable");
    return event_of(*bytes);
}

Entry entry_of(std::uint32_t part, std::int64_t seq, const Digest& commitment,
               const Digest& sealed_digest) {
    Entry out{};
    std::uint8_t* to = out.data();
    *to++ = kEntryVersion;
    to = put_big_endian(to, part, 4);
    to = put_big_endian(to, static_cast<std::uint64_t>(seq), 8);
    to = std::copy(commitment.begin(), commitment.end(), to);
    std::copy(sealed_digest.begin(), sealed_digest.end(), to);
    return out;
}

Head next(const Head& head, const Digest& leaf) {
    return {head.seq + 1, Hasher().add(kChainPrefix).add(head.hash).add(leaf).digest()};
}

}  // namespace licet::ledger
