// SPDX-License-Identifier: Apache-2.0
#include "rights/link.h"

#include <sodium.h>

#include <algorithm>

#include "base/base64.h"
#include "base/bytes.h"
#include "base/digest.h"
#include "base/text.h"

namespace licet::rights {
namespace {

// docs/link-format.md. Never change or reuse a number.
constexpr std::uint8_t kVersion = 1;
constexpr std::string_view kKeyLine = "licet-link-key-1 ";
constexpr std::size_t kMostText = 64;
constexpr std::size_t kMostLoose = 8;

constexpr std::size_t kHeadBytes = 1 + std::tuple_size_v<LinkKey::Id>;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == LinkKey::kSizeBytes);
static_assert(kNonceBytes >= crypto_generichash_BYTES_MIN);

using Bytes = std::vector<std::uint8_t>;
using Secret = std::array<std::uint8_t, LinkKey::kSizeBytes>;
using Nonce = std::array<std::uint8_t, kNonceBytes>;

// What one key is used for twice, apart.
struct Subkeys {
    explicit Subkeys(const LinkKey& key)
        : seal(derived(key, "licet/link-seal/1")), nonce(derived(key, "licet/link-nonce/1")) {}
    Subkeys(const Subkeys&) = delete;
    Subkeys& operator=(const Subkeys&) = delete;
    ~Subkeys() {
        sodium_memzero(seal.data(), seal.size());
        sodium_memzero(nonce.data(), nonce.size());
    }
    static Secret derived(const LinkKey& key, std::string_view purpose) {
        Secret out;
        const auto secret = key.reveal("to derive from it");
        const int done = crypto_generichash(out.data(), out.size(),
                                            reinterpret_cast<const unsigned char*>(purpose.data()),
                                            purpose.size(), secret.data(), secret.size());
        LICET_ENSURE(done == 0);
        return out;
    }
    Secret seal;
    Secret nonce;
};

Nonce nonce_of(const Subkeys& keys, std::span<const std::uint8_t> head,
               std::span<const std::uint8_t> content) {
    Nonce out;
    crypto_generichash_state state;
    crypto_generichash_init(&state, keys.nonce.data(), keys.nonce.size(), out.size());
    crypto_generichash_update(&state, head.data(), head.size());
    crypto_generichash_update(&state, content.data(), content.size());
    crypto_generichash_final(&state, out.data(), out.size());
    return out;
}

std::array<const std::string*, 5> texts_of(const Link& link) {
    return {&link.scope.brand, &link.scope.channel, &link.scope.purpose, &link.campaign,
            &link.reference};
}

Result<Done> check(const Link& link) {
    if (link.person.loose.size() > kMostLoose) return error(ErrorCode::kInput, "link.too_long");
    for (const std::string* text : texts_of(link))
        if (text->size() > kMostText) return error(ErrorCode::kInput, "link.too_long");
    const auto day = link.issued_on.time_since_epoch().count();
    const bool is_day = day >= 0 && day <= 0xFFFF && link.valid_days >= 0;
    if (!is_day || link.valid_days > 0xFFFF) return error(ErrorCode::kInput, "link.day");
    if (is_for_ever(link.kind) && link.valid_days > 0) return error(ErrorCode::kInput, "link.ends");
    return Done{};
}

Bytes content_of(const Link& link) {
    Bytes out;
    out.push_back(static_cast<std::uint8_t>(link.kind));
    const auto day = link.issued_on.time_since_epoch().count();
    append_big_endian(out, static_cast<std::uint64_t>(day), 2);
    append_big_endian(out, static_cast<std::uint64_t>(link.valid_days), 2);
    out.insert(out.end(), link.person.strict.bytes.begin(), link.person.strict.bytes.end());
    out.push_back(static_cast<std::uint8_t>(link.person.loose.size()));
    for (const ledger::Token& token : link.person.loose)
        out.insert(out.end(), token.bytes.begin(), token.bytes.end());
    for (const std::string* text : texts_of(link)) {
        out.push_back(static_cast<std::uint8_t>(text->size()));
        out.insert(out.end(), text->begin(), text->end());
    }
    return out;
}

// Takes values off the front; what is too short gives nothing.
class Reader {
  public:
    explicit Reader(std::span<const std::uint8_t> bytes) : left_(bytes) {}

