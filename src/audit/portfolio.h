// SPDX-License-Identifier: Apache-2.0
//
// Many clients at a glance: how each stands, as a table of clients and themes.
//
//     an audit desk each ──► ClientState ──► portfolio_page: a heat map, and the same as a table
//                                       └──► client_report_page: one client, one year, for paper
//
// What a page says of one client comes of that client's state alone. Colour never says anything
// alone: each cell has its number, and a sign for what blocks.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "audit/questionnaire.h"
#include "base/date.h"
#include "base/json.h"
#include "base/message.h"

namespace licet::audit {

struct ThemeState {
    std::string theme;  ///< id
    int points = -1;    ///< 0 to 100; -1: the theme does not apply
    bool is_blocked = false;
};

struct ClientState {
    std::string id;    ///< of the workspace's folder
    std::string name;  ///< of the company; the id where it is not known
    bool has_audit = false;
    int shown = 0;
    int assurance = 0;
    std::string level;
    std::size_t blocking = 0;
    std::size_t overdue = 0;  ///< actions
    std::size_t unanswered = 0;
    std::size_t waiting = 0;  ///< requests of persons
    std::size_t late = 0;     ///< of them
    std::string audited_on;   ///< when its newest audit was last answered; empty = no audit
    std::string label_until;  ///< last day of the newest label in force; empty = none
    std::vector<ThemeState> themes;
};

[[nodiscard]] json::object json_of(const ClientState& state);

/// 0 (bad) to 4 (good), for colours; -1 if the theme does not apply.
[[nodiscard]] int heat_of(const ThemeState& theme);

struct PortfolioPage {
    std::span<const ClientState> clients;
    std::span<const std::string> skipped;  ///< clients that could not be read
    const Questionnaire& questionnaire;
    Date today;
};
[[nodiscard]] std::string portfolio_page(const PortfolioPage& page, const Catalogue& say);

/// One year of one client.
struct ClientYear {
    const ClientState& state;
    const Questionnaire& questionnaire;
    int year = 0;
    Date today;
    /// Headings and what stands under each, in their order.
    std::vector<std::pair<std::string, std::vector<std::string>>> sections;
};
[[nodiscard]] std::string client_report_page(const ClientYear& year, const Catalogue& say);

}  // namespace licet::audit
