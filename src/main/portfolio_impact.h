// SPDX-License-Identifier: Apache-2.0
//
// Which clients a change of law touches, and by what.
//
//     rules in force on one day only ─┬─► questions of the audit that are asked anew ─► score
//                                     └─► campaigns whose answer, reason or open facts differ
//
// A client is broken if an answer blocks, or a campaign is forbidden or no longer allowed, that was
// well before. What is newly asked and not answered touches it, and breaks nothing.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "main/portfolio.h"

namespace licet {

/// The last day of one law and the first of another.
struct LawChange {
    Date before;
    Date after;
};

/// Gives the two days: `date` and the one before, or `from` and `to`. Errors: kInput
/// ("portfolio.two_days", those of parse_date()).
[[nodiscard]] Result<LawChange> law_change(const std::string& date, const std::string& from,
                                           const std::string& to);

/// Gives the ids of the rules that are in force on one of the days alone.
[[nodiscard]] std::set<std::string> changed_rules(const law::Law& law, const LawChange& change);

/// A campaign of which the two days say different things.
struct CampaignImpact {
    std::string file;
    std::string before;
    std::string after;
    std::string rule_before;
    std::string rule_after;
    std::vector<std::string> asks;  ///< facts that matter on the second day only
    [[nodiscard]] bool is_changed() const {
        return before != after || rule_before != rule_after || !asks.empty();
    }
    [[nodiscard]] bool is_broken() const {
        return before != after && (before == "allowed" || after == "forbidden");
    }
};

struct ClientImpact {
    std::string id;
    std::string name;
    int score_before = -1;  ///< -1: no audit
    int score_after = -1;
    std::vector<std::string> newly_asked;
    std::vector<std::string> no_longer_asked;
    std::vector<std::string> newly_blocking;
    std::vector<CampaignImpact> campaigns;
    std::vector<std::string> unread;  ///< campaign files with faults

    [[nodiscard]] bool is_broken() const {
        return !newly_blocking.empty() ||
               std::any_of(campaigns.begin(), campaigns.end(),
                           [](const CampaignImpact& one) { return one.is_broken(); });
    }
    [[nodiscard]] bool is_touched() const {
        return is_broken() || score_before != score_after || !newly_asked.empty() ||
               !no_longer_asked.empty() || !campaigns.empty();
    }
};

/// What the change does to one client. Errors: those of state_of().
[[nodiscard]] Result<ClientImpact> impact_on(const Client& client, const AuditDesk& desk,
                                             const LawChange& change);

/// Those that break first, then those that are touched; by name within.
void sort_by_gravity(std::vector<ClientImpact>& impacts);

/// `skipped`: ids of clients that could not be read.
[[nodiscard]] json::object json_of(const LawChange& change, const std::set<std::string>& rules,
                                   const std::vector<ClientImpact>& impacts,
                                   const std::vector<std::string>& skipped);

}  // namespace licet
