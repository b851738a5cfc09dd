// SPDX-License-Identifier: Apache-2.0
//
// What all has in common that a server shows to somebody without a login.
//
//     /page              of the first tenant
//     /t/TENANT/page     of another one
#pragma once

#include <string>

#include "http/message.h"

namespace licet {

/// The tenant that the path names; the first one without a name.
[[nodiscard]] std::string tenant_named(const http::Request& request);
/// What stands before the paths of a tenant: "" or "/t/TENANT".
[[nodiscard]] std::string path_prefix(std::string_view tenant);
/// A page for people: it runs no script, is kept nowhere and found by no search engine.
[[nodiscard]] http::Answer public_page(http::Answer page);

}  // namespace licet
