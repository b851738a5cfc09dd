// SPDX-License-Identifier: Apache-2.0
//
// What commands about the rights of persons have in common: the workspace, its rights.toml, the
// law, the ledger, the keys of links and the moment.
//
//     workspace ──► RightsDesk ──► rights::Context, Known of a person
#pragma once

#include <memory>
#include <string>

#include "main/commands.h"
#include "main/workspace.h"
#include "rights/act.h"

namespace licet {

/// Reads rights.toml; without it, what config.toml says and one topic. Errors: those of the file.
[[nodiscard]] Result<rights::Settings> rights_settings_of(const Workspace& workspace);

class RightsDesk {
  public:
    /// `today`: for tests; empty = the clock. Errors: those of workspace, law, settings and ledger.
    /// Faults of packs are told before it returns.
    [[nodiscard]] static Result<RightsDesk> open(const Terminal& terminal, const Common& common,
                                                 const std::string& today, bool is_read_only);

    [[nodiscard]] rights::Context context(const Catalogue& say) const;
    [[nodiscard]] const rights::Settings& settings() const { return settings_; }
    [[nodiscard]] const law::Law& law() const { return *law_; }
    [[nodiscard]] const Workspace& workspace() const { return workspace_; }
    [[nodiscard]] const rights::LinkKeys& keys() const { return keys_; }
    [[nodiscard]] Date today() const { return today_; }
    [[nodiscard]] ledger::Store& store() { return *store_; }
    /// Errors: those of the store.
    [[nodiscard]] Result<rights::Known> known(const ledger::ContactTokens& person);

  private:
    RightsDesk(Workspace workspace, rights::Settings settings, std::shared_ptr<const law::Law> law)
        : workspace_(std::move(workspace)), settings_(std::move(settings)), law_(std::move(law)) {}

    Workspace workspace_;
    rights::Settings settings_;
    std::shared_ptr<const law::Law> law_;
    std::unique_ptr<ledger::Store> store_;
    rights::LinkKeys keys_;  ///< none if no link was ever made
    Date today_;
};

}  // namespace licet
