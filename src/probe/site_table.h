// SPDX-License-Identifier: Apache-2.0
//
// What the probe knows before it looks at a site: trackers by their hosts and by the names that
// they store, and the words by which a visitor recognises buttons and links.
//
//     audit/trackers.csv      id;name;tool;kind;hosts;names;grade;read_on
//     audit/site-words.toml   accept, refuse, choose, policy, legal
//
// `tool` is the id in audit/tools.csv, or empty. `hosts` count with all below them; `names` are of
// cookies and stored items, and may end in a star; a name that others use too is left out, since a
// cookie of one of the hosts is known by its host. `grade` as of a source (audit/tools.h). What is
// not in the table is unknown, and is told as such.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace licet::probe {

/// What a tracker is for, as far as that decides whether it may come before a choice.
enum class TrackerKind {
    kAsked,     ///< analytics, advertising, recorders, chats, CRM: never before consent
    kAudience,  ///< can be set so that it is exempt; a visit cannot see whether it is
    kConsent,   ///< remembers the choice itself
    kContact,  ///< fonts, maps, videos: a third party learns of the visit, mostly without a tracker
};

/// "asked", "audience", "consent", "contact".
[[nodiscard]] std::string_view name_of(TrackerKind kind);

struct Tracker {
    std::string id;
    std::string name;
    std::string tool;
    TrackerKind kind = TrackerKind::kAsked;
    std::vector<std::string> hosts;
    std::vector<std::string> names;
};

struct SiteTable {
    std::vector<Tracker> trackers;
    json::object words;  ///< by list, as page_look.mjs takes them

    [[nodiscard]] const Tracker* of_host(std::string_view host) const;
    [[nodiscard]] const Tracker* of_name(std::string_view stored) const;
    /// A cookie is known by its name, or by whose it is.
    [[nodiscard]] const Tracker* of_cookie(std::string_view name, std::string_view domain) const;
};

/// Reads both. All faults of the table are reported, with their lines.
[[nodiscard]] Read<SiteTable> read_site_table(std::string_view csv, std::string_view words);

/// True if `host` is `above` or below it.
[[nodiscard]] bool is_within(std::string_view host, std::string_view above);

}  // namespace licet::probe
