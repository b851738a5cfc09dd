// SPDX-License-Identifier: Apache-2.0
#include "ledger/token_layer.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <string_view>
#include <thread>

#include "base/bytes.h"

namespace licet::ledger {
namespace {

struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

// `direction` as the library has it: 1 to encrypt, 0 to decrypt.
Cipher cipher_of(const TokenKey& key, int direction) {
    Cipher cipher(EVP_CIPHER_CTX_new());
    const auto secret = key.reveal("to lay it over tokens");
    const bool is_ready = cipher != nullptr &&
                          EVP_CipherInit_ex(cipher.get(), EVP_aes_256_ecb(), nullptr, secret.data(),
                                            nullptr, direction) == 1 &&
                          EVP_CIPHER_CTX_set_padding(cipher.get(), 0) == 1;
    return is_ready ? std::move(cipher) : nullptr;
}

Token passed_through(EVP_CIPHER_CTX* cipher, const Token& token) {
    Token out;
    int written = 0;
    // A block cipher that worked when it was set up cannot fail on memory that is ours.
    LICET_ENSURE(EVP_CipherUpdate(cipher, out.bytes.data(), &written, token.bytes.data(),
                                  static_cast<int>(token.bytes.size())) == 1 &&
                 written == static_cast<int>(token.bytes.size()));
    return out;
}

}  // namespace

// A context of the library serves one caller at a time. There are several, so that threads seldom
// wait for each other.
struct TokenLayer::Ciphers {
    struct Lane {
        std::mutex busy;
        Cipher over;
        Cipher under;
    };
    std::array<Lane, 16> lanes;

    [[nodiscard]] Lane& lane_of_thread() {
        return lanes[std::hash<std::thread::id>()(std::this_thread::get_id()) % lanes.size()];
    }
};

TokenLayer::TokenLayer(std::unique_ptr<Ciphers> ciphers) : ciphers_(std::move(ciphers)) {}
TokenLayer::TokenLayer(TokenLayer&&) noexcept = default;
TokenLayer& TokenLayer::operator=(TokenLayer&&) noexcept = default;
TokenLayer::~TokenLayer() = default;

TokenLayer TokenLayer::none() { return TokenLayer(nullptr); }

Result<TokenLayer> TokenLayer::create(const TokenKey& key) {
    auto ciphers = std::make_unique<Ciphers>();
    for (Ciphers::Lane& lane : ciphers->lanes) {
        lane.over = cipher_of(key, 1);
        lane.under = cipher_of(key, 0);
        if (lane.over == nullptr || lane.under == nullptr)
            return error(ErrorCode::kBroken, "token.no_aes");
    }
    return TokenLayer(std::move(ciphers));
}

Token TokenLayer::over(const Token& token) const {
    if (ciphers_ == nullptr) return token;
    Ciphers::Lane& lane = ciphers_->lane_of_thread();
    const std::lock_guard lock(lane.busy);
    return passed_through(lane.over.get(), token);
}

Token TokenLayer::under(const Token& stored) const {
    if (ciphers_ == nullptr) return stored;
    Ciphers::Lane& lane = ciphers_->lane_of_thread();
    const std::lock_guard lock(lane.busy);
    return passed_through(lane.under.get(), stored);
}

std::uint64_t TokenLayer::check_value() const {
    if (ciphers_ == nullptr) return 0;
    // The encryption of a text that is nobody's token.
    constexpr std::string_view kNobody = "licet/layer/1   ";
    Token text;
    static_assert(kNobody.size() == sizeof text.bytes);
    std::copy(kNobody.begin(), kNobody.end(), text.bytes.begin());
    return big_endian(std::span<const std::uint8_t>(over(text).bytes).first(8)) | 1U;
}

}  // namespace licet::ledger