    std::uint64_t number(std::size_t size_bytes) { return big_endian(take(size_bytes)); }
    ledger::Token token() {
        ledger::Token out;
        const auto bytes = take(out.bytes.size());
        std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
        return out;
    }
    std::string text() {
        const std::uint64_t size = number(1);
        if (size > kMostText) is_bad_ = true;
        const auto bytes = take(size);
        return {bytes.begin(), bytes.end()};
    }
    void refuse() { is_bad_ = true; }
    [[nodiscard]] bool is_whole() const { return !is_bad_ && left_.empty(); }

  private:
    std::span<const std::uint8_t> take(std::size_t size_bytes) {
        if (size_bytes > left_.size()) {
            is_bad_ = true;
            return {};
        }
        const auto out = left_.first(size_bytes);
        left_ = left_.subspan(size_bytes);
        return out;
    }
    std::span<const std::uint8_t> left_;
    bool is_bad_ = false;
};

std::optional<Link> link_of(std::span<const std::uint8_t> content) {
    Reader reader(content);
    Link link;
    const std::uint64_t kind = reader.number(1);
    if (kind < 1 || kind > static_cast<std::uint64_t>(LinkKind::kIdentity)) return std::nullopt;
    link.kind = static_cast<LinkKind>(kind);
    link.issued_on = Date{std::chrono::days{static_cast<std::int32_t>(reader.number(2))}};
    link.valid_days = static_cast<int>(reader.number(2));
    link.person.strict = reader.token();
    const std::uint64_t loose = reader.number(1);
    if (loose > kMostLoose) return std::nullopt;
    for (std::uint64_t i = 0; i < loose; ++i) link.person.loose.push_back(reader.token());
    for (std::string* text : {&link.scope.brand, &link.scope.channel, &link.scope.purpose,
                              &link.campaign, &link.reference})
        *text = reader.text();
    if (is_for_ever(link.kind) && link.valid_days > 0) reader.refuse();
    if (!reader.is_whole()) return std::nullopt;
    return link;
}

Error invalid() { return error(ErrorCode::kInput, "link.invalid"); }

}  // namespace

std::string_view name_of(LinkKind kind) {
    switch (kind) {
        case LinkKind::kOptOut:
            return "opt_out";
        case LinkKind::kPreferences:
            return "preferences";
        case LinkKind::kConfirm:
            return "confirm";
        case LinkKind::kIdentity:
            return "identity";
    }
    LICET_ENSURE(false);
}

std::optional<LinkKind> link_kind_of(std::string_view name) {
    for (const LinkKind kind :
         {LinkKind::kOptOut, LinkKind::kPreferences, LinkKind::kConfirm, LinkKind::kIdentity})
        if (name_of(kind) == name) return kind;
    return std::nullopt;
}

LinkKey::LinkKey(std::span<const std::uint8_t, kSizeBytes> bytes) {
    std::copy(bytes.begin(), bytes.end(), bytes_.begin());
    constexpr std::string_view kPurpose = "licet/link-key-id/1";
    const Digest whole = Hasher().add(kPurpose).add(std::uint8_t{0}).add(bytes_).digest();
    std::copy_n(whole.begin(), id_.size(), id_.begin());
}

LinkKey::~LinkKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

std::span<const std::uint8_t, LinkKey::kSizeBytes> LinkKey::reveal(
    [[maybe_unused]] const char* why) const {
    return bytes_;
}

Result<Done> LinkKeys::add(const LinkKey& key) {
    if (find(key.id()) != nullptr) return error(ErrorCode::kInput, "link.key_twice");
    keys_.push_back(key);
    return Done{};
}

const LinkKey* LinkKeys::find(std::span<const std::uint8_t> id) const {
    const auto found = std::find_if(keys_.begin(), keys_.end(), [&](const LinkKey& key) {
        return std::equal(id.begin(), id.end(), key.id().begin(), key.id().end());
    });
    return found == keys_.end() ? nullptr : &*found;
}

std::string secret_text_of(const LinkKeys& keys) {
    std::string out;
    for (const LinkKey& key : keys.all()) {
        out += kKeyLine;
        out += hex_of(key.reveal("to keep it")) + "\n";
    }
    return out;
}

