// SPDX-License-Identifier: Apache-2.0
#include "rights/known.h"

#include <algorithm>

#include "base/json.h"

namespace licet::rights {
namespace {

// Those of loose tokens repeat what stands under the strict one.
bool is_repeat(const ledger::Event& event) { return event.key.find('~') != std::string::npos; }

json::object in_json(const ledger::Event& event) {
    json::object particulars;
    for (const auto& [name, value] : event.attributes) particulars.emplace(name, value);
    return {{"on", text_of(event.happened_on)}, {"kind", name_of(event.kind)},
            {"channel", event.channel},         {"purpose", event.purpose},
            {"where", event.surface},           {"particulars", std::move(particulars)}};
}

json::object in_json(const ledger::Suppression& one) {
    return {{"since", text_of(one.since)},
            {"last", text_of(one.last)},
            {"until", one.until ? json::value(text_of(*one.until)) : json::value(nullptr)},
            {"brand", one.scope.brand},
            {"channel", one.scope.channel},
            {"purpose", ledger::without_pause_mark(one.scope.purpose)},
            {"reason", one.reason}};
}

}  // namespace

Known known_of(std::vector<ledger::Event> events, std::vector<ledger::Suppression> suppressions,
               const ledger::Token& strict, Date day) {
    Known out;
    std::erase_if(events, [&](const ledger::Event& event) {
        return event.person != strict && !ledger::is_objection(event.kind);
    });
    out.standing = ledger::standing_of(events, strict, day);
    for (const ledger::Suppression& one : suppressions) fold(out.standing, one);
    std::stable_sort(events.begin(), events.end(),
                     [](const ledger::Event& a, const ledger::Event& b) {
                         return a.happened_on < b.happened_on;
                     });
    out.events = std::move(events);
    out.suppressions = std::move(suppressions);
    return out;
}

std::string copy_as_json(const Known& known, const Settings& settings, Date day) {
    json::array events;
    for (const ledger::Event& event : known.events)
        if (!is_repeat(event)) events.push_back(in_json(event));
    json::array suppressions;
    for (const ledger::Suppression& one : known.suppressions) suppressions.push_back(in_json(one));
    return json::serialize(json::object{{"controller", settings.name},
                                        {"contact", settings.contact},
                                        {"made_on", text_of(day)},
                                        {"events", std::move(events)},
                                        {"do_not_contact", std::move(suppressions)}}) +
           "\n";
}

}  // namespace licet::rights
