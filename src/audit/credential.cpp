// SPDX-License-Identifier: Apache-2.0
#include "audit/credential.h"

#include <array>

#include "audit/internal/multibase.h"
#include "base/digest.h"
#include "base/text.h"

namespace licet::audit {
namespace {

constexpr std::string_view kDidKey = "did:key:";
constexpr std::string_view kSuite = "eddsa-jcs-2022";
constexpr std::size_t kListBytes = 16 * 1024;  // the least that the recommendation allows

// Both digests as one text of 64 bytes: what is signed.
std::string signed_bytes(const json::object& document, const json::object& proof) {
    std::string out;
    for (const json::object* one : {&proof, &document}) {
        const Digest digest = sha256(canonical(*one));
        out.append(reinterpret_cast<const char*>(digest.data()), digest.size());
    }
    return out;
}

std::string text_of(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

// Fractions have no one writing here, and would end the program in canonical().
bool has_only_whole_numbers(const json::value& value) {
    if (value.is_double()) return false;
    if (value.is_array()) {
        for (const json::value& one : value.as_array())
            if (!has_only_whole_numbers(one)) return false;
    }
    if (value.is_object()) {
        for (const auto& [name, one] : value.as_object())
            if (!has_only_whole_numbers(one)) return false;
    }
    constexpr std::int64_t kMost = std::int64_t{1} << 53;
    if (value.is_int64()) return value.as_int64() <= kMost && value.as_int64() >= -kMost;
    return !value.is_uint64() || value.as_uint64() <= static_cast<std::uint64_t>(kMost);
}

std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t crc = 0xffffffffU;
    for (const char c : bytes) {
        crc ^= static_cast<std::uint8_t>(c);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
    }
    return ~crc;
}

void put_little(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>((value >> (8U * static_cast<unsigned>(i))) & 0xffU);
}

// RFC 1952 around one stored block of RFC 1951.
constexpr std::string_view kGzipHead{"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x01", 11};

}  // namespace

Result<std::string> did_of(std::string_view private_pem) {
    const RawPublicKey key = LICET_TRY(public_key_of(private_pem));
    return std::string(kDidKey) + multikey_of(key);
}

Result<json::object> signed_credential(json::object document, std::string_view private_pem,
                                       const std::string& created) {
    const RawPublicKey key = LICET_TRY(public_key_of(private_pem));
    const std::string multikey = multikey_of(key);
    json::object proof{{"type", "DataIntegrityProof"},
                       {"cryptosuite", kSuite},
                       {"created", created},
                       {"verificationMethod", std::string(kDidKey) + multikey + "#" + multikey},
                       {"proofPurpose", "assertionMethod"},
                       {"@context", document.at("@context")}};
    const std::string hex = LICET_TRY(sign(signed_bytes(document, proof), private_pem));
    const auto signature = bytes_of_hex(hex);
    LICET_ENSURE(signature.has_value());
    proof["proofValue"] = "z" + base58_of(*signature);
    document["proof"] = std::move(proof);
    return document;
}

Result<std::string> signer_of(const json::object& credential) {
    const Error no_form = error(ErrorCode::kInput, "label.form");
    const json::value* found = credential.if_contains("proof");
    if (found == nullptr || !found->is_object() || !has_only_whole_numbers(credential))
        return no_form;
    json::object proof = found->as_object();
    json::object document = credential;
    document.erase("proof");
    const std::string value = text_of(proof, "proofValue");
    proof.erase("proofValue");
    const std::string method = text_of(proof, "verificationMethod");
    const std::size_t hash = method.find('#');
    if (text_of(proof, "type") != "DataIntegrityProof" || text_of(proof, "cryptosuite") != kSuite ||
        text_of(proof, "proofPurpose") != "assertionMethod" || !method.starts_with(kDidKey) ||
        hash == method.npos ||
        method.substr(kDidKey.size(), hash - kDidKey.size()) != method.substr(hash + 1))
        return no_form;
    const auto key = key_of_multikey(std::string_view(method).substr(hash + 1));
    const auto signature =
        value.starts_with('z') ? bytes_of_base58(std::string_view(value).substr(1)) : std::nullopt;
    if (!key || !signature) return no_form;
    if (!is_signed_by(signed_bytes(document, proof), *signature, *key))
        return error(ErrorCode::kInput, "label.forged");
    const std::string did = method.substr(0, hash);
    const json::value* issuer = document.if_contains("issuer");
    const std::string named = issuer == nullptr     ? std::string()
                              : issuer->is_object() ? text_of(issuer->as_object(), "id")
                              : issuer->is_string() ? std::string(issuer->as_string())
                                                    : std::string();
    // Signed by somebody, but not by whom it names.
    if (named != did) return error(ErrorCode::kInput, "label.forged");
    return did;
}

std::string encoded_list(const std::vector<std::uint32_t>& set_bits) {
    std::string bits(kListBytes, '\0');
    for (const std::uint32_t bit : set_bits) {
        LICET_ENSURE(bit / 8 < bits.size());
        // The first bit is the leftmost of the first byte.
        bits[bit / 8] =
            static_cast<char>(static_cast<std::uint8_t>(bits[bit / 8]) | (0x80U >> (bit % 8)));
    }
    std::string out(kGzipHead);
    put_little(out, kListBytes, 2);
    put_little(out, ~static_cast<std::uint32_t>(kListBytes), 2);
    out += bits;
    put_little(out, crc32(bits), 4);
    put_little(out, kListBytes, 4);
    return "u" + base64url_of(out);
}

Result<bool> is_set(std::string_view encoded, std::uint32_t bit) {
    const Error no_form = error(ErrorCode::kInput, "label.status_form");
    if (!encoded.starts_with('u')) return no_form;
    const auto bytes = bytes_of_base64url(encoded.substr(1));
    constexpr std::size_t kBlockHead = 4;
    constexpr std::size_t kTail = 8;
    const std::size_t start = kGzipHead.size() + kBlockHead;
    if (!bytes || bytes->size() != start + kListBytes + kTail || !bytes->starts_with(kGzipHead))
        return no_form;
    const std::string_view bits = std::string_view(*bytes).substr(start, kListBytes);
    std::string tail;
    put_little(tail, crc32(bits), 4);
    if (bytes->substr(start + kListBytes, 4) != tail || bit / 8 >= bits.size()) return no_form;
    return (static_cast<std::uint8_t>(bits[bit / 8]) & (0x80U >> (bit % 8))) != 0;
}

}  // namespace licet::audit
