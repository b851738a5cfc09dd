// SPDX-License-Identifier: Apache-2.0
//
// What a list is judged by, gathered once for every command that judges lists.
//
//     workspace, packs, campaign, --at ──► Desk ──┐
//     ledger, refusals of the list ──► Ledger ────┴─► tools of a thread: gate, tokeniser
//
// It reads what commands name and builds; it judges nothing and prints nothing but the columns.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/digest.h"
#include "gate/campaign.h"
#include "gate/reference.h"
#include "ledger/standing_index.h"
#include "lists/columns.h"
#include "lists/list_source.h"
#include "lists/screen.h"
#include "main/commands.h"
#include "main/workspace.h"

namespace licet {

/// What is judged by, and of whom it is asked: built once and passed down.
struct Desk {
    Workspace workspace;
    std::shared_ptr<const law::Law> law;
    gate::Campaign campaign;
    Digest campaign_file{};
    gate::Reference reference;
    Moment at;
};

/// What the command line says of it; empty = as the campaign has it.
struct DeskChoice {
    std::string campaign;  ///< file
    std::string at;
    std::string channel;
};

/// Builds it; what was chosen goes before the campaign's. Faults of packs and campaign are printed.
/// Errors: kInput ("screen.no_law", "screen.no_campaign", "screen.at_form"), those of
/// open_workspace() and read_campaign().
[[nodiscard]] Result<Desk> desk_of(const Terminal& terminal, const Common& common,
                                   const DeskChoice& choice);

/// Reads a campaign file; of its problems all but the last are printed. Errors: those of the file.
[[nodiscard]] Result<gate::Campaign> campaign_from(const Terminal& terminal, const law::Law& law,
                                                   const std::string& text,
                                                   const std::string& path);

/// The moment of the act: as wanted, else the campaign's, else today.
/// Errors: kInput ("screen.at_form").
[[nodiscard]] Result<Moment> moment_of(const law::Law& law, const gate::Campaign& campaign,
                                       const std::string& wanted);

/// What the ledger knows.
struct Ledger {
    ledger::Tokeniser tokeniser;
    ledger::StandingIndex index;
};

/// Reads it. Errors: those of open_ledger() and of reading the ledger.
[[nodiscard]] Result<Ledger> ledger_of(const Terminal& terminal, const Workspace& workspace,
                                       Date day);

/// Reads the list for refusals and adds them; gives what it learned of dates, by column. Errors:
/// those of its source; what is wrong with the list itself is for whoever judges its rows to say.
[[nodiscard]] Result<std::vector<lists::DateColumn>> add_refusals(
    const Desk& desk, lists::ListSource list, const std::vector<std::string>& map, Ledger& ledger);

/// Builds what a thread needs of its own. Errors: those of the keys.
[[nodiscard]] Result<lists::ScreenTools> tools_of(const Desk& desk, const Ledger& ledger);

/// Shows which column is what, unless JSON is wanted.
void print_mapping(const Terminal& terminal, const lists::Mapping& mapping);

}  // namespace licet
