// SPDX-License-Identifier: Apache-2.0
//
// What the banners of sites tell: a choice about trackers, durable before it is answered.
//
//     POST /public/banner              of the first tenant        (docs/banner.md says the body)
//     POST /t/TENANT/public/banner     of another one
//     OPTIONS of both                  browsers ask whether a site of the register may post here
//
// A choice names nobody: it is an event of kind site_choice under a token made of its own id. Only
// what is literally true is a yes; a choice that came already is answered alike, and one of the
// same id that says something else is refused, so that a no never becomes a yes.
#pragma once

#include <string>
#include <vector>

#include "main/serve/server_office.h"

namespace licet {

/// Threads: any.
class PublicChoices {
  public:
    PublicChoices(ServerOffice& office, web::Limiter& limiter)
        : office_(office), limiter_(limiter) {}

    [[nodiscard]] std::vector<http::Route> routes();

  private:
    [[nodiscard]] http::Answer allow(const http::Request& request) const;
    [[nodiscard]] http::Answer receive(const http::Request& request);
    [[nodiscard]] Result<http::Answer> recorded(const http::Request& request,
                                                const std::string& tenant,
                                                const std::vector<std::string>& sites);

    ServerOffice& office_;
    web::Limiter& limiter_;
};

}  // namespace licet
