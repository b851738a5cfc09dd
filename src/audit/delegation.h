// SPDX-License-Identifier: Apache-2.0
//
// One question of an audit, handed to somebody who may answer it and nothing else, until a day.
//
//     audit, question, role, last day ──signed──► "eyJ….Qx3…" ──opened──► the same
//
// The token carries all that is needed and no row of any table; it is signed by the key of the
// ledger, so nobody widens it. It names a role, never a person. Whoever holds it may answer, so it
// is sent like a password. Form: base64url(JSON of RFC 8785), '.', base64url(Ed25519 of
// "licet-delegation-1", a line feed and that JSON).
#pragma once

#include <string>
#include <string_view>

#include "base/date.h"
#include "base/result.h"
#include "base/signature.h"

namespace licet::audit {

struct Delegation {
    std::string origin;    ///< of the ledger's log
    std::string audit;     ///< name
    std::string question;  ///< id
    std::string form;      ///< of the question as it was handed over
    std::string role;      ///< who answers: a small name
    Date until;            ///< last day
    friend bool operator==(const Delegation&, const Delegation&) = default;
};

/// Longest token that is looked at.
inline constexpr std::size_t kMostDelegationBytes = 1024;

/// The same delegation gives the same token. Errors: kInput ("key.not_ed25519_private").
[[nodiscard]] Result<std::string> delegation_token(const Delegation& delegation,
                                                   std::string_view private_pem);

/// Opens a token of this ledger. Whether it has ended is the caller's question. Errors: kInput
/// ("delegation.invalid") for whatever is not, byte for byte, what delegation_token() gave.
[[nodiscard]] Result<Delegation> opened_delegation(std::string_view token, std::string_view origin,
                                                   const RawPublicKey& key);

}  // namespace licet::audit
