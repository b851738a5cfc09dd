// SPDX-License-Identifier: Apache-2.0
#include "ledger/checkpoint.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>

#include "base/base64.h"
#include "base/bytes.h"
#include "base/text.h"

namespace licet::ledger {
namespace {

constexpr std::string_view kProofHeader = "c2sp.org/tlog-proof@v1\n";
constexpr std::string_view kDash = "\u2014 ";
constexpr std::uint8_t kEd25519 = 0x01;
constexpr std::uint8_t kCosignature = 0x04;
constexpr std::size_t kTimeBytes = 8;
constexpr std::size_t kKeyIdBytes = 4;

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

// Takes the text up to the next line feed off the front; nothing if there is none.
std::optional<std::string_view> take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == text.npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::optional<std::uint64_t> decimal(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool has_zeros = text.size() > 1 && text.front() == '0';
    if (text.empty() || fault != std::errc{} || end != text.data() + text.size() || has_zeros)
        return std::nullopt;
    return value;
}

std::optional<Digest> digest_of(std::string_view base64) {
    const auto bytes = bytes_of_base64(base64);
    Digest out{};
    if (!bytes || bytes->size() != out.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

std::string body_of(const Checkpoint& checkpoint) {
    return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
           base64_of(checkpoint.root) + "\n";
}

Error bad_note() { return error(ErrorCode::kInput, "log.note_form"); }

std::optional<Checkpoint> body_in(std::string_view body) {
    const auto origin = take_line(body);
    const auto size_text = take_line(body);
    const auto root_text = take_line(body);
    if (!origin || origin->empty() || !size_text || !root_text) return std::nullopt;
    const auto size = decimal(*size_text);
    const auto root = digest_of(*root_text);
    if (!size || !root) return std::nullopt;
    return Checkpoint{std::string(*origin), *size, *root, 0};
}

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

}  // namespace

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

Result<std::string> signed_note(const Checkpoint& checkpoint, std::string_view private_pem) {
    const LogIdentity identity{checkpoint.origin, LICET_TRY(public_key_of(private_pem))};
    const std::string body = body_of(checkpoint);
    const std::string plain = LICET_TRY(sign(body, private_pem));
    const std::string timed = LICET_TRY(sign(timed_text(checkpoint.signed_at, body), private_pem));
    std::vector<std::uint8_t> time;
    append_big_endian(time, static_cast<std::uint64_t>(checkpoint.signed_at), kTimeBytes);
    return body + "\n" + signature_line(identity, kEd25519, {}, plain) +
           signature_line(identity, kCosignature, time, timed);
}

Result<Checkpoint> checkpoint_of(std::string_view note, const LogIdentity& identity) {
    const std::size_t gap = note.rfind("\n\n");
    if (gap == note.npos) return bad_note();
    const std::string_view body = note.substr(0, gap + 1);
    auto checkpoint = body_in(body);
    if (!checkpoint) return bad_note();
    if (checkpoint->origin != identity.origin)
        return error(ErrorCode::kInput, "log.other_origin",
                     {{"found", checkpoint->origin}, {"expected", identity.origin}});
    bool is_signed = false;
    bool is_timed = false;
    std::string_view lines = note.substr(gap + 2);
    while (!lines.empty()) {
        const auto line = take_line(lines);
        const auto signature = line ? signature_in(*line) : std::optional<NoteSignature>{};
        if (!signature) return bad_note();
        if (signature->name != identity.origin) continue;
        std::span<const std::uint8_t> bytes = signature->bytes;
        std::string text(body);
        if (signature->id == key_id_of(identity, kCosignature)) {
            if (bytes.size() <= kTimeBytes) return bad_note();
            checkpoint->signed_at = time_in(bytes);
            text = timed_text(checkpoint->signed_at, body);
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
    return *checkpoint;
}

std::optional<Checkpoint> unverified_checkpoint_of(std::string_view note) {
    const std::size_t gap = note.rfind("\n\n");
    if (gap == note.npos) return std::nullopt;
    auto checkpoint = body_in(note.substr(0, gap + 1));
    std::string_view lines = note.substr(gap + 2);
    while (checkpoint && !lines.empty()) {
        const auto line = take_line(lines);
        const auto signature = line ? signature_in(*line) : std::optional<NoteSignature>{};
        if (!signature) return std::nullopt;
        // A signature with a time is longer by that time.
        if (signature->name == checkpoint->origin && signature->bytes.size() == kTimeBytes + 64)
            checkpoint->signed_at = time_in(signature->bytes);
    }
    return checkpoint;
}

std::string text_of(const LogProof& proof) {
    std::string out(kProofHeader);
    out += "index " + std::to_string(proof.index) + "\n";
    for (const Digest& hash : proof.hashes) out += base64_of(hash) + "\n";
    return out + "\n" + proof.note;
}

Result<LogProof> log_proof_of(std::string_view text) {
    const auto bad = [] { return error(ErrorCode::kInput, "log.proof_form"); };
    if (!text.starts_with(kProofHeader)) return bad();
    text.remove_prefix(kProofHeader.size());
    auto line = take_line(text);
    if (line && line->starts_with("extra ")) line = take_line(text);
    if (!line || !line->starts_with("index ")) return bad();
    const auto index = decimal(line->substr(std::string_view("index ").size()));
    if (!index) return bad();
    LogProof proof;
    proof.index = *index;
    while (true) {
        line = take_line(text);
        if (!line) return bad();
        if (line->empty()) break;
        const auto hash = digest_of(*line);
        if (!hash || proof.hashes.size() == 64) return bad();
        proof.hashes.push_back(*hash);
    }
    proof.note = text;
    return proof;
}

}  // namespace licet::ledger
