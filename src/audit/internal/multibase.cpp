// SPDX-License-Identifier: Apache-2.0
#include "audit/internal/multibase.h"

#include <algorithm>

#include "base/base64.h"

namespace licet::audit {
namespace {

constexpr std::string_view kAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::size_t kMostSigns = 200;
constexpr std::uint8_t kEd25519First = 0xed;
constexpr std::uint8_t kEd25519Second = 0x01;

}  // namespace

std::string base58_of(std::span<const std::uint8_t> bytes) {
    std::vector<std::uint8_t> digits;  // of base 58, the lowest first
    for (const std::uint8_t byte : bytes) {
        unsigned carry = byte;
        for (std::uint8_t& digit : digits) {
            carry += static_cast<unsigned>(digit) << 8U;
            digit = static_cast<std::uint8_t>(carry % 58);
            carry /= 58;
        }
        for (; carry > 0; carry /= 58) digits.push_back(static_cast<std::uint8_t>(carry % 58));
    }
    const auto zeros = std::find_if(bytes.begin(), bytes.end(), [](auto one) { return one != 0; });
    std::string out(static_cast<std::size_t>(zeros - bytes.begin()), '1');
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) out += kAlphabet[*digit];
    return out;
}

std::optional<std::vector<std::uint8_t>> bytes_of_base58(std::string_view text) {
    if (text.size() > kMostSigns) return std::nullopt;
    std::vector<std::uint8_t> bytes;  // the lowest first
    for (const char sign : text) {
        const std::size_t digit = kAlphabet.find(sign);
        if (digit == kAlphabet.npos) return std::nullopt;
        auto carry = static_cast<unsigned>(digit);
        for (std::uint8_t& byte : bytes) {
            carry += static_cast<unsigned>(byte) * 58;
            byte = static_cast<std::uint8_t>(carry & 0xffU);
            carry >>= 8U;
        }
        for (; carry > 0; carry >>= 8U) bytes.push_back(static_cast<std::uint8_t>(carry & 0xffU));
    }
    bytes.resize(bytes.size() + std::min(text.find_first_not_of('1'), text.size()), 0);
    std::reverse(bytes.begin(), bytes.end());
    return bytes;
}

std::string base64url_of(std::string_view bytes) {
    std::string out = base64_of(bytes);
    std::replace(out.begin(), out.end(), '+', '-');
    std::replace(out.begin(), out.end(), '/', '_');
    out.erase(std::min(out.find('='), out.size()));
    return out;
}

std::optional<std::string> bytes_of_base64url(std::string_view text) {
    if (text.find_first_of("+/=") != text.npos) return std::nullopt;
    std::string padded(text);
    std::replace(padded.begin(), padded.end(), '-', '+');
    std::replace(padded.begin(), padded.end(), '_', '/');
    padded.append((4 - padded.size() % 4) % 4, '=');
    const auto bytes = bytes_of_base64(padded);
    if (!bytes) return std::nullopt;
    return std::string(bytes->begin(), bytes->end());
}

std::string multikey_of(const RawPublicKey& key) {
    std::vector<std::uint8_t> bytes{kEd25519First, kEd25519Second};
    bytes.insert(bytes.end(), key.begin(), key.end());
    return "z" + base58_of(bytes);
}

std::optional<RawPublicKey> key_of_multikey(std::string_view text) {
    if (!text.starts_with('z')) return std::nullopt;
    const auto bytes = bytes_of_base58(text.substr(1));
    RawPublicKey key{};
    if (!bytes || bytes->size() != key.size() + 2 || (*bytes)[0] != kEd25519First ||
        (*bytes)[1] != kEd25519Second)
        return std::nullopt;
    std::copy(bytes->begin() + 2, bytes->end(), key.begin());
    return key;
}

}  // namespace licet::audit
