// SPDX-License-Identifier: Apache-2.0
#include "main/partners.h"

#include <algorithm>
#include <filesystem>

#include "ledger/exchange.h"
#include "main/zones.h"

namespace licet {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kCheckDigits = 8;

std::string folder_of_partners(const Workspace& workspace) {
    return path_in(workspace, "partners");
}

Result<std::string> file_name_of(const std::string& from, const ledger::TokenKey& key) {
    return from + "-" + LICET_TRY(check_value_of(key)).substr(0, kCheckDigits);
}

Result<std::vector<Partner>> keys_in(const std::string& folder) {
    std::vector<Partner> out;
    std::error_code fault;
    fs::directory_iterator entries(folder, fault);
    for (; !fault && entries != fs::directory_iterator(); entries.increment(fault)) {
        const fs::path& path = entries->path();
        if (path.extension() != ".key") continue;
        const std::string name = path.stem().string();
        ledger::TokenKey key = LICET_TRY(read_token_key(path.string()));
        const std::string from = name.substr(0, name.rfind('-'));
        if (LICET_TRY(file_name_of(from, key)) != name)
            return error(ErrorCode::kInput, "partner_key.other", {}, path.string());
        out.push_back({name, std::move(key)});
    }
    if (fault && fault != std::errc::no_such_file_or_directory)
        return error(ErrorCode::kBroken, "file.unreadable", {{"path", folder}}, folder);
    std::sort(out.begin(), out.end(),
              [](const Partner& a, const Partner& b) { return a.name < b.name; });
    return out;
}

}  // namespace

Result<std::vector<Partner>> partners_of(const Workspace& workspace) {
    std::vector<Partner> out = LICET_TRY(keys_in(folder_of_partners(workspace)));
    const auto store = LICET_TRY(open_ledger(workspace, true));
    const auto lists = LICET_TRY(store->events_of({{ledger::partner_lists_token()}}));
    for (const ledger::StoredEvent& one : lists) {
        const std::string_view name = ledger::attribute(one.event, "partner");
        const auto until = parse_date(std::string(ledger::attribute(one.event, "until")));
        const bool has_ended = until && *until < now().day;
        const bool is_there = std::any_of(
            out.begin(), out.end(), [&](const Partner& partner) { return partner.name == name; });
        if (!is_there && !has_ended)
            return error(ErrorCode::kMissing, "partner_key.missing", {},
                         folder_of_partners(workspace) + "/" + std::string(name) + ".key");
    }
    return out;
}

Result<std::string> add_partner(const Workspace& workspace, const std::string& from,
                                const ledger::TokenKey& key) {
    // A partner may send a list each month, each with its own key.
    std::string name = LICET_TRY(file_name_of(from, key));
    std::error_code fault;
    const std::string folder = folder_of_partners(workspace);
    fs::create_directories(folder, fault);
    const std::string path = folder + "/" + name + ".key";
    if (fs::exists(path, fault)) return name;
    LICET_TRY(write_secret(path, ledger::secret_text_of(key)));
    return name;
}

ledger::Event partner_list_event(const std::string& name, Date until) {
    ledger::Event event;
    event.kind = ledger::EventKind::kPartnerList;
    event.person = ledger::partner_lists_token();
    event.happened_on = now().day;
    event.received_at = now_seconds();
    event.surface = "exchange";
    event.key = "partner-list-" + name + "-" + text_of(until);
    event.attributes = {{"partner", name}, {"until", text_of(until)}};
    return event;
}

}  // namespace licet
