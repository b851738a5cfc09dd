// SPDX-License-Identifier: Apache-2.0
//
// The processors of all clients, each once: who has it, who lacks a contract, and what clients say
// differently of the same vendor.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/book.h"
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

}  // namespace licet
