// SPDX-License-Identifier: Apache-2.0
//
// A second key over tokens where they are stored, which can be changed.
//
//     address ──CMAC, tenant key──► token ──AES, layer key──► what the database holds
//
// Tokens are for ever: nobody has the addresses to make them anew. But a permutation of them can be
// taken off and put on again, so that a tenant key that leaked says nothing about a database whose
// layer it does not know. One block of AES-256 is a permutation of 16 bytes (FIPS 197); the tokens
// are uniform, so that equal blocks tell only what equal tokens told. docs/ledger-format.md,
// section 2.
//
// Who stores tokens puts the layer on and takes it off; everybody else knows tokens alone.
#pragma once

#include <cstdint>
#include <memory>

#include "ledger/token.h"

namespace licet::ledger {

/// One key over tokens, or none. Cost: about 60 ns a token. Threads: several may ask one object,
/// such as an index that all of them look into.
class TokenLayer {
  public:
    /// Errors: kBroken ("token.no_aes").
    [[nodiscard]] static Result<TokenLayer> create(const TokenKey& key);
    /// Changes nothing: a ledger whose layer was never set.
    [[nodiscard]] static TokenLayer none();
    TokenLayer(TokenLayer&&) noexcept;
    TokenLayer& operator=(TokenLayer&&) noexcept;
    ~TokenLayer();

    /// Gives what is stored for a token.
    [[nodiscard]] Token over(const Token& token) const;
    /// Gives the token of what is stored.
    [[nodiscard]] Token under(const Token& stored) const;
    /// The same for the same key, and tells nothing of it; 0 for none() and for nothing else.
    [[nodiscard]] std::uint64_t check_value() const;

  private:
    struct Ciphers;
    explicit TokenLayer(std::unique_ptr<Ciphers> ciphers);
    std::unique_ptr<Ciphers> ciphers_;  ///< null = none()
};

}  // namespace licet::ledger
