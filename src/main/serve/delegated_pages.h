// SPDX-License-Identifier: Apache-2.0
//
// Questions of an audit that were handed to somebody, over HTTP (audit/delegation.h).
//
//     /d/TOKEN              of the first tenant      GET shows the question, POST answers it
//     /t/TENANT/d/TOKEN     of another one
//
// Whoever has the link answers that question and sees nothing of the rest. An answer is durable
// before it is thanked for.
#pragma once

#include <string>
#include <vector>

#include "audit/delegation.h"
#include "audit/question_page.h"
#include "main/serve/audit_rooms.h"
#include "web/guard.h"

namespace licet {

/// Threads: any.
class DelegatedPages {
  public:
    DelegatedPages(ServerOffice& office, AuditRooms& rooms, web::Limiter& limiter)
        : office_(office), rooms_(rooms), limiter_(limiter) {}

    [[nodiscard]] std::vector<http::Route> routes();
    /// Where the page of a token stands, behind the server's address.
    [[nodiscard]] static std::string path_of(std::string_view tenant, std::string_view token);

  private:
    [[nodiscard]] http::Answer page(const http::Request& request);
    [[nodiscard]] Result<http::Answer> taken(const std::string& tenant, AuditDesk& desk,
                                             const audit::Delegation& given,
                                             const audit::QuestionFields& fields,
                                             const Catalogue& say);
    [[nodiscard]] Result<http::Answer> shown(const http::Request& request,
                                             const std::string& tenant);

    ServerOffice& office_;
    AuditRooms& rooms_;
    web::Limiter& limiter_;
};

}  // namespace licet
