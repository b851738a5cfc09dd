// SPDX-License-Identifier: Apache-2.0
//
// Verifiable credentials (W3C VC 2.0) signed with eddsa-jcs-2022.
//
//     proof value = Ed25519( SHA-256(JCS(proof without value)) || SHA-256(JCS(document)) )
//
// The signer is a did:key: the key itself is the name, so that a credential can be checked with
// nothing but the file. Who stands behind the key is another question; the ledger of the issuer
// and the page of the label answer it. No JSON-LD is processed: eddsa-jcs-2022 signs the JSON.
// Source: W3C Recommendations of 15 May 2025, "Data Integrity EdDSA Cryptosuites v1.0", 3.3.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace licet::audit {

/// "did:key:z6Mk..." of a private key. Errors: kInput ("key.not_ed25519_private").
[[nodiscard]] Result<std::string> did_of(std::string_view private_pem);

/// Adds the proof. `created`: as in utc_text(). Numbers in the document must be whole. Errors:
/// kInput ("key.not_ed25519_private").
[[nodiscard]] Result<json::object> signed_credential(json::object document,
                                                     std::string_view private_pem,
                                                     const std::string& created);

/// Checks the proof and gives the DID of the signer, which is also the issuer's. Errors: kInput
/// ("label.form" if it is no such credential, "label.forged" if the signature is not the one of
/// what stands there).
[[nodiscard]] Result<std::string> signer_of(const json::object& credential);

/// A status list (W3C Bitstring Status List v1.0): one bit a credential. Deterministic: stored, not
/// deflated, inside its gzip.
[[nodiscard]] std::string encoded_list(const std::vector<std::uint32_t>& set_bits);
/// True if the bit is set. Errors: kInput ("label.status_form") for a list that was packed by
/// another program in a way that is not read here.
[[nodiscard]] Result<bool> is_set(std::string_view encoded, std::uint32_t bit);

}  // namespace licet::audit
