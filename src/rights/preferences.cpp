// SPDX-License-Identifier: Apache-2.0
#include "rights/preferences.h"

#include <algorithm>

#include "ledger/consent.h"

namespace licet::rights {
namespace {

using ledger::Event;
using ledger::EventKind;
using ledger::Scope;
using ledger::Standing;

// After it every list of a partner has ended.
constexpr Date kLastDay = Date::max();

// The newest objection that holds for a scope on a day; a pause is no objection to a scope.
std::optional<Date> objected_on(const Standing& standing, const Scope& scope, Date day) {
    std::optional<Date> out;
    for (const auto& [objected, said] : standing.objections) {
        const bool is_over = said.until && *said.until < day;
        if (is_over || ledger::is_of_pause(objected.purpose)) continue;
        if (!ledger::covers_brand(objected.brand, scope.brand)) continue;
        if (!objected.channel.empty() && objected.channel != scope.channel) continue;
        if (ledger::reach_of(objected.purpose, scope.purpose) != ledger::PurposeReach::kCovered)
            continue;
        out = std::max(out, std::optional(said.last));
    }
    return out;
}

// When it was refused, if no later yes answers that.
std::optional<Date> refused_on(const Standing& standing, const ledger::ConsentWord& word,
                               const Scope& scope, Date day) {
    const auto last =
        std::max(objected_on(standing, scope, day), std::max(word.refused_on, word.withdrawn_on));
    const bool is_yes = word.given_on && word.covers_purpose && !word.is_of_other_brand;
    const bool is_answered = is_yes && !word.is_claim && word.given_on > last;
    return is_answered ? std::nullopt : last;
}

Cell cell_of(const Standing& standing, const Scope& scope, Date day) {
    Cell cell;
    cell.scope = scope;
    const ledger::ConsentWord word = ledger::consent_for(standing, scope);
    const auto refused = refused_on(standing, word, scope, day);
    if (refused) {
        cell.state = CellState::kRefused;
        cell.is_for_good = refused_on(standing, word, scope, kLastDay).has_value();
        cell.has_refused_today = *refused >= day;
    } else if (word.given_on && word.covers_purpose && !word.is_of_other_brand) {
        cell.state = CellState::kAgreed;
    }
    return cell;
}

// What a yes on the page is, in the facts of the law: the page names the sender, the topic, the
// channel and the way to take it back, and the box stood unticked.
void put_consent_facts(Event& event, const Settings& settings, const Acting& acting) {
    for (const auto& [name, value] : {std::pair<const char*, const char*>{"act", "clear"},
                                      {"informed", "yes"},
                                      {"granular", "yes"},
                                      {"covers_channel", "yes"},
                                      {"covers_sender", "yes"},
                                      {"covers_purpose", "yes"},
                                      {"sender_named", "this_sender"},
                                      {"proof", "individual"}})
        event.attributes.emplace(std::string("consent.") + name, value);
    if (!settings.name.empty()) event.attributes.emplace("controller", settings.name);
    event.attributes.emplace("language", acting.language);
}

// Turns one choice into events, each only if it changes something.
class Chooser {
  public:
    Chooser(const Standing& standing, const Settings& settings, const Acting& acting)
        : standing_(standing), settings_(settings), acting_(acting) {}

    std::vector<Event> take() { return std::move(out_); }

    void object(const Scope& scope, const char* reason) {
        Event event = event_by(acting_, settings_, EventKind::kObjectionRecorded, scope);
        event.attributes.emplace("reason", reason);
        add_spread(out_, event, *acting_.link);
    }

    // Consents of these channels are taken back, whatever topic and brand they name: so does the
    // ledger read a withdrawal.
    void withdraw(const std::string& channel) {
        std::set<std::string> channels;
        for (const auto& [scope, said] : standing_.consents)
            if (said.given_on) channels.insert(scope.channel);
        for (const auto& [name, request] : standing_.opt_in_requests)
            for (const ledger::OptInQuestion& question : request.questions)
                channels.insert(question.scope.channel);
        for (const auto& [batch, claims] : standing_.imports)
            for (const auto& [scope, said] : claims.consents) channels.insert(scope.channel);
        for (const std::string& one : channels)
            if (channel.empty() || one == channel)
                add_spread(
                    out_, event_by(acting_, settings_, EventKind::kConsentWithdrawn, {"", one, ""}),
                    *acting_.link);
    }

    void stop_all(const char* reason) {
        object({}, reason);
        withdraw("");
    }

