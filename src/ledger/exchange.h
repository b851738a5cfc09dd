// SPDX-License-Identifier: Apache-2.0
//
// Lists of objections that come from elsewhere, or go there.
//
//     a list of digests (MD5, SHA-1, SHA-256 of the normal form) ─┐
//     a list of a partner's tokens, made with a key for us two ───┴─► tokens of our own, wide
//
// Whoever holds a list of bare digests can try all numbers and most addresses against it in
// minutes, so such lists are taken in, under our key, and never given out. What is given out is
// made with a key for that list alone, and ends. Nobody can be found in it without that key.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "ledger/token.h"

namespace licet::ledger {

/// How others make digests of addresses.
enum class ForeignDigest { kMd5, kSha1, kSha256 };
inline constexpr std::array kForeignDigests = {ForeignDigest::kMd5, ForeignDigest::kSha1,
                                               ForeignDigest::kSha256};
/// "md5", "sha1", "sha256".
[[nodiscard]] std::string_view name_of(ForeignDigest digest);
[[nodiscard]] std::optional<ForeignDigest> foreign_digest_of(std::string_view name);

/// The form under which somebody is on such a list: the digest of the strict form's bytes.
[[nodiscard]] NormalForm foreign_form(ForeignDigest digest, const NormalForm& strict);

/// A line of such a list. Errors: kInput ("exchange.digest_form").
[[nodiscard]] Result<ContactPoint> contact_point_of_digest(ForeignDigest digest,
                                                           std::string_view text);

/// A list made for one partner. Text; docs/ledger-format.md, section 11.
struct PartnerList {
    std::string from;  ///< name of who made it: a-z, 0-9, '-'
    Date until;        ///< last day
    struct Entry {
        Token token;          ///< under the key of the two
        std::string channel;  ///< empty = all
        friend auto operator<=>(const Entry&, const Entry&) = default;
    };
    std::vector<Entry> entries;
};
/// Sorts the entries, so that their order tells nothing. `key`: that of the list.
[[nodiscard]] std::string text_of(PartnerList list, const TokenKey& key);
/// Errors: kInput ("exchange.form"), with the line; kInput ("exchange.other_key") if the list was
/// changed or was made with another key.
[[nodiscard]] Result<PartnerList> partner_list_of(std::string_view text, const TokenKey& key,
                                                  const std::string& path);

/// Under this token stand the events that say whose lists were taken in.
[[nodiscard]] Token partner_lists_token();

[[nodiscard]] bool is_partner_name(std::string_view name);

/// The form under which somebody is on a partner's list.
[[nodiscard]] NormalForm partner_form(std::string_view partner, const Token& theirs);

/// What else an address may be known by: the digests and the partners of lists that were taken in.
/// Threads: one object per thread.
class ForeignNames {
  public:
    void add(ForeignDigest digest) { digests_.push_back(digest); }
    void add(std::string partner, Tokeniser tokeniser) {
        partners_.push_back({std::move(partner), std::move(tokeniser)});
    }
    /// Adds these forms to the wide ones of `point`.
    void widen(ContactPoint& point);

    [[nodiscard]] bool is_empty() const { return digests_.empty() && partners_.empty(); }

  private:
    struct Partner {
        std::string name;
        Tokeniser tokeniser;
    };
    std::vector<ForeignDigest> digests_;
    std::vector<Partner> partners_;
};

/// The tokens of a contact point, those of its foreign names among the wide ones.
[[nodiscard]] ContactTokens tokens_of(Tokeniser& tokeniser, ForeignNames& names,
                                      const ContactPoint& point);

/// The reason of a suppression that came with a list: "list/sha256/NAME",
/// "list/partner/NAME-CHECK".
inline constexpr std::string_view kListReason = "list/";
/// Says whether a list of that kind ("md5", "partner") is among the reasons of suppressions.
[[nodiscard]] bool has_list(const std::set<std::string, std::less<>>& reasons,
                            std::string_view kind);

}  // namespace licet::ledger
