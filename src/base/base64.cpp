// SPDX-License-Identifier: Apache-2.0
#include "base/base64.h"

#include <openssl/evp.h>

#include <algorithm>

#include "base/result.h"

namespace licet {

std::string base64_of(std::span<const std::uint8_t> bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // the library ends with a zero
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes.data(),
                                     static_cast<int>(bytes.size()));
    LICET_ENSURE(size >= 0);
    out.resize(static_cast<std::size_t>(size));
    return out;
}

std::string base64_of(std::string_view bytes) {
    return base64_of({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::optional<std::vector<std::uint8_t>> bytes_of_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::vector<std::uint8_t> out(text.size() / 4 * 3);
    const int size =
        EVP_DecodeBlock(out.data(), reinterpret_cast<const unsigned char*>(text.data()),
                        static_cast<int>(text.size()));
    if (size < 0 || static_cast<std::size_t>(size) != out.size()) return std::nullopt;
    // The library counts padding as bytes and overlooks blanks: only its own writing is accepted.
    if (text.ends_with("==")) out.pop_back();
    if (text.ends_with('=')) out.pop_back();
    if (base64_of(out) != text) return std::nullopt;
    return out;
}

std::string base64url_of(std::span<const std::uint8_t> bytes) {
    std::string out = base64_of(bytes);
    out.erase(std::find(out.begin(), out.end(), '='), out.end());
    std::replace(out.begin(), out.end(), '+', '-');
    std::replace(out.begin(), out.end(), '/', '_');
    return out;
}

std::optional<std::vector<std::uint8_t>> bytes_of_base64url(std::string_view text) {
    std::string padded(text);
    if (padded.find_first_of("+/=") != std::string::npos) return std::nullopt;
    std::replace(padded.begin(), padded.end(), '-', '+');
    std::replace(padded.begin(), padded.end(), '_', '/');
    padded.append((4 - padded.size() % 4) % 4, '=');
    return bytes_of_base64(padded);
}

}  // namespace licet
