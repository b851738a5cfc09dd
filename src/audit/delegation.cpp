// SPDX-License-Identifier: Apache-2.0
#include "audit/delegation.h"

#include "base/base64.h"
#include "base/json.h"
#include "base/text.h"

namespace licet::audit {
namespace {

// So that a signature of this never is one of anything else that the key signs.
std::string delegation_text(std::string_view json) {
    return "licet-delegation-1\n" + std::string(json);
}

std::string delegation_json(const Delegation& one) {
    return canonical(json::object{{"origin", one.origin},
                                  {"audit", one.audit},
                                  {"question", one.question},
                                  {"form", one.form},
                                  {"role", one.role},
                                  {"until", text_of(one.until)}});
}

std::string_view chars_of(const std::vector<std::uint8_t>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

Result<std::string> delegation_token(const Delegation& delegation, std::string_view private_pem) {
    const std::string json = delegation_json(delegation);
    const std::string signature = LICET_TRY(sign(delegation_text(json), private_pem));
    const auto raw = bytes_of_hex(signature).value_or(std::vector<std::uint8_t>{});
    const auto* begin = reinterpret_cast<const std::uint8_t*>(json.data());
    return base64url_of(std::span(begin, json.size())) + "." + base64url_of(raw);
}

Result<Delegation> opened_delegation(std::string_view token, std::string_view origin,
                                     const RawPublicKey& key) {
    const Error invalid = error(ErrorCode::kInput, "delegation.invalid");
    const auto parts = split(token, '.');
    if (token.size() > kMostDelegationBytes || parts.size() != 2) return invalid;
    const auto json = bytes_of_base64url(parts[0]);
    const auto signature = bytes_of_base64url(parts[1]);
    if (!json || !signature) return invalid;
    if (!is_signed_by(delegation_text(chars_of(*json)), *signature, key)) return invalid;
    const auto value = parse_json(chars_of(*json));
    const json::object* object = value ? value->if_object() : nullptr;
    if (object == nullptr) return invalid;
    const auto text = [&](std::string_view name) {
        const json::value* found = object->if_contains(name);
        const json::string* said = found == nullptr ? nullptr : found->if_string();
        return said == nullptr ? std::string() : std::string(*said);
    };
    const auto until = parse_date(text("until"));
    if (!until) return invalid;
    const Delegation out{text("origin"), text("audit"), text("question"),
                         text("form"),   text("role"),  *until};
    if (out.origin != origin || delegation_json(out) != chars_of(*json)) return invalid;
    return out;
}

}  // namespace licet::audit
