// SPDX-License-Identifier: Apache-2.0
//
// Digests by the library's older interface, as in base/digest.cpp: the newer one looks for the
// algorithm at each call, which costs more than the digest of an address.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "ledger/exchange.h"

#include <openssl/md5.h>
#include <openssl/sha.h>

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"

namespace licet::ledger {
namespace {

constexpr std::string_view kMac = "mac ";
constexpr std::string_view kHeader = "licet-suppression-2";

std::size_t size_of(ForeignDigest digest) {
    switch (digest) {
        case ForeignDigest::kMd5:
            return MD5_DIGEST_LENGTH;
        case ForeignDigest::kSha1:
            return SHA_DIGEST_LENGTH;
        case ForeignDigest::kSha256:
            return SHA256_DIGEST_LENGTH;
    }
    LICET_ENSURE(false);
}

Normaliser normaliser_of(ForeignDigest digest) {
    switch (digest) {
        case ForeignDigest::kMd5:
            return Normaliser::kForeignMd5;
        case ForeignDigest::kSha1:
            return Normaliser::kForeignSha1;
        case ForeignDigest::kSha256:
            return Normaliser::kForeignSha256;
    }
    LICET_ENSURE(false);
}

// Over all that stands before it, so that neither an entry nor the last day can be changed, and a
// key that is not the list's is told from the one that is.
std::string mac_of(std::string_view text, const TokenKey& key) {
    const KeyedHasher hasher(key.reveal("the MAC of a partner's list"), "licet/partner-list/2");
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    return hex_of(hasher.digest({bytes, text.size()}));
}

Error malformed(const std::string& path, std::size_t line) {
    return error(ErrorCode::kInput, "exchange.form", {}, path + ":" + std::to_string(line));
}

bool is_word(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

// "TOKEN" or "TOKEN channel".
std::optional<PartnerList::Entry> entry_of(std::string_view line) {
    const std::size_t blank = line.find(' ');
    const auto bytes = bytes_of_hex(line.substr(0, blank));
    PartnerList::Entry entry;
    if (!bytes || bytes->size() != entry.token.bytes.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), entry.token.bytes.begin());
    if (blank == line.npos) return entry;
    entry.channel = line.substr(blank + 1);
    return entry.channel.empty() || !is_word(entry.channel) ? std::nullopt : std::optional(entry);
}

}  // namespace

std::string_view name_of(ForeignDigest digest) {
    switch (digest) {
        case ForeignDigest::kMd5:
            return "md5";
        case ForeignDigest::kSha1:
            return "sha1";
        case ForeignDigest::kSha256:
            return "sha256";
    }
    LICET_ENSURE(false);
}

std::optional<ForeignDigest> foreign_digest_of(std::string_view name) {
    for (const ForeignDigest digest : kForeignDigests)
        if (name_of(digest) == name) return digest;
    return std::nullopt;
}

NormalForm foreign_form(ForeignDigest digest, const NormalForm& strict) {
    std::array<std::uint8_t, SHA256_DIGEST_LENGTH> bytes{};
    const auto* from = reinterpret_cast<const std::uint8_t*>(strict.bytes.data());
    const std::size_t size = strict.bytes.size();
    if (digest == ForeignDigest::kMd5) MD5(from, size, bytes.data());
    if (digest == ForeignDigest::kSha1) SHA1(from, size, bytes.data());
    if (digest == ForeignDigest::kSha256) SHA256(from, size, bytes.data());
    return {normaliser_of(digest), hex_of(std::span(bytes).first(size_of(digest)))};
}

Result<ContactPoint> contact_point_of_digest(ForeignDigest digest, std::string_view text) {
    const auto bytes = bytes_of_hex(ascii_lower(trimmed(text)));
    if (!bytes || bytes->size() != size_of(digest))
        return error(ErrorCode::kInput, "exchange.digest_form");
    return ContactPoint{{normaliser_of(digest), hex_of(*bytes)}, {}};
}

bool is_partner_name(std::string_view name) {
    constexpr std::size_t kLongest = 40;
    return !name.empty() && name.size() <= kLongest && name.front() != '-' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

Token partner_lists_token() {
    const Digest digest = sha256("licet/partner-lists/1");
    Token token;
    std::copy_n(digest.begin(), token.bytes.size(), token.bytes.begin());
    return token;
}

std::string text_of(PartnerList list, const TokenKey& key) {
    std::sort(list.entries.begin(), list.entries.end());
    std::string out = std::string(kHeader) + "\nfrom " + list.from + "\nuntil " +
                      licet::text_of(list.until) + "\nentries " +
                      std::to_string(list.entries.size()) + "\n";
    for (const PartnerList::Entry& entry : list.entries)
        out +=
            hex_of(entry.token.bytes) + (entry.channel.empty() ? "" : " " + entry.channel) + "\n";
    return out + std::string(kMac) + mac_of(out, key) + "\n";
}

Result<PartnerList> partner_list_of(std::string_view text, const TokenKey& key,
                                    const std::string& path) {
    constexpr std::string_view kFrom = "from ";
    constexpr std::string_view kUntil = "until ";
    constexpr std::string_view kEntries = "entries ";
    constexpr std::size_t kHeaderLines = 4;
    PartnerList list;
    std::size_t number = 0;
    std::optional<std::int64_t> count;
    // A file that was cut off would let people through who are on it.
    const std::size_t end = text.rfind(kMac);
    if (!text.ends_with('\n') || end == text.npos || end == 0 || text[end - 1] != '\n')
        return malformed(path, std::max<std::size_t>(1, lines_of(text).size()));
    const std::string_view signed_text = text.substr(0, end);
    const std::string_view mac = text.substr(end + kMac.size());
    for (const std::string_view line : lines_of(signed_text)) {
        ++number;
        if (number == 1 && line != kHeader) return malformed(path, number);
        if (number == 2) {
            if (!line.starts_with(kFrom) || !is_partner_name(line.substr(kFrom.size())))
                return malformed(path, number);
            list.from = line.substr(kFrom.size());
        }
        if (number == 3) {
            const auto until =
                parse_date(line.starts_with(kUntil) ? line.substr(kUntil.size()) : "");
            if (!until) return malformed(path, number);
            list.until = *until;
        }
        if (number == 4 && line.starts_with(kEntries))
            count = whole_number(line.substr(kEntries.size()));
        if (number <= kHeaderLines) continue;
        auto entry = entry_of(line);
        if (!entry) return malformed(path, number);
        list.entries.push_back(*std::move(entry));
    }
    if (!count || *count != std::ssize(list.entries)) return malformed(path, number + 1);
    if (mac != mac_of(signed_text, key) + "\n")
        return error(ErrorCode::kInput, "exchange.other_key", {}, path);
    return list;
}

NormalForm partner_form(std::string_view partner, const Token& theirs) {
    return {Normaliser::kPartner, std::string(partner) + "/" + hex_of(theirs.bytes)};
}

void ForeignNames::widen(ContactPoint& point) {
    for (const ForeignDigest digest : digests_)
        point.wide.push_back(foreign_form(digest, point.strict));
    for (Partner& partner : partners_)
        point.wide.push_back(partner_form(partner.name, partner.tokeniser.token(point.strict)));
}

ContactTokens tokens_of(Tokeniser& tokeniser, ForeignNames& names, const ContactPoint& point) {
    if (names.is_empty()) return tokeniser.tokens(point);
    ContactPoint wider = point;
    names.widen(wider);
    return tokeniser.tokens(wider);
}

bool has_list(const std::set<std::string, std::less<>>& reasons, std::string_view kind) {
    const std::string beginning = std::string(kListReason) + std::string(kind) + "/";
    const auto first = reasons.lower_bound(beginning);
    return first != reasons.end() && first->starts_with(beginning);
}

}  // namespace licet::ledger
