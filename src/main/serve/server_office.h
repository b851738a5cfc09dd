// SPDX-License-Identifier: Apache-2.0
//
// What a server works with, built once: law, tenants, people, clock and chance.
//
//     workspace/                 the first tenant, "default", and:
//       access.json              people and tokens, readable by its owner alone
//       tenants/NAME/            a workspace each: own ledger, own keys
//       campaigns/  lists/       of each tenant, in its workspace
//
// A tenant's ledger is opened when it is first asked for. The law is read at the start and again on
// a signal; requests that are under way keep the one that they began with. Threads: any.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <span>
#include <string>
#include <vector>

#include "gate/reference.h"
#include "main/commands.h"
#include "main/serve/tenant_desk.h"
#include "web/guard.h"

namespace licet {

/// A tenant as lists show it.
struct TenantEntry {
    std::string id;
    std::string name;
    std::string country;
    bool is_example = false;  ///< made up, and removed as easily as it was made
};

/// {"id", "name", "country"}, and "example" if it is one.
[[nodiscard]] json::object json_of(const TenantEntry& tenant);

class ServerOffice final : public web::Office {
  public:
    /// Reads law and access. Errors: those of the packs ("serve.no_law"), of access.json, of the
    /// workspace.
    [[nodiscard]] static Result<std::unique_ptr<ServerOffice>> open(const Terminal& terminal,
                                                                    const Common& common);

    // web::Office
    [[nodiscard]] std::shared_ptr<const web::Access> access() const override;
    [[nodiscard]] Result<Done> change_access(
        const std::function<Result<Done>(web::Access&)>& change) override;
    [[nodiscard]] bool has_tenant(std::string_view id) const override;
    [[nodiscard]] std::int64_t now_seconds() const override;
    [[nodiscard]] std::int64_t now_micros() const override;
    [[nodiscard]] Date today() const override;
    [[nodiscard]] Result<std::string> chance(std::size_t bytes) override;
    [[nodiscard]] const http::Voices& voices() const override { return voices_; }

    [[nodiscard]] std::shared_ptr<const law::Law> law() const;
    /// Reads the packs again; the old law stays if they have a fault. Errors: as open().
    [[nodiscard]] Result<Done> reload_law(const Terminal& terminal);
    /// Reads people and tokens again. Errors: kBroken ("access.file").
    [[nodiscard]] Result<Done> reload_access();
    [[nodiscard]] const gate::Reference& reference() const { return reference_; }

    [[nodiscard]] std::vector<TenantEntry> tenants() const;
    /// Tenants that were there once and are not among `listed`: their folder is gone, or cannot be
    /// read. Known since the server began.
    [[nodiscard]] std::vector<std::string> missing_tenants(
        std::span<const TenantEntry> listed) const;
    /// Gives the desk of a tenant. Errors: kMissing ("web.no_tenant"), those of TenantDesk::open().
    [[nodiscard]] Result<std::shared_ptr<TenantDesk>> desk(std::string_view id);
    /// Makes a workspace for a new tenant; `name` is its controller. Errors: kInput
    /// ("access.name_form", "serve.tenant_exists"), those of create_workspace().
    [[nodiscard]] Result<Done> make_tenant(const std::string& id, const std::string& country,
                                           const std::string& name);
    /// Makes a tenant that is made up, filled before anybody sees it; its id was never given
    /// before. Errors: kInput ("serve.too_many_examples"), those of create_workspace() and
    /// fill_example(); nothing is left then.
    [[nodiscard]] Result<TenantEntry> add_example(const Terminal& terminal);
    /// Removes an example with all that it has; who looks at it is told that there is no such
    /// tenant, and `forget` lets go of what else is kept of it. Errors: kMissing ("web.no_tenant"),
    /// kInput ("serve.not_an_example"), kBroken ("serve.not_removed").
    [[nodiscard]] Result<Done> remove_example(
        const std::string& id, const std::function<void(const std::string& id)>& forget);
    [[nodiscard]] std::string folder_of(std::string_view tenant) const;

    struct LentChecker {
        std::unique_ptr<web::Checker> checker;
        std::size_t lists = 0;  ///< from elsewhere: it has the keys of so many
    };
    /// Lends a checker of the tenant, made for this law and the lists that were taken in; hand it
    /// back with give_back().
    [[nodiscard]] Result<LentChecker> checker(TenantDesk& desk);
    void give_back(const TenantDesk& desk, LentChecker lent);

    /// The options of commands that a request runs, for a tenant.
    [[nodiscard]] Common common_of(std::string_view tenant) const;

  private:
    [[nodiscard]] bool has_tenant_on_disk(std::string_view id) const;
    [[nodiscard]] std::string all_tenants() const;
    [[nodiscard]] static Result<Done> add_controller(const std::string& folder,
                                                     const std::string& name);
    void remove_leftovers() const;
    ServerOffice(const Common& common, Catalogue french, Catalogue english);

    Common common_;
    Catalogue french_;
    Catalogue english_;
    http::Voices voices_;
    gate::Reference reference_;
    mutable std::mutex law_mutex_;
    std::shared_ptr<const law::Law> law_;
    mutable std::mutex access_mutex_;
    std::mutex access_change_mutex_;
    std::shared_ptr<const web::Access> access_;
    mutable std::mutex desks_mutex_;
    std::map<std::string, std::shared_ptr<TenantDesk>, std::less<>> desks_;
    mutable std::mutex known_mutex_;
    mutable std::set<std::string> known_;  ///< tenants that tenants() met
    std::set<std::string> removed_;        ///< examples; nobody misses them
    std::mutex checkers_mutex_;
    std::map<const TenantDesk*, std::vector<LentChecker>> checkers_;
};

}  // namespace licet
