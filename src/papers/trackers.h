// SPDX-License-Identifier: Apache-2.0
//
// The trackers of a site, and what the law says of each: no consent, a way to refuse, a consent.
//
//     [site.shop], [tracker.stats], ...   of organisation.toml
//         ──► question `tracker` of the packs, asked without a choice, with a yes and with a no
//         ──► strictly needed | measured until refused | asked for first | never allowed
//
// No kind of tracker is exempt here by its name: the packs say which. Only what a banner needs is
// read; the whole of organisation.toml is held to its fields elsewhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/toml.h"
#include "law/law.h"

namespace licet::papers {

/// What a tracker needs before it may run.
enum class Need {
    kNothing,  ///< may run whatever the person says
    kRefusal,  ///< may run until the person refuses
    kConsent,  ///< may run when the person has agreed
};

struct Tracker {
    std::string id;
    std::string name;
    std::string issuer;
    std::string country;
    std::string kind;  ///< of facts.md: tracker.kind
    law::Words title;  ///< what it is for
    std::int64_t lifetime_months = 0;
    std::vector<std::string> cookies;  ///< names; /.../ for a pattern
    std::string script;                ///< address of its script; empty = put in by hand
    std::vector<std::string> modes;    ///< of Google's consent mode: "ad_storage", ...
    Need need = Need::kConsent;
    law::Words tell;                 ///< of the rule that says so
    std::vector<std::string> cites;  ///< of that rule
};

struct Site {
    std::string id;
    std::string name;
    std::string link;
    std::string controller;   ///< name of the organisation
    std::string policy_link;  ///< where the trackers are explained
    std::string record_link;  ///< where choices are sent as proof; empty = nowhere
    std::string country;
    std::int64_t choice_days = 0;  ///< how long a choice is kept
    std::vector<Tracker> trackers;
};

/// Gives the ids of all sites, in alphabetical order.
[[nodiscard]] std::vector<std::string> sites_of(const TomlFile& organisation);

/// Reads a site and its trackers, and asks the law about each on `day`. `wanted` is the site's id;
/// empty if there is only one. Problems, with place: "choices.no_site", "choices.which_site",
/// "choices.lacks" (a question), "choices.link", "choices.forbidden", "choices.undetermined",
/// "choices.too_short", and those of law::set_fact().
[[nodiscard]] Read<Site> read_site(const law::Law& law, const TomlFile& organisation,
                                   std::string_view wanted, Date day);

/// Gives the shortest time, in days, after which the law lets a banner ask again who refused; 0 if
/// it sets none. Errors: those of law::Law::decide().
[[nodiscard]] Result<std::int64_t> shortest_memory_days(const law::Law& law,
                                                        std::string_view country, Date day);

}  // namespace licet::papers
