// SPDX-License-Identifier: Apache-2.0
//
// What a visit shows of the questions that an audit asks of a site.
//
//     SiteVisit, SiteTable ──► before_choice: fault (Google Analytics: _ga, …)
//                              policy_link:   well
//                              preticked:     unseen
//
// A finding names the measurement that it is for, as the questionnaire does after `site_audit.`. It
// says what was seen of one page, never whether a site is lawful: a fault is shown, that there is
// none is not. Names that the table does not know are listed, and prove nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probe/site_table.h"
#include "probe/site_visit.h"

namespace licet::probe {

enum class Sight {
    kWell,     ///< looked for, and as it should be
    kFault,    ///< seen
    kUnclear,  ///< somebody has to look
    kUnseen,   ///< nothing there that could be looked at
};
[[nodiscard]] std::string_view name_of(Sight sight);

struct Finding {
    std::string check;
    Sight sight = Sight::kUnseen;
    std::vector<std::string> seen;  ///< "Google Analytics (_ga)", at most ten
};

/// Another one's host that the page asked for something.
struct ThirdParty {
    std::string host;
    std::string tracker;              ///< its name; empty: the table does not know it
    std::optional<TrackerKind> kind;  ///< of the tracker
    bool is_before = false;           ///< any choice
    bool is_after = false;            ///< a refusal
};

/// A cookie that the page stored.
struct StoredCookie {
    std::string name;
    std::string domain;
    std::int64_t days = 0;            ///< 0: until the browser is closed
    std::string tracker;              ///< its name; empty: the table does not know it
    std::optional<TrackerKind> kind;  ///< of the tracker
    bool is_before = false;           ///< any choice
    bool is_after = false;            ///< a refusal
};

struct Findings {
    std::vector<Finding> checks;            ///< in the order in which they are told
    std::vector<std::string> tools;         ///< ids of audit/tools.csv that the site works with
    std::vector<ThirdParty> third_parties;  ///< by host, in alphabetical order
    std::vector<StoredCookie> cookies;      ///< by domain and name
    std::vector<std::string> unknown;       ///< cookies that the table does not know
    [[nodiscard]] const Finding* find(std::string_view check) const;
};

[[nodiscard]] Findings findings_of(const SiteVisit& visit, const SiteTable& table);

}  // namespace licet::probe
