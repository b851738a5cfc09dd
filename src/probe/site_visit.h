// SPDX-License-Identifier: Apache-2.0
//
// One visit of a site by a browser that was never there, and what it saw.
//
//     new profile ─► page, quiet, scrolled ─► looked at, picture      (nothing pressed)
//                                        └─► "refuse" pressed, page again ─► looked at
//
// Values of cookies, queries of addresses and texts of pages are not kept: names, hosts and answers
// to plain questions are. What a browser caps or blocks before it is stored is not seen.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "probe/browser.h"
#include "probe/site_table.h"

namespace licet::probe {

/// What somebody was asked for, or something was stored.
struct SeenRequest {
    std::string host;
    std::string path;  ///< without query
    std::string type;  ///< as the browser calls it: "Script", "Image", ...
};
struct SeenCookie {
    std::string name;
    std::string domain;
    std::int64_t days = 0;  ///< that it lasts; 0: until the browser is closed
};
struct SeenForm {
    bool has_policy = false;
    int ticked = 0;  ///< boxes that nobody ticked
    std::string method;
    std::string target;       ///< origin
    bool has_script = false;  ///< a script sends it, nobody knows where
};
struct SeenButton {
    int area = 0;  ///< square pixels
    int font = 0;  ///< pixels
    int x = 0;     ///< pixels, in the picture
    int y = 0;
    int width = 0;
    int height = 0;
};

struct SeenPage {
    std::vector<SeenRequest> requests;
    std::vector<SeenCookie> cookies;
    std::vector<std::string> stored;  ///< names of items of the page's storage
    std::optional<SeenButton> accept;
    std::optional<SeenButton> refuse;
    bool has_policy = false;
    bool has_legal = false;
    bool has_choice = false;  ///< a way back to the choice
    std::vector<SeenForm> forms;
};

struct SiteVisit {
    std::string url;  ///< where the browser ended
    std::string host;
    std::string title;
    std::string browser;
    SeenPage before;                ///< any choice
    std::optional<SeenPage> after;  ///< a refusal; nothing if nobody could refuse
    std::string picture;            ///< PNG, before any choice
};

/// How a page is visited.
struct VisitRules {
    std::string look;      ///< page_look.mjs
    std::int64_t now = 0;  ///< seconds since 1970, for the lifetimes of cookies
    /// Says of a host, or of the address that answered, whether it may be asked; empty: any. The
    /// page's redirections, frames and scripts are held to it.
    std::function<bool(const std::string&)> may_ask;
};

/// Visits a page. Errors: kInput ("site.unreachable") if the page cannot be had,
/// ("site.not_public") if somebody answered who must not be asked, those of Browser.
[[nodiscard]] Result<SiteVisit> visit_site(Browser& browser, const std::string& url,
                                           const SiteTable& table, const VisitRules& rules);

/// What was seen, as JSON lines: the proof of a visit.
[[nodiscard]] std::string log_of(const SiteVisit& visit);

}  // namespace licet::probe
