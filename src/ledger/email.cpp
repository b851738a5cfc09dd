// SPDX-License-Identifier: Apache-2.0
#include <idn2.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/text.h"
#include "ledger/identity.h"

namespace licet::ledger {
namespace {

// Limits of RFC 5321, section 4.5.3.1, and of RFC 1035, section 2.3.4. Unit: bytes.
constexpr std::size_t kLocalPartMax = 64;
constexpr std::size_t kAddressMax = 254;
constexpr std::size_t kDomainMax = 253;
constexpr std::size_t kLabelMax = 63;

// Providers for whom two spellings are one mailbox, beyond the +tag. Frozen with email/loose/1: a
// new row is a new normaliser.
//
// Source: Google, Gmail Help, "Dots don't matter in Gmail addresses"; googlemail.com is another
// name of gmail.com, with the same mailboxes.
struct Provider {
    std::string_view domain;
    std::string_view same_as;
    bool ignores_dots;
};
constexpr std::array<Provider, 2> kProviders = {{
    {"gmail.com", "gmail.com", true},
    {"googlemail.com", "gmail.com", true},
}};

Error refused(std::string_view id) { return error(ErrorCode::kInput, id); }

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Spaces and marks that copying leaves around an address: nothing that a person typed.
constexpr std::array<std::string_view, 5> kOuter = {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x8B",
                                                    "\xEF\xBB\xBF", "\xE2\x81\xA0"};

std::string_view without_outer_space(std::string_view text) {
    for (std::size_t before = text.size() + 1; text.size() < before;) {
        before = text.size();
        text = trimmed(text);
        if (text.empty() || (is_ascii(text.front()) && is_ascii(text.back()))) return text;
        for (const std::string_view mark : kOuter) {
            if (text.starts_with(mark)) text.remove_prefix(mark.size());
            if (text.ends_with(mark)) text.remove_suffix(mark.size());
        }
    }
    return text;
}

constexpr std::string_view kScheme = "mailto:";

// Drops `Name <...>` and `mailto:...?subject=`.
std::string_view bare_address(std::string_view text) {
    text = without_outer_space(text);
    if (text.ends_with('>')) {
        const std::size_t open = text.rfind('<');
        if (open != text.npos)
            text = without_outer_space(text.substr(open + 1, text.size() - open - 2));
    }
    const bool may_have_scheme = text.size() >= kScheme.size() && text[kScheme.size() - 1] == ':';
    if (may_have_scheme && ascii_lower(text.substr(0, kScheme.size())) == kScheme) {
        text.remove_prefix(kScheme.size());
        text = without_outer_space(text.substr(0, text.find('?')));
    }
    return text;
}

// `atext` of RFC 5322, section 3.2.3, and what RFC 6531 adds: anything beyond ASCII.
constexpr std::string_view kAllowed = "!#$%&'*+-/=?^_`{|}~";

// Asked for every character of every row: a table each.
using Characters = std::array<bool, 256>;

constexpr Characters kLocalCharacters = [] {
    Characters out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const char c = static_cast<char>(i);
        out[i] = is_lower(c) || is_digit(c) || !is_ascii(c) || kAllowed.find(c) != kAllowed.npos;
    }
    return out;
}();

constexpr Characters kLabelCharacters = [] {
    Characters out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const char c = static_cast<char>(i);
        out[i] = is_lower(c) || is_digit(c) || c == '-';
    }
    return out;
}();

bool is_in(const Characters& set, char c) { return set[static_cast<unsigned char>(c)]; }

// Marks that change nothing to the eye but would change the token: combining accents (of which the
// composed letter is the usual form), soft hyphens, joiners, direction marks, odd spaces.
bool is_deceptive(char32_t c) {
    return (c >= 0x80 && c <= 0xA0) || c == 0xAD || (c >= 0x300 && c <= 0x36F) ||
           (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
           (c >= 0x205F && c <= 0x206F) || c == 0x3000 || (c >= 0xFE00 && c <= 0xFE0F) ||
           c == 0xFEFF || c >= 0xE0000;
}

bool has_deceptive(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8_length_at(text, i);
        if (length > 1 && is_deceptive(code_point_at(text, i, length))) return true;
        i += length;
    }
    return false;
}

bool is_local_part(std::string_view text) {
    if (text.empty() || text.size() > kLocalPartMax) return false;
    // No dot at the beginning, at the end, or beside another.
    char before = '.';
    bool is_plain = true;
    for (const char c : text) {
        if (c == '.' ? before == '.' : !is_in(kLocalCharacters, c)) return false;
        is_plain = is_plain && is_ascii(c);
        before = c;
    }
    return before != '.' && (is_plain || !has_deceptive(text));
}

