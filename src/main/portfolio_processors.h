// SPDX-License-Identifier: Apache-2.0
//
// The processors of all clients, each once: who has it, who lacks a contract, and what clients say
// differently of the same vendor.
//
//     north: crisp, country fr ─┐
//     south: crisp, country fr ─┴─► crisp: country fr ──adopt──► processor added of east
//
// What goes to another client is of the vendor alone: no contract, no mechanism, no review, and not
// the name of a client. So each still has to look at its own dealings.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/book.h"
#include "main/command_registers.h"
#include "main/portfolio.h"

namespace licet {

/// One vendor over all clients.
struct SharedProcessor {
    std::vector<std::string> clients;
    std::vector<std::string> without_contract;
    std::map<std::string, std::map<std::string, int>> facts;  ///< attribute -> value -> clients
    std::optional<Date> reviewed_on;                          ///< the last day, by whichever client
};

/// By the vendor's id.
using SharedProcessors = std::map<std::string, SharedProcessor>;

/// Adds the processors that a client has now.
void add_processors(const Client& client, const AuditDesk& desk, SharedProcessors& library);

[[nodiscard]] json::array json_of(const SharedProcessors& library);

/// The step that enters a vendor of the library with a client who lacks it. Errors: kMissing
/// ("portfolio.no_vendor").
[[nodiscard]] Result<BookOptions> adopted(const SharedProcessors& library, const std::string& id);

}  // namespace licet
