// SPDX-License-Identifier: Apache-2.0
#include "base/digest.h"

#include <openssl/evp.h>

#include "base/result.h"

namespace licet {

Digest sha256(std::span<const std::uint8_t> bytes) {
    Digest out{};
    std::size_t size = 0;
    const int done =
        EVP_Q_digest(nullptr, "SHA256", nullptr, bytes.data(), bytes.size(), out.data(), &size);
    LICET_ENSURE(done == 1 && size == out.size());
    return out;
}

Digest sha256(std::string_view text) {
    return sha256({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace licet
