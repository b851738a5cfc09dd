// SPDX-License-Identifier: Apache-2.0
#include "ledger/token.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace licet::ledger {
namespace {

constexpr std::string_view kKeyHeader = "licet-key-1 ";
constexpr std::size_t kBlock = 16;
using Block = std::array<std::uint8_t, kBlock>;

// Messages in flight at once: enough for the vectorised AES of the library, small enough for the
// first-level cache.
constexpr std::size_t kLanes = 256;

struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

// Multiplies by x in GF(2^128), as SP 800-38B section 6.1 makes its subkeys.
Block doubled(const Block& block) {
    Block out;
    unsigned carry = 0;
    for (std::size_t i = kBlock; i-- > 0;) {
        const unsigned wide = static_cast<unsigned>(block[i]) << 1U | carry;
        out[i] = static_cast<std::uint8_t>(wide & 0xFFU);
        carry = wide >> 8U;
    }
    if (carry != 0) out[kBlock - 1] ^= 0x87;
    return out;
}

// Exclusive or of two blocks, by words: this runs twice a block of every token.
void add_to(std::uint8_t* to, const std::uint8_t* from) {
    std::array<std::uint64_t, 2> sum;
    std::array<std::uint64_t, 2> other;
    std::memcpy(sum.data(), to, kBlock);
    std::memcpy(other.data(), from, kBlock);
    sum[0] ^= other[0];
    sum[1] ^= other[1];
    std::memcpy(to, sum.data(), kBlock);
}

// The message of a form is name || 0x00 || bytes.
std::size_t message_size(const NormalForm& form) {
    return name_of(form.normaliser).size() + 1 + form.bytes.size();
}

std::size_t blocks_of(const NormalForm& form) { return (message_size(form) + kBlock - 1) / kBlock; }

}  // namespace

std::size_t TokenHash::operator()(const Token& token) const noexcept {
    std::size_t hash = 0;
    std::memcpy(&hash, token.bytes.data(), sizeof hash);
    return hash;
}

