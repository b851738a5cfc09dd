// SPDX-License-Identifier: Apache-2.0
#include "main/rights_desk.h"

#include <filesystem>

#include "main/files.h"
#include "main/link_keys.h"
#include "main/zones.h"

namespace licet {

Result<rights::Settings> rights_settings_of(const Workspace& workspace) {
    rights::Settings base =
        rights::settings_of(workspace.controller, workspace.controller_contact, workspace.country,
                            catalogue_of(Language::kFrench), catalogue_of(Language::kEnglish));
    base.suspect_seconds = static_cast<int>(workspace.suspect_seconds);
    const std::string path = path_in(workspace, "rights.toml");
    std::error_code fault;
    if (!std::filesystem::exists(path, fault)) return base;
    const std::string text = LICET_TRY(read_file(path));
    return rights::settings_of_toml(text, path, std::move(base));
}

Result<RightsDesk> RightsDesk::open(const Terminal& terminal, const Common& common,
                                    const std::string& today, bool is_read_only) {
    auto workspace = LICET_TRY(open_workspace(common.workspace));
    auto settings = LICET_TRY(rights_settings_of(workspace));
    auto law = load_law(terminal, common);
    if (!law) return error(ErrorCode::kInput, "requests.no_law");
    RightsDesk desk(std::move(workspace), std::move(settings), std::move(law));
    desk.today_ = LICET_TRY(day_or_today(today));
    desk.store_ = LICET_TRY(open_ledger(desk.workspace_, is_read_only));
    auto keys = link_keys_of(desk.workspace_, KeyWish::kMustBeThere);
    if (keys)
        desk.keys_ = *std::move(keys);
    else if (keys.error().code != ErrorCode::kMissing)
        return keys.error();
    return desk;
}

rights::Context RightsDesk::context(const Catalogue& say) const {
    rights::Context out;
    out.say = &say;
    out.settings = &settings_;
    out.law = law_.get();
    out.day = today_;
    out.received_at = now_seconds();
    return out;
}

Result<rights::Known> RightsDesk::known(const ledger::ContactTokens& person) {
    std::vector<ledger::Token> tokens{person.strict};
    tokens.insert(tokens.end(), person.loose.begin(), person.loose.end());
    std::vector<ledger::Event> events;
    const auto stored = LICET_TRY(store_->events_of(tokens));
    for (const ledger::StoredEvent& one : stored) events.push_back(one.event);
    auto suppressions = LICET_TRY(store_->suppressions_of(tokens));
    return rights::known_of(std::move(events), std::move(suppressions), person.strict, today_);
}

}  // namespace licet
