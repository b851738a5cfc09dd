// SPDX-License-Identifier: Apache-2.0
#include "ledger/signed_note.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "base/base64.h"
#include "base/bytes.h"
#include "base/digest.h"
#include "base/text.h"

namespace licet::ledger {
namespace {

constexpr std::string_view kDash = "\u2014 ";
constexpr std::uint8_t kEd25519 = 0x01;
constexpr std::uint8_t kCosignature = 0x04;
constexpr std::size_t kTimeBytes = 8;
constexpr std::size_t kKeyIdBytes = 4;
constexpr std::size_t kSignatureBytes = 64;

using KeyId = std::array<std::uint8_t, kKeyIdBytes>;

KeyId key_id_of(const LogIdentity& identity, std::uint8_t type) {
    const Digest whole =
        Hasher().add(identity.origin).add(std::uint8_t{'\n'}).add(type).add(identity.key).digest();
    KeyId id;
    std::copy_n(whole.begin(), id.size(), id.begin());
    return id;
}

std::vector<std::uint8_t> typed_key(const LogIdentity& identity) {
    std::vector<std::uint8_t> out{kEd25519};
    out.insert(out.end(), identity.key.begin(), identity.key.end());
    return out;
}

Error bad_note() { return error(ErrorCode::kInput, "log.note_form"); }

// C2SP tlog-cosignature, version 1.
std::string timed_text(std::int64_t time, std::string_view body) {
    return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(body);
}

std::string signature_line(const LogIdentity& identity, std::uint8_t type,
                           std::span<const std::uint8_t> before, std::string_view hex) {
    const KeyId id = key_id_of(identity, type);
    std::vector<std::uint8_t> bytes(id.begin(), id.end());
    bytes.insert(bytes.end(), before.begin(), before.end());
    const auto signature = bytes_of_hex(hex);
    bytes.insert(bytes.end(), signature->begin(), signature->end());
    return std::string(kDash) + identity.origin + " " + base64_of(bytes) + "\n";
}

std::int64_t time_in(std::span<const std::uint8_t> bytes) {
    return static_cast<std::int64_t>(big_endian(bytes.first(kTimeBytes)));
}

struct NoteSignature {
    std::string_view name;
    KeyId id{};
    std::vector<std::uint8_t> bytes;
};

std::optional<NoteSignature> signature_in(std::string_view line) {
    const std::size_t blank = line.rfind(' ');
    if (!line.starts_with(kDash) || blank <= kDash.size()) return std::nullopt;
    const auto bytes = bytes_of_base64(line.substr(blank + 1));
    if (!bytes || bytes->size() <= kKeyIdBytes) return std::nullopt;
    NoteSignature out;
    out.name = line.substr(kDash.size(), blank - kDash.size());
    std::copy_n(bytes->begin(), kKeyIdBytes, out.id.begin());
    out.bytes.assign(bytes->begin() + kKeyIdBytes, bytes->end());
    return out;
}

// Body and signature lines of a note; nothing if it has no empty line between them.
struct Parts {
    std::string_view body;
    std::string_view lines;
};
std::optional<Parts> parts_of(std::string_view note) {
    const std::size_t gap = note.rfind("\n\n");
    if (gap == note.npos) return std::nullopt;
    return Parts{note.substr(0, gap + 1), note.substr(gap + 2)};
}

}  // namespace

std::optional<std::string_view> take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == text.npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::string text_of(const LogIdentity& identity) {
    return identity.origin + "+" + hex_of(key_id_of(identity, kEd25519)) + "+" +
           base64_of(typed_key(identity));
}

Result<LogIdentity> log_identity_of(std::string_view vkey) {
    const auto bad = [] { return error(ErrorCode::kInput, "log.vkey_form"); };
    const std::string_view text = trimmed(vkey);
    const std::size_t first = text.find('+');
    const std::size_t second = first == text.npos ? first : text.find('+', first + 1);
    if (second == text.npos || first == 0) return bad();
    const auto bytes = bytes_of_base64(text.substr(second + 1));
    LogIdentity out;
    if (!bytes || bytes->size() != 1 + out.key.size() || bytes->front() != kEd25519) return bad();
    out.origin = text.substr(0, first);
    std::copy(bytes->begin() + 1, bytes->end(), out.key.begin());
    if (text_of(out) != text) return bad();
    return out;
}

Result<std::string> note_of(const SignedText& text, const std::string& origin,
                            std::string_view private_pem) {
    const LogIdentity identity{origin, LICET_TRY(public_key_of(private_pem))};
    const std::string plain = LICET_TRY(sign(text.body, private_pem));
    const std::string timed = LICET_TRY(sign(timed_text(text.signed_at, text.body), private_pem));
    std::vector<std::uint8_t> time;
    append_big_endian(time, static_cast<std::uint64_t>(text.signed_at), kTimeBytes);
    return text.body + "\n" + signature_line(identity, kEd25519, {}, plain) +
           signature_line(identity, kCosignature, time, timed);
}

Result<SignedText> signed_text_of(std::string_view note, const LogIdentity& identity) {
    const auto parts = parts_of(note);
    if (!parts) return bad_note();
    SignedText out{std::string(parts->body), 0};
    bool is_signed = false;
    bool is_timed = false;
    std::string_view lines = parts->lines;
    while (!lines.empty()) {
        const auto line = take_line(lines);
        const auto signature = line ? signature_in(*line) : std::optional<NoteSignature>{};
        if (!signature) return bad_note();
        if (signature->name != identity.origin) continue;
        std::span<const std::uint8_t> bytes = signature->bytes;
        std::string text = out.body;
        if (signature->id == key_id_of(identity, kCosignature)) {
            if (bytes.size() <= kTimeBytes) return bad_note();
            out.signed_at = time_in(bytes);
            text = timed_text(out.signed_at, out.body);
            bytes = bytes.subspan(kTimeBytes);
            is_timed = true;
        } else if (signature->id == key_id_of(identity, kEd25519)) {
            is_signed = true;
        } else {
            continue;
        }
        // A signature of the known key that does not fit spoils the whole note.
        if (!is_signed_by(text, bytes, identity.key))
            return error(ErrorCode::kInput, "log.not_signed");
    }
    if (!is_signed || !is_timed) return error(ErrorCode::kInput, "log.not_signed");
    return out;
}

std::optional<SignedText> unverified_text_of(std::string_view note, std::string_view name) {
    const auto parts = parts_of(note);
    if (!parts) return std::nullopt;
    SignedText out{std::string(parts->body), 0};
    std::string_view lines = parts->lines;
    while (!lines.empty()) {
        const auto line = take_line(lines);
        const auto signature = line ? signature_in(*line) : std::optional<NoteSignature>{};
        if (!signature) return std::nullopt;
        // A signature with a time is longer by that time.
        if (signature->name == name && signature->bytes.size() == kTimeBytes + kSignatureBytes)
            out.signed_at = time_in(signature->bytes);
    }
    return out;
}

}  // namespace licet::ledger