Result<LinkKeys> link_keys_of_secret_text(std::string_view text) {
    LinkKeys out;
    for (const std::string_view line : lines_of(text)) {
        if (line.empty()) continue;
        if (!line.starts_with(kKeyLine)) return error(ErrorCode::kInput, "link.key_form");
        auto bytes = bytes_of_hex(line.substr(kKeyLine.size()));
        if (!bytes || bytes->size() != LinkKey::kSizeBytes)
            return error(ErrorCode::kInput, "link.key_form");
        const LinkKey key{std::span<const std::uint8_t, LinkKey::kSizeBytes>(*bytes)};
        sodium_memzero(bytes->data(), bytes->size());
        LICET_TRY(out.add(key));
    }
    if (out.is_empty()) return error(ErrorCode::kInput, "link.key_form");
    return out;
}

Result<std::string> sealed_link(const Link& link, const LinkKeys& keys) {
    if (keys.is_empty()) return error(ErrorCode::kInput, "link.no_key");
    LICET_TRY(check(link));
    const LinkKey& key = keys.newest();
    const Subkeys subkeys(key);
    Bytes out{kVersion};
    out.insert(out.end(), key.id().begin(), key.id().end());
    const Bytes content = content_of(link);
    const Nonce nonce = nonce_of(subkeys, out, content);
    const std::size_t start = kHeadBytes + nonce.size();
    out.insert(out.end(), nonce.begin(), nonce.end());
    out.resize(start + content.size() + kTagBytes);
    const int done = crypto_aead_xchacha20poly1305_ietf_encrypt(
        out.data() + start, nullptr, content.data(), content.size(), out.data(), kHeadBytes,
        nullptr, nonce.data(), subkeys.seal.data());
    LICET_ENSURE(done == 0);
    return base64url_of(out);
}

Result<Link> opened_link(std::string_view text, const LinkKeys& keys) {
    if (keys.is_empty() || text.size() > kMostLinkText) return invalid();
    const auto bytes = bytes_of_base64url(text);
    if (!bytes || bytes->size() < kHeadBytes + kNonceBytes + kTagBytes) return invalid();
    const std::span<const std::uint8_t> all(*bytes);
    const auto head = all.first(kHeadBytes);
    const auto nonce = all.subspan(kHeadBytes, kNonceBytes);
    const auto sealed = all.subspan(kHeadBytes + kNonceBytes);
    // A link of an unknown key takes as long as one of a known key.
    const LinkKey* known = keys.find(head.subspan(1));
    const Subkeys subkeys(known == nullptr ? keys.newest() : *known);
    Bytes content(sealed.size() - kTagBytes);
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        content.data(), nullptr, nullptr, sealed.data(), sealed.size(), head.data(), head.size(),
        nonce.data(), subkeys.seal.data());
    if (opened != 0 || known == nullptr || head.front() != kVersion) return invalid();
    const Nonce made = nonce_of(subkeys, head, content);
    if (sodium_memcmp(made.data(), nonce.data(), made.size()) != 0) return invalid();
    auto link = link_of(content);
    if (!link) return invalid();
    return *std::move(link);
}

std::string address_of(std::string_view base, std::string_view text) {
    while (base.ends_with('/')) base.remove_suffix(1);
    return std::string(base) + "/l/" + std::string(text);
}

Result<UnsubscribeHeaders> unsubscribe_headers(std::string_view address, std::string_view mailbox) {
    const auto is_plain = [](std::string_view part) {
        return std::all_of(part.begin(), part.end(), [](char c) {
            return c > ' ' && c < '\x7f' && c != '<' && c != '>' && c != ',' && c != '"';
        });
    };
    constexpr std::string_view kScheme = "https:";
    if (!address.starts_with(kScheme) || !is_plain(address))
        return error(ErrorCode::kInput, "link.not_https");
    if (!is_plain(mailbox) || (!mailbox.empty() && mailbox.find('@') == mailbox.npos))
        return error(ErrorCode::kInput, "link.mailbox");
    UnsubscribeHeaders out{"<" + std::string(address) + ">", "List-Unsubscribe=One-Click"};
    if (!mailbox.empty()) out.list_unsubscribe += ", <mailto:" + std::string(mailbox) + ">";
    return out;
}

}  // namespace licet::rights