TokenKey::TokenKey(std::span<const std::uint8_t, kSizeBytes> bytes) : bytes_{} {
    std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

TokenKey::TokenKey(TokenKey&& other) noexcept : bytes_(other.bytes_) {
    OPENSSL_cleanse(other.bytes_.data(), other.bytes_.size());
}

TokenKey& TokenKey::operator=(TokenKey&& other) noexcept {
    if (this != &other) {
        bytes_ = other.bytes_;
        OPENSSL_cleanse(other.bytes_.data(), other.bytes_.size());
    }
    return *this;
}

TokenKey::~TokenKey() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

std::span<const std::uint8_t, TokenKey::kSizeBytes> TokenKey::reveal(
    [[maybe_unused]] const char* why) const {
    return bytes_;
}

std::string secret_text_of(const TokenKey& key) {
    return std::string(kKeyHeader) + hex_of(key.reveal("to keep it in its file")) + "\n";
}

std::optional<TokenKey> key_of_secret_text(std::string& text) {
    const std::string_view line = trimmed(text);
    auto bytes = line.starts_with(kKeyHeader) ? bytes_of_hex(line.substr(kKeyHeader.size()))
                                              : std::optional<std::vector<std::uint8_t>>{};
    OPENSSL_cleanse(text.data(), text.size());
    if (!bytes || bytes->size() != TokenKey::kSizeBytes) return std::nullopt;
    TokenKey key(
        std::span<const std::uint8_t, TokenKey::kSizeBytes>(bytes->data(), TokenKey::kSizeBytes));
    OPENSSL_cleanse(bytes->data(), bytes->size());
    return key;
}

std::string_view name_of(Normaliser normaliser) {
    switch (normaliser) {
        case Normaliser::kEmailStrict1:
            return "email/strict/1";
        case Normaliser::kEmailLoose1:
            return "email/loose/1";
        case Normaliser::kPhone1:
            return "phone/e164/1";
        case Normaliser::kDomain1:
            return "email/domain/1";
        case Normaliser::kCompany1:
            return "company/siren/1";
        case Normaliser::kForeignMd5:
            return "foreign/md5/1";
        case Normaliser::kForeignSha1:
            return "foreign/sha1/1";
        case Normaliser::kForeignSha256:
            return "foreign/sha256/1";
        case Normaliser::kPartner:
            return "foreign/partner/1";
    }
    LICET_ENSURE(false);
}

struct Tokeniser::State {
    Cipher cipher;
    Block for_whole{};   // K1: added to a last block that is full
    Block for_padded{};  // K2: added to a last block that was padded
    std::vector<const NormalForm*> waiting;
    std::vector<Token> made;
    // Of the messages in flight: a lane each.
    struct Lane {
        std::size_t next = 0;  // block of `messages`
        std::size_t left = 0;  // blocks that were not enciphered yet
        std::size_t out = 0;   // whose token it becomes
    };
    std::vector<Lane> lanes;
    std::vector<std::uint8_t> messages;  // padded to whole blocks, one after the other
    std::vector<std::uint8_t> together;  // a block of each lane, side by side for one call

    ~State() {
        OPENSSL_cleanse(for_whole.data(), kBlock);
        OPENSSL_cleanse(for_padded.data(), kBlock);
    }

    [[nodiscard]] bool encrypt(std::uint8_t* blocks, std::size_t size) const {
        int written = 0;
        return EVP_EncryptUpdate(cipher.get(), blocks, &written, blocks, static_cast<int>(size)) ==
                   1 &&
               static_cast<std::size_t>(written) == size;
    }

    // Writes the message of a form, padded, the subkey added to its last block.
    void lay_out(const NormalForm& form, std::uint8_t* to) const {
        const std::string_view name = name_of(form.normaliser);
        const std::size_t size = name.size() + 1 + form.bytes.size();
        const std::size_t last = (size - 1) / kBlock * kBlock;
        std::memset(to + last, 0, kBlock);
        std::memcpy(to, name.data(), name.size());
        to[name.size()] = 0x00;
        std::memcpy(to + name.size() + 1, form.bytes.data(), form.bytes.size());
        const bool is_padded = size - last < kBlock;
        if (is_padded) to[size] = 0x80;
        add_to(to + last, is_padded ? for_padded.data() : for_whole.data());
    }

    // One AES call takes the next block of every message that has one.
    void run(std::span<const NormalForm* const> forms, std::span<Token> out) {
        std::size_t blocks = 0;
        lanes.clear();
        for (const NormalForm* form : forms) {
            lanes.push_back({blocks, blocks_of(*form), lanes.size()});
            blocks += lanes.back().left;
        }
        if (messages.size() < blocks * kBlock) messages.resize(blocks * kBlock);
        for (std::size_t i = 0; i < forms.size(); ++i)
            lay_out(*forms[i], &messages[lanes[i].next * kBlock]);
        together.assign(lanes.size() * kBlock, 0);
        while (!lanes.empty()) {
            for (std::size_t i = 0; i < lanes.size(); ++i)
                add_to(&together[i * kBlock], &messages[lanes[i].next * kBlock]);
            // A block cipher that worked when it was set up cannot fail on memory that is ours.
            LICET_ENSURE(encrypt(together.data(), lanes.size() * kBlock));
            std::size_t kept = 0;
            for (std::size_t i = 0; i < lanes.size(); ++i) {
                Lane lane = lanes[i];
                if (--lane.left == 0) {
                    std::memcpy(out[lane.out].bytes.data(), &together[i * kBlock], kBlock);
                    continue;
                }
                ++lane.next;
                if (kept != i) std::memcpy(&together[kept * kBlock], &together[i * kBlock], kBlock);
                lanes[kept++] = lane;
            }
            lanes.resize(kept);
        }
        // What stands here came from somebody's address.
        OPENSSL_cleanse(messages.data(), blocks * kBlock);
    }
};

Tokeniser::Tokeniser(std::unique_ptr<State> state) : state_(std::move(state)) {}
Tokeniser::Tokeniser(Tokeniser&&) noexcept = default;
Tokeniser& Tokeniser::operator=(Tokeniser&&) noexcept = default;
Tokeniser::~Tokeniser() = default;

Result<Tokeniser> Tokeniser::create(const TokenKey& key) {
    auto state = std::make_unique<State>();
    state->cipher.reset(EVP_CIPHER_CTX_new());
    const auto secret = key.reveal("to make tokens");
    if (state->cipher == nullptr ||
        EVP_EncryptInit_ex(state->cipher.get(), EVP_aes_256_ecb(), nullptr, secret.data(),
                           nullptr) != 1 ||
        EVP_CIPHER_CTX_set_padding(state->cipher.get(), 0) != 1)
        return error(ErrorCode::kBroken, "token.no_aes");
    Block zero{};
    if (!state->encrypt(zero.data(), kBlock)) return error(ErrorCode::kBroken, "token.no_aes");
    state->for_whole = doubled(zero);
    state->for_padded = doubled(state->for_whole);
    OPENSSL_cleanse(zero.data(), kBlock);
    return Tokeniser(std::move(state));
}

Token Tokeniser::token(const NormalForm& form) {
    Token out;
    const NormalForm* one = &form;
    state_->run({&one, 1}, {&out, 1});
    return out;
}

ContactTokens Tokeniser::tokens(const ContactPoint& point) {
    state_->waiting.assign(1, &point.strict);
    for (const NormalForm& form : point.loose) state_->waiting.push_back(&form);
    for (const NormalForm& form : point.wide) state_->waiting.push_back(&form);
    LICET_ENSURE(state_->waiting.size() <= kLanes);
    std::vector<Token>& made = state_->made;
    made.resize(state_->waiting.size());
    state_->run(state_->waiting, made);
    const auto wide = made.begin() + 1 + std::ssize(point.loose);
    return {made[0], {made.begin() + 1, wide}, {wide, wide + std::ssize(point.wide)}};
}

void Tokeniser::tokens(std::span<const NormalForm* const> forms, std::span<Token> out) {
    LICET_ENSURE(forms.size() == out.size());
    for (std::size_t first = 0; first < forms.size(); first += kLanes) {
        const std::size_t size = std::min(kLanes, forms.size() - first);
        state_->run(forms.subspan(first, size), out.subspan(first, size));
    }
}

}  // namespace licet::ledger