// A domain that mail can reach: two labels or more, and the last one is no number (an address of
// the form 192.0.2.1 is a host, not a domain).
bool is_ascii_domain(std::string_view text) {
    if (text.size() > kDomainMax) return false;
    std::size_t labels = 0;
    std::size_t size = 0;  // of the label
    bool is_number = true;
    char before = '.';
    const auto ends_label = [&] { return size > 0 && size <= kLabelMax && before != '-'; };
    for (const char c : text) {
        if (c == '.') {
            if (!ends_label()) return false;
            ++labels;
            size = 0;
            is_number = true;
        } else {
            if (!is_in(kLabelCharacters, c) || (c == '-' && before == '.')) return false;
            ++size;
            is_number = is_number && is_digit(c);
        }
        before = c;
    }
    return labels > 0 && ends_label() && !is_number;
}

// Characters that IDNA maps to nothing. libidn2 drops them without a word, and an address with one
// character less is the address of somebody else.
bool is_dropped_by_idna(char32_t c) {
    return c == 0xAD || c == 0x34F || (c >= 0x180B && c <= 0x180F) || c == 0x200B ||
           (c >= 0x200E && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
           (c >= 0xFFF0 && c <= 0xFFFF) || c >= 0xE0000;
}

// Counts the characters that must survive the conversion; nothing if one may not stand in a domain.
std::optional<std::size_t> lasting_characters(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8_length_at(text, i);
        const char32_t c = code_point_at(text, i, length);
        if (length == 1 && !is_lower(text[i]) && !is_digit(text[i]) && text[i] != '-' &&
            text[i] != '.')
            return std::nullopt;
        if (is_dropped_by_idna(c)) return std::nullopt;
        // A combining accent melts into its letter, which is no loss.
        if (c < 0x300 || c > 0x36F) ++count;
        i += length;
    }
    return count;
}

struct FreeIdn {
    void operator()(char* text) const noexcept { idn2_free(text); }
};
using IdnText = std::unique_ptr<char, FreeIdn>;

// IDNA 2008 with the mapping of UTS 46, non-transitional. Validates first, and afterwards compares
// lengths, because libidn2 drops characters that it does not allow.
std::optional<std::string> a_labels(std::string_view text) {
    const auto lasting = lasting_characters(text);
    if (!lasting) return std::nullopt;
    const std::string input(text);
    std::uint8_t* made = nullptr;
    // The casts only give the library its own spelling of bytes.
    if (idn2_lookup_u8(reinterpret_cast<const std::uint8_t*>(input.c_str()), &made,
                       IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK)
        return std::nullopt;
    const IdnText ascii(reinterpret_cast<char*>(made));
    char* back = nullptr;
    if (idn2_to_unicode_8z8z(ascii.get(), &back, 0) != IDN2_OK) return std::nullopt;
    const IdnText unicode(back);
    if (utf8_count(unicode.get()) < *lasting) return std::nullopt;
    return ascii_lower(ascii.get());
}

void add_lower(std::string_view text, std::string& out) {
    for (const char c : text) out += ascii_lower(c);
}

// Appends the domain as it is stored to `out`; false if mail cannot reach it.
bool add_canonical_domain(std::string_view text, std::string& out) {
    const std::size_t start = out.size();
    if (text.ends_with('.')) text.remove_suffix(1);  // the root, written out
    if (std::all_of(text.begin(), text.end(), is_ascii)) {
        add_lower(text, out);
    } else {
        auto converted = a_labels(ascii_lower(text));
        if (!converted) return false;
        if (converted->ends_with('.')) converted->pop_back();
        out += *converted;
    }
    return is_ascii_domain(std::string_view(out).substr(start));
}

// Writes the loose form of an address over `out`.
void write_loose(std::string_view local, std::string_view domain, std::string& out) {
    // A tag needs something before it: +news@example.com is an address of its own.
    const std::size_t plus = local.find('+');
    out.assign(plus == 0 ? local : local.substr(0, plus));
    for (const Provider& provider : kProviders) {
        if (provider.domain != domain) continue;
        if (provider.ignores_dots) std::erase(out, '.');
        domain = provider.same_as;
        break;
    }
    out += '@';
    out += domain;
}

// Writes "a.b.example.com" and all above it that have two labels over `out`.
void write_domains(std::string_view domain, std::vector<NormalForm>& out) {
    std::size_t count = 0;
    for (std::size_t dot; (dot = domain.find('.')) != domain.npos; ++count) {
        if (count == out.size()) out.push_back({Normaliser::kDomain1, {}});
        out[count].normaliser = Normaliser::kDomain1;
        out[count].bytes.assign(domain);
        domain.remove_prefix(dot + 1);
    }
    out.resize(count, {Normaliser::kDomain1, {}});
}

// For each byte, what stands for it in a local part or a domain: itself or its small letter; 0 for
// what needs a closer look.
using Plain = std::array<char, 256>;

constexpr Plain plain_of(const Characters& allowed) {
    Plain out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const char c = static_cast<char>(i);
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        const bool is_kept =
            is_ascii(c) && (lower == '.' || allowed[static_cast<unsigned char>(lower)]);
        out[i] = is_kept ? lower : '\0';
    }
    return out;
}
constexpr Plain kPlainLocal = plain_of(kLocalCharacters);
constexpr Plain kPlainLabel = plain_of(kLabelCharacters);

