// SPDX-License-Identifier: Apache-2.0
#include "main/serve/public_frame.h"

#include "web/guard.h"

namespace licet {
namespace {

constexpr const char* kPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";

}  // namespace

std::string tenant_named(const http::Request& request) {
    const std::string_view named = request.value("tenant");
    return std::string(named.empty() ? web::kFirstTenant : named);
}

std::string path_prefix(std::string_view tenant) {
    return tenant == web::kFirstTenant ? std::string() : "/t/" + std::string(tenant);
}

http::Answer public_page(http::Answer page) {
    page.with("Content-Security-Policy", kPolicy);
    page.with("Cache-Control", "no-store");
    page.with("X-Robots-Tag", "noindex, nofollow");
    return page;
}

}  // namespace licet
