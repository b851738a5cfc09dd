// SPDX-License-Identifier: Apache-2.0
//
// The link of a mail or a page: a token that carries all that is needed to act for a person.
//
//     tokens of the person, scope, campaign ──seal──► "AQ3f…" ──open──► the same, years later
//
// It needs no row of any table: it works after the campaign was purged, on a restored backup and
// after the keys were changed. Nobody reads an address out of it, because none is in it. To open is
// not to act: what a link may do is act.h's matter. Byte by byte: docs/link-format.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "ledger/scope.h"
#include "ledger/token.h"

namespace licet::rights {

/// What a link was made for. The number of an enumerator is stored; never change or reuse one.
enum class LinkKind : std::uint8_t {
    kOptOut = 1,       ///< at the foot of a message and in its headers; never ends
    kPreferences = 2,  ///< the preference centre first; never ends
    kConfirm = 3,      ///< a consent that is asked for by mail; `reference`: its request
    kIdentity = 4,     ///< says that whoever reads this mailbox asked; `reference`: the request
};

/// "opt_out", "preferences", "confirm", "identity".
[[nodiscard]] std::string_view name_of(LinkKind kind);
[[nodiscard]] std::optional<LinkKind> link_kind_of(std::string_view name);
/// True for what must work as long as somebody has the mail.
[[nodiscard]] constexpr bool is_for_ever(LinkKind kind) {
    return kind == LinkKind::kOptOut || kind == LinkKind::kPreferences;
}

struct Link {
    LinkKind kind = LinkKind::kOptOut;
    Date issued_on;
    int valid_days = 0;            ///< after that day; 0 = never ends
    ledger::ContactTokens person;  ///< strict and loose; the wide ones are for looking up only
    ledger::Scope scope;           ///< what the message was: brand, channel, purpose with its topic
    std::string campaign;          ///< empty = none
    std::string reference;         ///< of a request; else empty

    [[nodiscard]] bool has_ended(Date day) const {
        return valid_days > 0 && day > issued_on + std::chrono::days{valid_days};
    }
};

/// Seals links. The secret is wiped when it dies.
class LinkKey {
  public:
    static constexpr std::size_t kSizeBytes = 32;
    using Id = std::array<std::uint8_t, 4>;
    explicit LinkKey(std::span<const std::uint8_t, kSizeBytes> bytes);
    LinkKey(const LinkKey&) = default;
    LinkKey& operator=(const LinkKey&) = default;
    ~LinkKey();
    /// Stands in each link, so that it is known which key opens it; says nothing of the key.
    [[nodiscard]] const Id& id() const { return id_; }
    [[nodiscard]] std::span<const std::uint8_t, kSizeBytes> reveal(const char* why) const;

  private:
    std::array<std::uint8_t, kSizeBytes> bytes_{};
    Id id_{};
};

/// All keys that ever sealed a link; the last one seals. None is ever taken out: an opt-out of ten
/// years ago must open. Threads: reading is safe from any number of them.
class LinkKeys {
  public:
    /// Adds the key that seals from now on. Errors: kInput ("link.key_twice").
    [[nodiscard]] Result<Done> add(const LinkKey& key);
    [[nodiscard]] bool is_empty() const { return keys_.empty(); }
    [[nodiscard]] std::size_t size() const { return keys_.size(); }
    [[nodiscard]] const LinkKey& newest() const { return keys_.back(); }
    [[nodiscard]] const LinkKey* find(std::span<const std::uint8_t> id) const;
    [[nodiscard]] const std::vector<LinkKey>& all() const { return keys_; }

  private:
    std::vector<LinkKey> keys_;
};

/// What stands in the file of the keys: "licet-link-key-1 " and a key in hexadecimal, a line each,
/// the oldest first.
[[nodiscard]] std::string secret_text_of(const LinkKeys& keys);
/// Errors: kInput ("link.key_form").
[[nodiscard]] Result<LinkKeys> link_keys_of_secret_text(std::string_view text);

/// Seals a link with the newest key, as text for an address. The same link gives the same text.
/// Errors: kInput ("link.no_key", "link.too_long" for texts of over 64 bytes or more than eight
/// loose tokens, "link.ends" for a link that must not end and says it does, "link.day").
[[nodiscard]] Result<std::string> sealed_link(const Link& link, const LinkKeys& keys);

/// Opens a link. Cost: the same for all links of one length, whatever is wrong with them.
/// Errors: kInput ("link.invalid") for whatever is not, byte for byte, what sealed_link() gave.
[[nodiscard]] Result<Link> opened_link(std::string_view text, const LinkKeys& keys);

/// Longest text of a link that is looked at.
inline constexpr std::size_t kMostLinkText = 1024;

/// Where a link is on the site of the tenant: BASE/l/TEXT. `base` may end in a slash.
[[nodiscard]] std::string address_of(std::string_view base, std::string_view text);

/// Two lines of a mail's head (RFC 2369 and RFC 8058), without their names.
struct UnsubscribeHeaders {
    std::string list_unsubscribe;       ///< List-Unsubscribe
    std::string list_unsubscribe_post;  ///< List-Unsubscribe-Post
};
/// `address`: that of an opt-out link, beginning with https; `mailbox`: a second way, empty = none.
/// Both headers must be covered by the DKIM signature, or mail clients offer nothing.
/// Errors: kInput ("link.not_https", "link.mailbox").
[[nodiscard]] Result<UnsubscribeHeaders> unsubscribe_headers(std::string_view address,
                                                             std::string_view mailbox = {});

}  // namespace licet::rights
