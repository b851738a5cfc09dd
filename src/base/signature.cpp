// SPDX-License-Identifier: Apache-2.0
#include "base/signature.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <memory>

#include "base/text.h"

namespace licet {
namespace {

constexpr std::size_t kSize = 64;  // RFC 8032, section 5.1.6

struct Free {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;
using Bytes = std::unique_ptr<BIO, Free>;

// A pass phrase is never asked for: a key that needs one cannot be read here.
int no_phrase(char* /*buffer*/, int /*size*/, int /*is_writing*/, void* /*user*/) { return -1; }

Key key_of(std::string_view pem, bool is_private) {
    const Bytes bytes(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    Key key(is_private ? PEM_read_bio_PrivateKey(bytes.get(), nullptr, no_phrase, nullptr)
                       : PEM_read_bio_PUBKEY(bytes.get(), nullptr, no_phrase, nullptr));
    if (key != nullptr && EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519) key.reset();
    return key;
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Result<std::string> sign(std::string_view text, std::string_view private_pem) {
    const Key key = key_of(private_pem, true);
    if (key == nullptr) return error(ErrorCode::kInput, "key.not_ed25519_private");
    const Context context(EVP_MD_CTX_new());
    std::array<unsigned char, kSize> out{};
    std::size_t size = out.size();
    LICET_ENSURE(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
                 EVP_DigestSign(context.get(), out.data(), &size, bytes_of(text), text.size()) ==
                     1);
    return hex_of(out);
}

Result<bool> is_signed(std::string_view text, std::string_view signature,
                       std::string_view public_pem) {
    const Key key = key_of(public_pem, false);
    if (key == nullptr) return error(ErrorCode::kInput, "key.not_ed25519_public");
    const auto bytes = bytes_of_hex(signature);
    if (!bytes || bytes->size() != kSize) return false;
    const Context context(EVP_MD_CTX_new());
    LICET_ENSURE(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
    return EVP_DigestVerify(context.get(), bytes->data(), bytes->size(), bytes_of(text),
                            text.size()) == 1;
}

Result<std::string> new_private_key() {
    const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    const Bytes bytes(BIO_new(BIO_s_mem()));
    char* start = nullptr;
    if (key == nullptr || bytes == nullptr ||
        PEM_write_bio_PrivateKey(bytes.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) !=
            1)
        return error(ErrorCode::kBroken, "workspace.no_randomness");
    const long size = BIO_get_mem_data(bytes.get(), &start);
    return std::string(start, static_cast<std::size_t>(size));
}

Result<RawPublicKey> public_key_of(std::string_view private_pem) {
    const Key key = key_of(private_pem, true);
    RawPublicKey out{};
    std::size_t size = out.size();
    if (key == nullptr || EVP_PKEY_get_raw_public_key(key.get(), out.data(), &size) != 1)
        return error(ErrorCode::kInput, "key.not_ed25519_private");
    return out;
}

bool is_signed_by(std::string_view text, std::span<const std::uint8_t> signature,
                  const RawPublicKey& key) {
    if (signature.size() != kSize) return false;
    const Key parsed(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
    const Context context(EVP_MD_CTX_new());
    LICET_ENSURE(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, parsed.get()) == 1);
    return EVP_DigestVerify(context.get(), signature.data(), signature.size(), bytes_of(text),
                            text.size()) == 1;
}

}  // namespace licet
