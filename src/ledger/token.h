// SPDX-License-Identifier: Apache-2.0
//
// A person without a name: what the ledger knows instead of an address.
//
//     "Camille@Example.COM " -> normaliser "email/strict/1" -> "camille@example.com"
//         -> AES-256-CMAC(tenant key, "email/strict/1" || 0x00 || bytes) -> 16 bytes, for ever
//
// The key stays outside the database; without it a token cannot be turned back by trying addresses.
// Normalisers are frozen: a change of one byte of output is a new version with a new name, because
// tokens made by the old one are still in ledgers (docs/ledger-format.md).
// Matching is asymmetric. An objection is stored under every token of an address, also the loose
// ones (plus-tags, dots, both readings of a French overseas number); everything else only under the
// strict one. So an alias can widen a refusal, never a permission. What is wider than a person (the
// whole domain, the company) is looked up with every address of it, and stored under its own name.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/personal.h"
#include "base/result.h"

namespace licet::ledger {

/// Keyed pseudonym of one contact point. Source: NIST SP 800-38B (CMAC).
struct Token {
    std::array<std::uint8_t, 16> bytes{};
    friend auto operator<=>(const Token&, const Token&) = default;
};

struct TokenHash {
    std::size_t operator()(const Token& token) const noexcept;  // a token is already uniform
};

/// The tenant's secret. Never printed, wiped when it dies.
class TokenKey {
  public:
    static constexpr std::size_t kSizeBytes = 32;
    explicit TokenKey(std::span<const std::uint8_t, kSizeBytes> bytes);
    TokenKey(TokenKey&&) noexcept;
    TokenKey& operator=(TokenKey&&) noexcept;
    TokenKey(const TokenKey&) = delete;
    TokenKey& operator=(const TokenKey&) = delete;
    ~TokenKey();
    [[nodiscard]] std::span<const std::uint8_t, kSizeBytes> reveal(const char* why) const;

  private:
    std::array<std::uint8_t, kSizeBytes> bytes_;
};

/// What stands in the file of a key: "licet-key-1 " and its bytes in hexadecimal, and a line feed.
[[nodiscard]] std::string secret_text_of(const TokenKey& key);
/// Reads such a text, and wipes it; nothing if it is none.
[[nodiscard]] std::optional<TokenKey> key_of_secret_text(std::string& text);

/// Frozen normalisers. The number of an enumerator is stored; never change or reuse one.
enum class Normaliser : std::uint8_t {
    kEmailStrict1 = 1,   ///< "email/strict/1"
    kEmailLoose1 = 2,    ///< "email/loose/1"
    kPhone1 = 3,         ///< "phone/e164/1"
    kDomain1 = 4,        ///< "email/domain/1"
    kCompany1 = 5,       ///< "company/siren/1"
    kForeignMd5 = 6,     ///< "foreign/md5/1"
    kForeignSha1 = 7,    ///< "foreign/sha1/1"
    kForeignSha256 = 8,  ///< "foreign/sha256/1"
    kPartner = 9,        ///< "foreign/partner/1"
};

/// Gives the name that goes into the MAC.
[[nodiscard]] std::string_view name_of(Normaliser normaliser);

/// One normalised form of an identifier.
struct NormalForm {
    Normaliser normaliser;
    std::string bytes;
};

/// All forms of one contact point: the strict one, the looser ones that only widen a refusal, and
/// those that are wider than a person, under which a refusal is looked up and never stored.
struct ContactPoint {
    NormalForm strict;
    std::vector<NormalForm> loose;
    std::vector<NormalForm> wide = {};
};

/// The tokens of a contact point, in the same order.
struct ContactTokens {
    Token strict;
    std::vector<Token> loose;
    std::vector<Token> wide = {};
};

/// One contact point's tokens in a table of many: strict first, then loose, then wide.
struct PointTokens {
    std::span<const Token> all;
    std::size_t loose_count = 0;

    [[nodiscard]] const Token& strict() const { return all.front(); }
    [[nodiscard]] std::span<const Token> loose() const { return all.subspan(1, loose_count); }
    [[nodiscard]] std::span<const Token> wide() const { return all.subspan(1 + loose_count); }
};

/// Makes tokens. Threads: one object per thread.
class Tokeniser {
  public:
    /// Errors: kBroken if the cryptographic library has no AES-256-CMAC.
    [[nodiscard]] static Result<Tokeniser> create(const TokenKey& key);
    Tokeniser(Tokeniser&&) noexcept;
    Tokeniser& operator=(Tokeniser&&) noexcept;
    ~Tokeniser();

    [[nodiscard]] Token token(const NormalForm& form);
    [[nodiscard]] ContactTokens tokens(const ContactPoint& point);
    /// Gives the tokens of many forms at once, equal to token() on each. Cost: a third of it.
    void tokens(std::span<const NormalForm* const> forms, std::span<Token> out);

  private:
    struct State;
    explicit Tokeniser(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace licet::ledger
