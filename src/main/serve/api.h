// SPDX-License-Identifier: Apache-2.0
//
// The API by subject: each function gives the routes of one, behind the guard (docs/http-api.md).
//
//     audits, evidence           the audit         api_audit.cpp
//     authority-files            for the authority api_authority.cpp
//     check, explain, checks     the gate          api_check.cpp
//     practice                   the ledger, counted api_practice.cpp
//     labels                     the label         api_label.cpp
//     processors, breaches, complaints, requests   api_registers.cpp
//     packs, rules, registers    the law           api_law.cpp
//     events, consents, persons  the ledger        api_ledger.cpp
//     campaigns                  files             api_lists.cpp
//     lists                      screenings        api_lists.cpp
//     organisation, papers       documents         api_papers.cpp, api_organisation.cpp
//     banner, forms, messages    what is shown     api_shown.cpp
//
// References outlive the routes.
#pragma once

#include <vector>

#include "http/url.h"
#include "main/serve/audit_rooms.h"
#include "main/serve/jobs.h"
#include "main/serve/server_office.h"
#include "web/account.h"

namespace licet {

/// `base`: how people reach this server, for links: "https://licet.example".
[[nodiscard]] std::vector<web::ApiRoute> audit_routes(ServerOffice& office, AuditRooms& rooms,
                                                      const std::string& base);
[[nodiscard]] std::vector<web::ApiRoute> check_routes(ServerOffice& office);
[[nodiscard]] std::vector<web::ApiRoute> law_routes(ServerOffice& office);
[[nodiscard]] std::vector<web::ApiRoute> ledger_routes(ServerOffice& office);
[[nodiscard]] std::vector<web::ApiRoute> campaign_routes(ServerOffice& office);
[[nodiscard]] std::vector<web::ApiRoute> list_routes(ServerOffice& office, Jobs& jobs);
/// What a job of `lists` does.
[[nodiscard]] Jobs::Work list_screening(const ServerOffice& office);
[[nodiscard]] std::vector<web::ApiRoute> authority_routes(ServerOffice& office, Jobs& jobs);
/// What a job of `authority-files` does. `lists` has the certificates that go with it.
[[nodiscard]] Jobs::Work authority_building(const ServerOffice& office, const Jobs& lists);
[[nodiscard]] std::vector<web::ApiRoute> label_routes(ServerOffice& office, AuditRooms& rooms);
/// What anybody may see of a label; no guard stands before it.
[[nodiscard]] std::vector<http::Route> label_pages(ServerOffice& office);
[[nodiscard]] std::vector<web::ApiRoute> portfolio_routes(ServerOffice& office, AuditRooms& rooms);
/// What the ledger tells of a company's practice, as numbers.
[[nodiscard]] std::vector<web::ApiRoute> practice_routes(AuditRooms& rooms);
[[nodiscard]] std::vector<web::ApiRoute> key_routes(ServerOffice& office);
[[nodiscard]] std::vector<web::ApiRoute> hand_over_routes(Jobs& jobs);
/// What a job of `hand-overs` does: the tenant as one archive, without its keys.
[[nodiscard]] Jobs::Work handing_over(const ServerOffice& office);
[[nodiscard]] std::vector<web::ApiRoute> register_routes(ServerOffice& office);
[[nodiscard]] std::vector<web::ApiRoute> organisation_routes(ServerOffice& office);
[[nodiscard]] std::vector<web::ApiRoute> paper_routes(ServerOffice& office);
[[nodiscard]] std::vector<web::ApiRoute> shown_routes(ServerOffice& office);
/// `is_public_only`: sites within the network of this machine are not visited.
[[nodiscard]] std::vector<web::ApiRoute> site_routes(ServerOffice& office, bool is_public_only);
/// Lets go of what is kept of a tenant that is removed.
using ForgetTenant = std::function<void(const std::string& id)>;
[[nodiscard]] std::vector<web::ApiRoute> tenant_routes(ServerOffice& office,
                                                       const web::Administered& administered,
                                                       const ForgetTenant& forget);

/// Language that a query asks for by `in`; that of the request without it. Errors: kInput
/// ("papers_api.language").
[[nodiscard]] Result<Language> language_asked(const web::Call& call, const http::Form& query);

/// Path of a campaign's file; its name is checked. Errors: kInput ("access.name_form").
[[nodiscard]] Result<std::string> campaign_path(const ServerOffice& office, std::string_view tenant,
                                                std::string_view name);

}  // namespace licet