    // All that the message was one of: the same brand and channel, and the whole purpose of its
    // topic. Narrower than that, a person who asked to be left alone would be written to again.
    void stop_these() {
        const Scope& of_link = acting_.link->scope;
        object({of_link.brand, of_link.channel, std::string(ledger::root_of(of_link.purpose))},
               acting_.surface == "one_click" ? "one_click" : "page");
        withdraw(of_link.channel);
    }

    void pause(int days) {
        const bool is_offered = std::find(settings_.pauses.begin(), settings_.pauses.end(), days) !=
                                settings_.pauses.end();
        if (!is_offered) return;
        Event event =
            event_by(acting_, settings_, EventKind::kPaused, {acting_.link->scope.brand, "", ""});
        event.attributes.emplace("until", text_of(acting_.day + std::chrono::days{days}));
        add_spread(out_, event, *acting_.link);
    }

    void grid(const Choice& choice) {
        const Preferences now =
            preferences_of(standing_, settings_, acting_.link->scope.brand, acting_.day);
        for (const PreferenceRow& row : now.rows)
            for (const Cell& cell : row.cells) {
                const std::string name = rights::name_of(cell);
                const bool was_shown = choice.shown.contains(name);
                if (!choice.ticked.contains(name)) {
                    if (!cell.is_for_good) object(cell.scope, "page");
                } else if (!was_shown && !cell.is_ticked() && !cell.has_refused_today) {
                    // The one way back: a box that stood empty on the page, and was ticked.
                    agree(cell.scope);
                }
            }
    }

  private:
    void agree(const Scope& scope) {
        Event event = event_by(acting_, settings_, EventKind::kConsentGiven, scope);
        put_consent_facts(event, settings_, acting_);
        add_spread(out_, event, *acting_.link);
    }

    const Standing& standing_;
    const Settings& settings_;
    const Acting& acting_;
    std::vector<Event> out_;
};

}  // namespace

Event event_by(const Acting& acting, const Settings& settings, EventKind kind, const Scope& scope) {
    Event event;
    event.kind = kind;
    event.happened_on = acting.day;
    event.received_at = acting.received_at;
    event.tenant = settings.tenant;
    event.channel = scope.channel;
    event.purpose = scope.purpose;
    event.surface = acting.surface;
    if (!scope.brand.empty()) event.attributes.emplace("brand", scope.brand);
    if (!acting.link->campaign.empty()) event.attributes.emplace("campaign", acting.link->campaign);
    return event;
}

void add_spread(std::vector<Event>& out, const Event& event, const Link& link) {
    for (Event& one : ledger::spread(event, link.person)) out.push_back(std::move(one));
}

std::string name_of(const Cell& cell) { return cell.scope.purpose + "/" + cell.scope.channel; }

Preferences preferences_of(const Standing& standing, const Settings& settings,
                           const std::string& brand, Date day) {
    Preferences out;
    out.channels = settings.channels;
    bool is_any_ticked = false;
    for (const Topic& topic : settings.topics) {
        PreferenceRow row{topic, {}};
        for (const std::string& channel : settings.channels) {
            row.cells.push_back(cell_of(standing, {brand, channel, topic.purpose}, day));
            is_any_ticked = is_any_ticked || row.cells.back().is_ticked();
        }
        out.rows.push_back(std::move(row));
    }
    bool has_said_all = false;
    for (const auto& [scope, said] : standing.objections) {
        if ((said.until && *said.until < day) || !ledger::covers_brand(scope.brand, brand))
            continue;
        if (ledger::is_of_pause(scope.purpose))
            out.paused_until = std::max(out.paused_until, said.until);
        else if (scope.channel.empty() && scope.purpose.empty())
            has_said_all = true;
    }
    out.is_all_stopped = has_said_all && !is_any_ticked;
    return out;
}

std::vector<Event> events_of(const Choice& choice, const Standing& standing,
                             const Settings& settings, const Acting& acting) {
    Chooser chooser(standing, settings, acting);
    switch (choice.act) {
        case Choice::Act::kGrid:
            chooser.grid(choice);
            break;
        case Choice::Act::kStopAll:
            chooser.stop_all("page");
            break;
        case Choice::Act::kStopThese:
            chooser.stop_these();
            break;
        case Choice::Act::kPause:
            chooser.pause(choice.pause_days);
            break;
        case Choice::Act::kWrongPerson:
            chooser.stop_all("wrong_person");
            break;
    }
    return chooser.take();
}

}  // namespace licet::rights
