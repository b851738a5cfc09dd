// SPDX-License-Identifier: Apache-2.0
#include "main/screen_desk.h"

#include <optional>

#include "main/files.h"
#include "main/people.h"
#include "main/zones.h"
#include "store/standings.h"

namespace licet {
namespace {

// Says how far it is while a large ledger is read for the first time.
Result<ledger::StandingIndex> standings_at(const Terminal& terminal, const Workspace& workspace,
                                           Date day) {
    std::optional<ProgressBar> bar;
    auto index =
        store::standings_of(files_of(workspace), day, [&](std::uint64_t done, std::uint64_t all) {
            if (!bar) bar.emplace(terminal, all);
            bar->show(done, done);
        });
    if (bar) bar->finish();
    return index;
}

}  // namespace

Result<Moment> moment_of(const law::Law& law, const gate::Campaign& campaign,
                         const std::string& wanted) {
    if (!wanted.empty()) {
        auto moment = parse_moment(wanted);
        if (!moment) return error(ErrorCode::kInput, "screen.at_form", {{"text", wanted}});
        return moment;
    }
    const law::FactValue* at = campaign.facts.find(law.vocabulary().find("at"));
    const Moment* moment = at == nullptr ? nullptr : std::get_if<Moment>(at);
    // Without a moment the message is still to be sent: today, at an hour that is not known yet.
    return moment == nullptr ? Moment{now().day, {}} : *moment;
}

Result<gate::Campaign> campaign_from(const Terminal& terminal, const law::Law& law,
                                     const std::string& text, const std::string& path) {
    auto campaign = gate::read_campaign(law, text, path);
    if (campaign.is_clean()) return std::move(campaign.value);
    terminal.print_errors({campaign.problems.data(), campaign.problems.size() - 1});
    return campaign.problems.back();
}

Result<Desk> desk_of(const Terminal& terminal, const Common& common, const DeskChoice& choice) {
    auto law = load_law(terminal, common);
    if (!law) return error(ErrorCode::kInput, "screen.no_law");
    Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    if (choice.campaign.empty()) return error(ErrorCode::kInput, "screen.no_campaign");
    const std::string text = LICET_TRY(read_file(choice.campaign));
    gate::Campaign campaign = LICET_TRY(campaign_from(terminal, *law, text, choice.campaign));
    if (!choice.channel.empty())
        LICET_TRY(gate::set_in_campaign(*law, campaign, "channel", choice.channel));
    if (campaign.country.empty()) campaign.country = workspace.country;
    const Moment at = LICET_TRY(moment_of(*law, campaign, choice.at));
    campaign.facts.set(law->vocabulary().find("at"), at, law::Supplier::kCampaign);
    return Desk{std::move(workspace), std::move(law),      std::move(campaign),
                sha256(text),         carried_reference(), at};
}

Result<Ledger> ledger_of(const Terminal& terminal, const Workspace& workspace, Date day) {
    ledger::Tokeniser tokeniser = LICET_TRY(ledger::Tokeniser::create(workspace.key));
    std::ignore = LICET_TRY(open_ledger(workspace, true));  // what it erased is erased
    ledger::StandingIndex index = LICET_TRY(standings_at(terminal, workspace, day));
    index.expect_many();
    return Ledger{std::move(tokeniser), std::move(index)};
}

Result<std::vector<lists::DateColumn>> add_refusals(const Desk& desk, lists::ListSource list,
                                                    const std::vector<std::string>& map,
                                                    Ledger& ledger) {
    const law::FactId channel = desk.law->vocabulary().find("channel");
    const law::FactValue* value = desk.campaign.facts.find(channel);
    auto dates = lists::add_refusals(
        desk.campaign, law::value_text(desk.law->vocabulary().fact(channel), *value),
        ledger.tokeniser, map, desk.at.day, std::move(list), ledger.index);
    if (!dates && dates.error().code == ErrorCode::kInput) return std::vector<lists::DateColumn>{};
    return dates;
}

Result<lists::ScreenTools> tools_of(const Desk& desk, const Ledger& ledger) {
    auto gate = std::make_unique<gate::RowGate>(*desk.law, desk.campaign, desk.reference,
                                                zone_offset, desk.at);
    ledger::Tokeniser tokeniser = LICET_TRY(ledger::Tokeniser::create(desk.workspace.key));
    ledger::ForeignNames foreign = LICET_TRY(foreign_names(desk.workspace, &ledger.index.lists()));
    return lists::ScreenTools{std::move(gate), std::move(tokeniser), std::move(foreign)};
}

void print_mapping(const Terminal& terminal, const lists::Mapping& mapping) {
    if (terminal.wants_json()) return;
    const std::string_view vendor = name_of(mapping.vendor);
    terminal.print(terminal.colour(Colour::kBold, terminal.text()("screen.columns")) +
                   (vendor.empty() ? ""
                                   : "  " + terminal.text()("screen.vendor",
                                                            {{"name", std::string(vendor)}})));
    for (std::size_t i = 0; i < lists::kRoleCount; ++i) {
        const auto role = static_cast<lists::Role>(i);
        std::string names;
        for (const lists::MappedColumn& column : mapping.all(role))
            names += (names.empty() ? "" : ", ") + mapping.names[column.index];
        if (!names.empty())
            terminal.print(
                "  " + terminal.text()("role." + std::string(name_of(role))) + " = " + names +
                terminal.colour(Colour::kDim, "  --map " + std::string(name_of(role)) + "=…"));
    }
    terminal.print();
}

}  // namespace licet
