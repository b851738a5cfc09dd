// SPDX-License-Identifier: Apache-2.0
#include "webhooks/signatures.h"

#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <memory>

#include "base/base64.h"
#include "base/result.h"
#include "base/text.h"

namespace licet::webhooks {
namespace {

struct Free {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;
using Bytes = std::unique_ptr<BIO, Free>;
using Certificate = std::unique_ptr<X509, Free>;

const EVP_MD* function_of(HashFunction function) {
    switch (function) {
        case HashFunction::kMd5:
            return EVP_md5();
        case HashFunction::kSha1:
            return EVP_sha1();
        case HashFunction::kSha256:
            return EVP_sha256();
        case HashFunction::kSha512:
            return EVP_sha512();
    }
    return EVP_sha256();
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Bytes reader_of(std::string_view text) {
    return Bytes(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// A pass phrase is never asked for.
int no_phrase(char* /*buffer*/, int /*size*/, int /*is_writing*/, void* /*user*/) { return -1; }

Key ecdsa_key_of(std::string_view text) {
    Key key;
    if (text.find("-----BEGIN") != text.npos) {
        const Bytes bytes = reader_of(text);
        key.reset(PEM_read_bio_PUBKEY(bytes.get(), nullptr, no_phrase, nullptr));
    } else if (const auto der = text_of_base64(trimmed(text)); der && !der->empty()) {
        const unsigned char* at = bytes_of(*der);
        key.reset(d2i_PUBKEY(nullptr, &at, static_cast<long>(der->size())));
    }
    if (key == nullptr || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_EC ||
        EVP_PKEY_get_bits(key.get()) != 256)
        return nullptr;
    return key;
}

bool is_signed_by(EVP_PKEY* key, HashFunction function, std::string_view text,
                  std::string_view signature) {
    const Context context(EVP_MD_CTX_new());
    if (EVP_DigestVerifyInit(context.get(), nullptr, function_of(function), nullptr, key) != 1)
        return false;
    return EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text),
                            text.size()) == 1;
}

bool is_valid_at(X509* certificate, std::int64_t moment) {
    auto at = static_cast<time_t>(moment);
    return X509_cmp_time(X509_get0_notBefore(certificate), &at) < 0 &&
           X509_cmp_time(X509_get0_notAfter(certificate), &at) > 0;
}

}  // namespace

std::string hmac(HashFunction function, std::string_view key, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned int size = 0;
    LICET_ENSURE(HMAC(function_of(function), key.data(), static_cast<int>(key.size()),
                      bytes_of(text), text.size(), out.data(), &size) != nullptr);
    return {reinterpret_cast<const char*>(out.data()), size};
}

std::string digest(HashFunction function, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned int size = 0;
    LICET_ENSURE(EVP_Digest(text.data(), text.size(), out.data(), &size, function_of(function),
                            nullptr) == 1);
    return {reinterpret_cast<const char*>(out.data()), size};
}

std::string hex_of_text(std::string_view bytes) {
    return hex_of(std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
}

bool is_same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::optional<std::string> text_of_base64(std::string_view text) {
    std::string plain(text);
    for (char& c : plain) {
        if (c == '-') c = '+';
        if (c == '_') c = '/';
    }
    while (plain.size() % 4 != 0) plain += '=';
    const auto bytes = bytes_of_base64(plain);
    if (!bytes) return std::nullopt;
    return std::string(bytes->begin(), bytes->end());
}

bool is_signed_ecdsa(std::string_view text, std::string_view signature,
                     std::string_view public_key) {
    const Key key = ecdsa_key_of(public_key);
    return key != nullptr && is_signed_by(key.get(), HashFunction::kSha256, text, signature);
}

bool is_ecdsa_key(std::string_view text) { return ecdsa_key_of(text) != nullptr; }

bool is_signed_rsa(HashFunction function, std::string_view text, std::string_view signature,
                   std::string_view certificates, std::int64_t moment) {
    const Bytes bytes = reader_of(certificates);
    while (true) {
        const Certificate one(PEM_read_bio_X509(bytes.get(), nullptr, no_phrase, nullptr));
        if (one == nullptr) return false;
        EVP_PKEY* const key = X509_get0_pubkey(one.get());
        if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) continue;
        if (is_valid_at(one.get(), moment) && is_signed_by(key, function, text, signature))
            return true;
    }
}

bool is_certificate(std::string_view text) {
    const Bytes bytes = reader_of(text);
    return Certificate(PEM_read_bio_X509(bytes.get(), nullptr, no_phrase, nullptr)) != nullptr;
}

}  // namespace licet::webhooks
