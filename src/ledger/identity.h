// SPDX-License-Identifier: Apache-2.0
//
// From what people type to the bytes that a token is made of. Frozen: see token.h.
//
//     email/strict/1  display name, mailto:, angle brackets and outer space dropped; split at the
//                     last @; local part ASCII lower case; domain an A-label (IDNA 2008, UTS 46
//                     non-transitional)
//     email/loose/1   the strict form without +tag; without dots where the provider ignores them
//     email/domain/1  the domain of the strict form, and each domain above it down to two labels
//     company/siren/1 the nine digits of a SIREN, also out of a SIRET
//     phone/e164/1    + and digits with country code; a number of French overseas typed with the
//                     code of the mainland is read as what it is, and both readings are kept for
//                     refusals
//
// Where a range is shared between the mainland and several territories, the number stays as typed
// and every reading is kept for refusals. Byte by byte: docs/ledger-format.md.
#pragma once

#include <string>
#include <string_view>

#include "ledger/token.h"

namespace licet::ledger {

/// Reads an email address. Errors: kInput for what cannot be one ("email.two_at", "email.no_at",
/// "email.bad_local_part", "email.bad_domain", "email.empty"); messages never hold the value.
[[nodiscard]] Result<ContactPoint> contact_point_of_email(std::string_view text);
/// The same into a point that is there, whose memory it uses again; after an error the point holds
/// nothing of use.
[[nodiscard]] Result<Done> read_email(std::string_view text, ContactPoint& point);

/// Reads "@example.com": all addresses there and in its sub-domains. Errors: kInput ("email.no_at",
/// "email.bad_domain").
[[nodiscard]] Result<ContactPoint> contact_point_of_domain(std::string_view text);

/// Reads a SIREN (9 digits) or SIRET (14), with blanks. Errors: kInput ("company.form").
[[nodiscard]] Result<ContactPoint> contact_point_of_company(std::string_view text);

/// Reads a telephone number. `country` (ISO 3166-1 alpha-2, lower case) gives the reading of
/// national numbers. Nine digits that begin with 1 to 9 are a national number whose zero a
/// spreadsheet lost.
/// Errors: kInput ("phone.too_short", "phone.too_long", "phone.letters", "phone.unknown_country",
/// "phone.empty"); messages never hold the value.
[[nodiscard]] Result<ContactPoint> contact_point_of_phone(std::string_view text,
                                                          std::string_view country);

/// Reads any of them: "@example.com", "camille@example.com", "siren:732829320", or a number.
/// Errors: those of each; kInput ("contact.form") for what has no digit and is none of the others.
[[nodiscard]] Result<ContactPoint> contact_point_of(std::string_view text,
                                                    std::string_view country);

/// What the numbering plan says of a normalised number. Lines are told apart for France, its
/// overseas, the EEA, Switzerland and the United Kingdom; elsewhere they are kOther.
enum class Line { kFixed, kMobile, kOther };
struct PhoneFacts {
    std::string country;  ///< ISO code, lower case; empty if the plan does not say
    Line line = Line::kOther;
    std::string region;  ///< department of French overseas numbers ("974"), else empty
};
[[nodiscard]] PhoneFacts facts_of_phone(std::string_view e164);

/// Domain of a normalised email address.
[[nodiscard]] std::string_view domain_of(std::string_view email);
/// Local part of a normalised email address.
[[nodiscard]] std::string_view local_part_of(std::string_view email);

}  // namespace licet::ledger
