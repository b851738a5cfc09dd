// SPDX-License-Identifier: Apache-2.0
//
// The address of a site that somebody typed, and whether a server may go there for them.
//
//     "exemple.fr" ──► address, by https ──► host, and where its name leads
//
// A server that visits what its users name must not be their way into the network that it stands
// in (OWASP: server-side request forgery). Names that lead to addresses of this machine or of a
// private network are refused, and the browser is told to use the address that was looked at. What
// the site itself brings along, and where it leads, is held to the same (probe/site_visit.h).
#pragma once

#include <string>

#include "base/result.h"

namespace licet {

struct SiteAddress {
    std::string url;
    std::string host;
    /// What the browser is told of the name, as --host-resolver-rules has it; "" = nothing.
    std::string resolver_rules;
};

/// Reads an address; without a scheme it is one of https. Errors: kInput ("site.url_form").
[[nodiscard]] Result<SiteAddress> site_address(const std::string& typed);

/// Looks the name up and pins it. Errors: kInput ("site.not_public", "site.no_such_name").
[[nodiscard]] Result<SiteAddress> public_site(SiteAddress address);

/// True if all addresses of a name, or the address, are public. A name that leads nowhere is not.
[[nodiscard]] bool is_public_host(const std::string& host);

/// True for an address that the whole Internet can reach (RFC 6890). Takes "192.0.2.1" or
/// "2001:db8::1".
[[nodiscard]] bool is_public_address(const std::string& address);

}  // namespace licet