// Most addresses are plain and right: one pass writes their strict form. Gives the place of the @;
// nothing, and no verdict, for any other text.
std::optional<std::size_t> read_plain(std::string_view text, std::string& strict) {
    if (text.size() > kAddressMax) return std::nullopt;
    strict.resize(text.size());
    std::size_t i = 0;
    char before = '.';
    for (; i < text.size(); ++i) {
        const char c = kPlainLocal[static_cast<unsigned char>(text[i])];
        if (c == '\0') break;
        if (c == '.' && before == '.') return std::nullopt;
        strict[i] = before = c;
    }
    const std::size_t at = i;
    if (at == text.size() || text[at] != '@' || before == '.' || at > kLocalPartMax)
        return std::nullopt;
    strict[i++] = '@';
    std::size_t label = i;
    std::size_t labels = 0;
    bool is_number = true;
    before = '.';
    const auto ends_label = [&] { return i > label && i - label <= kLabelMax && before != '-'; };
    for (; i < text.size(); ++i) {
        const char c = kPlainLabel[static_cast<unsigned char>(text[i])];
        if (c == '.') {
            if (!ends_label()) return std::nullopt;
            ++labels;
            label = i + 1;
            is_number = true;
        } else if (c == '\0' || (c == '-' && before == '.')) {
            return std::nullopt;
        } else {
            is_number = is_number && is_digit(c);
        }
        strict[i] = before = c;
    }
    if (labels == 0 || !ends_label() || is_number) return std::nullopt;
    return at;
}

// Writes the strict form of any address; gives the place of the @.
Result<std::size_t> read_any(std::string_view text, std::string& strict) {
    const std::string_view address = bare_address(text);
    if (address.empty()) return refused("email.empty");
    const std::size_t at = address.find('@');
    if (at == address.npos) return refused("email.no_at");
    if (address.find('@', at + 1) != address.npos) return refused("email.two_at");
    if (const auto place = first_invalid_utf8(address))
        return refused(*place < at ? "email.bad_local_part" : "email.bad_domain");
    strict.clear();
    add_lower(address.substr(0, at), strict);
    if (!is_local_part(strict)) return refused("email.bad_local_part");
    strict += '@';
    if (!add_canonical_domain(address.substr(at + 1), strict) || strict.size() > kAddressMax)
        return refused("email.bad_domain");
    return at;
}

}  // namespace

Result<Done> read_email(std::string_view text, ContactPoint& point) {
    point.strict.normaliser = Normaliser::kEmailStrict1;
    std::string& strict = point.strict.bytes;
    std::optional<std::size_t> at = read_plain(text, strict);
    if (!at) at = LICET_TRY(read_any(text, strict));
    const std::string_view local = std::string_view(strict).substr(0, *at);
    const std::string_view domain = std::string_view(strict).substr(*at + 1);
    // Also where the bytes are those of the strict form: its token is another one, and an alias
    // that comes later must meet it.
    point.loose.resize(1, {Normaliser::kEmailLoose1, {}});
    point.loose.front().normaliser = Normaliser::kEmailLoose1;
    write_loose(local, domain, point.loose.front().bytes);
    write_domains(domain, point.wide);
    return Done{};
}

Result<ContactPoint> contact_point_of_email(std::string_view text) {
    ContactPoint point{{Normaliser::kEmailStrict1, {}}, {}, {}};
    LICET_TRY(read_email(text, point));
    return point;
}

Result<ContactPoint> contact_point_of_domain(std::string_view text) {
    const std::string_view bare = trimmed(text);
    if (!bare.starts_with('@')) return refused("email.no_at");
    ContactPoint point{{Normaliser::kDomain1, {}}, {}, {}};
    if (first_invalid_utf8(bare) || !add_canonical_domain(bare.substr(1), point.strict.bytes))
        return refused("email.bad_domain");
    const std::size_t dot = point.strict.bytes.find('.');
    write_domains(std::string_view(point.strict.bytes).substr(dot + 1), point.wide);
    return point;
}

std::string_view domain_of(std::string_view email) {
    const std::size_t at = email.find('@');
    return at == email.npos ? std::string_view{} : email.substr(at + 1);
}

std::string_view local_part_of(std::string_view email) {
    const std::size_t at = email.find('@');
    return at == email.npos ? std::string_view{} : email.substr(0, at);
}

}  // namespace licet::ledger
