// SPDX-License-Identifier: Apache-2.0
//
// What a person may choose, how it stands, and what a choice becomes in the ledger.
//
//     standing ──► Preferences: topics x channels, stopped, paused ──► a page
//     Choice + standing ──► events: objections, withdrawals, pauses, agreements
//
// Laws, each with a test of a thousand histories: a choice never lifts an objection, but for a box
// that stood unticked and was ticked; what is taken back is at least as wide as what was asked; no
// ticked topic is not the same as "stop everything"; a repeat changes nothing.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/date.h"
#include "ledger/standing.h"
#include "rights/link.h"
#include "rights/settings.h"

namespace licet::rights {

enum class CellState {
    kOpen,     ///< nothing was said: what the law makes of it
    kAgreed,   ///< the newest word is a yes
    kRefused,  ///< an objection, a refusal or a withdrawal that no newer yes answers
};

/// One topic on one channel.
struct Cell {
    ledger::Scope scope;
    CellState state = CellState::kOpen;
    bool is_for_good = false;        ///< of a refusal: no list of a partner, which ends
    bool has_refused_today = false;  ///< of one day the refusal wins: a yes must wait for the next

    [[nodiscard]] bool is_ticked() const { return state != CellState::kRefused; }
};

struct PreferenceRow {
    Topic topic;
    std::vector<Cell> cells;  ///< in the order of the channels
};

struct Preferences {
    std::vector<std::string> channels;
    std::vector<PreferenceRow> rows;
    bool is_all_stopped = false;       ///< an objection to everything that nothing answers
    std::optional<Date> paused_until;  ///< last day
};

/// `brand`: of the link; empty = any.
[[nodiscard]] Preferences preferences_of(const ledger::Standing& standing, const Settings& settings,
                                         const std::string& brand, Date day);

/// The name of a cell in a form: "commercial.newsletter/email".
[[nodiscard]] std::string name_of(const Cell& cell);

struct Choice {
    enum class Act { kGrid, kStopAll, kStopThese, kPause, kWrongPerson };
    Act act = Act::kGrid;
    std::set<std::string> shown;   ///< names of the cells that the page showed ticked
    std::set<std::string> ticked;  ///< and of those that came back ticked
    int pause_days = 0;
};

/// Who acts, by what, when.
struct Acting {
    const Link* link = nullptr;
    Date day;
    std::int64_t received_at = 0;  ///< seconds since 1970-01-01T00:00Z
    std::string surface = "page";  ///< "page", "one_click"
    std::string language = "fr";   ///< of the page
};

/// What a choice becomes: nothing for what is so already. Each event is spread over the tokens of
/// the person and has its key: the same choice on the same day gives the same events.
[[nodiscard]] std::vector<ledger::Event> events_of(const Choice& choice,
                                                   const ledger::Standing& standing,
                                                   const Settings& settings, const Acting& acting);

/// An event of the person of the link, to be given its particulars.
[[nodiscard]] ledger::Event event_by(const Acting& acting, const Settings& settings,
                                     ledger::EventKind kind, const ledger::Scope& scope);
/// Gives it a key and spreads it over the tokens.
void add_spread(std::vector<ledger::Event>& out, const ledger::Event& event, const Link& link);

}  // namespace licet::rights
