// SPDX-License-Identifier: Apache-2.0
//
// The pages of prospects, over HTTP: what src/rights decides, durable before it is shown.
//
//     /l/TEXT...             of the first tenant        GET shows, POST acts
//     /t/TENANT/l/TEXT...    of another one
//     /rights, /t/TENANT/rights   for who has no link
//
// No login, no cookie, no script. GET is handed a store that cannot be written. A POST whose events
// cannot be made durable answers 503, and says to try again: nobody is told that they are heard
// when they are not.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "main/serve/server_office.h"
#include "rights/act.h"

namespace licet {

/// Threads: any.
class PublicPages {
  public:
    /// `base`: how people reach this server, for links in mails: "https://licet.example".
    PublicPages(ServerOffice& office, web::Limiter& limiter, std::string base)
        : office_(office), limiter_(limiter), base_(std::move(base)) {}

    [[nodiscard]] std::vector<http::Route> routes();
    /// Forgets settings and keys, so that they are read again.
    void reload();
    /// Lets go of a tenant that is no more.
    void forget(const std::string& id);

  private:
    struct Tenant {
        std::shared_ptr<TenantDesk> desk;
        rights::Settings settings;
        rights::LinkKeys keys;
    };
    [[nodiscard]] Result<std::shared_ptr<const Tenant>> tenant(const std::string& id);
    [[nodiscard]] http::Answer link(const http::Request& request, bool is_post);
    [[nodiscard]] http::Answer ask(const http::Request& request, bool is_post);
    [[nodiscard]] rights::Shown shown_of_link(const http::Request& request, const Tenant& tenant,
                                              const rights::Context& context, bool is_post);
    [[nodiscard]] Result<rights::Shown> acted(const Tenant& tenant, const rights::Context& context,
                                              rights::Outcome outcome);
    [[nodiscard]] rights::Context context_of(const http::Request& request,
                                             const Tenant& tenant) const;
    [[nodiscard]] Result<Done> post_mail(const Tenant& tenant, const rights::Context& context,
                                         const rights::IdentityMail& mail) const;

    ServerOffice& office_;
    web::Limiter& limiter_;
    std::string base_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const Tenant>, std::less<>> tenants_;
};

}  // namespace licet
