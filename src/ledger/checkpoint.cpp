// SPDX-License-Identifier: Apache-2.0
#include "ledger/checkpoint.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/base64.h"

namespace licet::ledger {
namespace {

constexpr std::string_view kProofHeader = "c2sp.org/tlog-proof@v1\n";

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

}  // namespace

Result<std::string> signed_note(const Checkpoint& checkpoint, std::string_view private_pem) {
    return note_of({body_of(checkpoint), checkpoint.signed_at}, checkpoint.origin, private_pem);
}

Result<Checkpoint> checkpoint_of(std::string_view note, const LogIdentity& identity) {
    const auto unverified = unverified_checkpoint_of(note);
    if (!unverified) return bad_note();
    if (unverified->origin != identity.origin)
        return error(ErrorCode::kInput, "log.other_origin",
                     {{"found", unverified->origin}, {"expected", identity.origin}});
    Checkpoint out = *unverified;
    out.signed_at = LICET_TRY(signed_text_of(note, identity)).signed_at;
    return out;
}

std::optional<Checkpoint> unverified_checkpoint_of(std::string_view note) {
    const auto text = unverified_text_of(note, note.substr(0, note.find('\n')));
    auto checkpoint = text ? body_in(text->body) : std::optional<Checkpoint>{};
    if (checkpoint) checkpoint->signed_at = text->signed_at;
    return checkpoint;
}

std::string text_of(const LogProof& proof) {
    std::string out(kProofHeader);
    out += "index " + std::to_string(proof.index) + "\n";
    for (const Digest& hash : proof.hashes) out += base64_of(hash) + "\n";
    return out + "\n" + proof.note;
}

std::string text_of(const LogExtension& extension) {
    std::string out = "old " + std::to_string(extension.old_size) + "\n";
    for (const Digest& hash : extension.hashes) out += base64_of(hash) + "\n";
    return out + "\n" + extension.note;
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
